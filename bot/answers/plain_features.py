"""Features: several weak views of how well each passage answers a question, as one table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.answers.plain_passages import FLAGS, GROUPS
from bot.answers.plain_question import TERM_FEATURES, Question
from bot.answers.plain_view import View

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

TERM_VIEWS = ("bm25", "present", "sentence")
FEATURES = (
    *(f"{view}.{name}" for view in TERM_VIEWS for name in TERM_FEATURES),
    "coverage", "coverage_squared", "sentence_coverage", "sentence_coverage_squared", "window_coverage", "missing",
    "pairs", "sentence_pairs", "gapped", "sentence_gapped", "reversed", "sentence_length",
    "sum_coverage", "sum_coverage_squared",
    "letters", "letters_share", "sentence_letters", "sentence_letters_share", "letters_normed",
    "length", "first", "early",
    *(f"sentence_has_{flag}" for flag in FLAGS),
    *(f"passage_has_{flag}" for flag in FLAGS),
)  # fmt: skip
COLUMN = {name: number for number, name in enumerate(FEATURES)}
CUES = slice(COLUMN[f"sentence_has_{FLAGS[0]}"], COLUMN[f"sentence_has_{FLAGS[-1]}"] + 1)
FAR = 4  # words between which two words of a question still count as near each other


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each passage of a view.

    ``table`` has a row a feature and a column a passage; ``sentences`` is each passage's best sentence (counted in the
    view); ``present`` how well each term (row) is held by each passage.
    """

    table: Floats
    sentences: Ints
    present: Floats


@dataclass(frozen=True, slots=True)
class _Hits:
    """Words of a view that may stand for a term, in order: which term, how well (alike words less), and where."""

    at: Ints
    term: Ints
    exact: Floats
    worth: Floats
    sentence: Ints


@dataclass(frozen=True, slots=True)
class _Spelt:
    """Letter groups shared: BM25 a passage and a sentence, and the share of the question's rarity that each holds."""

    passage: Floats
    passage_share: Floats
    sentence: Floats
    sentence_share: Floats
    total: float


def gather(question: Question, view: View, vocabulary: int, rarities: Floats) -> Evidence:
    """Gather the evidence for every passage of a view; ``rarities`` are those of letter groups."""
    weights, total = question.table[0], float(question.table[0].sum()) + 1e-6
    hits = _hits(question, view, vocabulary)
    frequency, held = _occurrences(len(question.terms), hits, view)
    present = np.maximum.reduceat(held, view.starts, axis=1)
    order = _order(question, hits, len(view.owners))
    spelt = _letters(question, view, rarities)
    covered, covered_around = weights @ held / total, weights @ _widen(held, view) / total
    bonus = (0.3 * order[0] + 0.1 * order[1]) / total - 0.03 * view.log_sentence_lengths
    best = _first_best(covered + spelt.sentence_share + bonus, view)
    table = np.empty((len(FEATURES), len(view.starts)), np.float32)
    rows = len(TERM_FEATURES)
    for number, values in enumerate((frequency / (frequency + view.norms), present, held[:, best])):
        np.matmul(question.table, values, out=table[number * rows : (number + 1) * rows])
    cover, cover_best = weights @ present / total, covered[best]
    lacking = ((1 - present) * (weights / total)[:, None]).max(axis=0, initial=0)
    lines = (
        cover, cover * cover, cover_best, cover_best * cover_best,
        np.maximum.reduceat(covered_around, view.starts), lacking,
        *_spread(order, best, view), view.log_sentence_lengths[best],
        np.add.reduceat(covered, view.starts), np.add.reduceat(covered * covered, view.starts),
        spelt.passage, spelt.passage_share, np.maximum.reduceat(spelt.sentence, view.starts),
        np.maximum.reduceat(spelt.sentence_share, view.starts), spelt.passage / spelt.total, *view.priors,
    )  # fmt: skip
    for number, line in enumerate(lines, len(TERM_VIEWS) * rows):
        table[number] = line
    table[CUES] = view.flags[best].T
    table[CUES.stop :] = view.passage_flags.T
    return Evidence(table, best, present)


def _occurrences(terms: int, hits: _Hits, view: View) -> tuple[Floats, Floats]:
    """Count how often each passage holds each term; tell how well each sentence holds it, alike words included."""
    count, sentences = len(view.starts), len(view.owners)
    frequency = np.bincount(hits.term * count + view.owners[hits.sentence], hits.exact, terms * count)
    held = np.zeros(terms * sentences, np.float32)
    np.maximum.at(held, hits.term * sentences + hits.sentence, hits.worth)
    return frequency.reshape(terms, count).astype(np.float32), held.reshape(terms, sentences)


def _hits(question: Question, view: View, vocabulary: int) -> _Hits:
    """Find the words that may stand for a term: itself and its repairs before words that only look alike."""
    entry_of = np.zeros(vocabulary, np.int16)
    entries: list[tuple[int, float, float]] = [(0, 0.0, 0.0)]
    for number in range(len(question.terms) - 1, -1, -1):
        for key, worth in question.terms[number].soft:
            entry_of[key] = len(entries)
            entries.append((number, 0.0, worth))
    for number, term in enumerate(question.terms):
        for key, worth in term.direct:
            entry_of[key] = len(entries)
            entries.append((number, worth, worth))
    code = entry_of[view.tokens]
    at = np.flatnonzero(code != 0)
    values = np.array(entries, np.float32)[code[at]]
    return _Hits(at, values[:, 0].astype(np.int64), values[:, 1], values[:, 2], view.token_sentence[at])


def _order(question: Question, hits: _Hits, sentences: int) -> tuple[Floats, Floats, Floats]:
    """Weigh words that are near each other in question and sentence: side by side, in order, in the other order."""
    step, ahead = np.diff(hits.at), np.diff(hits.term)
    close = (hits.sentence[1:] == hits.sentence[:-1]) & (step <= FAR) & (ahead != 0)
    strength = np.sqrt(question.table[0] + 0.5 * question.table[-1])[hits.term]
    pair = strength[1:] * strength[:-1] * np.minimum(hits.worth[1:], hits.worth[:-1]) * close
    onward = pair * (ahead > 0)
    at = hits.sentence[1:]
    adjacent = np.bincount(at, onward * ((step == 1) & (ahead == 1)), sentences).astype(np.float32)
    gapped = np.bincount(at, onward * (ahead <= 2), sentences).astype(np.float32)
    backward = np.bincount(at, pair - onward, sentences).astype(np.float32)
    return adjacent, gapped, backward


def _spread(order: tuple[Floats, Floats, Floats], best: Ints, view: View) -> tuple[Floats, ...]:
    adjacent, gapped, backward = order
    return (
        np.add.reduceat(adjacent, view.starts), adjacent[best], np.add.reduceat(gapped, view.starts), gapped[best],
        np.add.reduceat(backward, view.starts),
    )  # fmt: skip


def _letters(question: Question, view: View, rarities: Floats) -> _Spelt:
    number, sentences = len(question.groups), len(view.owners)
    row_of = np.zeros(GROUPS, np.uint8)
    row_of[question.groups] = np.arange(1, number + 1)
    rarity = rarities[question.groups]
    code = row_of[view.groups]
    at = np.flatnonzero(code != 0)
    cells = (code[at].astype(np.int64) - 1) * sentences + view.group_sentence[at]
    frequency = np.bincount(cells, minlength=number * sentences).reshape(number, sentences).astype(np.float32)
    by_passage = np.add.reduceat(frequency, view.starts, axis=1)
    total = float(rarity.sum()) + 1e-6
    return _Spelt(
        np.asarray(rarity @ (by_passage / (by_passage + view.group_norms)), np.float32),
        rarity @ np.minimum(by_passage, 1) / total,
        rarity @ (frequency / (frequency + view.group_sentence_norms)),
        rarity @ np.minimum(frequency, 1) / total,
        total,
    )


def _widen(held: Floats, view: View) -> Floats:
    """Let a sentence hold, at a discount, what the ones before and after it in its passage hold."""
    wide = held.copy()
    together = view.owners[1:] == view.owners[:-1]
    np.maximum(wide[:, 1:], 0.6 * held[:, :-1] * together, out=wide[:, 1:])
    np.maximum(wide[:, :-1], 0.4 * held[:, 1:] * together, out=wide[:, :-1])
    return wide


def _first_best(scores: Floats, view: View) -> Ints:
    """Find every passage's best sentence, the earlier of two that are equal."""
    top = np.maximum.reduceat(scores, view.starts)
    found = np.flatnonzero(scores >= top[view.owners])
    owners = view.owners[found]
    keep = np.ones(len(found), bool)
    keep[1:] = owners[1:] != owners[:-1]
    result: Ints = found[keep]
    return result
