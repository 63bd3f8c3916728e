from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import simcord
from discord import ui

from bot.answers.askers import Asker, asker
from bot.discord.library import Library
from bot.files.english import common_english
from bot.store.records import GuildSettings
from tests.discord.conftest import Server, act, actions, choose, components, message_of, select_of, text_of

VIEW = "The view from Russia"
HOSTILE = "@everyone **free** [nitro](https://evil.example) <@1> `x` ||y||"
GONE = "This place is no longer in the brief’s index; /browse shows what is."


async def browse(server: Server, **options: Any) -> simcord.InteractionResult:
    return await server.reader.slash(server.channel, "browse", **options)


async def open_place(server: Server, section: str = VIEW, number: int = 1) -> simcord.InteractionResult:
    """Open a place of a section by the select of the section's card."""
    shown = await browse(server, section=section)
    value = select_of(shown, "visit")["options"][number]["value"]
    return await choose(server.reader, shown, "visit", [value])


async def press(server: Server, custom_id: str) -> simcord.InteractionResult:
    """Press a button that the bot of today would not make."""
    posted = await server.post(ui.Button(label="press", custom_id=custom_id))
    return await server.reader.click(posted, custom_id=custom_id)


def titled(one: Asker, titles: list[str]) -> Library:
    """Make a library whose one brief has these sections, and nothing in them but the first."""
    pack = replace(one.pack, outline=("Summary", *titles))
    return Library([asker(pack, common_english())])


def long_sections(one: Asker, count: int = 60) -> Library:
    return titled(
        one, [f"A section with quite a long title that says what it is about, number {n}" for n in range(count)]
    )


# ------------------------------------------------------------------ the outline


async def test_the_outline_lists_every_section_with_what_stands_in_it(server: Server) -> None:
    text = text_of(await browse(server))

    assert f"- {VIEW} (3 paragraphs, 1 figure)" in text
    assert [title for title in server.library.default.pack.outline if title not in text] == []


async def test_the_outline_says_who_wrote_the_brief_and_when(server: Server) -> None:
    assert "-# Hansen · November 2016" in text_of(await browse(server))


async def test_what_is_browsed_is_seen_by_the_reader_alone(server: Server) -> None:
    assert (await browse(server)).ephemeral


async def test_in_direct_messages_nothing_is_hidden_from_the_one_who_is_there(server: Server) -> None:
    shown = await server.reader.user.slash("browse")

    assert not shown.ephemeral
    assert VIEW in text_of(shown)


async def test_a_long_outline_has_pages(server: Server, tiny: Asker) -> None:
    await server.restart(long_sections(tiny))
    shown = await browse(server)
    await act(server.reader, shown, "outline-page")

    assert "number 24" in text_of(shown)
    assert "number 23" not in text_of(shown)


async def test_the_last_page_of_an_outline_leads_back_only(server: Server, tiny: Asker) -> None:
    await server.restart(long_sections(tiny))
    shown = await press(server, f"bb:outline-page:{server.library.default.id_key}.2")

    assert [one["label"] for one in components(shown) if one["type"] == 2] == ["Previous page"]


@pytest.mark.parametrize("page", ["", "9999", "99999999", "-1", "x"])
async def test_a_page_that_an_outline_does_not_have_leads_to_one_that_it_has(server: Server, page: str) -> None:
    shown = await press(server, f"bb:outline-page:{server.library.default.id_key}.{page}")

    assert VIEW in text_of(shown)


@pytest.mark.two_briefs
async def test_the_brief_may_be_named(server: Server) -> None:
    assert "A tiny brief" in text_of(await browse(server, brief="tiny"))


@pytest.mark.two_briefs
async def test_the_brief_of_the_channel_is_browsed(server: Server) -> None:
    await server.services.book.save(GuildSettings(server.guild.id, channel_packs={server.channel.id: "tiny"}))

    assert "A tiny brief" in text_of(await browse(server))


# ------------------------------------------------------------------ sections


@pytest.mark.parametrize("typed", [VIEW, "the VIEW from russia", "view", "5", "The veiw from Rusia"])
async def test_a_section_is_found_however_it_is_typed(server: Server, typed: str) -> None:
    assert text_of(await browse(server, section=typed)).startswith(f"### {VIEW}")


async def test_a_section_shows_what_stands_in_it_with_its_citation(server: Server) -> None:
    text = text_of(await browse(server, section=VIEW))

    assert "**Why Moscow distrusts Clinton and places hope in Trump**" in text
    assert "Hansen (2016), The view from Russia, para. 3" in text


async def test_a_section_says_as_of_when_and_whose_words(server: Server) -> None:
    assert "As of November 2016; our paraphrase" in text_of(await browse(server, section=VIEW))


async def test_the_select_of_the_outline_opens_a_section_in_its_place(server: Server) -> None:
    shown = await browse(server)
    await choose(server.reader, shown, "section", ["4"])

    assert text_of(shown).startswith(f"### {VIEW}")


async def test_a_long_section_has_pages(server: Server) -> None:
    shown = await browse(server, section="Publication")
    first = text_of(shown)
    await act(server.reader, shown, "section-page")

    assert text_of(shown) != first
    assert [one["label"] for one in components(shown) if one["type"] == 2][:1] == ["Previous page"]


async def test_a_section_leads_back_to_the_outline(server: Server) -> None:
    shown = await browse(server, section=VIEW)
    await act(server.reader, shown, "contents")

    assert "select" not in text_of(shown)
    assert actions(shown) == ["section"]


async def test_a_section_without_entries_says_so(server: Server, tiny: Asker) -> None:
    await server.restart(titled(tiny, ["An empty one"]))

    assert "Nothing is indexed in this section." in text_of(await browse(server, section="An empty one"))


async def test_a_section_that_is_not_there_is_refused_letter_by_letter(server: Server) -> None:
    shown = await browse(server, section=HOSTILE)

    assert shown.ephemeral
    assert text_of(shown).startswith(
        "There is no section “\\@everyone \\*\\*free\\*\\* \\[nitro\\](https\\://evil.example)"
    )


# ------------------------------------------------------------------ places


async def test_a_place_is_shown_whole_with_its_title_once(server: Server) -> None:
    text = text_of(await open_place(server))
    passage = [one for one in server.library.default.pack.passages if one.place.section == VIEW][1]

    assert text.startswith(f"### {passage.title}\n{passage.summary}\n-# Hansen")


async def test_a_place_says_where_it_stands_as_of_when_and_whose_words_it_shows(server: Server) -> None:
    assert "-# Hansen (2016), The view from Russia, para. 2 · as of November 2016 · our paraphrase" in text_of(
        await open_place(server)
    )


@pytest.mark.parametrize(("steps", "paragraph"), [([1], 3), ([0], 1), ([1, 0], 2)])
async def test_earlier_and_later_walk_through_the_brief(server: Server, steps: list[int], paragraph: int) -> None:
    shown = await open_place(server)
    for step in steps:
        ways = [one["custom_id"] for one in components(shown) if one.get("custom_id", "").startswith("bb:visit:")]
        await server.reader.click(message_of(shown), custom_id=ways[step])

    assert f"{VIEW}, para. {paragraph}" in text_of(shown)


async def test_the_first_place_of_the_brief_has_none_earlier(server: Server) -> None:
    shown = await open_place(server, "Summary", 0)

    assert [one["label"] for one in components(shown) if one["type"] == 2] == ["Later", "Its section", "Share here"]


async def test_a_place_leads_back_to_its_section(server: Server) -> None:
    shown = await open_place(server)
    await act(server.reader, shown, "section-page")

    assert text_of(shown).startswith(f"### {VIEW}")


async def test_a_figure_leads_to_its_chart(server: Server) -> None:
    shown = await open_place(server, "Figure 1", 0)
    chart = await act(server.reader, shown, "chart")

    assert [one["type"] for one in components(chart)].count(12) == 1


async def test_a_place_is_shared_in_the_name_of_the_one_who_shares_it(server: Server) -> None:
    shown = await open_place(server)
    shared = await act(server.reader, shown, "share")

    assert not shared.ephemeral
    assert f"Shared by <@{server.reader.id}>" in text_of(shared)


async def test_nothing_is_shared_where_answers_are_private(server: Server) -> None:
    elsewhere = server.guild.create_text_channel("questions")
    await server.services.book.save(GuildSettings(server.guild.id, ask_channels=frozenset({elsewhere.id})))

    assert "share" not in actions(await open_place(server))


async def test_in_direct_messages_there_is_nobody_to_share_with(server: Server) -> None:
    shown = await server.reader.user.slash("browse", section=VIEW)
    value = select_of(shown, "visit")["options"][0]["value"]
    await choose(server.reader.user, shown, "visit", [value])

    assert "share" not in actions(shown)


# ------------------------------------------------------------------ later on


async def test_everything_works_after_a_restart(server: Server) -> None:
    shown = await browse(server)
    await server.restart()
    await choose(server.reader, shown, "section", ["4"])
    value = select_of(shown, "visit")["options"][0]["value"]
    await server.restart()
    await choose(server.reader, shown, "visit", [value])

    assert f"{VIEW}, para. 1" in text_of(shown)


async def test_a_place_that_went_with_a_restart_is_said_to_be_gone(server: Server, shipped: Asker) -> None:
    shown = await open_place(server)
    fewer = replace(shipped.pack, sections=shipped.pack.sections[:1])
    await server.restart(Library([asker(fewer, common_english())]))
    ways = [one["custom_id"] for one in components(shown) if one.get("custom_id", "").startswith("bb:visit:")]
    told = await server.reader.click(message_of(shown), custom_id=ways[0])

    assert told.ephemeral
    assert text_of(told) == GONE


async def test_a_brief_that_went_with_a_restart_is_said_to_be_gone(server: Server, tiny: Asker) -> None:
    shown = await browse(server)
    await server.restart(Library([tiny]))
    told = await choose(server.reader, shown, "section", ["4"])

    assert text_of(told) == "This brief is not here any more; /browse shows the one that is."


@pytest.mark.parametrize("state", ["{}.99.0", "{}.x.y", "{}", "{}.4.9999999", "{}.-1.-1"])
async def test_a_forged_section_is_a_section_or_a_sentence(server: Server, state: str) -> None:
    shown = await press(server, f"bb:section-page:{state.format(server.library.default.id_key)}")

    assert text_of(shown) == GONE or text_of(shown).startswith(("### Summary", f"### {VIEW}"))


@pytest.mark.parametrize("state", ["", "aaaaaaaa", "@everyone", "x" * 80])
async def test_a_forged_place_is_said_to_be_gone(server: Server, state: str) -> None:
    assert text_of(await press(server, f"bb:visit:{state}")) == GONE


# ------------------------------------------------------------------ autocomplete


async def test_sections_are_suggested_in_their_order(server: Server) -> None:
    offered = await server.reader.autocomplete(server.channel, "browse", "section", "")

    assert [choice["value"] for choice in offered] == list(server.library.default.pack.outline)


async def test_a_section_is_suggested_by_a_part_of_its_title(server: Server) -> None:
    offered = await server.reader.autocomplete(server.channel, "browse", "section", "russ")

    assert [choice["name"] for choice in offered] == [VIEW]


async def test_suggested_sections_are_at_most_25_unique_and_short(server: Server, tiny: Asker) -> None:
    await server.restart(titled(tiny, [f"{'a very long title ' * 9}{n}" for n in range(60)]))
    names = [one["name"] for one in await server.reader.autocomplete(server.channel, "browse", "section", "long")]

    assert len(names) == len(set(names)) == 25
    assert max(map(len, names)) <= 100


async def test_a_section_with_a_long_title_is_opened_by_what_was_suggested(server: Server, tiny: Asker) -> None:
    titles = [f"{'a very long title ' * 9}{n}" for n in range(60)]
    await server.restart(titled(tiny, titles))
    offered = await server.reader.autocomplete(server.channel, "browse", "section", "31.")
    shown = await browse(server, section=offered[0]["value"])

    assert text_of(shown).startswith(f"### {titles[29]}")
