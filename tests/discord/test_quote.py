from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import simcord

from bot.answers.askers import Asker, asker
from bot.brief.pack import Quote
from bot.discord.library import Library
from bot.files.english import common_english
from bot.store.records import GuildSettings
from tests.discord.conftest import Server, act, actions, choose, labels, select_of, text_of

HOSTILE = "@everyone **free** [nitro](https://evil.example) <@1> `x` ||y||"


async def quote(server: Server, **options: Any) -> simcord.InteractionResult:
    return await server.reader.slash(server.channel, "quote", **options)


def quoting(one: Asker, quotes: tuple[Quote, ...]) -> Library:
    return Library([asker(replace(one.pack, quotes=quotes), common_english())])


# ------------------------------------------------------------------ the card


async def test_a_quotation_comes_with_speaker_date_and_citation(server: Server) -> None:
    text = text_of(await quote(server))

    assert text.startswith("### “Russia is ready")
    assert "\n— Vladimir Putin, 9 November 2016" in text
    assert "-# Hansen (2016), Quotes, para. 1 · as of November 2016 · quoted by the brief" in text


async def test_a_quotation_comes_with_its_occasion_where_the_brief_tells_it(server: Server) -> None:
    assert "-# Occasion: first presidential debate" in text_of(await quote(server, about="hacking"))


async def test_a_long_quotation_is_no_wall_of_bold_letters(server: Server, shipped: Asker) -> None:
    long = replace(shipped.pack.quotes[0], quoted="It is a long story. " * 40)
    await server.restart(quoting(shipped, (long,)))

    assert text_of(await quote(server)).startswith("> “It is a long story.")


async def test_a_quotation_is_public_and_can_be_taken_back(server: Server) -> None:
    shown = await quote(server)
    await act(server.reader, shown, "remove")

    assert not shown.ephemeral
    assert server.channel.history() == []


@pytest.mark.parametrize("speaker", ["Donald Trump", "trump", "Donlad Trump"])
async def test_a_speaker_is_found_however_the_name_is_typed(server: Server, speaker: str) -> None:
    assert "— Donald Trump" in text_of(await quote(server, speaker=speaker))


async def test_speaker_and_subject_must_both_fit(server: Server) -> None:
    assert "NATO" in text_of(await quote(server, speaker="Trump", about="NATO"))


async def test_a_quotation_leads_to_what_stands_around_it(server: Server) -> None:
    shown = await act(server.reader, await quote(server), "around")

    assert "Quotes, para. 1" in text_of(shown)


# ------------------------------------------------------------------ refusals


async def test_who_is_not_quoted_is_refused_with_the_names_of_those_who_are(server: Server) -> None:
    shown = await quote(server, speaker="Angela Merkel")

    assert shown.ephemeral
    assert text_of(shown) == "No quotation fits. The brief quotes Vladimir Putin, Donald Trump."


async def test_a_hostile_option_is_no_more_than_a_name_that_is_not_there(server: Server) -> None:
    assert text_of(await quote(server, about=HOSTILE)).startswith("No quotation fits.")


async def test_the_names_of_speakers_are_shown_letter_by_letter(server: Server, shipped: Asker) -> None:
    await server.restart(quoting(shipped, (replace(shipped.pack.quotes[0], speaker="@everyone **x**"),)))

    assert "quotes \\@everyone \\*\\*x\\*\\*." in text_of(await quote(server, speaker="Merkel"))


async def test_a_brief_that_quotes_nobody_says_so(server: Server, tiny: Asker) -> None:
    await server.restart(Library([tiny]))

    assert text_of(await quote(server)) == "This brief quotes nobody."


# ------------------------------------------------------------------ private or public


@pytest.mark.parametrize(("usually", "private", "hidden"), [
    (False, None, False), (True, None, True), (False, True, True), (True, False, False),
])  # fmt: skip
async def test_the_option_decides_who_sees_it_else_the_server(
    server: Server, usually: bool, private: bool | None, hidden: bool
) -> None:
    await server.services.book.save(GuildSettings(server.guild.id, private=usually))
    shown = await quote(server, **({} if private is None else {"private": private}))

    assert shown.ephemeral is hidden


async def test_a_private_quotation_has_nothing_to_take_back(server: Server) -> None:
    assert "remove" not in actions(await quote(server, private=True))


async def test_it_works_in_direct_messages(server: Server) -> None:
    assert "— Vladimir Putin" in text_of(await server.reader.user.slash("quote"))


# ------------------------------------------------------------------ the others


async def test_the_other_quotations_can_be_chosen_the_fitting_ones_first(server: Server) -> None:
    options = select_of(await quote(server, speaker="Trump"), "show")["options"]

    assert [one["label"].partition(":")[0] for one in options] == ["Donald Trump"] * 2 + ["Vladimir Putin"] * 2


async def test_another_quotation_is_shown_to_the_one_who_chose_it(server: Server) -> None:
    shown = await quote(server)
    value = select_of(shown, "show")["options"][-1]["value"]
    other = await choose(server.reader, shown, "show", [value])

    assert other.ephemeral
    assert "Occasion: congratulatory remarks on the election" in text_of(other)


async def test_the_select_works_after_a_restart(server: Server) -> None:
    shown = await quote(server)
    await server.restart()
    value = select_of(shown, "show")["options"][0]["value"]

    assert "— Donald Trump" in text_of(await choose(server.reader, shown, "show", [value]))


async def test_a_quotation_that_went_with_a_restart_is_said_to_be_gone(server: Server, shipped: Asker) -> None:
    shown = await quote(server)
    await server.restart(quoting(shipped, shipped.pack.quotes[:1]))
    value = select_of(shown, "show")["options"][0]["value"]
    told = await choose(server.reader, shown, "show", [value])

    assert told.ephemeral
    assert "no longer in the brief’s index" in text_of(told)


async def test_a_single_quotation_has_no_select(server: Server, shipped: Asker) -> None:
    await server.restart(quoting(shipped, shipped.pack.quotes[:1]))

    assert labels(await quote(server)) == ["Context", "Take back"]


# ------------------------------------------------------------------ autocomplete


async def test_speakers_are_suggested_each_once(server: Server) -> None:
    offered = await server.reader.autocomplete(server.channel, "quote", "speaker", "")

    assert [one["name"] for one in offered] == ["Vladimir Putin", "Donald Trump"]


@pytest.mark.parametrize(("typed", "first"), [("nat", "NATO"), ("hacking", "hacking")])
async def test_subjects_are_suggested_by_what_was_typed(server: Server, typed: str, first: str) -> None:
    offered = await server.reader.autocomplete(server.channel, "quote", "about", typed)

    assert offered[0]["name"] == first


async def test_suggested_subjects_are_at_most_25_unique_and_short(server: Server) -> None:
    names = [one["name"] for one in await server.reader.autocomplete(server.channel, "quote", "about", "")]

    assert len(names) == len(set(names)) <= 25
    assert max(map(len, names)) <= 100


async def test_every_subject_that_is_suggested_finds_a_quotation(server: Server) -> None:
    offered = await server.reader.autocomplete(server.channel, "quote", "about", "")
    missed = [one["name"] for one in offered if "No quotation" in text_of(await quote(server, about=one["value"]))]

    assert missed == []
