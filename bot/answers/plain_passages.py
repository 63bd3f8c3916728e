"""Passages: a document without a pack as flat arrays of words, sentences and what each sentence could answer."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bot.words.stems import stem
from bot.words.text import fold, sentences, words

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

GROUP = 5
GROUP_BITS = 18
GROUPS = 1 << GROUP_BITS

FLAGS = ("year", "number", "month", "amount", "name", "names", "place", "person", "reason", "quoted")
_CUES = (
    re.compile(r"\b1[0-9]{3}\b|\b20[0-9]{2}\b|century"),
    re.compile(
        r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion"
        r"|half|third)s?\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday"
        r"|Wednesday|Thursday|Friday|Saturday|Sunday|century|decade|era)\b|\b\d+0s\b"
    ),
    re.compile(
        r"%|\bper ?cent|[$£€]\s?\d|\b(?:million|billion|dollars|pounds|feet|miles|km|metres|meters|kg|tons|tonnes)\b"
    ),
    re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+"),
    re.compile(r"(?<=[a-z,;] )[A-Z][a-z.]+ (?:[A-Z]\. )?[A-Z][a-z]+"),
    re.compile(r"\b(?:in|at|near|from|to|of) (?:the )?(?:[a-z]+ )?[A-Z][a-z]+"),
    re.compile(
        r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er|who|whom|by [A-Z][a-z]+|Dr|Mr|Sir|Lord|King|President|Bishop|Professor)\b"
    ),
    re.compile(
        r"\b(?:because|due to|since|as a result|in order to|so that|therefore|caused|reason|led to|thus|owing)\b",
        re.IGNORECASE,
    ),
    re.compile('["“”]'),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Passages:
    """Arrays over words, sentences and passages, each grouped by the next.

    ``tokens`` are stem ids; ``token_sentence`` and ``sentence_passage`` point upwards; ``*_starts`` downwards, with one
    more entry than there are passages. ``flags`` says per sentence which kinds of answer it holds (see ``FLAGS``).
    """

    tokens: Ints
    token_sentence: Ints
    sentence_passage: Ints
    token_starts: NDArray[np.int64]
    sentence_starts: NDArray[np.int64]
    sentence_lengths: Floats
    lengths: Floats
    flags: Floats
    letters: NDArray[np.uint8]
    letter_starts: NDArray[np.int64]
    texts: tuple[str, ...]
    ids: dict[str, int]
    surfaces: dict[str, int]
    counts: list[int]

    mean_length: float
    mean_letters: float
    mean_sentence_letters: float

    @property
    def count(self) -> int:
        """Count the passages."""
        return len(self.lengths)


@dataclass(slots=True)
class _Draft:
    """Passages that are being collected."""

    ids: dict[str, int] = field(default_factory=dict)
    surfaces: dict[str, int] = field(default_factory=dict)
    counts: list[int] = field(default_factory=list)
    tokens: array[int] = field(default_factory=lambda: array("i"))
    token_sentence: array[int] = field(default_factory=lambda: array("i"))
    sentence_passage: array[int] = field(default_factory=lambda: array("i"))
    token_starts: list[int] = field(default_factory=lambda: [0])
    sentence_starts: list[int] = field(default_factory=lambda: [0])
    spelt: list[bytes] = field(default_factory=list)
    flags: list[list[float]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def add(self, heading: str, text: str) -> None:
        """Add a passage; its heading stands before its first sentence."""
        number, before = len(self.token_starts) - 1, len(self.tokens)
        opening = words(heading)
        for sentence in sentences(text) or [text]:
            found, opening = opening + words(sentence), []
            for word in found:
                self.surfaces[word] = self.surfaces.get(word, 0) + 1
                self.tokens.append(self.ids.setdefault(stem(word), len(self.ids)))
                self.token_sentence.append(len(self.texts))
            self.flags.append([1.0 if cue.search(sentence) else 0.0 for cue in _CUES])
            self.texts.append(sentence)
            self.spelt.append(spell(found))
            self.sentence_passage.append(number)
        self.counts.extend([0] * (len(self.ids) - len(self.counts)))
        for key in set(self.tokens[before:]):
            self.counts[key] += 1
        self.token_starts.append(len(self.tokens))
        self.sentence_starts.append(len(self.texts))


def collect(passages: Sequence[tuple[str, str]]) -> Passages:
    """Split passages (heading, text) into sentences and words; a heading stands before the first sentence."""
    draft = _Draft()
    for heading, text in passages:
        draft.add(heading, text)
    owners = np.array(draft.token_sentence, np.int32)
    starts = np.array(draft.token_starts, np.int64)
    letters = np.frombuffer(b"".join(draft.spelt), np.uint8)
    return Passages(
        tokens=np.array(draft.tokens, np.int32),
        token_sentence=owners,
        sentence_passage=np.array(draft.sentence_passage, np.int32),
        token_starts=starts,
        sentence_starts=np.array(draft.sentence_starts, np.int64),
        sentence_lengths=np.bincount(owners, minlength=len(draft.texts)).astype(np.float32),
        lengths=np.diff(starts).astype(np.float32),
        flags=np.array(draft.flags, np.float32).reshape(len(draft.texts), len(FLAGS)),
        letters=letters,
        letter_starts=np.cumsum([0, *(len(piece) for piece in draft.spelt)], dtype=np.int64),
        texts=tuple(draft.texts),
        ids=draft.ids,
        surfaces=draft.surfaces,
        counts=draft.counts,
        mean_length=len(draft.tokens) / max(1, len(passages)),
        mean_letters=len(letters) / max(1, len(passages)),
        mean_sentence_letters=len(letters) / max(1, len(draft.texts)),
    )


def spell(found: Sequence[str]) -> bytes:
    """Write words as bytes with a space around each, so that letter groups can run over them."""
    return f" {' '.join(found)} ".encode("latin-1", "replace")


def letter_groups(letters: NDArray[np.uint8]) -> Ints:
    """Hash every group of five letters to a number below ``GROUPS``; the last four letters begin none."""
    size = max(0, len(letters) - GROUP + 1)
    code = letters[:size].astype(np.uint32)
    for step in range(1, GROUP):
        code = code * np.uint32(0x9E3779B1) + letters[step : step + size]
    code ^= code >> np.uint32(15)
    code *= np.uint32(0x85EBCA6B)
    return (code >> np.uint32(32 - GROUP_BITS)).astype(np.int32)


def capitals(text: str) -> set[str]:
    """List the words of a text that start with a capital though no sentence starts there, folded."""
    return {fold(word) for word in re.findall(r"(?<=[\w,;'\"(] )[\"'(]?([A-Z][\w.-]*\w)", text)}
