"""Keys: they find again what was shown, hold no words, and stay the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers.keys import KEY, LONGEST_KEY, Keys
from bot.brief.pack import Figure, Pack


def named(pack: Pack) -> list[str]:
    """List the key of everything in a pack: entries, their direct answers, the cells of figures."""
    keys = Keys(pack)
    made: list[str] = []
    for entry in pack.entries:
        match = keys.match(keys.key_of(entry))
        assert match is not None
        made += (keys.key(match), *(keys.key(replace(match, answer=point.answer)) for point in entry.points))
        if isinstance(entry, Figure):
            cells = (f"{entry.id}/{row.id}/{column.id}" for row, column, _, _ in entry.cells)
            made += (keys.key(replace(match, id=cell, answer="")) for cell in cells)
    return made


def test_everything_in_a_pack_has_a_key_of_its_own(pack: Pack) -> None:
    keys = named(pack)

    assert len(keys) == len(set(keys))


def test_a_key_is_short_and_fits_a_custom_id(pack: Pack) -> None:
    assert [key for key in named(pack) if not KEY.fullmatch(key) or len(key) > LONGEST_KEY] == []


def test_a_key_of_an_entry_finds_the_entry(pack: Pack) -> None:
    keys = Keys(pack)

    assert [
        one.id for one in pack.entries if (found := keys.match(keys.key_of(one))) is None or found.entry != one
    ] == []


def test_a_key_of_a_direct_answer_finds_the_answer_and_its_question(pack: Pack) -> None:
    keys = Keys(pack)
    for entry in pack.entries:
        for point in entry.points:
            match = keys.match(keys.key_of(entry))
            assert match is not None
            found = keys.match(keys.key(replace(match, answer=point.answer)))
            assert found is not None
            assert (found.answer, found.asked) == (point.answer, point.ask[0])


def test_a_key_of_a_cell_finds_its_number(pack: Pack) -> None:
    keys, figure = Keys(pack), pack.figures[0]
    row, column, value, sentence = next(figure.cells)
    match = keys.match(keys.key_of(figure))
    assert match is not None
    found = keys.match(keys.key(replace(match, id=f"{figure.id}/{row.id}/{column.id}", answer="")))

    assert found is not None
    assert (found.value, found.unit, found.answer) == (value, figure.unit, sentence)


def test_an_answer_that_was_rewritten_leads_to_its_entry(pack: Pack) -> None:
    keys = Keys(pack)
    entry = next(one for one in pack.entries if one.points)
    match = keys.match(f"{keys.key_of(entry)}.aaa")

    assert match is not None
    assert (match.entry, match.answer) == (entry, "")


def test_two_packs_with_the_same_ids_have_other_keys(pack: Pack) -> None:
    other = Keys(replace(pack, id="another"))

    assert [one.id for one in pack.entries if other.match(Keys(pack).key_of(one))] == []


def test_a_key_stays_the_same_as_long_as_the_pack_keeps_the_id(pack: Pack) -> None:
    renamed = replace(pack, quotes=tuple(replace(one, title="Another title", quoted="Others.") for one in pack.quotes))

    assert [Keys(renamed).key_of(one) for one in renamed.quotes] == [Keys(pack).key_of(one) for one in pack.quotes]


@pytest.mark.parametrize("key", ["", ".", "aaaaaaaa", "aaaaaaaa.bbb", "../../etc/passwd", "k" * 96, "\N{SNOWMAN}"])
def test_a_key_that_names_nothing_finds_nothing(pack: Pack, key: str) -> None:
    assert Keys(pack).match(key) is None
