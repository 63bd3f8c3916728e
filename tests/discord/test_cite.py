from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import bibtexparser
import pytest
import rispy
import simcord

from bot.answers.askers import Asker, asker
from bot.brief.places import Place
from bot.brief.publication import Name, Publication
from bot.brief.references import STYLES, Style, reference
from bot.discord.library import Library
from bot.files.english import common_english
from bot.store.records import GuildSettings
from tests.discord.conftest import Server, act, actions, file_of, message_of, text_of

PLACE = "The view from Russia 2"
HOSTILE = "@everyone **free** [nitro](https://evil.example) <@1> `x` ||y||"
PROSE = [style for style in STYLES if style not in {"BibTeX", "RIS"}]


async def cite(server: Server, **options: Any) -> simcord.InteractionResult:
    return await server.reader.slash(server.channel, "cite", **options)


def blocks(shown: simcord.InteractionResult) -> list[str]:
    """Give what one copies from the blocks of a card."""
    return re.findall(r"```\n(.*?)\n```", text_of(shown), re.DOTALL)


def published(one: Asker, **more: Any) -> Library:
    """Make a library whose one brief was published otherwise."""
    publication: Publication = replace(one.pack.publication, **more)
    return Library([asker(replace(one.pack, publication=publication), common_english())])


# ------------------------------------------------------------------ the card


@pytest.mark.parametrize("style", PROSE)
async def test_a_block_copies_exactly_the_reference(server: Server, style: Style) -> None:
    made = reference(server.library.default.pack.publication, style)

    assert blocks(await cite(server, style=style)) == [made.text, made.in_text]


@pytest.mark.parametrize("style", PROSE)
async def test_the_in_text_form_of_a_passage_names_its_place(server: Server, style: Style) -> None:
    made = reference(server.library.default.pack.publication, style, Place("The view from Russia", 2))

    assert blocks(await cite(server, style=style, passage=PLACE))[1] == made.in_text


async def test_the_reference_is_shown_as_it_looks_in_print(server: Server) -> None:
    assert "*Geopolitical bromance or business-as-usual? Donald Trump and US-Russian relations*" in text_of(
        await cite(server)
    )


async def test_apa_is_written_when_no_style_is_chosen(server: Server) -> None:
    assert text_of(await cite(server)).startswith("### APA reference for “Geopolitical bromance")


async def test_the_card_names_the_passage(server: Server) -> None:
    assert "”, The view from Russia, para. 2\n" in text_of(await cite(server, passage=PLACE))


async def test_a_reference_is_public_and_can_be_taken_back(server: Server) -> None:
    shown = await cite(server)
    await act(server.reader, shown, "remove")

    assert not shown.ephemeral
    assert server.channel.history() == []


async def test_it_can_be_taken_back_after_a_restart(server: Server) -> None:
    shown = await cite(server, style="RIS")
    await server.restart()
    await act(server.reader, shown, "remove")

    assert server.channel.history() == []


async def test_it_works_in_direct_messages(server: Server) -> None:
    assert len(blocks(await server.reader.user.slash("cite"))) == 2


# ------------------------------------------------------------------ files


async def test_bibtex_comes_as_a_file_that_parses(server: Server) -> None:
    name, data = await file_of(await cite(server, style="BibTeX"))
    (entry,) = bibtexparser.parse_string(data.decode()).entries

    assert name == "hansen-2016.bib"
    assert (entry.entry_type, entry["year"]) == ("techreport", "2016")


async def test_ris_comes_as_a_file_that_parses(server: Server) -> None:
    name, data = await file_of(await cite(server, style="RIS"))
    (entry,) = rispy.loads(data.decode())

    assert name == "hansen-2016.ris"
    assert (entry["type_of_reference"], entry["authors"]) == ("RPRT", ["Hansen, Flemming Splidsboel"])


@pytest.mark.parametrize("style", ["BibTeX", "RIS"])
async def test_a_file_holds_exactly_the_reference(server: Server, style: Style) -> None:
    _, data = await file_of(await cite(server, style=style))

    assert data.decode() == reference(server.library.default.pack.publication, style).text


@pytest.mark.parametrize("style", ["BibTeX", "RIS"])
async def test_the_block_beside_a_file_copies_the_same_lines(server: Server, style: Style) -> None:
    shown = await cite(server, style=style)
    _, data = await file_of(shown)

    assert blocks(shown)[0] == data.decode().replace("\r\n", "\n").rstrip("\n")


async def test_prose_needs_no_file(server: Server) -> None:
    assert message_of(await cite(server)).attachments == []


async def test_a_reference_too_long_for_a_card_comes_as_a_file(server: Server, shipped: Asker) -> None:
    authors = tuple(Name(family="Longname" * 8, given=f"Author {n}") for n in range(20))
    await server.restart(published(shipped, author=authors))
    name, data = await file_of(await cite(server))

    assert name == "reference.txt"
    assert data.decode().startswith(reference(server.library.default.pack.publication, "APA").text)


async def test_what_would_end_a_block_comes_as_a_file(server: Server, shipped: Asker) -> None:
    await server.restart(published(shipped, title="On ``` and other marks"))
    _, data = await file_of(await cite(server))

    assert "On ``` and other marks" in data.decode()


async def test_a_publication_is_shown_letter_by_letter(server: Server, shipped: Asker) -> None:
    await server.restart(published(shipped, publisher="@everyone https://evil.example/_a_ <@1>"))

    assert "\\@everyone https\\://evil.example/\\_a\\_ \\<\\@1\\>" in text_of(await cite(server))


async def test_the_address_of_the_publication_is_a_link(server: Server, shipped: Asker) -> None:
    await server.restart(published(shipped, url="https://example.org/a_brief"))

    assert " https://example.org/a_brief\n" in text_of(await cite(server))


# ------------------------------------------------------------------ passages


@pytest.mark.parametrize("typed", [PLACE, "the view from russia 2", "The view from Russia, para. 2", "view 2"])
async def test_a_passage_is_found_however_it_is_typed(server: Server, typed: str) -> None:
    assert "para. 2" in blocks(await cite(server, passage=typed))[1]


async def test_a_passage_that_is_not_there_is_refused_letter_by_letter(server: Server) -> None:
    shown = await cite(server, passage=HOSTILE)

    assert shown.ephemeral
    assert text_of(shown).startswith("The brief has no place “\\@everyone \\*\\*free\\*\\* \\[nitro\\](https\\://")


async def test_a_paragraph_that_a_section_does_not_have_is_refused(server: Server) -> None:
    shown = await cite(server, passage="The view from Russia 9")

    assert text_of(shown) == "The brief has no place “The view from Russia 9”; choose one from the list."


@pytest.mark.parametrize(("usually", "private", "hidden"), [
    (False, None, False), (True, None, True), (False, True, True), (True, False, False),
])  # fmt: skip
async def test_the_option_decides_who_sees_it_else_the_server(
    server: Server, usually: bool, private: bool | None, hidden: bool
) -> None:
    await server.services.book.save(GuildSettings(server.guild.id, private=usually))
    shown = await cite(server, **({} if private is None else {"private": private}))

    assert shown.ephemeral is hidden
    assert ("remove" in actions(shown)) is not hidden


@pytest.mark.two_briefs
async def test_the_brief_may_be_named(server: Server) -> None:
    assert "“A tiny brief”" in text_of(await cite(server, brief="tiny"))


# ------------------------------------------------------------------ autocomplete


async def test_places_are_suggested_in_reading_order(server: Server) -> None:
    offered = await server.reader.autocomplete(server.channel, "cite", "passage", "")

    assert offered[0]["name"].startswith("Summary, para. 1: ")


async def test_suggested_places_are_at_most_25_unique_and_short(server: Server) -> None:
    names = [one["name"] for one in await server.reader.autocomplete(server.channel, "cite", "passage", "")]

    assert len(names) == len(set(names)) <= 25
    assert max(map(len, names)) <= 100


async def test_every_place_that_is_suggested_can_be_cited(server: Server) -> None:
    offered = await server.reader.autocomplete(server.channel, "cite", "passage", "russia")
    missed = [one["name"] for one in offered if not blocks(await cite(server, passage=one["value"]))]

    assert missed == []
