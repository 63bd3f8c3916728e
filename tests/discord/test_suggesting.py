from __future__ import annotations

import statistics
import time
from dataclasses import replace

import pytest

from bot.answers.askers import Asker, asker
from bot.answers.outcomes import Answered
from bot.answers.suggestions import Suggester
from bot.answers.targets import targets
from bot.discord.library import Library
from bot.files.english import common_english
from tests.discord.conftest import Server, text_of

LIMIT = 25
TYPED = ("", "w", "why does", "clinton", "sanctons", "what did putin say", "zzzz", "61 %", "@everyone", "é" * 90)


async def suggested(server: Server, typed: str) -> list[str]:
    choices = await server.reader.autocomplete(server.channel, "ask", "question", typed)
    assert all(one["name"] == one["value"] for one in choices)
    return [one["name"] for one in choices]


@pytest.fixture(scope="session")
def labels(shipped: Asker) -> list[str]:
    """List what the pack suggests to nothing typed, and to a sample of the words in its questions."""
    suggester = Suggester(shipped.pack)
    words = {word for target in targets(shipped.pack) for question, _ in target.questions for word in question.split()}
    return list(dict.fromkeys(label for word in ("", *sorted(words)[::12]) for label in suggester.suggest(word)))


@pytest.mark.parametrize("typed", TYPED)
async def test_suggestions_are_few_short_and_unique(server: Server, typed: str) -> None:
    names = await suggested(server, typed)

    assert len(names) <= LIMIT
    assert all(0 < len(name) <= 100 for name in names)
    assert len({name.casefold() for name in names}) == len(names)


async def test_an_empty_box_shows_the_pinned_questions(server: Server) -> None:
    names = await suggested(server, "")

    assert len(names) == LIMIT
    assert "What is the policy brief about?" in names


async def test_what_is_typed_leads_to_questions_that_hold_it(server: Server) -> None:
    names = await suggested(server, "clinton")

    assert names
    assert all("clinton" in name.casefold() for name in names[:5])


async def test_a_slip_of_the_pen_is_forgiven(server: Server) -> None:
    assert any("sanction" in name for name in await suggested(server, "sanctons"))


async def test_6000_characters_suggest_something_or_nothing(server: Server) -> None:
    assert len(await suggested(server, "sanctions " * 600)) <= LIMIT


def test_every_suggestion_leads_to_exactly_its_answer(shipped: Asker, labels: list[str]) -> None:
    meant: dict[str, set[tuple[str, str]]] = {}
    for target in targets(shipped.pack):
        for question, answer in target.questions:
            meant.setdefault(question, set()).add((target.id, answer))
    missed = []
    for label in labels:
        outcome = shipped.ask(label)
        first = outcome.matches[0] if isinstance(outcome, Answered) else None
        if first is None or outcome.confidence != 1 or (first.id, first.answer) not in meant[label]:
            missed.append(label)

    assert len(labels) > 100
    assert missed == []


async def test_the_pinned_questions_are_answered_in_discord(server: Server) -> None:
    for question in await suggested(server, ""):
        assert f"Asked: “{question}”" in text_of(await server.reader.slash(server.channel, "ask", question=question))


@pytest.mark.two_briefs
async def test_suggestions_are_those_of_the_brief_named_in_the_command(server: Server) -> None:
    choices = await server.reader.autocomplete(server.channel, "ask", "question", "", brief="tiny")

    assert {one["name"] for one in choices} == {"What does the summary say?", "Do tests matter?"}


async def test_an_unknown_brief_suggests_nothing(server: Server) -> None:
    assert await server.reader.autocomplete(server.channel, "ask", "question", "", brief="nothing like it") == []


@pytest.mark.two_briefs
async def test_briefs_are_suggested_by_name(server: Server) -> None:
    choices = await server.reader.autocomplete(server.channel, "ask", "brief", "tiny")

    assert [(one["name"], one["value"]) for one in choices] == [("A tiny brief", "tiny")]


async def test_two_briefs_of_one_name_are_told_apart(server: Server, tiny: Asker) -> None:
    twin = asker(replace(tiny.pack, id="twin"), common_english())
    long = asker(replace(tiny.pack, id="long-" * 12 + "long", short="A name without end " * 9), common_english())
    await server.restart(Library([tiny, twin, long, asker(replace(long.pack, id="last"), common_english())]))
    choices = await server.reader.autocomplete(server.channel, "ask", "brief", "")

    assert {one["value"] for one in choices} == {"tiny", "twin", long.pack.id, "last"}
    assert len({one["name"] for one in choices}) == len(choices)
    assert all(len(one["name"]) <= 100 for one in choices)


async def test_suggestions_take_less_than_20_milliseconds_of_work(server: Server) -> None:
    taken = []
    for typed in (*TYPED, *("why does moscow distrust clinton"[:length] for length in range(1, 32))):
        start = time.process_time()  # what the simulation takes is in it, what other programs take is not
        await server.reader.autocomplete(server.channel, "ask", "question", typed)
        taken.append(time.process_time() - start)

    assert statistics.median(taken) < 0.020
