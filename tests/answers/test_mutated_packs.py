"""Packs that chance has changed: whatever their texts say, questions have an outcome."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.answerer import Answerer
from bot.answers.outcomes import Answered, Outcome
from bot.answers.suggestions import MAX_SUGGESTIONS, Suggester
from bot.brief.pack import Alias, Glossary, Pack
from bot.words.english import English

# Ids, templates and what no question reads stay: loading has checked them.
KEPT = frozenset(("id", "publication", "date", "values", "sentence", "golden", "tuning", "vocabulary", "copy_pages"))
ASKED = (
    "How fast does silt fill the harbour?",
    "how many residents back the barrier",
    "who said that",
    "What does the barrier cost?",
    "Tolstoy",
    "the",
)
TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ("", " ", "?", "the", "US", "%", "'", "@everyone", "\u202e", "\x00", "🤔", "silt", "silt silt", "the barrier",
         "a. B. c", "no", "sixty one", "İ", "ﷺ", "Moscow" * 30, "x" * 2_000)
    ),
)  # fmt: skip
Draw = Callable[[st.SearchStrategy[Any]], Any]
KINDS = ("sections", "quotes", "figures", "recommendations", "overviews", "terms", "facts", "untreated")


def mutate(value: Any, draw: Draw, odds: int) -> Any:
    """Replace one text in ``odds``, and drop or double one list in twice as many."""
    if isinstance(value, str):
        return draw(TEXTS) if draw(st.integers(1, odds)) == 1 else value
    if isinstance(value, tuple):
        items = tuple(mutate(item, draw, odds) for item in value)
        turn = draw(st.integers(1, odds * 2))
        return () if turn == 1 else items * 2 if turn == 2 and not holds_entries(items) else items
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: mutate(getattr(value, field.name), draw, odds)
            for field in dataclasses.fields(value)
            if field.name not in KEPT and not (type(value).__name__ == "Row" and field.name == "ask")
        }
        return replace(value, **changed)
    return value


def holds_entries(items: tuple[Any, ...]) -> bool:
    return any(hasattr(item, "id") for item in items)


@st.composite
def packs(draw: Draw, pack: Pack) -> Pack:
    changed: Pack = mutate(pack, draw, draw(st.sampled_from((3, 10, 40))))
    return changed


def sound(outcome: Outcome) -> bool:
    scores = [match.score for match in outcome.matches]
    return (
        0 <= outcome.confidence <= 1
        and all(1 >= before >= after >= 0 for before, after in pairwise([1, *scores, 0]))
        and (bool(scores) if isinstance(outcome, Answered) else bool(outcome.reason))
    )


def some(pack: Pack) -> bool:
    return any(True for _ in pack.entries) or bool(pack.untreated)


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_mutated_pack_has_a_sound_outcome_for_every_question(
    pack: Pack, english: English, data: st.DataObject
) -> None:
    changed = data.draw(packs(pack).filter(some))
    answerer = Answerer(changed, english)

    assert all(sound(answerer.ask(question, explained=True)) for question in (*ASKED, data.draw(TEXTS)))


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_mutated_pack_has_unique_suggestions(pack: Pack, english: English, data: st.DataObject) -> None:
    suggester = Suggester(data.draw(packs(pack)))
    lists = [suggester.suggest(typed) for typed in ("", "what", "silt", data.draw(TEXTS))]

    assert all(len(set(found)) == len(found) <= MAX_SUGGESTIONS for found in lists)


@settings(deadline=None, max_examples=60)
@given(
    names=st.lists(st.lists(TEXTS, min_size=1, max_size=4), max_size=5), groups=st.lists(st.lists(TEXTS, max_size=4))
)
def test_any_glossary_leaves_every_question_an_outcome(
    pack: Pack, english: English, names: list[list[str]], groups: list[list[str]]
) -> None:
    glossary = Glossary(tuple(Alias(first, tuple(rest)) for first, *rest in names), tuple(map(tuple, groups)))
    answerer = Answerer(replace(pack, glossary=glossary), english)

    assert all(sound(answerer.ask(question)) for question in ASKED)


@settings(deadline=None, max_examples=30)
@given(kept=st.sets(st.sampled_from(KINDS), min_size=1))
def test_a_pack_with_any_of_the_kinds_has_sound_outcomes(pack: Pack, english: English, kept: set[str]) -> None:
    answerer = Answerer(replace(pack, **dict.fromkeys(set(KINDS) - kept, ())), english)  # type: ignore[arg-type]

    assert all(sound(answerer.ask(question)) for question in ASKED)


@settings(deadline=None, max_examples=30)
@given(vocabulary=st.frozensets(TEXTS))
def test_any_vocabulary_leaves_every_question_an_outcome(
    pack: Pack, english: English, vocabulary: frozenset[str]
) -> None:
    answerer = Answerer(replace(pack, vocabulary=vocabulary), english)

    assert all(sound(answerer.ask(question)) for question in ASKED)


def test_a_pack_without_entries_refuses(pack: Pack, english: English) -> None:
    empty = Answerer(replace(pack, **dict.fromkeys(KINDS, ())), english)  # type: ignore[arg-type]

    assert sound(empty.ask("Why do pilots leave?"))
