"""Content packs: a folder of YAML files to a ``Pack``, or every problem of every file at once."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot.brief.pack import GoldenQuestion, Pack
from bot.files.checks import check_across
from bot.files.disk import read_bounded, why
from bot.files.formats import FORMATS
from bot.files.formats.discussion import DISCUSSION_FILE
from bot.files.formats.entries import ID_WANTED
from bot.files.formats.figures import FIGURES_FILE
from bot.files.formats.glossary import GLOSSARY_FILE, GlossaryFile
from bot.files.formats.golden import QUESTIONS_FILE
from bot.files.formats.head import (
    FACTS,
    LANGUAGE_OF_PACK,
    OUTLINE,
    PACK_FILE,
    PUBLICATION,
    PUBLICATION_PLACE,
    PUBLISHABLE,
    RIGHTS,
    SHORT,
    UNTREATED,
)
from bot.files.formats.passages import OVERVIEWS_FILE, PASSAGES_FILE, QUOTES_FILE, RECOMMENDATIONS_FILE
from bot.files.formats.quiz import QUIZ_FILE
from bot.files.formats.tuning import TUNING_FILE, WEIGHTS
from bot.files.kinds import ID_PATTERN
from bot.files.problems import ContentError, Problem, complain, guess, shown
from bot.files.schema import At, Kind, Reading, Spot, Unreadable, Values
from bot.files.strict_yaml import Node, parse
from bot.files.vocabulary import parse_vocabulary

HEAD = "pack.yaml"
PASSAGES = "passages.yaml"
VOCABULARY = "vocabulary.txt"

T = TypeVar("T")


def load_pack(folder: Path) -> Pack:
    """Load a content pack; raises ContentError with all its problems."""
    return _Loader(folder).load()


def load_golden(path: Path, sections: tuple[str, ...]) -> tuple[GoldenQuestion, ...]:
    """Load golden questions about a brief with these section titles; raises ContentError."""
    name = str(path)
    document = parse(read_bounded(path, name), name)
    reading = Reading(sections)
    reading.problems.extend(document.problems)
    questions = _read(QUESTIONS_FILE, document.root, name, reading) if document.root else None
    check_across(reading)
    if questions is None or reading.problems:
        raise ContentError(reading.problems)
    return questions


def _read(kind: Kind[T], root: Node, file: str, reading: Reading) -> T | None:
    try:
        return kind.read(root, At(None, file), reading)
    except Unreadable:
        return None


@dataclass(frozen=True, slots=True)
class _Head:
    """What ``pack.yaml`` holds, as far as it could be read, and where."""

    values: Values
    spot: Spot


class _Loader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.reading = Reading()
        self.unread: set[str] = set()

    def load(self) -> Pack:
        """Read the files one by one, check them against each other, and build the pack."""
        pack_id = os.path.basename(os.path.abspath(self.folder))
        present = self._list()
        self._check_names(pack_id, present)
        head = self._head(present)
        pack = self._build(pack_id, head, present)
        if head:
            self._check_outline(head)
        check_across(self.reading, head.spot if head else None)
        if pack is None or self.reading.problems:
            raise ContentError(self.reading.problems)
        return pack

    def _list(self) -> set[str]:
        try:
            return {name for name in os.listdir(self.folder) if not name.startswith(".")}
        except NotADirectoryError:
            raise complain(str(self.folder), "is a file; name the folder that holds pack.yaml") from None
        except FileNotFoundError:
            raise complain(str(self.folder), "does not exist; check the name of the pack's folder") from None
        except (OSError, ValueError) as fault:
            raise complain(str(self.folder), f"cannot be read ({why(fault)}); check its permissions") from None

    def _check_names(self, pack_id: str, present: set[str]) -> None:
        if not ID_PATTERN.fullmatch(pack_id):
            self._problem(HEAD, f"the folder's name {shown(pack_id)} is the pack's id; rename it: {ID_WANTED}", "id")
        for name in (HEAD, PASSAGES):
            if name not in present:
                self._problem(name, f"is missing in {self.folder}; every pack needs it")
                self.unread.add(name)
        for name in sorted(present - set(FORMATS)):
            if name.lower().endswith((".yaml", ".yml")):
                self._problem(name, f"is no file of a content pack; {guess(name, FORMATS, 'known files')}")

    def _problem(self, file: str, message: str, key: str = "") -> None:
        self.reading.problems.append(Problem(file, 0, "", key, message))

    def _tree(self, name: str, present: set[str]) -> Node | None:
        """Read a file to a tree; None where it is absent or cannot be read (which is then reported)."""
        if name not in present:
            return None
        try:
            document = parse(read_bounded(self.folder / name, name, self.folder), name)
        except ContentError as error:
            self.reading.problems.extend(error.problems)
            self.unread.add(name)
            return None
        self.reading.problems.extend(document.problems)
        if document.root is None:
            self.unread.add(name)
        return document.root

    def _head(self, present: set[str]) -> _Head | None:
        root = self._tree(HEAD, present)
        if root is None:
            return None
        at = At(None, HEAD)
        try:
            values = PACK_FILE.values(root, at, self.reading)
        except Unreadable:
            self.unread.add(HEAD)
            return None
        if not values.sound:
            self.unread.add(HEAD)
        self.reading.sections = values.get(OUTLINE) or ()
        publishable = values.get(PUBLISHABLE)
        self.reading.draft = None if publishable is None else not publishable
        return _Head(values, Spot(root, at, self.reading))

    def _file(self, name: str, kind: Kind[T], default: T, present: set[str]) -> T:
        root = self._tree(name, present)
        if root is None:
            return default
        value = _read(kind, root, name, self.reading)
        if value is None:
            self.unread.add(name)
            return default
        return value

    def _build(self, pack_id: str, head: _Head | None, present: set[str]) -> Pack | None:
        sections = self._file(PASSAGES, PASSAGES_FILE, (), present)
        quotes = self._file("quotes.yaml", QUOTES_FILE, (), present)
        figures = self._file("figures.yaml", FIGURES_FILE, (), present)
        recommendations = self._file("recommendations.yaml", RECOMMENDATIONS_FILE, (), present)
        overviews = self._file("overviews.yaml", OVERVIEWS_FILE, (), present)
        discussions = self._file("discussion.yaml", DISCUSSION_FILE, (), present)
        quiz = self._file("quiz.yaml", QUIZ_FILE, (), present)
        glossary = self._file("glossary.yaml", GLOSSARY_FILE, GlossaryFile(), present)
        golden = self._file("questions.yaml", QUESTIONS_FILE, (), present)
        tuning = self._file(WEIGHTS, TUNING_FILE, None, present)
        vocabulary = self._vocabulary(present)
        if head is None or self.unread:
            return None
        values = head.values
        order = {title: position for position, title in enumerate(values[OUTLINE])}
        return Pack(
            id=pack_id,
            publication=values[PUBLICATION],
            rights=values[RIGHTS],
            outline=values[OUTLINE],
            sections=tuple(sorted(sections, key=lambda section: order[section.title])),
            quotes=quotes,
            figures=figures,
            recommendations=recommendations,
            overviews=overviews,
            terms=glossary.terms,
            facts=values[FACTS],
            untreated=values[UNTREATED],
            discussions=discussions,
            quiz=quiz,
            glossary=glossary.glossary,
            golden=golden,
            vocabulary=vocabulary,
            publishable=values[PUBLISHABLE],
            short=values[SHORT],
            language=values[LANGUAGE_OF_PACK],
            tuning=tuning,
        )

    def _vocabulary(self, present: set[str]) -> frozenset[str]:
        if VOCABULARY not in present:
            return frozenset()
        try:
            data = read_bounded(self.folder / VOCABULARY, VOCABULARY, self.folder)
            return parse_vocabulary(data, VOCABULARY)
        except ContentError as error:
            self.reading.problems.extend(error.problems)
            return frozenset()

    def _check_outline(self, head: _Head) -> None:
        outline = self.reading.sections
        for index, title in enumerate(outline):
            if title in outline[:index]:
                head.spot.report(f"{shown(title)} stands twice in the outline; delete one", "outline", index)
        if head.values.get(FACTS) and outline and PUBLICATION_PLACE.section not in outline:
            head.spot.report("lacks the section Publication, which facts are cited from; add it", "outline")
