"""``/quiz practice`` and ``/quiz me``: alone, in a form, marked at once, and what went wrong comes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
import simcord
from discord import ui

from bot.brief.quiz_items import Difficulty, ItemKind, QuizItem
from bot.discord.cards.quiz_practice import marked_card, practice_form, progress_card, read_form
from bot.discord.faults import Refusal
from bot.discord.quizzes.banks import Banks, settled
from bot.quiz.items import Item, Pick, as_choice
from bot.quiz.practice import Field, Marked, Result
from tests.discord.conftest import Actor, Installs, Server, click, labels, text_of
from tests.discord.quiz_rounds import filled
from tests.discord.test_digest_cards import parts_of
from tests.discord.test_quiz_results import ANSWERS, hold
from tests.quiz.river_quiz import choice, number, text

PACK = "hansen-2016"
HOSTILE = "@everyone **free** [nitro](https://evil.example) <@1> `x`"
TOPIC = "Own matters"
FIVE = 5


def own(name: str, **more: Any) -> QuizItem:
    """Make a question of a server's own."""
    fields: dict[str, Any] = {
        "id": name,
        "kind": ItemKind.CHOICE,
        "question": f"What about {name}?",
        "answer": f"{name} is right",
        "wrong": (f"{name} is not", f"{name} was not"),
        "explanation": f"Because of {name}.",
        "topic": TOPIC,
        "difficulty": Difficulty.EASY,
        "place": None,
    }
    return QuizItem(**{**fields, **more})


async def keep_own(server: Server, *items: QuizItem, pack: str = PACK) -> None:
    await server.store.quizzes.add_own(server.guild.id, pack, items, server.moderator.id, server.env.now())


async def practise(server: Server, **options: str) -> simcord.InteractionResult:
    return await server.reader.slash(server.channel, "quiz practice", **options)


def groups(shown: simcord.InteractionResult) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Give the labels of a form, each with its radio group."""
    assert shown.modal is not None, text_of(shown)
    for one in shown.modal["components"]:
        yield one, one["component"]


def questions(shown: simcord.InteractionResult) -> list[str]:
    return [f"{label['label']} {label.get('description') or ''}".strip() for label, _ in groups(shown)]


def bank(server: Server) -> dict[str, Item]:
    """Give what can be picked, by its question."""
    volume = server.library.default
    mine = settled(volume, [own(name) for name in ("one", "two", "three")])
    return {one.stem: choice for one in (*Banks().items(volume), *mine) if (choice := as_choice(one))}


def picks(server: Server, shown: simcord.InteractionResult, *, right: bool = True, most: int = FIVE) -> dict[str, str]:
    """Pick the right, or a wrong, option of the first questions of a form."""
    picked = {}
    for stem, (_, group) in list(zip(questions(shown), groups(shown), strict=True))[:most]:
        item = bank(server)[stem]
        assert isinstance(item.right, Pick)
        index = item.right.index if right else (item.right.index + 1) % len(item.options)
        values = {option["label"]: option["value"] for option in group["options"]}
        picked[group["custom_id"]] = values[item.options[index]]
    return picked


async def answer(
    server: Server, shown: simcord.InteractionResult, picked: Mapping[str, str], actor: Actor | None = None
) -> simcord.InteractionResult:
    return await (actor or server.reader).submit_modal(shown, dict(picked))


async def practised(server: Server) -> list[Result]:
    return await server.store.quizzes.practised(server.reader.id, PACK)


def reopened(shown: simcord.InteractionResult) -> simcord.InteractionResult:
    """Let a form be sent once more, as Discord does when an answer was lost."""
    shown._interaction.modal_consumed = False  # noqa: SLF001 - the simulation takes a form once
    return shown


# ------------------------------------------------------------------ the form


async def test_five_questions_stand_on_one_page(server: Server) -> None:
    shown = await practise(server)

    assert len(set(questions(shown))) == FIVE
    assert all(stem in bank(server) for stem in questions(shown))


async def test_the_options_are_those_of_the_question(server: Server) -> None:
    shown = await practise(server)
    offered = [sorted(option["label"] for option in group["options"]) for _, group in groups(shown)]

    assert offered == [sorted(bank(server)[stem].options) for stem in questions(shown)]


async def test_a_question_that_returns_has_its_options_in_another_order(server: Server) -> None:
    await keep_own(server, own("one", wrong=("x", "y", "z")))
    orders = set()
    for _ in range(8):
        ((_, group),) = groups(await practise(server, topic=TOPIC))
        orders.add(tuple(option["label"] for option in group["options"]))

    assert len(orders) > 1


async def test_no_question_has_to_be_answered(server: Server) -> None:
    assert [group["required"] for _, group in groups(await practise(server))] == [False] * FIVE


async def test_practice_works_in_direct_messages(server: Server) -> None:
    shown = await server.reader.user.slash("quiz practice")
    marked = await answer(server, shown, picks(server, shown), server.reader.user)

    assert "Practice: 5 of 5 right" in text_of(marked)
    assert len(await practised(server)) == FIVE


async def test_a_topic_can_be_chosen(server: Server) -> None:
    topic = next(iter(bank(server).values())).topic
    shown = await practise(server, topic=topic.upper())

    assert {bank(server)[stem].topic for stem in questions(shown)} == {topic}
    assert topic[:20] in shown.modal["title"]


async def test_a_topic_that_is_not_there_is_refused(server: Server) -> None:
    assert "no such topic" in text_of(await practise(server, topic="cooking"))


async def test_topics_are_suggested_with_those_of_the_servers_own_questions(server: Server) -> None:
    await keep_own(server, own("one"))
    here = await server.reader.autocomplete(server.channel, "quiz practice", "topic", "")
    alone = await server.reader.user.autocomplete("quiz practice", "topic", "")
    known = {one.topic for one in bank(server).values()}

    assert {one["value"] for one in here} == known
    assert {one["value"] for one in alone} == known - {TOPIC}
    assert f"{TOPIC} (1)" in {one["name"] for one in here}


@pytest.mark.two_briefs
async def test_another_brief_can_be_practised(server: Server) -> None:
    await keep_own(server, own("one"), pack=server.library.volumes[1].id)

    assert questions(await practise(server, brief="tiny")) == ["What about one?"]


async def test_a_servers_own_questions_are_practised_by_everybody_in_it(server: Server) -> None:
    await keep_own(server, own("one"), own("two"), own("three"))
    shown = await practise(server, topic=TOPIC)

    assert set(questions(shown)) == {"What about one?", "What about two?", "What about three?"}


async def test_a_servers_own_questions_are_not_practised_elsewhere(server: Server) -> None:
    await keep_own(server, own("one"))

    assert "no such topic" in text_of(await server.reader.user.slash("quiz practice", topic=TOPIC))


async def test_a_server_that_only_the_member_brought_me_to_has_no_questions_of_its_own(
    server: Server, installs: Installs
) -> None:
    await keep_own(server, own("one"))
    installs.server, installs.member = False, True

    assert "no such topic" in text_of(await practise(server, topic=TOPIC))


async def test_a_question_without_options_is_no_practice(server: Server) -> None:
    await keep_own(server, own("one", kind=ItemKind.TEXT, wrong=()))

    assert "nothing to practise" in text_of(await practise(server, topic=TOPIC))


async def test_a_closed_book_is_closed_for_practice_too(server: Server) -> None:
    async def closed(_: int) -> None:
        raise Refusal("The book is closed.")

    shown = await practise(server)
    marked = await answer(server, shown, picks(server, shown))
    server.bot.book_closed = closed
    refused = [await practise(server), await click(server.reader, marked, "Five more")]
    refused.append(await answer(server, reopened(shown), {}))

    assert ["The book is closed." in text_of(one) for one in refused] == [True] * 3


# ------------------------------------------------------------------ the marked page


async def test_a_page_is_marked_with_reason_and_place(server: Server) -> None:
    shown = await practise(server)
    picked = picks(server, shown, most=3) | dict(list(picks(server, shown, right=False).items())[3:4])
    marked = await answer(server, shown, picked)
    text = text_of(marked)
    items = [bank(server)[stem] for stem in questions(shown)]

    assert marked.ephemeral
    assert "Practice: 3 of 4 right" in text
    assert [text.count(f"**{word}.**") for word in ("Right", "Wrong", "No answer")] == [3, 1, 1]
    assert all(f"The right answer: **{item.answer}**" in text for item in items[3:])
    assert all(item.citation in text for item in items)
    assert items[3].explanation[:40] in text


async def test_what_was_left_out_is_no_result(server: Server) -> None:
    shown = await practise(server)
    await answer(server, shown, picks(server, shown, most=2))

    assert len(await practised(server)) == 2


async def test_an_empty_page_is_told_and_keeps_nothing(server: Server) -> None:
    marked = await answer(server, await practise(server), {})

    assert "nothing answered" in text_of(marked)
    assert await practised(server) == []


async def test_results_have_the_time_at_which_they_were_sent(server: Server) -> None:
    shown = await practise(server)
    await server.env.advance_time(90)
    sent = server.env.now()
    await answer(server, shown, picks(server, shown))

    assert {abs(one.at - sent) < dt.timedelta(seconds=1) for one in await practised(server)} == {True}


async def test_a_form_that_comes_twice_counts_once(server: Server) -> None:
    shown = await practise(server)
    picked = picks(server, shown)
    await answer(server, shown, picked)
    again = await answer(server, reopened(shown), picked)

    assert "Practice: 5 of 5 right" in text_of(again)
    assert len(await practised(server)) == FIVE


async def test_a_form_is_marked_after_a_restart(server: Server) -> None:
    shown = await practise(server)
    picked = picks(server, shown)
    await server.restart()

    assert "Practice: 5 of 5 right" in text_of(await answer(server, shown, picked))


async def test_what_went_wrong_comes_back_first(server: Server) -> None:
    shown = await practise(server)
    asked = questions(shown)
    await answer(server, shown, picks(server, shown, right=False))
    await server.env.advance_time(60)

    assert set(questions(await practise(server))) == set(asked)


async def test_five_more_are_of_the_same_topic_after_a_restart(server: Server) -> None:
    topic = next(iter(bank(server).values())).topic
    shown = await practise(server, topic=topic)
    marked = await answer(server, shown, picks(server, shown))
    await server.restart()
    more = await click(server.reader, marked, "Five more")

    assert {bank(server)[stem].topic for stem in questions(more)} == {topic}
    assert set(questions(more)).isdisjoint(questions(shown))


async def test_a_question_that_is_gone_is_not_marked(server: Server) -> None:
    await keep_own(server, own("one"), own("two"))
    shown = await practise(server, topic=TOPIC)
    picked = picks(server, shown)
    await server.store.quizzes.delete_own(server.guild.id, PACK, "one")
    text = text_of(await answer(server, shown, picked))

    assert "1 question has changed since this form was opened, and cannot be marked." in text
    assert "Practice: 1 of 1 right" in text
    assert [one.item for one in await practised(server)] == ["two"]


async def test_a_question_that_asks_something_else_by_now_is_not_marked(server: Server) -> None:
    await keep_own(server, own("one"))
    shown = await practise(server, topic=TOPIC)
    picked = picks(server, shown)
    await keep_own(server, own("one", question="What about something else?"))
    text = text_of(await answer(server, shown, picked))

    assert "1 question has changed" in text
    assert await practised(server) == []


@pytest.mark.two_briefs
async def test_the_form_of_a_brief_that_is_gone_is_refused(server: Server) -> None:
    shown = await practise(server)
    picked = picks(server, shown)
    await server.restart(type(server.library)([server.library.volumes[1].asker]))

    assert "not in my library any more" in text_of(await answer(server, shown, picked))


async def test_a_topic_that_is_gone_gives_way_to_all(server: Server) -> None:
    await keep_own(server, own("one"))
    shown = await practise(server, topic=TOPIC)
    marked = await answer(server, shown, picks(server, shown))
    await server.store.quizzes.delete_own(server.guild.id, PACK, "one")

    assert len(questions(await click(server.reader, marked, "Five more"))) == FIVE


async def test_what_an_instructor_wrote_is_shown_letter_by_letter(server: Server) -> None:
    await keep_own(server, own("one", answer=HOSTILE, explanation=HOSTILE))
    shown = await practise(server, topic=TOPIC)
    (group,) = (group for _, group in groups(shown))
    value = next(option["value"] for option in group["options"] if option["label"] == HOSTILE)
    text = text_of(await answer(server, shown, {group["custom_id"]: value}))

    assert text.count("\\@everyone \\*\\*free\\*\\*") == 2
    assert "@everyone" not in text.replace("\\@everyone", "")


# ------------------------------------------------------------------ progress


async def test_who_has_not_practised_is_told_so(server: Server) -> None:
    shown = await server.reader.slash(server.channel, "quiz me")

    assert shown.ephemeral
    assert "You have not practised yet." in text_of(shown)


async def test_progress_is_told_by_topic(server: Server) -> None:
    topic = next(iter(bank(server).values())).topic
    shown = await practise(server, topic=topic)
    await answer(server, shown, picks(server, shown))
    text = text_of(await server.reader.slash(server.channel, "quiz me"))

    assert f"You have tried 5 of {len(bank(server)) - 3} questions; 5 of them were right the last time." in text
    assert f"- {topic}: 5 of " in text


async def test_progress_is_told_in_direct_messages(server: Server) -> None:
    assert "You have not practised yet." in text_of(await server.reader.user.slash("quiz me"))


async def test_progress_tells_of_rounds_in_this_server(server: Server) -> None:
    await hold(server, {server.reader.id: ANSWERS})
    await hold(server, {server.reader.id: (0, None, None)})
    here = text_of(await server.reader.slash(server.channel, "quiz me"))
    alone = text_of(await server.reader.user.slash("quiz me"))

    assert "In this server you played 2 rounds: 4 of 6 questions right." in here
    assert here.index("In this server") < here.index("You have not practised yet.")
    assert "In this server" not in alone


async def test_a_marked_page_leads_to_progress_and_back(server: Server) -> None:
    shown = await practise(server)
    marked = await answer(server, shown, picks(server, shown))
    progress = await click(server.reader, marked, "My progress")

    assert "You have tried 5 of" in text_of(progress)
    assert labels(progress) == ["Practise"]
    assert len(questions(await click(server.reader, progress, "Practise"))) == FIVE


async def test_a_button_of_a_brief_that_is_gone_is_refused(server: Server) -> None:
    forged = await server.post(ui.Button(label="Press", custom_id="bb:quiz-progress:zzzzzzzz"))

    assert "not in my library any more" in text_of(await click(server.reader, forged, "Press"))


async def test_practice_that_was_erased_is_gone(server: Server) -> None:
    shown = await practise(server)
    await answer(server, shown, picks(server, shown))
    await server.store.people.erase(server.reader.id)

    assert "You have not practised yet." in text_of(await server.reader.slash(server.channel, "quiz me"))


# ------------------------------------------------------------------ forms and cards by themselves


def values(items: list[Item], option: int = 0) -> dict[str, str]:
    """Pick an option of each question of a form."""
    made = practice_form([Field(item, item.stem, "") for item in items], "state").to_dict()
    groups = [one["component"] for one in made["components"]]
    return {group["custom_id"]: group["options"][option]["value"] for group in groups}


def test_an_option_is_found_again_in_another_place() -> None:
    item = choice("fish")
    turned = replace(item, options=tuple(reversed(item.options)), right=Pick(3))
    found = read_form(values([item]), [turned])

    assert (found.picked, found.changed) == ({"fish": 3}, 0)


def test_an_option_that_is_not_offered_any_more_is_not_marked() -> None:
    item = choice("fish")
    other = replace(item, options=("another fish swims", *item.options[1:]))

    assert read_form(values([item]), [other]).changed == 1
    assert read_form(values([item], 1), [other]).picked == {"fish": 1}


@pytest.mark.parametrize("value", ["0", "0.", ".", "9.0000000000000000", "x"])
def test_a_value_of_another_version_is_not_marked(value: str) -> None:
    item = choice("fish")
    (name,) = values([item])
    found = read_form({name: value, "other": "0.x"}, [item])

    assert (found.fields, found.changed) == ((), 2)


def test_a_number_is_practised_as_a_choice() -> None:
    item = as_choice(number())
    assert item is not None

    assert read_form(values([item], 1), [number()]).picked == {"mills": 1}


def test_a_question_that_lost_its_options_is_not_marked() -> None:
    item = text("speaker", "Kari Aune", wrong=("Lars Holm",))
    offered = as_choice(item)
    assert offered is not None

    assert read_form(values([offered]), [replace(item, options=())]).changed == 1


@pytest.mark.parametrize("fill", ["@", "a", "word "])
@pytest.mark.parametrize("picked", [None, 0, 3])
def test_a_full_page_fits_a_message(fill: str, picked: int | None) -> None:
    item = filled(ItemKind.CHOICE, lambda length: (fill * length)[:length])
    parts = list(parts_of(marked_card([Marked(item, picked, picked == 3)] * FIVE, 5, "state")))

    assert sum(len(one["content"]) for one in parts if one["type"] == 10) <= 4_000
    assert len(parts) <= 40


def test_progress_in_many_topics_fits_a_message() -> None:
    sentences = ["You have tried 1.", *(f"{'@' * 60} {one}: 1 of 1 tried." for one in range(100)), "Not begun: x."]
    parts = list(parts_of(progress_card(sentences, "In this server you played 1 round.", "state")))
    text = "\n".join(one["content"] for one in parts if one["type"] == 10)

    assert len(text) <= 4_000
    assert "And 81 topics more." in text
    assert "Not begun: x." in text
