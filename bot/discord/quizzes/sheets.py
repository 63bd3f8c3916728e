"""Sheets: the results of a round or of a period in sentences, for those who lead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.discord.cards.layout import body
from bot.discord.cards.quiz_results import Sheet, Span, View
from bot.discord.cards.quiz_telling import counted, lettered, listed, right_answer
from bot.quiz.periods import Sitting, asked, attendance
from bot.quiz.regrading import Line
from bot.quiz.results import Played, Question, absent, erased, per_person, per_question, played, standings
from bot.quiz.rules import Scoring
from bot.store.quiz_records import KeptRound

LOOK_BACK = dt.timedelta(days=30)  # who answered in it is expected
MOST_ROUNDS = 100  # of a period
_MOST_TYPED = 4
_MOST_MISSED = 5
_ROOM_STEM = 240
_ROOM_ANSWER = 130
_ROOM_OPTION = 110
_ROOM_LINE = 320
_ROOM_LATEST = 160
_ROOM_TITLE = 90
_ROOM_WHY = 120


def round_sheet(kept: KeptRound, view: View, earlier: Sequence[Played] = (), record: Sequence[Line] = ()) -> Sheet:
    """Show a view of a round; ``earlier``: the rounds before, for who is absent; ``record``: its corrections."""
    game = played(kept.state)
    lines, empty = _of_round(kept, game, view, earlier, record)
    notes = tuple(_notes(kept, game, view))
    return Sheet(title=f"Round #{kept.id}: {kept.title}", notes=notes, lines=lines, empty=empty)


def period_sheet(
    span: Span,
    rounds: Sequence[KeptRound],
    view: View,
    expected: Iterable[int] = (),
    records: Mapping[int, Sequence[Line]] | None = None,
) -> Sheet:
    """Show a view of a period; ``expected``: who answered before it; ``records``: the corrections of its rounds."""
    sittings = [sitting_of(one) for one in rounds]
    empty = "No round has ended in this time."
    match view:
        case View.PEOPLE:
            lines = list(_period_people(sittings, expected))
        case View.QUESTIONS:
            lines = [
                _went(one.sums, f", asked in {counted(one.rounds, 'round')}", in_order=False) for one in asked(sittings)
            ]
            empty = "No question counted in this time."
        case View.ABSENT:
            lines = list(_missing(sittings, expected))
            empty = "Nobody missed a round."
        case View.RECORD:
            lines = [_told_round(one, (records or {}).get(one.id, ())) for one in reversed(rounds)]
    notes = tuple(_period_notes(span, sittings, view))
    return Sheet(title=f"Results of {span.period.told}", notes=notes, lines=lines, empty=empty)


def sitting_of(kept: KeptRound) -> Sitting:
    """Take the results out of a round of a period."""
    return Sitting(id=kept.id, title=kept.title, opened=kept.opened, game=played(kept.state))


def answerers(games: Iterable[Played]) -> frozenset[int]:
    """List who answered something, without those whose data was erased."""
    return frozenset(row.player for game in games for row in game.rows if row.player > 0)


def _of_round(
    kept: KeptRound, game: Played, view: View, earlier: Sequence[Played], record: Sequence[Line]
) -> tuple[list[str], str]:
    match view:
        case View.PEOPLE:
            return list(_people(game)), "Nobody has taken part."
        case View.QUESTIONS:
            lines = [_went(one, ", does not count" if one.void else "") for one in per_question(game)]
            return lines, "No question has been revealed."
        case View.ABSENT:
            none = "Nobody is missing." if earlier else "There were no rounds in the 30 days before."
            return list(_absent(game, earlier)), none
        case View.RECORD:
            return list(_record(kept, record)), ""


def _notes(kept: KeptRound, game: Played, view: View) -> Iterator[str]:
    scoring = "a point for each right answer" if game.scoring is Scoring.RIGHT_ONLY else "points with a speed bonus"
    questions = counted(len(game.items), "question")
    yield f"Opened {_stamp(kept.opened)}; {len(game.everyone)} took part; {questions}; {scoring}."
    if kept.ended is None:
        yield "This round is still running: only what has been revealed is shown."
    if kept.state.why:
        yield body(kept.state.why, _ROOM_WHY)
    if game.void:
        yield f"{_out(game.void).capitalize()}."
    if gone := erased(game):
        yield f"{counted(gone, 'participant')} erased."
    if view is View.ABSENT:
        yield "Absent: people who answered in this server in the 30 days before, but not in this round."


def _people(game: Played) -> Iterator[str]:
    gone = 0
    for place, person in zip(standings(game), per_person(game), strict=True):
        gone += person.player < 0
        who = f"<@{person.player}>" if person.player > 0 else f"erased participant {gone}"
        counts = f"right {person.right}, wrong {person.wrong}, no answer {person.unanswered}"
        yield f"**{place.rank}.** {who}: {counted(person.score, 'point')}; {counts}"


def _absent(game: Played, earlier: Sequence[Played]) -> Iterator[str]:
    there = [answerers([one]) for one in earlier]
    for player in absent(answerers(earlier), [game]):
        came = sum(player in one for one in there)
        yield f"<@{player}>, who answered in {came} of the {counted(len(earlier), 'round')} before"


def _record(kept: KeptRound, record: Sequence[Line]) -> Iterator[str]:
    if kept.leader_id:
        yield f"Led by <@{kept.leader_id}>."
    yield from map(_corrected, record)
    if not record:
        yield "Nothing was corrected."


def _corrected(line: Line, room: int = _ROOM_LINE) -> str:
    by = f" By <@{line.by}>." if line.by and line.by > 0 else ""
    return f"{_stamp(line.at)}: {body(line.text, room)}{by}"


def _went(one: Question, note: str, *, in_order: bool = True) -> str:
    """Say how a question went: the share of right answers, and how many chose or typed what."""
    lines = [f"**{one.number}. {body(one.item.stem, _ROOM_STEM)}**{note}"]
    right = right_answer(one.item) if in_order else one.item.answer
    lines.append(f"The right answer is {_quoted(right, _ROOM_ANSWER)}. {_shares(one)}")
    if one.answered:
        chosen = _typed(one) if one.item.typed else _chosen(one, in_order=in_order)
        lines.append(f"{'Typed' if one.item.typed else 'Chosen'}: {chosen}.")
    return "\n".join(lines)


def _shares(one: Question) -> str:
    silent = f"{one.unanswered} gave no answer" if one.unanswered else ""
    if one.share is None:
        return f"Nobody answered; {silent}." if silent else "Nobody answered."
    answers = counted(one.answered, "answer")
    told = f"{one.right} of {answers} {'was' if one.right == 1 else 'were'} right ({100 * one.share:.0f} %)"
    return f"{told}; {silent}." if silent else f"{told}."


def _chosen(one: Question, *, in_order: bool) -> str:
    """Say how many chose each option; ``in_order``: they are in the order in which they had their letters."""
    names = [lettered(one.item, index) if in_order else text for index, (text, _) in enumerate(one.counts)]
    return ", ".join(
        f"{_quoted(name, _ROOM_OPTION)} by {count or 'nobody'}"
        for name, (_, count) in zip(names, one.counts, strict=True)
    )


def _typed(one: Question) -> str:
    told = [f"{_quoted(text, _ROOM_OPTION)} by {count}" for text, count in one.counts[:_MOST_TYPED]]
    rest = len(one.counts) - len(told)
    return ", ".join([*told, *([counted(rest, "other answer")] if rest else [])])


def _period_notes(span: Span, sittings: Sequence[Sitting], view: View) -> Iterator[str]:
    yield (
        f"{counted(len(sittings), 'round')} ended until {_stamp(span.until)}. "
        "Only right answers are added up, because points differ between rounds."
    )
    if len(sittings) == MOST_ROUNDS:
        yield f"Only the latest {MOST_ROUNDS} rounds are counted."
    if gone := sum(erased(one.game) for one in sittings):
        yield f"{counted(gone, 'participant')} erased, counted in each round."
    if view in {View.PEOPLE, View.ABSENT} and span.since is not None:
        yield "Includes people who answered in the 30 days before."


def _period_people(sittings: Sequence[Sitting], expected: Iterable[int]) -> Iterator[str]:
    gone = 0
    people = attendance(sittings, expected) if sittings else ()
    for person in people:
        gone += person.player < 0
        who = f"<@{person.player}>" if person.player > 0 else f"erased participant {gone}"
        missed = f"; missed {counted(person.missed, 'round')}" if person.missed and person.player > 0 else ""
        yield f"{who}: {person.right} right of {person.asked}, in {counted(person.played, 'round')}{missed}"


def _missing(sittings: Sequence[Sitting], expected: Iterable[int]) -> Iterator[str]:
    people = attendance(sittings, expected) if sittings else ()
    for person in sorted(people, key=lambda one: (-one.missed, one.player)):
        if person.missed and person.player > 0:
            missed = [f"#{one.id}" for one, there in zip(sittings, person.rounds, strict=True) if there is None]
            more = f" and {len(missed) - _MOST_MISSED} more" if len(missed) > _MOST_MISSED else ""
            named = ", ".join(missed[:_MOST_MISSED])
            yield f"<@{person.player}> missed {len(missed)} of {len(sittings)}: {named}{more}"


def _told_round(kept: KeptRound, record: Sequence[Line]) -> str:
    game = played(kept.state)
    facts = [f"{len(game.everyone)} took part", counted(len(game.items), "question")]
    facts += [_out(game.void)] if game.void else []
    facts += [f"{counted(gone, 'participant')} erased"] if (gone := erased(game)) else []
    latest = f"\n{_corrected(record[-1], _ROOM_LATEST)}" if record else ""
    more = f" ({counted(len(record) - 1, 'correction')} before)" if len(record) > 1 else ""
    return f"**#{kept.id}** {_stamp(kept.opened)}, {body(kept.title, _ROOM_TITLE)}: {'; '.join(facts)}.{latest}{more}"


def _out(numbers: Iterable[int]) -> str:
    """Say which questions do not count."""
    named = [str(number) for number in sorted(numbers)]
    one = len(named) == 1
    return f"question{'' if one else 's'} {listed(named)} {'does' if one else 'do'} not count"


def _quoted(text: str, room: int) -> str:
    return f"“{body(text, room)}”"


def _stamp(at: dt.datetime) -> str:
    return f"<t:{int(at.timestamp())}:f>"
