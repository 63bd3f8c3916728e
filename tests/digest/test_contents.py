"""What a digest holds: the same for the same arguments, in our words, within its size."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.brief.pack import MAX_DISCUSSION, Pack
from bot.brief.pack import MAX_TEXT as LONGEST_SUMMARY
from bot.brief.pack import MAX_TITLE as LONGEST_TITLE
from bot.brief.places import Place
from bot.digest.contents import (
    MAX_OPENING,
    MAX_TEXT,
    MAX_TITLE,
    Kind,
    Parts,
    Setting,
    Topics,
    compose,
)
from tests.digest.rivers import NOTHING_YET, PACK, PACKS, PLAIN, build_pack, series, shown


def test_a_digest_has_the_recommendations_and_one_of_each_other_part() -> None:
    digest = compose(PACK, PLAIN, 1, NOTHING_YET)

    assert [item.kind for item in digest.items] == [
        *[Kind.RECOMMENDATION] * 3,
        Kind.QUOTE,
        Kind.FIGURE,
        Kind.SECTION,
        Kind.DISCUSSION,
    ]


@given(PACKS, st.integers(1, 50))
def test_the_same_arguments_make_the_same_digest(pack: Pack, number: int) -> None:
    history = shown(*series(pack, 3))

    assert compose(pack, PLAIN, number, history) == compose(pack, PLAIN, number, history)


@pytest.mark.parametrize("part", [field.name for field in fields(Parts)])
def test_a_part_can_be_switched_off(part: str) -> None:
    kind = part.removesuffix("s")
    digest = compose(PACK, Setting(parts=Parts(**{part: False})), 1, NOTHING_YET, Topics((("Boats", 9),)))

    assert kind not in {item.kind for item in digest.items}
    assert digest.topics == ()


def test_a_digest_without_any_part_is_empty() -> None:
    none = Parts(**{field.name: False for field in fields(Parts)})

    assert compose(PACK, Setting(parts=none), 1, NOTHING_YET).empty


def test_a_recommendation_has_horizon_addressee_and_citation() -> None:
    item = compose(PACK, PLAIN, 1, NOTHING_YET).items[0]

    assert (item.horizon, item.addressee, item.citation.text) == (
        "short-term",
        "The River Board",
        "Aune (2016), Advice, para. 1",
    )


def test_a_quote_says_who_said_it_when_and_where() -> None:
    (item,) = compose(PACK, PLAIN, 1, NOTHING_YET).of(Kind.QUOTE)

    assert (item.text, item.said) == ("Matter 1 has no owner.", "Kari Aune, a speech, 9 November 2016")


def test_a_section_has_key_points_and_is_cited_as_a_whole() -> None:
    (item,) = compose(PACK, PLAIN, 1, NOTHING_YET).of(Kind.SECTION)

    assert len(item.points) == 3
    assert item.citation.text == "Aune (2016), Part 1"


def test_a_discussion_question_names_the_places_to_argue_from() -> None:
    talk = replace(PACK.discussions[0], also=(Place("Figure 1"), Place("Quotes", 2)))
    (item,) = compose(replace(PACK, discussions=(talk,)), PLAIN, 1, NOTHING_YET).of(Kind.DISCUSSION)

    assert (item.citation.text, item.also) == ("Aune (2016), Part 1, para. 1", ("Figure 1", "Quotes, para. 2"))


def test_the_authors_words_never_enter_a_digest() -> None:
    assert not any("author's own" in str(digest) for digest in series(PACK, 5))


def test_a_recommendation_without_our_words_is_left_out() -> None:
    drafted = replace(PACK, recommendations=tuple(replace(one, summary="") for one in PACK.recommendations))

    assert compose(drafted, PLAIN, 1, NOTHING_YET).of(Kind.RECOMMENDATION) == ()


def test_a_page_that_the_readers_copy_gives_is_cited() -> None:
    paged = replace(PACK, copy_pages={Place("Quotes", 1): "4"})
    (item,) = compose(paged, PLAIN, 1, NOTHING_YET).of(Kind.QUOTE)

    assert item.citation.text == "Aune (2016), Quotes, para. 1, p. 4"


def test_title_and_opening_are_the_moderators() -> None:
    digest = compose(PACK, Setting(title="Monday reading", opening="Good morning!"), 1, NOTHING_YET)

    assert (digest.title, digest.opening) == ("Monday reading", "Good morning!")


def test_without_a_title_the_brief_gives_its_name() -> None:
    assert compose(PACK, PLAIN, 1, NOTHING_YET).title == "Rivers"


ASKED = Topics((("Boats", 2), ("Mills", 3), ("Fish", 9), ("Rain", 3), ("Ice", 4)))


def test_topics_are_those_that_three_asked_about_most_asked_first() -> None:
    digest = compose(PACK, Setting(parts=Parts(topics=True)), 1, NOTHING_YET, ASKED)

    assert digest.topics == (("Fish", 9), ("Ice", 4), ("Mills", 3))


def test_topics_stay_out_unless_switched_on() -> None:
    assert compose(PACK, PLAIN, 1, NOTHING_YET, ASKED).topics == ()


def test_unanswered_questions_come_in_when_approved() -> None:
    digest = compose(PACK, PLAIN, 1, NOTHING_YET, approved=["Who owns\nthe river?", " "])

    assert digest.unanswered == ("Who owns the river?",)


def longest() -> Pack:
    """Build a pack in which everything is as long as a pack may have it."""
    name = "S" * 199
    sentence = "A long sentence that goes on for a while and then some more. "
    pack = build_pack()
    return replace(
        pack,
        short="T" * LONGEST_TITLE,
        recommendations=tuple(
            replace(
                one,
                title="R" * LONGEST_TITLE,
                place=Place(name, 100),
                summary=sentence * (LONGEST_SUMMARY // len(sentence)),
                addressee="word " * 40,
                horizon="h" * 80,
            )
            for one in pack.recommendations
        ),
        quotes=tuple(
            replace(one, place=Place(name, 100), quoted=sentence * 24, occasion="word " * 40) for one in pack.quotes
        ),
        figures=tuple(
            replace(one, title="F" * LONGEST_TITLE, place=Place(name), summary=sentence * 24) for one in pack.figures
        ),
        sections=tuple(
            replace(
                one, title=name, passages=tuple(replace(p, summary=f"{'word ' * 34}end.") for p in one.passages[:1] * 4)
            )
            for one in pack.sections
        ),
        discussions=tuple(
            replace(one, question="Q" * MAX_DISCUSSION, place=Place(name, 100), also=(Place(name, 9),) * 9)
            for one in pack.discussions
        ),
    )


def test_a_digest_of_the_longest_texts_keeps_its_size() -> None:
    setting = Setting(title="t " * 90, opening="word " * 90, parts=Parts(topics=True))
    topics = Topics(tuple(("topic " * 40, 5) for _ in range(9)))
    digest = compose(longest(), setting, 1, NOTHING_YET, topics, ["question " * 40] * 9)

    assert (len(digest.title) <= MAX_TITLE, len(digest.opening) <= MAX_OPENING) == (True, True)
    assert digest.size <= MAX_TEXT
    assert digest.of(Kind.RECOMMENDATION)


def test_a_long_text_is_shortened_and_a_short_one_stays_whole() -> None:
    pack = replace(
        PACK, recommendations=(replace(PACK.recommendations[0], summary="Long. " * 900), *PACK.recommendations[1:])
    )
    first, second, *_ = compose(pack, PLAIN, 1, NOTHING_YET).items

    assert first.text.endswith(" …")
    assert second.text == PACK.recommendations[1].summary


def test_a_digest_of_an_empty_pack_is_empty() -> None:
    assert compose(build_pack(0, 0, 0, 0, 0), PLAIN, 1, NOTHING_YET).empty
