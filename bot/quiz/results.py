"""Results: everything about a round that follows from its rows, and nothing else.

Players whose data was erased have a negative number instead of their id, another one in each round; their rows stay, so
that totals stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.quiz.events import Row
from bot.quiz.items import Item
from bot.quiz.rules import Scoring, points
from bot.quiz.state import Phase, Round

_HARDEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A round as its results see it: the questions that were asked, all answers, and who took part."""

    items: tuple[Item, ...]
    rows: tuple[Row, ...]
    scoring: Scoring
    void: frozenset[int] = frozenset()
    players: frozenset[int] = frozenset()

    @property
    def counting(self) -> tuple[int, ...]:
        """List the numbers of the questions that count."""
        return tuple(number for number in range(1, len(self.items) + 1) if number not in self.void)

    @property
    def everyone(self) -> tuple[int, ...]:
        """List all who joined or answered."""
        return tuple(sorted(self.players | {row.player for row in self.rows}))

    def points(self, row: Row) -> int:
        """Give the points of an answer."""
        if row.number in self.void:
            return 0
        return points(right=row.right, elapsed=row.elapsed, allowed=row.allowed, scoring=self.scoring)


def played(state: Round) -> Played:
    """Take the results out of a round; a question that is not yet revealed is left out."""
    hidden = state.phase in {Phase.POSTING, Phase.OPEN}
    asked = state.number - 1 if hidden else state.number
    return Played(
        items=state.items[:asked],
        rows=tuple(row for row in state.rows if row.number <= asked),
        scoring=state.rules.scoring,
        void=state.void,
        players=state.players,
    )


def totals(game: Played) -> dict[int, int]:
    """Add up everybody's points."""
    found = dict.fromkeys(game.everyone, 0)
    for row in game.rows:
        found[row.player] += game.points(row)
    return found


@dataclass(frozen=True, slots=True)
class Standing:
    """A place on a board; equal scores share a rank. ``player`` is None for who does not appear by name."""

    rank: int
    player: int | None
    score: int
    right: int
    asked: int


def standings(game: Played) -> tuple[Standing, ...]:
    """Rank everybody by points."""
    right = Counter(row.player for row in game.rows if row.right and row.number not in game.void)
    return _ranked([(player, score, right[player], len(game.counting)) for player, score in totals(game).items()])


def leaderboard(games: Iterable[Played]) -> tuple[Standing, ...]:
    """Rank everybody over several rounds by right answers: points of rounds with other rules do not add up.

    Erased players are left out.
    """
    right: Counter[int] = Counter()
    asked: Counter[int] = Counter()
    for game in games:
        for standing in standings(game):
            if standing.player is not None and standing.player > 0:
                right[standing.player] += standing.right
                asked[standing.player] += standing.asked
    return _ranked([(player, right[player], right[player], asked[player]) for player in asked])


def board(ranked: Sequence[Standing], hidden: Collection[int] = ()) -> tuple[Standing, ...]:
    """Take the names off those who opted out or were erased; ranks and scores stay."""
    return tuple(
        Standing(one.rank, None, one.score, one.right, one.asked)
        if one.player is None or one.player < 0 or one.player in hidden
        else one
        for one in ranked
    )


def _ranked(scores: list[tuple[int, int, int, int]]) -> tuple[Standing, ...]:
    ordered = sorted(scores, key=lambda one: (-one[1], one[0]))
    found: list[Standing] = []
    for position, (player, score, right, asked) in enumerate(ordered, 1):
        rank = found[-1].rank if found and found[-1].score == score else position
        found.append(Standing(rank, player, score, right, asked))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Person:
    """How somebody did: points, counts over the questions that count, and the answer to each question (or None)."""

    player: int
    score: int
    right: int
    wrong: int
    unanswered: int
    answers: tuple[Row | None, ...]


def per_person(game: Played) -> tuple[Person, ...]:
    """Tell how everybody did, in the order of the board."""
    given = {(row.player, row.number): row for row in game.rows}
    people = []
    for standing in standings(game):
        player = standing.player or 0
        counted = [given.get((player, number)) for number in game.counting]
        right = sum(row is not None and row.right for row in counted)
        unanswered = counted.count(None)
        answers = tuple(given.get((player, number)) for number in range(1, len(game.items) + 1))
        wrong = len(counted) - right - unanswered
        people.append(Person(player, standing.score, right, wrong, unanswered, answers))
    return tuple(people)


@dataclass(frozen=True, slots=True)
class Question:
    """How a question went. ``counts``: each option in its order, or what was typed, the most frequent first."""

    number: int
    item: Item
    answered: int
    right: int
    unanswered: int
    counts: tuple[tuple[str, int], ...]
    void: bool

    @property
    def share(self) -> float | None:
        """Give the share of right answers among those given, or None where there are none."""
        return self.right / self.answered if self.answered else None


def per_question(game: Played) -> tuple[Question, ...]:
    """Tell how every question went."""
    return tuple(question(game, number) for number in range(1, len(game.items) + 1))


def question(game: Played, number: int) -> Question:
    """Tell how one question went."""
    item = game.items[number - 1]
    rows = [row for row in game.rows if row.number == number]
    return Question(
        number=number,
        item=item,
        answered=len(rows),
        right=sum(row.right for row in rows),
        unanswered=len(game.everyone) - len(rows),
        counts=_counts(item, rows),
        void=number in game.void,
    )


def shown_to_all(game: Played, number: int) -> tuple[tuple[str, int], ...]:
    """Give the typed answers that a class may see: right ones, and what several typed.

    A single wrong one shows somebody up, or is meant to be seen.
    """
    right = {_folded(row.given) for row in game.rows if row.number == number and row.right}
    return tuple((text, count) for text, count in question(game, number).counts if count > 1 or _folded(text) in right)


def _folded(given: int | str) -> str:
    return " ".join(str(given).casefold().split())


def _counts(item: Item, rows: Sequence[Row]) -> tuple[tuple[str, int], ...]:
    if not item.typed:
        picked = Counter(row.given for row in rows)
        return tuple((option, picked[index]) for index, option in enumerate(item.options))
    typed: dict[str, list[str]] = {}
    for row in rows:
        typed.setdefault(_folded(row.given), []).append(str(row.given))
    ordered = sorted(typed.items(), key=lambda one: (-len(one[1]), one[0]))
    return tuple((texts[0], len(texts)) for _, texts in ordered)


def hardest(questions: Iterable[Question], count: int = _HARDEST) -> tuple[Question, ...]:
    """Give the questions with the smallest share of right answers that somebody missed, the hardest first."""
    missed = [one for one in questions if not one.void and one.answered and one.right < one.answered]
    return tuple(sorted(missed, key=lambda one: (one.right / one.answered, -one.answered, one.number))[:count])


def absent(expected: Iterable[int], games: Iterable[Played]) -> tuple[int, ...]:
    """List who was expected (members of a role, players of earlier rounds) and answered nothing."""
    there = {row.player for game in games for row in game.rows}
    return tuple(sorted(set(expected) - there))


def erased(game: Played) -> int:
    """Count the participants whose data was erased."""
    return sum(player < 0 for player in game.everyone)


def shown(item: Item, given: int | str) -> str:
    """Write an answer as it was given."""
    return item.options[given] if isinstance(given, int) else given
