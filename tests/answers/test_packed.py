"""Many short lists held as one read like the lists they were made of."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.packed import Finder, Runs, Strings

ALIKE = ("plumless", "buckeroo")  # two words of one checksum


@given(st.lists(st.text()))
def test_strings_read_like_the_list_they_were_made_of(texts: list[str]) -> None:
    assert list(Strings(texts)) == texts


@given(st.lists(st.text(), min_size=1), st.data())
def test_a_string_is_found_by_its_number(texts: list[str], data: st.DataObject) -> None:
    number = data.draw(st.integers(-len(texts), len(texts) - 1))

    assert Strings(texts)[number] == texts[number]


@given(st.lists(st.text()), st.slices(12))
def test_a_slice_of_strings_is_a_list(texts: list[str], part: slice) -> None:
    assert Strings(texts)[part] == texts[part]


def test_there_is_no_string_behind_the_last() -> None:
    with pytest.raises(IndexError):
        Strings(["one"])[1]


def test_strings_are_taken_in_the_order_of_their_numbers() -> None:
    assert Strings(["a", "bc", "", "d"]).take(np.array([3, 1, 2, 1])) == ["d", "bc", "", "bc"]


def test_strings_outlive_pickling() -> None:
    assert list(pickle.loads(pickle.dumps(Strings(["ä", "b"])))) == ["ä", "b"]  # noqa: S301


@given(st.lists(st.text("abß中", max_size=4)), st.text("abß中", max_size=2))
def test_a_beginning_finds_all_strings_that_begin_so(texts: list[str], prefix: str) -> None:
    ordered = sorted(texts)
    first, last = Strings(ordered).beginning(prefix)

    assert ordered[first:last] == [text for text in ordered if text.startswith(prefix)]


@given(st.lists(st.lists(st.integers(0, 2**40))))
def test_runs_read_like_the_lists_they_were_made_of(lists: list[list[int]]) -> None:
    runs = Runs(lists)

    assert [runs[number].tolist() for number in range(len(runs))] == lists


def test_runs_that_stand_side_by_side_are_one() -> None:
    assert Runs([[1], [2, 3], [], [4]]).between(1, 4).tolist() == [2, 3, 4]


def test_runs_are_taken_end_to_end_with_their_lengths() -> None:
    found, lengths = Runs([[7], [8, 9], []]).take([1, 2, 0])

    assert (found.tolist(), lengths) == ([8, 9, 7], [2, 0, 1])


@given(st.lists(st.text()))
def test_a_text_is_among_its_candidates(texts: list[str]) -> None:
    finder = Finder(texts)

    assert all(number in finder.candidates(text) for number, text in enumerate(texts))


def test_candidates_come_in_order() -> None:
    assert list(Finder(["b", "a", "b", "b"]).candidates("b")) == [0, 2, 3]


def test_texts_of_one_checksum_are_both_candidates() -> None:
    assert list(Finder(ALIKE).candidates(ALIKE[1])) == [0, 1]


def test_what_is_not_there_has_no_candidates() -> None:
    assert list(Finder(["a"]).candidates("b")) == list(Finder([]).candidates("b")) == []
