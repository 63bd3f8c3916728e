"""Texts that must fit, and the key points of a section."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.brief.pack import Passage
from bot.brief.places import Place
from bot.digest.room import MAX_POINT, clipped, key_points, share_room, split_sentences, trimmed
from tests.digest.rivers import section

ROOMS = st.integers(1, 200)
ONE = "The river rose. Nobody knows why it did so. It may fall again."


@pytest.mark.parametrize(
    ("text", "room", "cut"),
    [
        ("The river rose", 14, "The river rose"),
        ("The river rose", 13, "The river…"),
        ("The river rose", 10, "The river…"),
        ("The river, rose", 13, "The river…"),
        ("Donaudampfschiff", 8, "Donauda…"),
        ("The  river\nrose\x07", 20, "The river rose"),
    ],
)
def test_a_text_is_cut_at_a_word(text: str, room: int, cut: str) -> None:
    assert clipped(text, room) == cut


@given(st.text(max_size=300), ROOMS)
def test_a_cut_text_fits(text: str, room: int) -> None:
    assert len(clipped(text, room)) <= room


@given(st.text(alphabet="ab. A?", max_size=300), ROOMS)
def test_a_text_cut_at_a_sentence_fits(text: str, room: int) -> None:
    assert len(trimmed(text, room)) <= room


@pytest.mark.parametrize(
    ("room", "cut"),
    [
        (62, ONE),
        (50, "The river rose. Nobody knows why it did so. …"),
        (40, "The river rose. Nobody knows why it did…"),
    ],
)
def test_a_text_is_cut_at_a_sentence_where_most_of_it_stays(room: int, cut: str) -> None:
    assert trimmed(ONE, room) == cut


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("He says it will “not be easy.” Few doubt it.", ["He says it will “not be easy.”", "Few doubt it."]),
        ("The U.S. Congress met. Mr. Aune spoke.", ["The U.S. Congress met.", "Mr. Aune spoke."]),
        ("See fig. 1, e.g. Boats. Then 8 % fell.", ["See fig. 1, e.g. Boats.", "Then 8 % fell."]),
        ("no end", ["no end"]),
    ],
)
def test_a_paragraph_is_split_into_sentences(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


@pytest.mark.parametrize(
    ("wants", "room", "given"),
    [
        ([10, 10], 30, [10, 10]),
        ([10, 100, 100], 110, [10, 50, 50]),
        ([100, 10, 40], 100, [50, 10, 40]),
        ([5, 5], 0, [0, 0]),
        ([5, 5], -9, [0, 0]),
        ([], 9, []),
    ],
)
def test_room_is_shared_fairly(wants: list[int], room: int, given: list[int]) -> None:
    assert share_room(wants, room) == given


@given(st.lists(st.integers(0, 500), max_size=9), st.integers(0, 2_000))
def test_nobody_gets_more_than_asked_for_and_all_fits(wants: list[int], room: int) -> None:
    found = share_room(wants, room)

    assert all(one <= want for one, want in zip(found, wants, strict=True))
    assert sum(found) == min(room, sum(wants)) or sum(found) > room - len(wants) - 1


def passage(number: int, summary: str) -> Passage:
    return Passage(id=f"p{number}", title=f"Title {number}", place=Place("Part 1", number), summary=summary)


def test_a_point_is_the_first_sentence_of_a_paragraph() -> None:
    assert key_points(section(1)) == tuple(f"The river allegedly rose {number} times." for number in (1, 2, 3))


def test_a_paragraph_that_begins_with_a_long_sentence_gives_its_title() -> None:
    part = replace(section(1), passages=(passage(1, "Short."), passage(2, f"{'long ' * 40}end.")))

    assert key_points(part) == ("Short.", "Title 2")


def test_a_section_of_one_paragraph_gives_its_sentences() -> None:
    assert key_points(replace(section(1), passages=(passage(1, ONE),))) == tuple(split_sentences(ONE))


def test_a_long_section_gives_four_points_from_its_beginning_to_its_end() -> None:
    part = replace(section(1), passages=tuple(passage(number, f"Said {number}.") for number in range(1, 11)))

    assert key_points(part) == ("Said 1.", "Said 4.", "Said 7.", "Said 10.")


@pytest.mark.parametrize("summaries", [[], ["Only one."], [""], ["Only one.", ""]], ids=str)
def test_a_section_with_too_little_to_say_has_no_points(summaries: list[str]) -> None:
    passages = tuple(passage(number, summary) for number, summary in enumerate(summaries, 1))

    assert key_points(replace(section(1), passages=passages)) == ()


def test_points_are_short() -> None:
    part = replace(section(1), passages=(passage(1, f"{'long ' * 90}end. {'more ' * 90}end."),))

    assert all(len(point) <= MAX_POINT for point in key_points(part))
