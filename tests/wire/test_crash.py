"""Twenty digests, each brought to one step of its delivery where the process dies: every one arrives, once."""

from __future__ import annotations

import asyncio
import platform
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack

import pytest

from tests.wire import crash_matrix
from tests.wire.crash_matrix import Outcome, Point, postgresql, run, staged

SQLITE: tuple[Point, ...] = (
    crash_matrix.claimed, crash_matrix.arriving, crash_matrix.sent, crash_matrix.answered, crash_matrix.marked,
    crash_matrix.anytime, crash_matrix.looking, crash_matrix.looked, crash_matrix.found, crash_matrix.resending,
)  # fmt: skip
POSTGRESQL: tuple[Point, ...] = (
    crash_matrix.claimed, crash_matrix.sent, crash_matrix.answered, crash_matrix.marked, crash_matrix.stopped,
    crash_matrix.found, crash_matrix.resending, crash_matrix.frozen, crash_matrix.storm, crash_matrix.deleted,
)  # fmt: skip

Outcomes = Mapping[str, Sequence[Outcome]]


async def take_through(points: Sequence[Point], url: str = "") -> list[Outcome]:
    async with staged(1, url) as stage:
        return await run(stage, points)


@pytest.fixture(scope="module")
def outcomes() -> Iterator[Outcomes]:
    """Run both engines side by side, each with a server of its own."""

    async def both(url: str) -> Outcomes:
        runs = {"sqlite": take_through(SQLITE)} | ({"postgresql": take_through(POSTGRESQL, url)} if url else {})
        return dict(zip(runs, await asyncio.gather(*runs.values()), strict=True))

    with ExitStack() as stack:
        try:
            url = stack.enter_context(postgresql())
        except ImportError:
            url = ""
        yield asyncio.run(both(url))


@pytest.fixture(params=["sqlite", "postgresql"])
def slots(request: pytest.FixtureRequest, outcomes: Outcomes) -> Sequence[Outcome]:
    if request.param not in outcomes:
        pytest.skip(f"no PostgreSQL comes as a wheel for {platform.system()} on {platform.machine()}")
    return outcomes[request.param]


def test_no_digest_is_lost_when_its_process_is_killed(slots: Sequence[Outcome]) -> None:
    assert [one for one in slots if one.messages < one.expected] == []


def test_no_digest_is_doubled_when_its_process_is_killed(slots: Sequence[Outcome]) -> None:
    assert [one for one in slots if one.messages > one.expected] == []


def test_each_is_recorded_and_followed_by_the_next(slots: Sequence[Outcome]) -> None:
    assert [one.wrong for one in slots if one.wrong] == []


def test_every_step_was_taken(slots: Sequence[Outcome]) -> None:
    assert len({one.point for one in slots}) == 10
