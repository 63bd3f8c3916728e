"""``/quiz question``: a server's own questions, from a form or a table; who may, and what is told of mistakes."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
import simcord
from discord import ui

from bot.brief.quiz_items import ItemKind, QuizItem
from bot.discord.cards.quiz_own import PER_PAGE
from bot.discord.quizzes.own_added import MOST_OWN
from bot.quiz.items import Source
from bot.quiz.own import COLUMNS, read_own
from tests.discord.conftest import (
    Server,
    actions,
    button_id,
    click,
    components,
    file_of,
    labels,
    message_of,
    text_of,
)
from tests.discord.test_digest import ESCAPED, HOSTILE, START, later
from tests.discord.test_quiz_preview import pages

PACK = "hansen-2016"
TRUMP = {"question": "Which city did we speak about?", "answer": "Bergen", "wrong": "Aarhus\nTurku\nTartu"}
LONG = ("_[*`|@" * 25)[:44] + " " + ("~<>#@*" * 25)[:100]  # as long as a question may be, and nothing but signs


async def use(server: Server, command: str, **options: Any) -> simcord.InteractionResult:
    return await server.moderator.slash(server.channel, f"quiz question {command}", **options)


async def add(server: Server, **typed: str) -> simcord.InteractionResult:
    return await server.moderator.submit_modal(await use(server, "add"), typed)


async def own(server: Server, pack: str = PACK) -> list[QuizItem]:
    return await server.store.quizzes.own(server.guild.id, pack)


def table(*rows: dict[str, str], delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(COLUMNS), restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def numbered(*numbers: int) -> list[dict[str, str]]:
    return [{"question": f"What is {number} plus {number}?", "answer": str(2 * number)} for number in numbers]


async def take(
    server: Server, written: str | bytes, name: str = "mine.csv", **options: Any
) -> simcord.InteractionResult:
    data = written.encode() if isinstance(written, str) else written
    return await use(server, "import", file=(name, data), **options)


async def fill(server: Server, count: int, pack: str = PACK) -> None:
    """Keep so many own questions, without commands."""
    items = [one for start in range(1, count + 1, 200) for one in _read(start, min(count, start + 199))]
    await server.store.quizzes.add_own(server.guild.id, pack, items, server.moderator.id, START)


def _read(first: int, last: int) -> tuple[QuizItem, ...]:
    return read_own(table(*numbered(*range(first, last + 1)))).items


def defaults_of(form: simcord.InteractionResult) -> dict[str, str]:
    assert form.modal
    inner = [one["component"] for one in form.modal["components"]]
    return {one["custom_id"]: one.get("value", "") for one in inner}


# ------------------------------------------------------------------ who may


COMMANDS: dict[str, dict[str, Any]] = {
    "add": {},
    "import": {"file": ("mine.csv", table(*numbered(1)).encode())},
    "list": {},
    "template": {},
    "export": {},
}


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_reader_may_use_no_command(server: Server, command: str) -> None:
    await fill(server, 1)
    shown = await server.reader.slash(server.channel, f"quiz question {command}", **COMMANDS[command])

    assert "Only instructors can do this" in text_of(shown)
    assert len(await own(server)) == 1


@pytest.mark.parametrize("command", COMMANDS)
async def test_every_answer_is_for_the_instructor_alone(server: Server, command: str) -> None:
    await fill(server, 1)
    shown = await use(server, command, **COMMANDS[command])

    assert shown.modal is not None or shown.ephemeral


@pytest.mark.parametrize(
    "action",
    ["form:{key}", "edit:1", "list:0.{key}", "change:{id}.0.{key}", "delete:{id}.0.{key}", "deleted:{id}.0.{key}"],
)
async def test_no_button_obeys_a_reader(server: Server, action: str) -> None:
    await fill(server, 1)
    (item,) = await own(server)
    state = action.format(key=server.library.default.id_key, id=item.id)
    forged = await server.post(ui.Button(label="Press", custom_id=f"bb:quiz-own-{state}"))

    assert "Only instructors can do this" in text_of(await server.reader.click(forged, label="Press"))
    assert await own(server) == [item]


async def test_a_form_is_not_taken_from_who_leads_no_more(server: Server) -> None:
    form = await use(server, "add")
    server.demote(server.moderator)
    shown = await server.moderator.submit_modal(form, TRUMP)

    assert "Only instructors can do this" in text_of(shown)
    assert await own(server) == []


async def test_another_server_sees_nothing_of_it(server: Server) -> None:
    await fill(server, 1)

    assert await server.store.quizzes.own(server.guild.id + 1, PACK) == []


# ------------------------------------------------------------------ add


async def test_a_question_that_was_typed_is_kept(server: Server) -> None:
    await add(server, **TRUMP, explanation="The harbour is\nthere.")
    (item,) = await own(server)

    assert (item.question, item.answer, item.wrong) == (TRUMP["question"], "Bergen", ("Aarhus", "Turku", "Tartu"))
    assert (item.kind, item.explanation) == (ItemKind.CHOICE, "The harbour is there.")


async def test_an_answer_shows_how_the_question_was_understood(server: Server) -> None:
    text = text_of(await add(server, question="How many lakes are there?", answer="61"))

    assert "Added. It can be asked at once; 1 of at most 500 in this server." in text
    assert "How many lakes are there?\nRight answer: **61**\n-# a number, typed · Own questions · medium" in text


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ({"answer": "Bergen"}, ItemKind.TEXT),
        ({"answer": "61"}, ItemKind.NUMBER),
        ({"answer": "61", "wrong": "20\n30"}, ItemKind.CHOICE),
        ({"answer": "false"}, ItemKind.TRUE_FALSE),
        ({"answer": "Bergen", "wrong": "Turku"}, ItemKind.CHOICE),
    ],
)
async def test_the_kind_follows_from_the_answers(server: Server, typed: dict[str, str], kind: ItemKind) -> None:
    await add(server, question="What was it?", **typed)
    (item,) = await own(server)

    assert item.kind is kind


async def test_an_answer_says_how_only_own_questions_are_asked(server: Server) -> None:
    text = text_of(await add(server, **TRUMP))

    assert f"Ask only your own with {server.bot.mention_of('quiz start')} topic:Own questions, once" in text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"answer": "Oslo", "wrong": "The city of Bergen"}, "is much shorter than every wrong option (4 to 18"),
        ({"answer": "The city of Bergen", "wrong": "Oslo"}, "is much longer than every wrong option (18 to 4"),
    ],
)
async def test_a_right_answer_that_stands_out_is_kept_and_that_is_said(
    server: Server, typed: dict[str, str], told: str
) -> None:
    text = text_of(await add(server, question="Which city?", **typed))

    assert f"**Note:** the right answer {told} characters), which gives it away" in text
    assert len(await own(server)) == 1


async def test_further_lines_of_the_answer_are_right_too(server: Server) -> None:
    await add(server, question="Which city?", answer="Bergen\n\n Bjørgvin \nthe city of Bergen")
    (item,) = await own(server)

    assert (item.answer, item.accept) == ("Bergen", ("Bjørgvin", "the city of Bergen"))


async def test_a_place_is_cited(server: Server) -> None:
    entry = next(one for one in server.library.default.pack.passages if one.place.paragraph)
    text = text_of(await add(server, **TRUMP, place=str(entry.place)))
    (item,) = await own(server)

    assert item.place == entry.place
    assert "Own questions · medium · Hansen" in text


async def test_the_form_gives_an_example_of_a_place(server: Server) -> None:
    form = await use(server, "add")
    assert form.modal
    example = form.modal["components"][-1]["description"].partition("such as: ")[2]
    await server.moderator.submit_modal(form, {**TRUMP, "place": example})

    assert [str(item.place) for item in await own(server)] == [example]


async def test_all_that_is_wrong_is_said_at_once(server: Server) -> None:
    typed = {"question": "How?", "answer": "all of the above", "wrong": "a\na\nb\nc", "place": "Nowhere 9"}
    text = text_of(await add(server, **typed))

    assert "- **Right answer** points at the other options" in text
    assert "- **Second wrong answer** stands there already" in text
    assert "- **Wrong answers** are 4 lines, at most 3 are allowed" in text
    assert "- **Place** is no place of this brief" in text
    assert await own(server) == []


async def test_what_was_typed_is_not_lost_by_a_mistake(server: Server) -> None:
    typed = {**TRUMP, "answer": "Aarhus", "explanation": "Because.", "place": ""}
    form = await click(server.moderator, await add(server, **typed), "Edit…")

    assert defaults_of(form) == typed


async def test_a_mended_question_is_kept(server: Server) -> None:
    shown = await add(server, **{**TRUMP, "answer": "Aarhus"})
    form = await click(server.moderator, shown, "Edit…")
    await server.moderator.submit_modal(form, TRUMP)

    assert [item.answer for item in await own(server)] == ["Bergen"]


async def test_what_was_typed_outlives_a_restart(server: Server) -> None:
    shown = await add(server, **{**TRUMP, "answer": "Aarhus"})
    await server.restart()

    assert defaults_of(await click(server.moderator, shown, "Edit…"))["question"] == TRUMP["question"]


async def test_what_was_typed_stands_in_no_custom_id(server: Server) -> None:
    shown = await add(server, **{**TRUMP, "answer": "Aarhus"})

    assert "Aarhus" not in button_id(shown, "Edit…")


async def test_what_was_typed_days_ago_is_gone_and_that_is_said(server: Server) -> None:
    shown = await add(server, **{**TRUMP, "answer": "Aarhus"})
    await later(server, days=2)

    assert "too long ago" in text_of(await click(server.moderator, shown, "Edit…"))


async def test_a_question_of_the_same_words_is_changed(server: Server) -> None:
    await add(server, **TRUMP)
    text = text_of(await add(server, **{**TRUMP, "question": "which  CITY did we speak about", "answer": "Oslo"}))

    assert "Changed: there was a question of the same words. It can be asked at once; 1 of at most 500" in text
    assert [item.answer for item in await own(server)] == ["Oslo"]


async def test_a_question_that_is_there_already_changes_nothing(server: Server) -> None:
    await add(server, **TRUMP)

    assert "Nothing changed: this question is here already, word for word." in text_of(await add(server, **TRUMP))


async def test_the_next_one_can_be_added_from_the_answer(server: Server) -> None:
    form = await click(server.moderator, await add(server, **TRUMP), "Add another…")
    await server.moderator.submit_modal(form, {"question": "And which lake?", "answer": "Ladoga"})

    assert len(await own(server)) == 2


async def test_a_full_server_takes_no_more_and_keeps_what_was_typed(server: Server) -> None:
    await fill(server, MOST_OWN)
    shown = await add(server, **TRUMP)

    assert "There is no room for 1 more: a server may have 500 questions of its own, and this one has 500." in text_of(
        shown
    )
    assert actions(shown) == ["quiz-own-edit"]
    assert len(await own(server)) == MOST_OWN


@pytest.mark.two_briefs
async def test_the_limit_counts_the_questions_of_all_briefs(server: Server) -> None:
    await fill(server, MOST_OWN, "tiny")

    assert "There is no room" in text_of(await add(server, **TRUMP))


async def test_a_full_server_may_change_what_it_has(server: Server) -> None:
    await fill(server, MOST_OWN)

    assert "Changed" in text_of(await add(server, question="What is 1 plus 1?", answer="two"))


@pytest.mark.two_briefs
async def test_a_question_belongs_to_the_brief_that_was_named(server: Server) -> None:
    form = await use(server, "add", brief="tiny")
    await server.moderator.submit_modal(form, TRUMP)

    assert (len(await own(server, "tiny")), await own(server)) == (1, [])


# ------------------------------------------------------------------ import


async def test_a_table_is_kept(server: Server) -> None:
    text = text_of(await take(server, table(*numbered(1, 2, 3))))

    assert text == "3 questions added. They can be asked at once; 3 of at most 500 in this server."
    assert [item.answer for item in await own(server)] == [2, 4, 6]


async def test_questions_that_are_there_are_changed(server: Server) -> None:
    await take(server, table(*numbered(1, 2)))
    text = text_of(await take(server, table({"question": "What is 1 plus 1?", "answer": "3"}, *numbered(7))))

    assert text.startswith("1 question added, 1 question of the same words changed.")
    assert [item.answer for item in await own(server)] == [3, 4, 14]


async def test_a_table_that_was_not_changed_changes_nothing(server: Server) -> None:
    await take(server, table(*numbered(1, 2, 3)))
    _, data = await file_of(await use(server, "export"))
    text = text_of(await take(server, data))

    assert text.startswith("Nothing changed: 3 questions of this file are here already. 3 of at most 500")


async def test_what_of_a_table_did_not_change_is_counted(server: Server) -> None:
    await take(server, table(*numbered(1, 2)))
    text = text_of(await take(server, table(*numbered(1, 2, 3))))

    assert text.startswith("1 question added, 2 questions unchanged.")


async def test_right_answers_of_a_table_that_stand_out_are_kept_and_told(server: Server) -> None:
    telling = {"question": "Which city?", "answer": "Oslo", "wrong1": "The city of Bergen"}
    text = text_of(await take(server, table(*numbered(1), telling)))

    assert text.startswith("2 questions added.")
    assert "- Line 3: the right answer is much shorter than every wrong option" in text
    assert len(await own(server)) == 2


async def test_many_warnings_fit_on_a_card(server: Server) -> None:
    telling = {"answer": "_" * 100, "wrong1": "x"}
    rows = [{"question": f"Which of {number}?", **telling} for number in range(200)]
    text = text_of(await take(server, table(*rows)))

    assert len(text) <= 4_000
    assert text.endswith("- And 185 more.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";"])
async def test_a_table_is_read_as_spreadsheets_write_it(server: Server, encoding: str, delimiter: str) -> None:
    row = {"question": "Wie heißt die Stadt – “Malmö” oder nicht?", "answer": "Malmö", "accept": "Malmø"}
    await take(server, table(row, delimiter=delimiter).encode(encoding))
    (item,) = await own(server)

    assert (item.question, item.answer, item.accept) == (row["question"], "Malmö", ("Malmø",))


async def test_a_file_of_another_kind_is_not_read(server: Server) -> None:
    assert "This is no CSV file" in text_of(await take(server, table(*numbered(1)), "mine.xlsx"))
    assert await own(server) == []


async def test_a_file_that_is_too_large_is_not_read(server: Server) -> None:
    text = text_of(await take(server, table(*numbered(1)) + "\n" * 1_000_000))

    assert "This file is too large: at most 1,000 kB are read" in text
    assert await own(server) == []


@pytest.mark.parametrize("raw", [b"PK\x03\x04\x00\x00", "question,answer\r\nA?,b\r\n".encode("utf-16")])
async def test_a_file_that_is_no_text_is_a_sentence(server: Server, raw: bytes) -> None:
    assert "I cannot read this file as text" in text_of(await take(server, raw))


async def test_an_empty_file_is_a_sentence(server: Server) -> None:
    text = text_of(await take(server, ""))

    assert "One problem, so nothing was added." in text
    assert "- The file is empty; begin with a line of column names." in text


async def test_unknown_columns_are_told_once_and_in_the_card(server: Server) -> None:
    shown = await take(server, "Frage,Antwort\r\nWer?,Putin\r\n")

    assert "Unknown columns: frage, antwort. Known: question, answer," in text_of(shown)
    assert (text_of(shown).count("wrong3"), message_of(shown).attachments) == (1, [])


async def test_every_problem_of_a_file_is_listed_with_its_line(server: Server) -> None:
    rows = [*numbered(1), {"question": "", "answer": "x"}, {"question": "Which?", "answer": "y", "unit": "km"}]
    shown = await take(server, table(*rows))
    text = text_of(shown)

    assert "2 problems, so nothing was added." in text
    assert "- line 3: question: is empty; fill it in\n- line 4: unit: belongs to number items only" in text
    assert message_of(shown).attachments == []


async def test_nothing_of_a_file_with_a_problem_is_kept(server: Server) -> None:
    await take(server, table(*numbered(1), {"question": "", "answer": "x"}))

    assert await own(server) == []


async def test_more_problems_than_a_card_has_room_for_are_in_a_file(server: Server) -> None:
    shown = await take(server, table(*({"question": "", "answer": "x"} for _ in range(40))))
    name, data = await file_of(shown)

    assert "40 problems, so nothing was added." in text_of(shown)
    assert "The first 15 are shown; the file has all." in text_of(shown)
    assert name == "problems.txt"
    assert [line.split(":")[0] for line in data.decode().splitlines()] == [f"line {number}" for number in range(2, 42)]


async def test_a_file_made_of_problems_has_an_end(server: Server) -> None:
    broken = ",".join(["\u200b" + "x" * 306] * len(COLUMNS))
    shown = await take(server, "\r\n".join([",".join(COLUMNS), *[broken] * 200]))
    _, data = await file_of(shown)
    lines = data.decode().splitlines()
    rest = re.fullmatch(r"and (\d+) more", lines[-1])

    assert len(lines) == 5_001
    assert rest is not None
    assert f"{5_000 + int(rest[1]):,} problems, so nothing was added." in text_of(shown)


async def test_a_file_of_too_many_columns_is_refused_at_once(server: Server) -> None:
    assert "6001 columns" in text_of(await take(server, "a," * 6_000 + "\r\nx"))


async def test_words_of_a_file_are_shown_letter_by_letter(server: Server) -> None:
    text = text_of(await take(server, f'question,answer,"{HOSTILE[:40]}"\r\nA?,b,c\r\n'))

    assert "\\@everyone \\*\\*free\\*\\* \\[nitro\\](https\\://" in text


async def test_a_table_that_has_no_room_is_not_kept_in_part(server: Server) -> None:
    await fill(server, MOST_OWN - 1)
    text = text_of(await take(server, table(*numbered(1, 1001, 1002))))

    assert "There is no room for 2 more" in text
    assert len(await own(server)) == MOST_OWN - 1


# ------------------------------------------------------------------ list, delete


async def test_an_empty_list_says_so_and_offers_to_add(server: Server) -> None:
    shown = await use(server, "list")

    assert (text_of(shown), labels(shown)) == ("### Questions of your own\nNone yet.", ["Add…"])


async def test_a_list_has_all_that_is_known_of_a_question(server: Server) -> None:
    row = {
        "question": "Which lake?",
        "answer": "Ladoga",
        "accept": "Ladozhskoye",
        "topic": "Lakes",
        "difficulty": "hard",
    }
    await take(server, table(row))
    text = text_of(await use(server, "list"))

    assert "1 here, 1 of at most 500 in this server." in text
    assert "**1.** Which lake?\nRight answer: **Ladoga** (also: Ladozhskoye)\n-# a text, typed · Lakes · hard" in text


async def test_a_list_has_pages(server: Server) -> None:
    await fill(server, PER_PAGE + 1)
    listed = await use(server, "list")
    first = text_of(listed)
    second = text_of(await click(server.moderator, listed, "Next page (2 of 2)"))

    assert [first.count(f"**{number}.** What is {number} plus") for number in (1, 4, 5)] == [1, 1, 0]
    assert [second.count(f"**{number}.** What is {number} plus") for number in (1, 4, 5)] == [0, 0, 1]
    assert text_of(await click(server.moderator, listed, "Previous page")) == first


async def test_a_question_is_deleted_only_when_asked_again(server: Server) -> None:
    await fill(server, 1)
    asked = await click(server.moderator, await use(server, "list"), "Delete…")

    assert "Delete this question?" in text_of(asked)
    assert "What is 1 plus 1?" in text_of(asked)
    assert len(await own(server)) == 1


async def test_a_question_that_is_to_be_deleted_is_deleted(server: Server) -> None:
    await fill(server, 2)
    listed = await use(server, "list")
    first = next(one["custom_id"] for one in components(listed) if one.get("label") == "Delete…")
    asked = await server.moderator.click(message_of(listed), custom_id=first)
    text = text_of(await click(server.moderator, asked, "Delete it"))

    assert "The question is deleted." in text
    assert [item.answer for item in await own(server)] == [4]


# ------------------------------------------------------------------ edit


async def act_first(server: Server, shown: simcord.InteractionResult, label: str) -> simcord.InteractionResult:
    """Press the first of several buttons of a label."""
    name = next(one["custom_id"] for one in components(shown) if one.get("label") == label)
    return await server.moderator.click(message_of(shown), custom_id=name)


async def edit(server: Server, **typed: str) -> simcord.InteractionResult:
    """Change the first question of the list: what is named, and nothing else."""
    form = await act_first(server, await use(server, "list"), "Edit…")
    return await server.moderator.submit_modal(form, defaults_of(form) | typed)


async def test_a_list_shows_all_options(server: Server) -> None:
    await add(server, **TRUMP)
    text = text_of(await use(server, "list"))

    assert all(f".** {city}" in text for city in ("Bergen", "Aarhus", "Turku", "Tartu"))
    assert re.search(r"Right answer: \*\*[A-D]\. Bergen\*\*", text.replace("\\", ""))


async def test_a_question_is_edited_in_a_form_that_holds_it(server: Server) -> None:
    typed = {**TRUMP, "explanation": "The harbour is there.", "place": "Quotes 1"}
    await add(server, **typed)

    assert defaults_of(await click(server.moderator, await use(server, "list"), "Edit…")) == typed


async def test_an_edited_question_takes_the_place_of_the_old_one(server: Server) -> None:
    await add(server, **TRUMP)
    text = text_of(await edit(server, question="Which city did we visit?"))
    (item,) = await own(server)

    assert text.startswith("Changed. It can be asked at once; 1 of at most 500")
    assert (item.question, item.answer, item.wrong) == (
        "Which city did we visit?",
        "Bergen",
        ("Aarhus", "Turku", "Tartu"),
    )


async def test_what_was_not_edited_is_as_it_was(server: Server) -> None:
    rows = [
        {"question": "How cold?", "answer": "-4.5", "unit": "%", "wrong1": "3", "topic": "T", "difficulty": "hard"},
        {"question": "Who?", "answer": "Ann", "accept": "Anne|Anna", "wrong1": "Bea", "kind": "text"},
        {"question": "Which year?", "answer": "1999", "kind": "text"},
        {"question": "Is it so?", "answer": "true"},
        {"question": "How many?", "answer": "7", "unit": "km"},
        {"question": "Which one?", "answer": "a; b", "wrong1": "c", "explanation": "So.", "place": "Quotes 1"},
    ]
    for row in rows:
        await take(server, table(row))
        before = await own(server)
        text = text_of(await edit(server))
        assert text.startswith("Nothing changed. It can be asked at once")
        assert await own(server) == before
        await server.store.quizzes.delete_own(server.guild.id, PACK, before[0].id)


async def test_an_edited_number_keeps_its_unit_and_topic(server: Server) -> None:
    await take(server, table({"question": "How many?", "answer": "7", "unit": "km", "topic": "T"}))
    await edit(server, answer="8")
    (item,) = await own(server)

    assert (item.kind, item.answer, item.unit, item.topic) == (ItemKind.NUMBER, 8, "km", "T")


async def test_a_number_may_become_a_text(server: Server) -> None:
    await take(server, table({"question": "How many?", "answer": "7", "unit": "km", "topic": "T"}))
    await edit(server, answer="seven")
    (item,) = await own(server)

    assert (item.kind, item.answer, item.unit, item.topic) == (ItemKind.TEXT, "seven", "", "T")


async def test_an_edited_question_with_a_mistake_can_be_mended_and_still_takes_its_place(server: Server) -> None:
    await add(server, **TRUMP)
    wrong = await edit(server, question="Which city did we visit?", answer="Aarhus")
    form = await click(server.moderator, wrong, "Edit…")
    await server.moderator.submit_modal(form, defaults_of(form) | {"answer": "Oslo"})

    assert [(item.question, item.answer) for item in await own(server)] == [("Which city did we visit?", "Oslo")]


async def test_a_full_server_may_edit_what_it_has(server: Server) -> None:
    await fill(server, MOST_OWN)
    await edit(server, question="What is one plus one?")
    questions = {item.question for item in await own(server)}

    assert ("What is one plus one?" in questions, len(questions)) == (True, MOST_OWN)


async def test_a_question_that_was_deleted_meanwhile_is_not_edited(server: Server) -> None:
    await fill(server, 1)
    listed = await use(server, "list")
    (item,) = await own(server)
    await server.store.quizzes.delete_own(server.guild.id, PACK, item.id)

    assert "was deleted already" in text_of(await click(server.moderator, listed, "Edit…"))


async def test_the_largest_question_can_be_edited_whole(server: Server) -> None:
    accept = "|".join(f"{number:03} {'x' * 95}" for number in range(10))
    await take(server, table({"question": "Who?", "answer": "y" * 100, "accept": accept}))
    before = await own(server)
    await edit(server)

    assert await own(server) == before


# ------------------------------------------------------------------ delete


async def test_a_question_may_be_kept_after_all(server: Server) -> None:
    await fill(server, 1)
    asked = await click(server.moderator, await use(server, "list"), "Delete…")

    assert "What is 1 plus 1?" in text_of(await click(server.moderator, asked, "Keep it"))
    assert len(await own(server)) == 1


async def test_a_question_that_is_gone_already_is_a_sentence(server: Server) -> None:
    await fill(server, 1)
    listed = await use(server, "list")
    (item,) = await own(server)
    await server.store.quizzes.delete_own(server.guild.id, PACK, item.id)

    assert "was deleted already" in text_of(await click(server.moderator, listed, "Delete…"))


async def test_the_buttons_of_a_list_outlive_a_restart(server: Server) -> None:
    await fill(server, PER_PAGE + 1)
    listed = await use(server, "list")
    await server.restart()

    assert "**5.**" in text_of(await click(server.moderator, listed, "Next page (2 of 2)"))


@pytest.mark.two_briefs
async def test_a_list_names_its_brief_where_there_are_several(server: Server) -> None:
    await fill(server, 1, "tiny")
    text = text_of(await use(server, "list", brief="tiny"))

    names = {volume.id: volume.name for volume in server.library.volumes}
    assert f"\n-# {names['tiny']}\n" in text
    assert "What is 1 plus 1?" in text


# ------------------------------------------------------------------ what others wrote


async def test_own_words_are_shown_letter_by_letter(server: Server) -> None:
    added = text_of(await add(server, question=HOSTILE, answer=HOSTILE, explanation=HOSTILE))
    shown = await use(server, "list")
    listed = text_of(shown)
    asked = text_of(await click(server.moderator, shown, "Delete…"))

    for text in (added, listed, asked):
        assert f"{ESCAPED}\nRight answer: **{ESCAPED}**" in text


async def test_the_longest_questions_fit_on_a_page(server: Server) -> None:
    rows = [
        {
            "question": f"{number}{LONG[1:]}",
            "answer": f"{number}" + "*" * 99,
            "accept": "|".join("_" * n for n in range(50, 100)),
            "topic": "~" * 60,
        }
        for number in range(PER_PAGE)
    ]
    rows = [row | {"accept": row["accept"][:1000].rpartition("|")[0]} for row in rows]
    await take(server, table(*rows))
    listed = await use(server, "list")

    assert len(await own(server)) == PER_PAGE
    assert len(text_of(listed)) <= 4_000


async def test_the_longest_choices_are_listed_whole(server: Server) -> None:
    signs = "*_~`"
    rows = [
        {"question": f"{number}{LONG[1:]}", "answer": "|" * 100, "topic": "~" * 60}
        | {f"wrong{one + 1}": signs[one] * 100 for one in range(3)}
        for number in range(PER_PAGE)
    ]
    await take(server, table(*rows))
    found = await pages(server, await use(server, "list"))

    assert max(len(text) for text, _ in found) <= 4_000
    assert ["\n".join(text for text, _ in found).count(f"\\{sign}") >= 400 for sign in (*signs[:3], "|")] == [True] * 4


async def test_the_longest_problems_fit_on_a_card(server: Server) -> None:
    rows = [{"question": "Q" * 150, "answer": "x", "place": "Nowhere", "kind": "*" * 20, "topic": "x" * 90}] * 30
    shown = await take(server, table(*rows))

    assert len(text_of(shown)) <= 4_000
    assert (await file_of(shown))[0] == "problems.txt"


# ------------------------------------------------------------------ template, export


@pytest.mark.parametrize("separator", ["comma", "semicolon"])
async def test_the_template_can_be_imported_as_it_is(server: Server, separator: str) -> None:
    _, data = await file_of(await use(server, "template", separator=separator))
    await take(server, data)

    assert len(await own(server)) == 2


async def test_the_template_has_the_separator_that_was_asked_for(server: Server) -> None:
    name, data = await file_of(await use(server, "template", separator="semicolon"))

    assert name == "questions.csv"
    assert data.decode("utf-8-sig").startswith("question;answer;wrong1;")


async def test_the_template_comes_with_a_line_for_each_column(server: Server) -> None:
    text = text_of(await use(server, "template"))

    assert [name for name in COLUMNS if f"- **{name}**: " not in text] == []


@pytest.mark.parametrize("separator", ["comma", "semicolon"])
async def test_what_was_exported_reads_the_same(server: Server, separator: str) -> None:
    place = next(str(one.place) for one in server.library.default.pack.passages if one.place.paragraph)
    rows = [
        {
            "question": "Which, then?",
            "answer": "a; b",
            "wrong1": 'c, "d"',
            "explanation": "So.",
            "topic": "T",
            "place": place,
        },
        {"question": "How cold?", "answer": "-4.5", "unit": "%", "wrong1": "3", "difficulty": "easy"},
        {"question": "Was it?", "answer": "false"},
        {"question": "Who?", "answer": "Ann", "accept": "Anne|Anna"},
    ]
    await take(server, table(*rows))
    before = await own(server)
    _, data = await file_of(await use(server, "export", separator=separator))
    for item in before:
        await server.store.quizzes.delete_own(server.guild.id, PACK, item.id)
    await take(server, data)

    assert len(before) == 4
    assert await own(server) == before


async def test_no_cell_of_an_export_runs_as_a_formula(server: Server) -> None:
    await add(server, question='=HYPERLINK("https://evil.example")', answer="@cmd")
    _, data = await file_of(await use(server, "export"))
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))

    assert (row["question"][:2], row["answer"]) == ("'=", "'@cmd")


async def test_there_is_nothing_to_export_without_questions(server: Server) -> None:
    assert "There are no questions of your own here yet." in text_of(await use(server, "export"))


# ------------------------------------------------------------------ they take part


async def test_own_questions_are_in_a_preview_at_once(server: Server) -> None:
    await take(server, table(*numbered(1, 2, 3)))
    shown = await server.moderator.slash(server.channel, "quiz preview", topic="own questions", number=3)

    assert [text_of(shown).count(f"What is {number} plus {number}?") for number in (1, 2, 3)] == [1, 1, 1]
    assert "a number, typed · own question" in text_of(shown)


async def test_own_questions_are_asked_in_a_round_at_once(server: Server) -> None:
    await take(server, table(*numbered(1, 2, 3)))
    await server.moderator.slash(server.channel, "quiz start", topic="Own questions", number=3)
    (kept,) = await server.store.rounds.running()

    assert {item.source for item in kept.state.items} == {Source.OWN}


async def test_hostile_questions_are_previewed_letter_by_letter(server: Server) -> None:
    rows = [
        {"question": f"{number} {HOSTILE}", "answer": HOSTILE, "wrong1": f"{HOSTILE}{number}"} for number in range(3)
    ]
    await take(server, table(*rows))
    shown = await server.moderator.slash(server.channel, "quiz preview", topic="Own questions", number=3)
    text = text_of(shown)

    assert text.count(ESCAPED) == 12
    assert json.dumps(components(shown)).replace("\\\\@", "").count("@") == 0


async def test_the_longest_own_questions_are_previewed_whole(server: Server) -> None:
    signs = "*_~`"
    rows = [
        {"question": f"{number}{LONG[1:]}", "topic": "~" * 60, "answer": "|" * 100}
        | {f"wrong{one + 1}": signs[one] * 100 for one in range(3)}
        for number in range(5)
    ]
    await take(server, table(*rows))
    shown = await server.moderator.slash(server.channel, "quiz preview", topic="~" * 60, number=5)
    texts = [text for text, _ in await pages(server, shown)]

    assert ["\n".join(texts).count(f"\\{sign}") >= 500 for sign in (*signs[:3], "|")] == [True] * 4
    assert max(map(len, texts)) <= 4_000
