"""What becomes of a message that failed: tried again or given up, and looked for before it is sent again."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.delivery import GRACE, LEASE, NONCE_HOLDS, Fault, fault, lease, may_send, must_look, retry

SLOT = dt.datetime(2026, 11, 24, 8, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (None, 0, Fault.TRANSIENT),
        (500, 0, Fault.TRANSIENT),
        (502, 0, Fault.TRANSIENT),
        (503, 130000, Fault.TRANSIENT),
        (429, 0, Fault.TRANSIENT),
        (429, 20028, Fault.TRANSIENT),
        (408, 0, Fault.TRANSIENT),
        (400, 40006, Fault.TRANSIENT),
        (401, 0, Fault.TRANSIENT),
        (403, 0, Fault.TRANSIENT),
        (404, 10003, Fault.GONE),
        (404, 10004, Fault.GONE),
        (400, 50008, Fault.GONE),
        (400, 50024, Fault.GONE),
        (403, 50001, Fault.FORBIDDEN),
        (403, 50013, Fault.FORBIDDEN),
        (400, 160005, Fault.FORBIDDEN),
        (403, 40333, Fault.FORBIDDEN),
        (403, 240000, Fault.REJECTED),
        (400, 50035, Fault.REJECTED),
        (404, 10008, Fault.REJECTED),
        (404, 0, Fault.REJECTED),
        (413, 40005, Fault.REJECTED),
    ],
)
def test_a_fault_is_classified(status: int | None, code: int, kind: Fault) -> None:
    assert fault(status, code) is kind


@pytest.mark.parametrize(("attempt", "ceiling"), [(0, 2), (1, 2), (2, 4), (3, 8), (7, 128), (9, 300), (5_000, 300)])
def test_waits_are_spread_up_to_a_bound_that_doubles(attempt: int, ceiling: float) -> None:
    rng = random.Random(attempt)
    waits = [wait.total_seconds() for _ in range(2_000) if (wait := retry(attempt, rng)) is not None]

    assert (len(waits), min(waits) >= 0, max(waits) <= ceiling) == (2_000, True, True)
    assert 0.45 * ceiling < sum(waits) / len(waits) < 0.55 * ceiling


def test_the_same_chance_gives_the_same_wait() -> None:
    assert retry(3, random.Random(1)) == retry(3, random.Random(1))


def test_a_wait_begins_after_what_the_server_told() -> None:
    wait = retry(1, random.Random(1), told=dt.timedelta(seconds=90))

    assert wait is not None
    assert dt.timedelta(seconds=90) <= wait <= dt.timedelta(seconds=92)


@pytest.mark.parametrize("left", [dt.timedelta(0), dt.timedelta(hours=-1), dt.timedelta(seconds=30)])
def test_nothing_is_tried_after_the_grace_time(left: dt.timedelta) -> None:
    assert retry(1, random.Random(1), left=left, told=dt.timedelta(seconds=30)) is None


@given(st.integers(1, 60), st.timedeltas(dt.timedelta(0), GRACE), st.randoms(use_true_random=False))
def test_a_wait_ends_within_the_grace_time(attempt: int, left: dt.timedelta, rng: random.Random) -> None:
    wait = retry(attempt, rng, left=left)

    assert wait is None or wait < left


def test_a_claim_is_leased() -> None:
    assert lease(SLOT) == SLOT + LEASE


@pytest.mark.parametrize(("passed", "may"), [(0, True), (100, True), (101, False), (120, False), (500, False)])
def test_sending_begins_only_with_enough_of_the_lease_left(passed: int, may: bool) -> None:
    assert may_send(lease(SLOT), SLOT + dt.timedelta(seconds=passed)) is may


@pytest.mark.parametrize(("passed", "look"), [(-1, True), (0, False), (59, False), (60, True), (3_600, True)], ids=str)
def test_an_old_claim_is_looked_for_first(passed: int, look: bool) -> None:
    assert must_look(SLOT, SLOT + dt.timedelta(seconds=passed)) is look


def test_a_claim_whose_lease_ran_out_is_always_looked_for() -> None:
    assert LEASE >= NONCE_HOLDS
