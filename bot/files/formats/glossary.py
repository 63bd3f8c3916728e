"""``glossary.yaml``: several names of one thing, near words, and our own definitions."""

from __future__ import annotations

from dataclasses import dataclass

from bot.brief.pack import MAX_TEXT, Alias, Glossary, Term
from bot.files.formats.entries import (
    HEAD,
    MAX_KEYWORD,
    MAX_NAME,
    PLACE,
    TAIL,
    folded,
    shared,
)
from bot.files.kinds import ListOf, Text
from bot.files.problems import shown
from bot.files.schema import Field, Record, Spot

NAME = Field("name", Text(MAX_KEYWORD), "The full name.", "Hillary Clinton", required=True)
ALSO = Field("also", ListOf(Text(MAX_KEYWORD)), "Its other names.", ["Hillary", "HRC"], required=True)
ALIAS = Record(
    "Alias",
    "One thing under several names; matching treats them as one word.",
    (NAME, ALSO),
    lambda values: Alias(values[NAME], values[ALSO]),
)
ALIAS_GROUPS = Field(
    "aliases",
    ListOf(ALIAS),
    "The same thing under several names.",
    [{"name": "Hillary Clinton", "also": ["Hillary", "HRC"]}],
    (),
)
SYNONYMS = Field(
    "synonyms",
    ListOf(ListOf(Text(MAX_KEYWORD), least=2)),
    "Groups of words that are near in meaning in this brief.",
    [["improve", "better", "thaw"]],
    (),
)
TERM_NAME = Field("term", Text(MAX_NAME), "The term.", "status quo power", required=True)
TERM_TEXT = Field(
    "text", Text(MAX_TEXT, lines=True), "Our own short definition.", "A state that wants no change.", required=True
)
TERM = Record(
    "Term",
    "Our own short definition of a term that the brief uses.",
    (*HEAD, PLACE, TERM_NAME, TERM_TEXT, *TAIL),
    lambda values: Term(**shared(values), place=values[PLACE], term=values[TERM_NAME], body=values[TERM_TEXT]),
    entry=True,
)
TERMS = Field(
    "terms",
    ListOf(TERM),
    "Our own definitions.",
    [
        {
            "id": "term-status-quo",
            "title": "status quo power (our definition)",
            "place": "Two important regions 4",
            "term": "status quo power",
            "text": "A state that wants no change.",
            "ask": ["What is a status quo power?"],
        }
    ],
    (),
)


_NO_NAMES = Glossary()


@dataclass(frozen=True, slots=True)
class GlossaryFile:
    """What ``glossary.yaml`` holds."""

    glossary: Glossary = _NO_NAMES
    terms: tuple[Term, ...] = ()


def _check(held: GlossaryFile, spot: Spot) -> None:
    _one_group_each(held.glossary.aliases, spot)
    for index, group in enumerate(held.glossary.synonyms):
        seen: set[str] = set()
        for step, word in enumerate(group):
            if folded(word) in seen:
                spot.report(f"{shown(word)} stands twice in this group; delete one", "synonyms", index, step)
            seen.add(folded(word))


def _one_group_each(aliases: tuple[Alias, ...], spot: Spot) -> None:
    owners: dict[str, str] = {}
    for index, alias in enumerate(aliases):
        ways: list[tuple[str | int, ...]] = [("name",), *(("also", step) for step in range(len(alias.also)))]
        for name, way in zip((alias.name, *alias.also), ways, strict=True):
            owner = owners.get(folded(name))
            if owner is not None:
                message = f"{shown(name)} is already a name of {shown(owner)}; a name belongs to one thing, delete one"
                spot.report(message, "aliases", index, *way)
            owners.setdefault(folded(name), alias.name)


GLOSSARY_FILE = Record(
    "glossary.yaml",
    "Names that are one thing, words that are near in meaning, and terms.",
    (ALIAS_GROUPS, SYNONYMS, TERMS),
    lambda values: GlossaryFile(Glossary(values[ALIAS_GROUPS], values[SYNONYMS]), values[TERMS]),
    check=_check,
)
