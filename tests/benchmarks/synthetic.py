"""Synthetic packs: seeded English of any size, and questions that share rare words with the passage they ask about.

A passage has 60 to 90 words in sentences: function words, general words by Zipf's law over the program's frequency
list, the words and invented names of its topic (25 passages share one), and six focus words that make it this passage.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from importlib.resources import files
from itertools import accumulate

from bot.brief.pack import Pack, Passage, Section
from bot.brief.places import Place
from bot.brief.publication import Name, PartialDate, Publication

TOPIC_SIZE = 25  # passages that share a topic, which is a section of the pack
FOCUS = 6
SLIPS = 10  # one question in so many has a slip of the finger
_ONSETS = "b br d dr f g gr h k kr l m n p r s sh st t tr v z".split()
_VOWELS = "a e i o u ai au ei".split()
_ENDS = ("l", "m", "n", "r", "s", "sk", "t", "v", "")
_CURATED = (
    "Why did {0} and {1} matter for the {2}?",
    "What does the report say about {0}, {1} and {2}?",
    "How is the {0} linked to {1} and {2}?",
    "Which {0} led to the {1} of {2}?",
    "Who was behind the {0} {1} in {2}?",
    "When was {0} replaced by {1}, and what about the {2}?",
    "Where do {0} and {2} meet {1}?",
    "Is the {0} part of {1} or of {2}?",
)
_TYPED = (
    "{0} {1} {2}",
    "tell me something on {0} with {1} or {2}",
    "Did anybody expect {0} to change the {1} because of {2}?",
    "In what way has {0} affected {1}? I mean the {2} too",
    "what were the reasons for {0} and {1} {2}",
    "Could {0} have prevented {1}, given {2}?",
    "I read about {0}; how does this square with {1} and {2}?",
    "Are there figures on {0}, {1}, {2}?",
)


Corpus = tuple[tuple[str, ...], tuple[Place, ...]]  # texts, and the place of each


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the benchmark, and the places that answer it (none: nobody knows)."""

    text: str
    gold: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Library:
    """A pack to index, its passages as the peers get them, and questions about it."""

    pack: Pack
    corpus: Corpus
    questions: tuple[Asked, ...]


class _Language:
    """Words in layers, each drawn by Zipf's law."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        words = (files("bot.files") / "english.txt").read_text(encoding="ascii").split()
        self._function = words[:150], list(accumulate(1 / rank for rank in range(1, 151)))
        self._general = words[150:9_000], list(accumulate(1 / rank for rank in range(151, 9_001)))
        self._rare = [word for word in words[1_500:] if len(word) > 3]

    def sentence(self, topic: list[str], focus: list[str]) -> str:
        """Write 12 to 18 words; the focus words all come in."""
        rng = self._rng
        length = rng.randint(12, 18)
        special = len(focus) + round(length * 0.2)
        function = round(length * 0.45)
        words = [*focus, *rng.choices(topic, k=special - len(focus))]
        words += rng.choices(self._function[0], cum_weights=self._function[1], k=function)
        general = max(0, length - function - special)
        words += rng.choices(self._general[0], cum_weights=self._general[1], k=general)
        rng.shuffle(words)
        return f"{words[0].capitalize()} {' '.join(words[1:])}."

    def topic(self) -> list[str]:
        """Choose forty rarer words, and invent three names."""
        return [*self._rng.sample(self._rare, 40), *(self._name() for _ in range(3))]

    def _name(self) -> str:
        rng = self._rng
        parts = (rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(rng.choice((2, 2, 3))))
        return ("".join(parts) + rng.choice(_ENDS)).capitalize()


def synthesise(count: int, asked: int, seed: int = 2016) -> Library:
    """Build a pack of ``count`` passages with one curated question each, and ``asked`` other questions about it."""
    rng = random.Random(seed)
    language = _Language(rng)
    wanted = frozenset(rng.sample(range(count), min(asked, count)))
    sections: list[Section] = []
    questions: list[Asked] = []
    for start in range(0, count, TOPIC_SIZE):
        title = f"Chapter {start // TOPIC_SIZE + 1}"
        topic = language.topic()
        passages: list[Passage] = []
        for number in range(start, min(start + TOPIC_SIZE, count)):
            focus = rng.sample(topic, FOCUS)
            place = Place(title, number - start + 1)
            passages.append(_passage(number, place, topic, focus, rng, language))
            if number in wanted:
                questions.append(Asked(_typed(rng, focus), (place,)))
        sections.append(_section(title, topic, tuple(passages)))
    rng.shuffle(questions)
    found = [passage for section in sections for passage in section.passages]
    pack = Pack(
        id=f"synthetic-{count}",
        publication=Publication("report", "Synthetic", (Name("Nobody"),), PartialDate(2016)),
        rights="",
        outline=tuple(section.title for section in sections),
        sections=tuple(sections),
    )
    corpus = tuple(passage.text for passage in found), tuple(passage.place for passage in found)
    return Library(pack, corpus, tuple(questions))


def _passage(
    number: int, place: Place, topic: list[str], focus: list[str], rng: random.Random, language: _Language
) -> Passage:
    twice = [*focus, *rng.sample(focus, 3), ""][: FOCUS + 3]
    parts = [twice[at::5] for at in range(5)]
    return Passage(
        id=f"p{number}",
        title=f"{focus[0].capitalize()} and {focus[1]}",
        place=place,
        keywords=(focus[2], focus[3]),
        ask=(rng.choice(_CURATED).format(*rng.sample(focus, 3)),),
        summary=" ".join(language.sentence(topic, part) for part in parts),
    )


def _section(title: str, topic: list[str], passages: tuple[Passage, ...]) -> Section:
    number = title.split()[1]
    return Section(
        id=f"s{number}",
        title=title,
        place=Place(title),
        ask=(f"What is chapter {number} about?",),
        summary=f"This chapter treats {topic[0]}, {topic[1]} and {topic[-1]}.",
        passages=passages,
    )


def _typed(rng: random.Random, focus: list[str]) -> str:
    """Ask as a reader does, by other words of the passage than its curated question; some have a letter missing."""
    words = rng.sample(focus, 3)
    if not rng.randrange(SLIPS):
        at = rng.randint(1, len(words[0]) - 2)
        words[0] = words[0][:at] + words[0][at + 1 :]
    return rng.choice(_TYPED).format(*words)
