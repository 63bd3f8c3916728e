"""Rounds as plain data, for the database, and back. Rows are kept apart: a round is saved without them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from bot.quiz.events import Row, SavePlayer
from bot.quiz.records import Record, dump_item, load_item
from bot.quiz.rules import Joining, Rules, Scoring
from bot.quiz.state import Break, Halt, Phase, Round


def dump_round(state: Round) -> Record:
    """Give a round as data that JSON can hold, without its rows."""
    rules = state.rules
    return {
        "items": [dump_item(item) for item in state.items],
        "rules": {
            "seconds": rules.seconds,
            "gap": rules.gap,
            "scoring": str(rules.scoring),
            "joining": str(rules.joining),
            "closed_book": rules.closed_book,
        },
        "touched": state.touched.isoformat(),
        "phase": str(state.phase),
        "number": state.number,
        "players": sorted(state.players),
        "extra": [[player, percent] for player, percent in sorted(state.extra.items())],
        "stood": _dump_time(state.stood),
        "planned": state.planned,
        "deadline": _dump_time(state.deadline),
        "halted": _dump_time(state.halted),
        "halt": None if state.halt is None else str(state.halt),
        "breaks": [[one.begin.isoformat(), one.end.isoformat(), one.pause] for one in state.breaks],
        "closed": _dump_time(state.closed),
        "due": _dump_time(state.due),
        "void": sorted(state.void),
        "why": state.why,
    }


def load_round(record: Mapping[str, Any], rows: Iterable[Row], seats: Iterable[SavePlayer] = ()) -> Round:
    """Make a round of its data, its rows and its seats; raises KeyError or ValueError for data of another sort.

    Rows and seats may have been saved after the round; a seat says whether somebody takes part, and their extra time.
    """
    rows = tuple(rows)
    players, extra = set(record["players"]), dict(record["extra"])
    for seat in seats:
        (players.add if seat.joined else players.discard)(seat.player)
        extra |= {seat.player: seat.extra} if seat.extra or seat.player in extra else {}
    number, ended = record["number"], record["phase"] == Phase.ENDED
    current = {row.player: row for row in rows if row.number == number and not ended}
    return Round(
        items=tuple(load_item(item) for item in record["items"]),
        rules=_load_rules(record["rules"]),
        touched=dt.datetime.fromisoformat(record["touched"]),
        phase=Phase(record["phase"]),
        number=number,
        players=frozenset(players),
        extra=extra,
        stood=_load_time(record["stood"]),
        planned=record["planned"],
        deadline=_load_time(record["deadline"]),
        halted=_load_time(record["halted"]),
        halt=Halt(record["halt"]) if record["halt"] else None,
        breaks=tuple(_load_break(*one) for one in record["breaks"]),
        closed=_load_time(record["closed"]),
        due=_load_time(record["due"]),
        current=current,
        earlier=tuple(row for row in rows if row.number != number or ended),
        void=frozenset(record["void"]),
        why=record["why"],
    )


def _load_rules(record: Mapping[str, Any]) -> Rules:
    return Rules(
        seconds=record["seconds"],
        gap=record["gap"],
        scoring=Scoring(record["scoring"]),
        joining=Joining(record["joining"]),
        closed_book=record["closed_book"],
    )


def _load_break(begin: str, end: str, pause: bool) -> Break:  # noqa: FBT001 - as it stands in the list
    return Break(dt.datetime.fromisoformat(begin), dt.datetime.fromisoformat(end), pause)


def _dump_time(at: dt.datetime | None) -> str | None:
    return at.isoformat() if at else None


def _load_time(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None
