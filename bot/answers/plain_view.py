"""Views: the passages that are looked at closely, all of a short document's or the likeliest of a long one's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.answers.plain_passages import GROUP, GROUPS, Passages, letter_groups

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

K1 = 1.2
B = 0.6
SAMPLE = 2_000
MODEL_SIZE = 100  # passages of the longest document that the weights were fitted on


@dataclass(frozen=True, slots=True)
class View:
    """Passages and their sentences, numbered from zero, as flat arrays.

    ``tokens`` and ``groups`` (hashed letter groups) point to sentences, sentences to passages (``owners``); ``starts``
    is every passage's first sentence; ``flags`` says per sentence what kinds of answer it holds.
    """

    tokens: NDArray[np.int32]
    token_sentence: Ints
    owners: Ints
    starts: Ints
    groups: NDArray[np.int32]
    group_sentence: Ints
    flags: Floats
    passage_flags: Floats
    log_sentence_lengths: Floats
    norms: Floats
    group_norms: Floats
    group_sentence_norms: Floats
    priors: Floats


def look_at(passages: Passages, chosen: Ints | None = None) -> View:
    """Look at every passage, or only at the chosen ones (ascending indexes)."""
    numbers = np.arange(passages.count) if chosen is None else chosen
    first, last = passages.sentence_starts[numbers], passages.sentence_starts[numbers + 1]
    at = ranges(first, last)
    starts = np.cumsum(last - first) - (last - first)
    owners = np.repeat(np.arange(len(numbers)), last - first)
    token_counts = passages.sentence_lengths[at].astype(np.int64)
    letter_counts = passages.letter_starts[at + 1] - passages.letter_starts[at]
    letters = passages.letters[ranges(passages.letter_starts[at], passages.letter_starts[at + 1])]
    groups = letter_groups(letters)
    holder = np.repeat(np.arange(len(at)), letter_counts)
    inside = holder[: len(groups)] == holder[GROUP - 1 :][: len(groups)]
    flags = passages.flags[at]
    spelt = letter_counts.astype(np.float32)
    first_flag = (numbers == 0).astype(np.float32)
    lengths = passages.lengths[numbers]
    return View(
        tokens=passages.tokens[ranges(passages.token_starts[numbers], passages.token_starts[numbers + 1])],
        token_sentence=np.repeat(np.arange(len(at)), token_counts),
        owners=owners,
        starts=starts,
        groups=groups[inside],
        group_sentence=holder[: len(groups)][inside],
        flags=flags,
        passage_flags=(np.add.reduceat(flags, starts, axis=0) / (last - first)[:, None]).astype(np.float32),
        log_sentence_lengths=np.log1p(passages.sentence_lengths[at]),
        norms=_norms(lengths, passages.mean_length),
        group_norms=_norms(np.add.reduceat(spelt, starts), passages.mean_letters),
        group_sentence_norms=_norms(spelt, passages.mean_sentence_letters),
        priors=np.stack((np.log1p(lengths), first_flag, (1 / (1 + numbers)).astype(np.float32))),
    )


def ranges(first: Ints, last: Ints) -> Ints:
    """Join the ranges from each first (included) to each last (excluded) to one array of indexes."""
    sizes = last - first
    before = np.cumsum(sizes) - sizes
    result: Ints = np.repeat(first - before, sizes) + np.arange(int(sizes.sum()))
    return result


def group_rarity(passages: Passages) -> Floats:
    """Tell how rare every letter group is, counted on at most ``SAMPLE`` passages, spread evenly."""
    size = min(passages.count, SAMPLE)
    chosen = np.linspace(0, passages.count - 1, size).astype(np.int64) if size else np.zeros(0, np.int64)
    view = look_at(passages, np.unique(chosen)) if size else None
    counts = np.zeros(GROUPS, np.float32)
    if view is not None:
        pairs = np.unique(view.groups.astype(np.int64) * size + view.owners[view.group_sentence])
        counts += np.bincount(pairs // size, minlength=GROUPS)
    rarity: Floats = (rescale(size) * np.log(1 + (size - counts + 0.5) / (counts + 0.5))).astype(np.float32)
    return rarity


def rescale(count: int) -> float:
    """Shrink rarities of a document that is longer than those the weights were fitted on to the same span."""
    return float(min(1.0, np.log(2 * MODEL_SIZE + 2) / np.log(2 * count + 2)))


def _norms(lengths: Floats, mean: float) -> Floats:
    return np.asarray(K1 * (1 - B) + K1 * B / max(1.0, mean) * lengths, np.float32)
