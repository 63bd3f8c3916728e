"""Likeness: how much a sentence speaks for each place of a pack, by the words that pack and place share."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from bot.brief.pack import Entry, Passage, Recommendation
from bot.brief.places import Place
from bot.ingest.vocabulary import pieces
from bot.words.stems import stem
from bot.words.stopwords import FUNCTION
from bot.words.text import words

_SHARE = 0.45  # of a sentence's words that are expected to come from the place's own
_CAP = 14.0  # no single sentence outweighs the structure of the document


def stems(text: str) -> list[str]:
    """Give the stems of the words of a text of any length, without stop words."""
    found: list[str] = []
    for piece in pieces(text):
        found.extend(stem(word) for word in words(piece) if word not in FUNCTION)
    return found


class Likeness:
    """Word models of places: what the pack says of each, against what it says of all."""

    def __init__(self, entries: Sequence[Passage | Recommendation]) -> None:
        """Learn from summaries, titles, keywords and questions."""
        self.places: list[Place] = [entry.place for entry in entries]
        bags = [_bag(entry) for entry in entries]
        everything: Counter[str] = Counter()
        for bag in bags:
            everything.update(bag)
        total = sum(everything.values()) or 1.0
        self._gains: list[dict[str, float]] = []
        for bag in bags:
            own = sum(bag.values()) or 1.0
            self._gains.append(
                {
                    word: math.log(1 - _SHARE + _SHARE * (weight / own) / (everything[word] / total))
                    for word, weight in bag.items()
                }
            )
        self._known = frozenset(everything)
        self._missed = math.log(1 - _SHARE)

    def scores(self, text: str) -> list[float]:
        """Score a sentence for every place: positive speaks for it, in nats; words that no place knows say nothing."""
        found = [word for word in dict.fromkeys(stems(text)) if word in self._known]
        scores = []
        for gains in self._gains:
            score = sum(gains.get(word, self._missed) for word in found)
            scores.append(max(-_CAP, min(_CAP, score)))
        return scores


def _bag(entry: Entry) -> dict[str, float]:
    counts: Counter[str] = Counter()
    summary = entry.summary if isinstance(entry, Passage | Recommendation) else ""
    counts.update({word: 4 * count for word, count in Counter(stems(summary)).items()})
    for text, weight in ((entry.title, 3), *((keyword, 2) for keyword in entry.keywords)):
        for word in stems(text):
            counts[word] += weight
    for question, answer in entry.questions:
        for word in {*stems(question), *stems(answer)}:
            counts[word] += 1
    return {word: math.log1p(count) for word, count in counts.items()}
