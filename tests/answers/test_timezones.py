from __future__ import annotations

import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.timezones import COMMON, complete_zone, known_zone

ZONES = sorted(zoneinfo.available_timezones())


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("copen", "Europe/Copenhagen"),
        ("new york", "America/New_York"),
        ("NEW_YORK", "America/New_York"),
        ("america/new york", "America/New_York"),
        ("york", "America/New_York"),
        ("utc", "UTC"),
        ("kopenhagen", "Europe/Copenhagen"),
        ("europe/copnhagen", "Europe/Copenhagen"),
        ("us/eastern", "US/Eastern"),
        ("europe", "Europe/Copenhagen"),
        ("lond", "Europe/London"),
    ],
)
def test_what_is_typed_finds_its_zone_first(typed: str, first: str) -> None:
    assert complete_zone(typed, ZONES)[0] == first


def test_an_empty_box_shows_the_common_zones() -> None:
    known = [name for name in COMMON if name in ZONES]
    assert complete_zone("", ZONES) == known[:25]


def test_zones_that_the_system_lacks_are_not_offered() -> None:
    assert complete_zone("", ["Asia/Tokyo", "UTC"]) == ["UTC", "Asia/Tokyo"]


def test_old_names_stand_last() -> None:
    found = complete_zone("west", ZONES, 99)
    old = [name.split("/")[0] in {"Australia", "America", "Pacific"} for name in found]
    assert {"Australia/West", "Brazil/West", "Canada/East-Saskatchewan"} & set(found)
    assert old == sorted(old, reverse=True)


def test_nonsense_finds_nothing() -> None:
    assert complete_zone("qqqqqq", ZONES) == []


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("europe/copenhagen", "Europe/Copenhagen"),
        ("  America / new york ", "America/New_York"),
        ("new york", "America/New_York"),
        ("utc", "UTC"),
        ("us/eastern", "US/Eastern"),
        ("Etc/GMT+1", "Etc/GMT+1"),
        ("europe", None),
        ("nowhere", None),
        ("", None),
        ("/", None),
        ("x" * 9_999, None),
    ],
)
def test_a_name_is_known_whatever_its_case_and_spaces(typed: str, zone: str | None) -> None:
    assert known_zone(typed, ZONES) == zone


@given(st.text(max_size=20), st.integers(-1, 30))
def test_zones_offered_are_unique_known_and_few(typed: str, limit: int) -> None:
    found = complete_zone(typed, ZONES, limit)
    assert len(found) == len(set(found)) <= max(0, limit)
    assert set(found) <= set(ZONES)


@given(st.sampled_from(ZONES))
def test_every_zone_is_found_by_its_own_name(name: str) -> None:
    assert known_zone(name.lower().replace("_", " "), ZONES) == name
    assert complete_zone(name, ZONES)[0] == name
