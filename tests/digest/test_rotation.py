"""Consecutive digests: new things first, the least recently shown next, and honest about what comes again."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import fields, replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.brief.pack import Pack
from bot.digest.contents import Digest, Kind, Parts, Setting, compose, exhausted, repeats
from bot.digest.rotation import History, Shown
from tests.digest.rivers import NOTHING_YET, PACK, PACKS, PLAIN, WEEK, build_pack, series, shown

ADVICE = Kind.RECOMMENDATION


def turned(digest: Digest) -> set[str]:
    return {item.id for item in digest.items if item.rotating}


@given(PACKS)
def test_consecutive_digests_differ_in_every_part_that_has_more_to_show(pack: Pack) -> None:
    for first, second in pairwise(series(pack, 8)):
        kinds = {item.kind for item in first.items if item.rotating}

        assert all(
            turned(replace(first, items=first.of(kind))) != turned(replace(second, items=second.of(kind)))
            for kind in kinds
        )


@given(PACKS)
def test_nothing_comes_again_before_all_of_its_kind_was_shown(pack: Pack) -> None:
    quotes = [digest.of(Kind.QUOTE)[0].id for digest in series(pack, len(pack.quotes)) if pack.quotes]

    assert sorted(quotes) == sorted(quote.id for quote in pack.quotes)


def test_the_least_recently_shown_comes_next() -> None:
    history = History(tuple(Shown((f"quote-{number}",), WEEK) for number in (2, 1, 3, 2)))

    assert [item.id for item in compose(PACK, PLAIN, 5, history).of(Kind.QUOTE)] == ["quote-1"]


@pytest.mark.parametrize("kind", [Kind.QUOTE, Kind.FIGURE, Kind.SECTION, Kind.DISCUSSION])
def test_digests_turn_by_their_number_where_there_is_no_history(kind: Kind) -> None:
    found = [compose(PACK, PLAIN, number, NOTHING_YET).of(kind)[0].id for number in (1, 2)]

    assert found[0] != found[1]


def test_three_recommendations_stand_in_every_digest() -> None:
    assert {digest.ids[:3] for digest in series(PACK, 4)} == {("advice-1", "advice-2", "advice-3")}


def test_more_recommendations_come_three_at_a_time_in_their_order() -> None:
    found = [[item.id for item in digest.of(Kind.RECOMMENDATION)] for digest in series(build_pack(advice=5), 3)]

    assert found == [
        ["advice-1", "advice-2", "advice-3"],
        ["advice-1", "advice-4", "advice-5"],
        ["advice-2", "advice-3", "advice-4"],
    ]


@settings(deadline=None)  # many digests: how long they take is not the claim
@given(st.integers(4, 7))
def test_over_many_digests_no_recommendation_is_favoured(count: int) -> None:
    times = Counter(item.id for digest in series(build_pack(advice=count), 40) for item in digest.of(ADVICE))

    assert max(times.values()) - min(times.values()) <= 2


def test_a_first_digest_repeats_nothing() -> None:
    assert repeats(compose(PACK, PLAIN, 1, NOTHING_YET), NOTHING_YET) == ()


def test_a_preview_says_what_was_shown_before() -> None:
    first, second, third = series(PACK, 3)

    assert repeats(third, shown(first, second)) == (
        "Figure “Poll 1”: shown 14 days ago",
        "Section “Part 1”: shown 14 days ago",
    )


@pytest.mark.parametrize(
    ("hours", "said"), [(-1, "less than a day ago"), (5, "less than a day ago"), (30, "yesterday"), (50, "2 days ago")]
)
def test_a_repetition_is_told_in_days(hours: int, said: str) -> None:
    history = History((Shown(("figure-1", "figure-2"), dt.timedelta(hours=hours)),))

    assert repeats(compose(PACK, PLAIN, 1, history), history) == (f"Figure “Poll 1”: shown {said}",)


def test_what_stands_in_every_digest_is_no_repetition() -> None:
    alone = build_pack(3, 1, 1, 1, 1)

    assert repeats(compose(alone, PLAIN, 2, shown(*series(alone, 1))), shown(*series(alone, 1))) == ()


@given(PACKS)
def test_a_schedule_is_exhausted_once_everything_was_shown(pack: Pack) -> None:
    last = max(
        1, -(-len(pack.recommendations) // 3), *map(len, (pack.quotes, pack.figures, pack.sections, pack.discussions))
    )
    digests = series(pack, last)

    assert exhausted(pack, PLAIN, shown(*digests)) == any(digests[0].items)
    assert last == 1 or not exhausted(pack, PLAIN, shown(*digests[:-1])) or not digests[0].items


def test_only_parts_that_are_on_count_for_exhaustion() -> None:
    few = Setting(parts=Parts(discussion=False, quote=False))

    assert exhausted(PACK, few, shown(*series(PACK, 2, few)))


def test_topics_alone_are_never_exhausted() -> None:
    none = Parts(**{field.name: False for field in fields(Parts)})

    assert not exhausted(PACK, Setting(parts=replace(none, topics=True)), NOTHING_YET)
