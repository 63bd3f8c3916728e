"""What a class left behind: rows, messages and podium, held against what its members were told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.brief.quiz_items import ItemKind
from bot.quiz.items import Item
from tests.wire.lessons import QUESTIONS, Lesson
from tests.wire.quizzes import Game, Given, rows_of, seats_of

RIGHT = {ItemKind.TEXT: {"Danube", "the danube"}, ItemKind.NUMBER: {"2850", "2,850 km"}}
_RANK = re.compile(r"^(?:\*\*)?(\d+)(?:st|nd|rd|th)(?: place:\*\*|:) (.*), ([\d,]+) points?(?: each)?$", re.MULTILINE)
_LAST_RANK = 10  # that a podium shows
Rank = tuple[int, int, int]  # the rank, how many share it, their points


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a class.

    ``lost``: answers that were acknowledged and are no rows, or rows of another answer. ``doubled``: messages of the
    round too many. ``short``: open questions that did not get their lost time back. ``latencies``: of questions in
    which nobody was killed. ``taken_up``: seconds, one for each kill but those that were followed by another at once.
    """

    kills: int
    acknowledged: int
    again: int
    rows: int
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    short: tuple[str, ...]
    wrong: tuple[str, ...]
    latencies: tuple[float, ...]
    taken_up: tuple[float, ...]

    @property
    def sound(self) -> bool:
        """Tell whether all is as it has to be."""
        return not (self.lost or self.doubled or self.short or self.wrong)


async def judged(lesson: Lesson) -> Outcome:
    """Judge a class that is over."""
    game = lesson.game
    rows, seats = await rows_of(lesson.store, game.id), await seats_of(lesson.store, game.id)
    calm = [one for number, waits in game.latencies.items() if number not in lesson.disturbed for one in waits]
    wrong = [*lesson.hung, *game.refused, *_answers(lesson, rows), *_scores(game, rows, seats), *_told(game, rows)]
    wrong += [line for line in lesson.bot.lines if "Traceback" in line or " ERROR " in line]
    return Outcome(
        kills=len(lesson.killed),
        acknowledged=game.acknowledged,
        again=game.unanswered,
        rows=len(rows),
        lost=tuple(_lost(game, rows)),
        doubled=tuple(_doubled(game)),
        short=tuple(lesson.short),
        wrong=tuple(wrong),
        latencies=tuple(calm),
        taken_up=tuple(lesson.taken_up()),
    )


def is_right(item: Item, given: Given) -> bool:
    """Tell whether an answer is right, as whoever made the questions knows."""
    return given in RIGHT[item.kind] if item.typed else given == 0


def _lost(game: Game, rows: Sequence[Any]) -> Iterator[str]:
    kept = {(row.user_id, row.number): row.given for row in rows}
    for (player, number), given in game.given.items():
        if kept.get((player, number)) != given:
            yield f"{player} was told {given!r} to question {number}, and kept is {kept.get((player, number))!r}"


def _doubled(game: Game) -> Iterator[str]:
    found = {f"question {number}": game.questions(number, deleted=True) for number in range(1, QUESTIONS + 1)}
    for name, messages in (found | {"lobby": game.lobbies(), "podium": game.podiums()}).items():
        if len(messages) != 1:
            yield f"{len(messages)} messages of {name}"
    if game.wall.count != QUESTIONS + 2:
        yield f"{game.wall.count} messages in all"


def _answers(lesson: Lesson, rows: Sequence[Any]) -> Iterator[str]:
    """Find members without an answer that they gave, and answers that nobody gave."""
    wanted = {(one.user.id, number) for one in lesson.members for number in range(1, QUESTIONS + 1)}
    kept = Counter((row.user_id, row.number) for row in rows)
    if kept.keys() != wanted or lesson.game.given.keys() != wanted:
        yield f"{len(wanted)} answers were given, {len(lesson.game.given)} told, {len(kept)} kept"
    if any(count > 1 for count in kept.values()):
        yield "somebody's answer counts twice"
    items = lesson.game.items
    if stray := [row for row in rows if row.right != is_right(items[row.number - 1], row.given)]:
        yield f"{len(stray)} rows are judged wrongly"


def _scores(game: Game, rows: Sequence[Any], seats: Sequence[Any]) -> Iterator[str]:
    """Hold what everybody scored, and the podium, against the rows."""
    right = Counter(row.user_id for row in rows if row.right)
    if {seat.user_id: seat.right_count for seat in seats} != {seat.user_id: right[seat.user_id] for seat in seats}:
        yield "the seats have other totals than the rows"
    if any(seat.score != seat.right_count for seat in seats):
        yield "a right answer is not one point"
    told = "".join(one.text for one in game.podiums())
    shown, follows = list(podium_of(told)), list(_ranks(Counter(right.values())))
    if shown != follows:
        yield f"the podium shows {shown}, and from the rows follows {follows}"


def _ranks(having: Counter[int]) -> Iterator[Rank]:
    rank = 1
    for points in sorted(having, reverse=True):
        if rank <= _LAST_RANK and points:
            yield rank, having[points], points
        rank += having[points]


def podium_of(text: str) -> Iterator[Rank]:
    """Read the ranks of a podium."""
    for rank, names, points in _RANK.findall(text):
        more = re.search(r"and ([\d,]+) (?:more|names hidden)", names)
        count = names.count("<@") + (int(more[1].replace(",", "")) if more else 0)
        yield int(rank), count, int(points.replace(",", ""))


def _told(game: Game, rows: Sequence[Any]) -> Iterator[str]:
    """Hold what each reveal tells against the rows."""
    for number in range(1, QUESTIONS + 1):
        mine = [row for row in rows if row.number == number]
        told = f"{sum(row.right for row in mine)} of {len(mine)} answers were right."
        found = game.question(number)
        if found is None or told not in found.text:
            yield f"the reveal of question {number} does not tell that {told}"
