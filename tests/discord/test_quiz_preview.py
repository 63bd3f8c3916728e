"""``/quiz preview``: a set is seen by its instructor alone, changed, saved, deleted, and started."""

from __future__ import annotations

import json
import random
import re
from typing import Any

import discord
import pytest
import simcord
from discord import ui

from bot.brief.quiz_items import QuizItem
from bot.discord.cards.quiz_preview import KINDS, pages_of
from bot.discord.cards.quiz_telling import right_answer
from bot.discord.markdown import plain
from bot.discord.quizzes.banks import Banks
from bot.discord.quizzes.preparing import MOST_SETS
from bot.discord.quizzes.quiz_drafts import SetDrafts
from bot.quiz.items import Item, Pick
from bot.quiz.own import read_own
from bot.quiz.sets import choose, topics
from bot.store.quiz_records import CountAsked, KeptSet
from tests.discord.conftest import (
    Server,
    actions,
    click,
    components,
    labels,
    message_of,
    text_of,
)
from tests.discord.test_digest import ESCAPED, HOSTILE, START, later, posts

PACK = "hansen-2016"
_QUESTION = re.compile(r"^\*\*(\d+)\.\*\* (.*)$", re.MULTILINE)


async def preview(server: Server, **options: Any) -> simcord.InteractionResult:
    return await server.moderator.slash(server.channel, "quiz preview", **options)


def bank(server: Server) -> tuple[Item, ...]:
    return Banks().items(server.library.default)


def stems(shown: simcord.InteractionResult | str) -> dict[int, str]:
    """Give the questions of a page by their numbers, as they are shown."""
    text = shown if isinstance(shown, str) else text_of(shown)
    return {int(number): stem for number, stem in _QUESTION.findall(text)}


async def turn(server: Server, shown: simcord.InteractionResult) -> simcord.InteractionResult | None:
    """Turn to the next page, if there is one."""
    found = [label for label in labels(shown) if label.startswith("Next page")]
    return await click(server.moderator, shown, found[0]) if found else None


async def pages(server: Server, shown: simcord.InteractionResult) -> list[tuple[str, int]]:
    """Turn all pages of a preview from the one that is shown; give each one's text and number of components."""
    turned = []
    while True:
        turned.append((text_of(shown), len(components(shown))))
        following = await turn(server, shown)
        if following is None:
            return turned
        shown = following


async def all_stems(server: Server, shown: simcord.InteractionResult) -> list[str]:
    found: dict[int, str] = {}
    for text, _ in await pages(server, shown):
        found |= stems(text)
    assert list(found) == list(range(1, len(found) + 1))
    return list(found.values())


async def swap(server: Server, shown: simcord.InteractionResult, number: int) -> simcord.InteractionResult:
    """Press the button beside a question that is on the page."""
    at = list(stems(shown)).index(number)
    swaps = [one["custom_id"] for one in components(shown) if one.get("label") == "Swap"]
    return await server.moderator.click(message_of(shown), custom_id=swaps[at])


async def save(server: Server, shown: simcord.InteractionResult, name: str) -> simcord.InteractionResult:
    form = await click(server.moderator, shown, "Save…")
    return await server.moderator.submit_modal(form, {"name": name})


async def sets(server: Server) -> list[KeptSet]:
    return await server.store.quizzes.sets(server.guild.id, PACK)


async def add_own(server: Server, count: int, topic: str, pack: str = PACK) -> tuple[QuizItem, ...]:
    lines = [f"What is {number} plus {number}?,{2 * number},{topic}" for number in range(1, count + 1)]
    items = read_own("\n".join(["question,answer,topic", *lines])).items
    await server.store.quizzes.add_own(server.guild.id, pack, items, server.moderator.id, START)
    return items


# ------------------------------------------------------------------ who may


async def test_a_reader_may_not_preview(server: Server) -> None:
    shown = await server.reader.slash(server.channel, "quiz preview")

    assert text_of(shown).startswith("Only instructors can do this")
    assert shown.ephemeral


@pytest.mark.parametrize("action", ["page", "swap", "save", "start", "drop", "dropped"])
async def test_no_button_obeys_a_reader(server: Server, action: str) -> None:
    shown = await save(server, await preview(server), "Week 1")
    token = re.findall(r"bb:quiz-preview-save:(\d+)", str(components(shown)))[0]
    forged = await server.post(ui.Button(label="Press", custom_id=f"bb:quiz-preview-{action}:{token}.0.0"))
    refused = await server.reader.click(forged, label="Press")

    assert "Only instructors can do this" in text_of(refused)
    assert [one.name for one in await sets(server)] == ["Week 1"]


async def test_a_name_is_not_taken_from_who_leads_no_more(server: Server) -> None:
    form = await click(server.moderator, await preview(server), "Save…")
    server.demote(server.moderator)
    shown = await server.moderator.submit_modal(form, {"name": "Week 1"})

    assert "Only instructors can do this" in text_of(shown)
    assert await sets(server) == []


async def test_completion_tells_a_reader_no_set(server: Server) -> None:
    await save(server, await preview(server), "Week 1")

    assert await server.reader.autocomplete(server.channel, "quiz preview", "set", "") == []


async def test_completion_offers_sets_to_an_instructor(server: Server) -> None:
    await save(server, await preview(server), "Week 1")
    offered = await server.moderator.autocomplete(server.channel, "quiz preview", "set", "w")

    assert [one["value"] for one in offered] == ["Week 1"]


async def test_completion_offers_topics_with_those_of_own_questions(server: Server) -> None:
    await add_own(server, 3, "Lakes")
    offered = await server.moderator.autocomplete(server.channel, "quiz preview", "topic", "")

    assert {one["value"] for one in offered} == {*topics(bank(server)), "Lakes"}


async def test_completion_tells_how_many_questions_a_topic_has(server: Server) -> None:
    await add_own(server, 3, "Lakes")
    (offered,) = await server.moderator.autocomplete(server.channel, "quiz preview", "topic", "lakes")

    assert (offered["name"], offered["value"]) == ("Lakes (3)", "Lakes")


@pytest.mark.parametrize("typed", ["Lakes", "lakes (3)", " LAKES (99) "])
async def test_a_topic_is_known_with_and_without_its_number(server: Server, typed: str) -> None:
    await add_own(server, 3, "Lakes")

    assert "### Lakes" in text_of(await preview(server, topic=typed, number=3))


async def test_a_topic_that_ends_with_a_number_is_itself(server: Server) -> None:
    await add_own(server, 3, "Lakes (2)")

    assert "### Lakes (2)\n" in text_of(await preview(server, topic="Lakes (2)", number=3))


# ------------------------------------------------------------------ what is shown


async def test_a_preview_is_for_the_instructor_alone(server: Server) -> None:
    assert (await preview(server)).ephemeral
    assert posts(server.channel) == []


async def test_a_preview_has_ten_questions_unless_told_otherwise(server: Server) -> None:
    assert len(await all_stems(server, await preview(server))) == 10


@pytest.mark.parametrize("number", [3, 30])
async def test_a_preview_has_as_many_questions_as_asked(server: Server, number: int) -> None:
    found = await all_stems(server, await preview(server, number=number))

    assert len(set(found)) == number


async def test_every_question_is_shown_with_all_that_is_known_of_it(server: Server) -> None:
    known = {plain(item.stem): item for item in bank(server)}
    shown = [await preview(server, number=30), await preview(server, topic="Polls in Russia", number=10)]
    texts = "\n".join([text for one in shown for text, _ in await pages(server, one)])
    blocks = re.split(r"^(?=\*\*\d+\.\*\* )", texts, flags=re.MULTILINE)[1:]
    items = [known[_QUESTION.findall(block)[0][1]] for block in blocks]

    for block, item in zip(blocks, items, strict=True):
        assert f"Right answer: **{plain(right_answer(item))}**" in block
        options = item.options if isinstance(item.right, Pick) and item.kind != "true-false" else ()
        assert [f"**{letter}.** {plain(text)}" in block for letter, text in zip("ABCD", options, strict=False)] == [
            True
        ] * len(options)
        assert plain(f"{item.topic} · {item.difficulty} · {KINDS[item.kind]} · {item.citation}") in block
        assert f"-# {plain(item.explanation)}" in block
    assert {item.kind for item in items} == set(KINDS)


async def test_levels_are_counted_above(server: Server) -> None:
    assert re.search(
        r"^10 questions: \d+ easy, \d+ medium, \d+ hard\. Only you", text_of(await preview(server)), re.MULTILINE
    )


async def test_what_was_asked_here_least_comes_first(server: Server) -> None:
    fresh = choose(bank(server), 10, random.Random(7))
    seen = [item.id for item in bank(server) if item not in fresh]
    await server.store.rounds.write([CountAsked(server.guild.id, PACK, one) for one in seen])

    assert set(await all_stems(server, await preview(server))) == {plain(item.stem) for item in fresh}


async def test_a_topic_is_all_that_is_asked_about(server: Server) -> None:
    topic = "Syria and the Middle East"
    shown = await preview(server, topic=topic.upper(), number=5)
    of_topic = {plain(item.stem) for item in bank(server) if item.topic == topic}

    assert set(await all_stems(server, shown)) <= of_topic
    assert f"### {topic}" in text_of(shown)


async def test_a_topic_that_is_not_there_is_a_sentence(server: Server) -> None:
    assert "There is no such topic here" in text_of(await preview(server, topic="The moon"))


async def test_a_topic_with_fewer_questions_than_asked_says_how_many_there_are(server: Server) -> None:
    await add_own(server, 4, "Lakes")
    text = text_of(await preview(server, topic="Lakes"))

    assert "There are only 4 questions on “Lakes”; you asked for 10." in text


async def test_a_topic_whose_questions_do_not_all_go_together_says_how_many_do(server: Server) -> None:
    topic, there = min(topics(bank(server)).items(), key=lambda one: one[1])
    shown = await preview(server, topic=topic, number=30)
    text = text_of(shown)
    found = len(await all_stems(server, shown))

    assert 3 <= found < there
    assert (
        f"There are only {there} questions on “{topic}”; you asked for 30. {found} of them can be in one quiz:" in text
    )


async def test_a_topic_with_too_few_questions_for_a_quiz_is_refused(server: Server) -> None:
    await add_own(server, 2, "Lakes")
    text = text_of(await preview(server, topic="Lakes", number=3))

    assert text == "There are only 2 questions on “Lakes”; a quiz takes at least 3."


@pytest.mark.two_briefs
async def test_a_brief_without_questions_is_a_sentence(server: Server) -> None:
    assert text_of(await preview(server, brief="tiny")) == "There are no questions; a quiz takes at least 3."


# ------------------------------------------------------------------ pages


async def test_no_page_is_larger_than_discord_takes(server: Server) -> None:
    for text, count in await pages(server, await preview(server, number=30)):
        assert len(text) <= 4_000
        assert count <= 40


async def test_a_page_has_at_most_five_questions(server: Server) -> None:
    items = bank(server)[:30]

    assert max(map(len, pages_of(items))) == 5
    assert [index for page in pages_of(items) for index in page] == list(range(30))


async def test_pages_turn_back(server: Server) -> None:
    first = await preview(server)
    before = stems(first)
    second = await turn(server, first)
    assert second
    assert stems(second).keys() == {number + 5 for number in before}
    assert stems(await click(server.moderator, second, "Previous page")) == before


async def test_the_buttons_outlive_a_restart(server: Server) -> None:
    shown = await preview(server)
    before = stems(shown)
    await server.restart()
    swapped = await swap(server, shown, 2)

    assert [stems(swapped)[number] == before[number] for number in (1, 2, 3)] == [True, False, True]


@pytest.mark.parametrize("label", ["Swap", "Save…", "Start here"])
async def test_a_preview_of_another_day_is_too_old_and_says_so(server: Server, label: str) -> None:
    shown = await preview(server, number=3)
    if label == "Swap":
        for number in (2, 3):
            shown = await swap(server, shown, number)
    await later(server, days=2)
    name = next(one["custom_id"] for one in components(shown) if one.get("label") == label)

    assert "This preview is too old" in text_of(await server.moderator.click(message_of(shown), custom_id=name))


async def test_a_preview_that_another_version_kept_is_too_old_too(server: Server) -> None:
    shown = await preview(server, number=3)
    token = re.findall(r"bb:quiz-preview-save:(\d+)", str(components(shown)))[0]
    key = f"quiz-set:{server.guild.id}:{int(token) % 61}"
    kept = json.loads(await server.store.facts.get(key) or "")
    await server.store.facts.set(key, json.dumps(kept | {"items": [{"asked": "otherwise"}]}))

    assert "This preview is too old" in text_of(await click(server.moderator, shown, "Save…"))


async def test_a_preview_is_no_other_servers(server: Server) -> None:
    shown = await preview(server)
    token = re.findall(r"bb:quiz-preview-save:(\d+)", str(components(shown)))[0]
    drafts, now = SetDrafts(server.store.facts), discord.utils.snowflake_time(int(token))

    assert await drafts.find(server.guild.id, token, now) is not None
    assert await drafts.find(server.guild.id + 1, token, now) is None


async def test_previews_do_not_get_into_each_others_way(server: Server) -> None:
    one = await preview(server, number=3)
    other = await preview(server, topic="Polls in Russia", number=3)
    before = stems(one)
    await swap(server, other, 1)
    swapped = await swap(server, one, 1)

    assert [stems(swapped)[number] == before[number] for number in (1, 2, 3)] == [False, True, True]


# ------------------------------------------------------------------ swap


async def test_a_swap_puts_another_question_of_the_same_topic_there(server: Server) -> None:
    shown = await preview(server, number=5)
    before = stems(shown)
    topic = {plain(item.stem): item.topic for item in bank(server)}
    after = stems(await swap(server, shown, 3))

    assert [number for number in before if after[number] != before[number]] == [3]
    assert topic[after[3]] == topic[before[3]]


async def test_a_swap_says_what_it_did_and_stays_on_its_page(server: Server) -> None:
    first = await preview(server)
    second = await turn(server, first)
    assert second
    number = min(stems(second))
    swapped = await swap(server, second, number)

    assert f"Question {number} is another one now" in text_of(swapped)
    assert number in stems(swapped)


async def test_what_was_swapped_out_does_not_come_back(server: Server) -> None:
    shown = await preview(server, topic="Advice and outlook", number=3)
    seen = list(stems(shown).values())
    for _ in range(8):
        shown = await swap(server, shown, 1)
        seen.append(stems(shown)[1])

    assert len(set(seen)) == 11


async def test_a_swap_to_another_topic_says_so(server: Server) -> None:
    await add_own(server, 3, "Lakes")
    text = text_of(await swap(server, await preview(server, topic="Lakes", number=3), 1))

    assert re.search(r"Question 1 is another one now, on “.+”: nothing else is left on its topic\.", text)


@pytest.mark.two_briefs
async def test_a_question_stays_where_nothing_is_left(server: Server) -> None:
    await add_own(server, 3, "Lakes", "tiny")
    shown = await preview(server, brief="tiny", number=3)
    before = stems(shown)
    swapped = await swap(server, shown, 2)

    assert "There is no other question that goes with the rest, so this one stays." in text_of(swapped)
    assert stems(swapped) == before


async def test_a_button_that_was_pressed_twice_swaps_once(server: Server) -> None:
    shown = await preview(server, number=3)
    name = next(one["custom_id"] for one in components(shown) if one.get("label") == "Swap")
    forged = await server.post(ui.Button(label="Swap", custom_id=name))
    once = stems(await swap(server, shown, 1))
    twice = await server.moderator.click(forged, label="Swap")

    assert stems(twice) == once
    assert "The set has changed meanwhile" in text_of(twice)


# ------------------------------------------------------------------ save


async def test_a_set_is_saved_as_it_is_shown(server: Server) -> None:
    shown = await swap(server, await preview(server), 1)
    saved = await save(server, shown, "  Week   1 ")
    (kept,) = await sets(server)

    start = server.bot.mention_of("quiz start")

    assert f"Saved as “Week 1”. Start it any time with {start} set:Week 1, where you can also set" in text_of(saved)
    assert kept.name == "Week 1"
    assert [plain(item.stem) for item in kept.items] == await all_stems(server, saved)


async def test_a_saved_set_is_previewed_as_it_was(server: Server) -> None:
    shown = await preview(server)
    before = await all_stems(server, shown)
    await save(server, shown, "Week 1")
    again = await preview(server, set="week 1")

    assert "### Week 1" in text_of(again)
    assert await all_stems(server, again) == before


async def test_saving_under_a_name_again_says_that_it_replaced_one(server: Server) -> None:
    await save(server, await preview(server), "Week 1")
    text = text_of(await save(server, await preview(server, number=3), "week 1"))

    assert "Saved as “week 1”, in place of the set that had this name." in text
    assert [len(one.items) for one in await sets(server)] == [3]


async def test_a_swap_in_a_saved_set_says_that_it_is_not_saved_yet(server: Server) -> None:
    await save(server, await preview(server), "Week 1")
    before = await sets(server)
    swapped = await swap(server, await preview(server, set="Week 1"), 1)

    assert "The saved set stays as it was until you save it again." in text_of(swapped)
    assert await sets(server) == before


async def test_the_form_knows_the_name_of_a_saved_set(server: Server) -> None:
    form = await click(server.moderator, await save(server, await preview(server), "Week 1"), "Save…")

    assert form.modal
    assert form.modal["components"][0]["component"]["value"] == "Week 1"


async def test_a_name_is_shown_letter_by_letter(server: Server) -> None:
    saved = await save(server, await preview(server), HOSTILE)
    told = text_of(await preview(server, set=HOSTILE))
    asked = await click(server.moderator, saved, "Delete set…")

    assert f"### {ESCAPED}\n" in told
    assert f"Delete the saved set “{ESCAPED}”?" in text_of(asked)
    deleted = await click(server.moderator, asked, "Delete it")
    assert f"The saved set “{ESCAPED}” is deleted" in text_of(deleted)


async def test_a_saved_name_is_told_letter_by_letter(server: Server) -> None:
    assert f"Saved as “{ESCAPED}”." in text_of(await save(server, await preview(server), HOSTILE))


async def test_a_name_of_spaces_is_a_sentence(server: Server) -> None:
    assert "A set needs a name" in text_of(await save(server, await preview(server), "   "))
    assert await sets(server) == []


async def test_a_server_has_a_limit_of_sets(server: Server) -> None:
    items = bank(server)[:3]
    for number in range(MOST_SETS):
        pack = PACK if number % 2 else "another"
        await server.store.quizzes.save_set(server.guild.id, pack, f"Set {number}", items, 1, START)

    assert "A server may have 50 saved sets" in text_of(await save(server, await preview(server), "One more"))
    assert "in place of" in text_of(await save(server, await preview(server), "Set 1"))
    assert await server.store.quizzes.count_sets(server.guild.id) == MOST_SETS


async def test_a_set_that_is_not_there_is_a_sentence(server: Server) -> None:
    assert "There is no such set here; choose one from the list" in text_of(await preview(server, set="Week 9"))


@pytest.mark.parametrize("more", [{"topic": "Polls in Russia"}, {"number": 5}])
async def test_a_saved_set_takes_no_topic_and_no_number(server: Server, more: dict[str, Any]) -> None:
    await save(server, await preview(server), "Week 1")

    assert "A saved set has its questions already" in text_of(await preview(server, set="Week 1", **more))


async def test_the_longest_questions_fit_on_a_card_that_says_that_they_were_saved(server: Server) -> None:
    wrong = [sign * 100 for sign in "_~`"]
    lines = [f"{number}{'*' * 43} {'*' * 100},{'|' * 100},{','.join(wrong)},{'#' * 300}" for number in range(5)]
    items = read_own("\n".join(["question,answer,wrong1,wrong2,wrong3,explanation", *lines])).items
    await server.store.quizzes.add_own(server.guild.id, PACK, items, server.moderator.id, START)
    await save(server, await preview(server, topic="Own questions", number=5), "*" * 60)
    shown = await save(server, await preview(server, set="*" * 60), "*" * 60)

    assert len(items) == 5
    assert "in place of the set that had this name" in text_of(shown)
    assert max(len(text) for text, _ in await pages(server, shown)) <= 4_000


# ------------------------------------------------------------------ delete


async def test_only_a_saved_set_can_be_deleted(server: Server) -> None:
    shown = await preview(server)
    before = labels(shown)
    saved = await save(server, shown, "Week 1")

    assert ("Delete set…" in before, "Delete set…" in labels(saved)) == (False, True)


async def test_a_set_is_deleted_only_when_asked_again(server: Server) -> None:
    asked = await click(server.moderator, await save(server, await preview(server), "Week 1"), "Delete set…")

    assert "Delete the saved set “Week 1”?" in text_of(asked)
    assert len(await sets(server)) == 1


async def test_a_set_that_is_to_be_deleted_is_deleted_and_still_shown(server: Server) -> None:
    saved = await save(server, await preview(server), "Week 1")
    before = stems(saved)
    deleted = await click(server.moderator, await click(server.moderator, saved, "Delete set…"), "Delete it")

    assert "The saved set “Week 1” is deleted" in text_of(deleted)
    assert (await sets(server), stems(deleted)) == ([], before)
    assert "quiz-preview-drop" not in actions(deleted)


async def test_a_set_may_be_kept_after_all(server: Server) -> None:
    saved = await save(server, await preview(server), "Week 1")
    before = stems(saved)
    kept = await click(server.moderator, await click(server.moderator, saved, "Delete set…"), "Keep it")

    assert (len(await sets(server)), stems(kept)) == (1, before)


async def test_a_set_that_was_deleted_meanwhile_is_a_sentence(server: Server) -> None:
    asked = await click(server.moderator, await save(server, await preview(server), "Week 1"), "Delete set…")
    await server.store.quizzes.delete_set(server.guild.id, PACK, "Week 1")

    assert "The saved set “Week 1” was deleted already." in text_of(await click(server.moderator, asked, "Delete it"))


# ------------------------------------------------------------------ start


async def test_a_preview_is_started_as_it_is_shown(server: Server) -> None:
    shown = await swap(server, await preview(server, number=5), 1)
    saved = await save(server, shown, "Week 1")
    before = [item.stem for item in (await sets(server))[0].items]
    await click(server.moderator, saved, "Start here")
    (kept,) = await server.store.rounds.running()

    assert (kept.title, kept.guild_id, kept.pack, kept.leader_id) == (
        "Week 1",
        server.guild.id,
        PACK,
        server.moderator.id,
    )
    assert [item.stem for item in kept.state.items] == before


async def test_a_start_answers_with_the_controls(server: Server) -> None:
    shown = await click(server.moderator, await preview(server, number=3), "Start here")

    assert shown.ephemeral
    assert "quiz-lead" in actions(shown)
