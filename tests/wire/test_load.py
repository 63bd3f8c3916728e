"""Load: many at once, and what is measured of it."""

from __future__ import annotations

from functools import partial
from random import Random

import pytest

from tests.wire.fixtures import Classroom, StartBot
from tests.wire.load import Load, pour, spread
from tests.wire.players import Player
from tests.wire.server import WireServer


async def test_three_hundred_members_are_all_acknowledged(
    wire: WireServer, room: Classroom, start_bot: StartBot
) -> None:
    await start_bot()
    players = [Player(wire, wire.world.add_user(f"member {number}")) for number in range(300)]
    for player in players:
        wire.world.add_member(room.guild, player.user)

    acts = [partial(one.slash, room.general, "ask", question="why?", private=True) for one in players]
    done = await spread(acts, 0.5, Random(1))

    assert [one.user for one in done if one.acknowledged] == [player.user for player in players]


async def test_a_closed_loop_acts_as_often_as_it_is_told(room: Classroom, start_bot: StartBot) -> None:
    await start_bot()
    load = await pour(lambda number: room.anna.slash(room.general, "ask", question=f"{number}"), 20, 4)

    assert (len(load.latencies), load.unanswered) == (20, 0)


def test_a_load_is_summed_up() -> None:
    load = Load((0.1, 0.2, 0.3), seconds=1.5)

    assert (load.median, load.per_second) == (0.2, 2.0)
    assert load.p99 == pytest.approx(0.298)
