"""The cards of digests: within the limits for the largest contents, and nothing in them read as Markdown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from discord import ui
from simcord.components import walk_components

from bot.answers.askers import Asker
from bot.brief.pack import MAX_DISCUSSION, MAX_TEXT, Pack
from bot.brief.pack import MAX_TITLE as MAX_NAMED
from bot.brief.places import Place
from bot.digest.contents import MAX_OPENING, MAX_TITLE, Digest, Kind, Parts, Setting, Topics, compose, repeats
from bot.digest.forms import to_json
from bot.digest.rotation import History, Shown
from bot.digest.rules import Frequency, Rule
from bot.discord.cards.digest import ROOM, digest_card, head_of
from bot.discord.digests.composing import setting_json
from bot.discord.digests.drafts import Draft
from bot.discord.digests.listing import PER_PAGE, history_card, list_card
from bot.discord.digests.proof import Notes, proof_card
from bot.discord.library import Library, Volume
from bot.files.formats.entries import MAX_NAME, MAX_SECTION
from bot.store.digest_records import Delivery, Schedule
from bot.store.records import UnansweredQuestion
from tests.discord.test_cards import FILLINGS, SNOWFLAKE, filler
from tests.discord.test_markdown import read
from tests.wire.rules.components import message_components

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
EVERYTHING = Parts(topics=True)
MARK = "Digest 7f3a-2k9d"
PICTURE = Path("figure-0123456789abcdef.png")
MOST_PARTS = 33  # components of a digest; what is left of 40 is for the controls of a preview
SHOWN_BEFORE = dt.timedelta(days=365)


@pytest.fixture
def book(shipped: Asker) -> Volume:
    return Library([shipped]).default


of_every_pack = pytest.mark.parametrize("filling", FILLINGS)


def filled(pack: Pack, filling: str) -> Pack:
    """Fill what a digest may show to the limits of its format."""
    fill = filler(FILLINGS[filling])
    said = {"speaker": fill(MAX_NAME), "occasion": fill(200)}
    place = Place(fill(MAX_SECTION), 1)
    most: dict[str, Any] = {"place": place, "title": fill(MAX_NAMED)}
    advised = {"horizon": fill(MAX_NAME), "addressee": fill(200), "summary": fill(MAX_TEXT)}
    return replace(
        pack,
        recommendations=tuple(replace(one, **most, **advised) for one in pack.recommendations),
        quotes=tuple(replace(one, **most, **said, quoted=fill(MAX_TEXT)) for one in pack.quotes),
        figures=tuple(replace(one, **most, summary=fill(MAX_TEXT)) for one in pack.figures),
        discussions=tuple(
            replace(one, question=fill(MAX_DISCUSSION), place=place, also=(place,) * 3) for one in pack.discussions
        ),
    )


def composed(volume: Volume, filling: str) -> tuple[Digest, tuple[str, ...]]:
    """Compose a digest of all parts, each as long as it may be; and what it repeats."""
    pack, fill = filled(volume.pack, filling), filler(FILLINGS[filling])
    setting = Setting(title=fill(MAX_TITLE), opening=fill(MAX_OPENING), parts=EVERYTHING)
    every = (*pack.recommendations, *pack.quotes, *pack.figures, *pack.sections, *pack.discussions)
    history = History((Shown(tuple(one.id for one in every), SHOWN_BEFORE),))
    asked = Topics(tuple((fill(400), 10**6 + n) for n in range(5)))
    digest = compose(pack, setting, 1, history, asked, [fill(400) for _ in range(5)])
    return digest, repeats(digest, history)


def ordinary(volume: Volume) -> Digest:
    """Compose a digest of all parts as they are."""
    topics = Topics((("The poll", 7),))
    return compose(volume.pack, Setting(title="Week 1", parts=EVERYTHING), 1, History(), topics, ["why the moon"])


def replete(volume: Volume, filling: str) -> Digest:
    """Fill every text of it to a length that compose lets through."""
    fill = filler(FILLINGS[filling])
    items = tuple(
        replace(
            item, title=item.title and fill(60), text=item.text and fill(200), addressee=item.addressee and fill(60),
            said=item.said and fill(90), points=tuple(fill(90) for _ in item.points),
            citation=replace(item.citation, text=fill(60)),
        )
        for item in ordinary(volume).items
    )  # fmt: skip
    asked = tuple((fill(80), 10**6) for _ in range(3))
    let_in = tuple(fill(80) for _ in range(3))
    return replace(ordinary(volume), title=fill(100), opening=fill(200), items=items, topics=asked, unanswered=let_in)


def full_card(volume: Volume, digest: Digest) -> ui.LayoutView:
    mention, late = f"<@&{SNOWFLAKE}>", "Posted 5 h 59 min late."
    return digest_card(volume, digest, mark=MARK, mention=mention, late=late, picture=PICTURE, named=True)


def full_proof(volume: Volume, filling: str, digest: Digest, repeated: Sequence[str] = ()) -> ui.LayoutView:
    fill = filler(FILLINGS[filling])
    draft = Draft(token=SNOWFLAKE, pack=digest.pack, setting=Setting(), channel_id=1, approved=(0, 1, 2))
    questions = [UnansweredQuestion(n, 1, digest.pack, fill(1_000), 10**9, NOW, NOW) for n in range(30)]
    where = f"**Preview, for you alone.** It would go to <#{SNOWFLAKE}>, pinging <@&{SNOWFLAKE}>."
    notes = Notes(where, "Something that was done just now." * 2, "Something that hinders it there." * 3, repeated)
    return proof_card(full_card(volume, digest), draft, notes, questions)


def parts_of(view: ui.LayoutView) -> list[dict[str, Any]]:
    return list(walk_components(view.to_components()))


def words_of(view: ui.LayoutView) -> str:
    return "\n".join(one["content"] for one in parts_of(view) if one["type"] == 10)


def flaws_of(view: ui.LayoutView) -> list[str]:
    return [str(flaw) for flaw in message_components(view.to_components(), v2=True, files=[PICTURE.name])]


# ------------------------------------------------------------------ limits


@of_every_pack
def test_the_largest_digest_leaves_the_room_that_a_preview_needs(book: Volume, filling: str) -> None:
    view = full_card(book, composed(book, filling)[0])

    assert view.content_length() <= ROOM
    assert len(parts_of(view)) <= MOST_PARTS


@of_every_pack
def test_the_largest_digest_is_one_that_discord_takes(book: Volume, filling: str) -> None:

    assert flaws_of(full_card(book, composed(book, filling)[0])) == []


@of_every_pack
def test_the_largest_preview_is_one_that_discord_takes(book: Volume, filling: str) -> None:

    assert flaws_of(full_proof(book, filling, *composed(book, filling))) == []


@of_every_pack
def test_a_head_at_its_longest_has_room_in_every_card(book: Volume, filling: str) -> None:
    fill = filler(FILLINGS[filling])
    shortest = replace(composed(book, filling)[0], title="x", opening="")
    rest = full_card(book, shortest).content_length() - len(head_of("x", ""))

    assert rest + len(head_of(fill(MAX_TITLE), fill(MAX_OPENING), 4_000 - rest)) <= 4_000


@of_every_pack
def test_a_digest_with_every_part_is_one_that_a_preview_has_room_for(book: Volume, filling: str) -> None:
    digest = replete(book, filling)

    assert len(digest.items) == 7
    assert flaws_of(full_proof(book, filling, digest)) == []


def test_the_longest_list_is_one_that_discord_takes() -> None:
    schedules, last = [schedule(number) for number in range(PER_PAGE * 5)], {}
    for one in schedules:
        last[one.id] = delivery(one.id, "failed")

    assert [flaw for page in range(6) for flaw in flaws_of(list_card(schedules, last, page, 25))] == []


@pytest.mark.parametrize("state", ["sent", "failed"])
def test_the_longest_history_is_one_that_discord_takes(state: str) -> None:
    assert flaws_of(history_card([delivery(number, state) for number in range(30)], None)) == []


def schedule(number: int) -> Schedule:
    rule = Rule(
        frequency=Frequency.MONTHLY,
        month_day=31,
        at=dt.time(9),
        zone="America/Argentina/ComodRivadavia",
        start=dt.date(2026, 1, 1),
        end=dt.date(2999, 12, 31),
        until_exhausted=True,
    )
    return Schedule(
        id=SNOWFLAKE - number, guild_id=SNOWFLAKE, channel_id=SNOWFLAKE, pack="largest", rule=to_json(rule),
        setting=setting_json(Setting(title="*" * MAX_TITLE)), role_id=SNOWFLAKE, author_id=None,
        state="disabled" if number % 2 else "paused", resume_at=NOW, why="*" * 1_000, created=NOW, next_due=NOW,
    )  # fmt: skip


def delivery(number: int, state: str, **more: Any) -> Delivery:
    known: Mapping[str, Any] = {
        "schedule_id": SNOWFLAKE, "guild_id": SNOWFLAKE, "channel_id": SNOWFLAKE, "pack": "largest", "due": NOW,
        "attempts": 1, "next_try": NOW, "claimed_since": None, "message_id": SNOWFLAKE,
        "sent_at": NOW + dt.timedelta(days=1, hours=5), "late": True, "why": "*" * 1_000, "entries": (), "number": 1,
    }  # fmt: skip
    return Delivery(id=number, state=state, **{**known, **more})


# ------------------------------------------------------------------ what is in it


@of_every_pack
def test_nothing_of_a_pack_or_a_moderator_is_read_as_markdown(book: Volume, filling: str) -> None:
    view = digest_card(book, replete(book, filling), mark=MARK, late="Posted 2 h late.", picture=PICTURE, named=True)
    kinds = {kind for one in words_of(view).splitlines() for kind in read(one).kinds}

    assert kinds <= {"heading", "bold", "quiet", "list", "quote"}


def test_an_ordinary_digest_is_shown_whole(book: Volume) -> None:
    digest = ordinary(book)
    said = [read(line).shown for line in words_of(full_card(book, digest)).splitlines()]
    texts = [item.text if item.kind is not Kind.QUOTE else f"“{item.text}”" for item in digest.items if item.text]

    assert [text for text in texts if text not in said] == []


def test_every_item_has_its_citation(book: Volume) -> None:
    digest = ordinary(book)
    text = words_of(full_card(book, digest))

    assert [item.id for item in digest.items if f"\n-# {item.citation.text}" not in text] == []


def test_a_recommendation_has_its_horizon_and_addressee(book: Volume) -> None:
    text = words_of(full_card(book, ordinary(book)))

    assert text.count("**Horizon:** ") == text.count("**For whom:** ") == 3


def test_recommendations_and_the_quotation_can_be_looked_up(book: Volume) -> None:
    digest = ordinary(book)
    shown = [item.id for item in digest.items if item.kind in {Kind.RECOMMENDATION, Kind.QUOTE}]
    ids = [one["custom_id"] for one in parts_of(full_card(book, digest)) if one["type"] == 2]
    found = [book.keys.match(name.removeprefix("bb:show:")) for name in ids]

    assert [match.id for match in found if match] == shown


def test_the_chart_has_its_figures_as_alternative_text(book: Volume) -> None:
    view = full_card(book, ordinary(book))
    (item,) = next(one for one in parts_of(view) if one["type"] == 12)["items"]

    assert item["media"]["url"] == f"attachment://{PICTURE.name}"
    assert item["description"].startswith("Grouped bar chart.")


def test_without_a_chart_nothing_points_at_one(book: Volume) -> None:
    assert [one for one in parts_of(digest_card(book, ordinary(book), mark=MARK)) if one["type"] == 12] == []


def test_the_mark_by_which_it_is_found_again_stands_whole_in_the_card(book: Volume) -> None:
    assert f"\n-# {MARK}" in words_of(full_card(book, composed(book, "marks")[0]))


def test_a_late_digest_says_so(book: Volume) -> None:
    assert "-# Posted 5 h 59 min late." in words_of(full_card(book, ordinary(book)))


def test_a_digest_on_time_with_nobody_to_ping_says_nothing_of_either(book: Volume) -> None:
    text = words_of(digest_card(book, ordinary(book), mark=MARK))

    assert " late." not in text
    assert "<@" not in text


def test_what_was_asked_has_its_askers_and_no_names(book: Volume) -> None:
    text = words_of(full_card(book, ordinary(book)))

    assert "**Asked most since the last digest**\n- The poll (asked by 7)" in text
    assert "**Asked, and not answered by the brief**\n- why the moon" in text


def test_a_title_of_its_own_leaves_the_brief_named(book: Volume) -> None:
    assert f"-# From “{book.name}”" in words_of(digest_card(book, ordinary(book)))
