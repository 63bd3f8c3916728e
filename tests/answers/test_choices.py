from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.choices import choose, complete, guess

NAMES = ("Summary", "The view from Russia", "The great uncertainties", "Figure 1")
PEOPLE = ("Iben Krag", "Mayor Lund", "Lundberg", "Élodie Krag", "Ola Moe", "Blund")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("summary", 0),
        ("  THE  view from russia ", 1),
        ("2", 1),
        ("the view", 1),
        ("uncertain", 2),
        ("the veiw from rusia", 1),
        ("figure 1", 3),
        ("the", None),
        ("5", None),
        ("0", None),
        ("²", None),
        ("", None),
        ("zeppelin", None),
        ("9" * 5_000, None),
    ],
)
def test_a_name_is_found_as_it_was_meant(typed: str, found: int | None) -> None:
    assert choose(typed, NAMES) == found


def test_a_slip_is_asked_back() -> None:
    assert guess("brwse", ["browse", "quote"]) == "browse"
    assert guess("zeppelin", ["browse", "quote"]) is None


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("lund", ["Lundberg", "Mayor Lund", "Blund"]),
        ("krag", ["Iben Krag", "Élodie Krag"]),
        ("elod", ["Élodie Krag"]),
        ("  MAYOR   lund", ["Mayor Lund"]),
        ("krag iben", ["Iben Krag"]),
        ("mayer", ["Mayor Lund"]),
        ("zq", []),
        ("zeppelin", []),
    ],
)
def test_a_name_is_completed_by_how_well_it_fits(typed: str, first: list[str]) -> None:
    assert complete(typed, PEOPLE) == first


def test_nothing_typed_gives_the_first_names_in_order() -> None:
    assert complete("  ", PEOPLE, 3) == ["Iben Krag", "Mayor Lund", "Lundberg"]


def test_names_that_stand_twice_and_blank_ones_are_offered_once_and_never() -> None:
    assert complete("", ["a", "", "b", " ", "a"]) == ["a", "b"]


def test_a_name_of_signs_is_found_by_them() -> None:
    assert complete("?!", ["word", "?!"]) == ["?!"]


@given(st.text(max_size=30), st.lists(st.text(max_size=12), max_size=30), st.integers(-1, 30))
def test_completions_are_unique_known_and_few(typed: str, names: list[str], limit: int) -> None:
    found = complete(typed, names, limit)
    assert len(found) == len(set(found)) <= max(0, limit)
    assert set(found) <= set(names)


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=30), st.data())
def test_a_name_typed_in_full_is_among_the_first(names: list[str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(names))
    assert not name.strip() or name in complete(name, names, len(names))


def test_a_few_hundred_names_are_completed_in_a_blink() -> None:
    names = [f"The view from region {number}, para. {number % 7}: what people there expect" for number in range(400)]
    took = []
    for typed in ("regoin", "expct", "zzzz", "the view") * 5:
        start = time.perf_counter()
        complete(typed, names)
        took.append(time.perf_counter() - start)
    assert min(took) < 0.01
