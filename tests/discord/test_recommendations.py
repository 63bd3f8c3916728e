from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import simcord
from discord import ui

from bot.answers.askers import Asker, asker
from bot.brief.pack import Recommendation
from bot.brief.places import Place
from bot.discord.library import Library
from bot.files.english import common_english
from bot.store.records import GuildSettings
from tests.discord.conftest import Server, act, actions, labels, text_of

GONE = "This page is not there any more; ask for the recommendations again."


async def advice(server: Server, **options: Any) -> simcord.InteractionResult:
    return await server.reader.slash(server.channel, "recommendations", **options)


def advising(one: Asker, count: int, **more: str) -> Library:
    """Make a library whose one brief recommends so much."""
    made = tuple(
        Recommendation(
            id=f"advice-{n}", title=f"Advice {n}", place=Place("Recommendations", n),
            **({"summary": f"Do the thing {n}.", "horizon": "short-term", "addressee": "all"} | more),
        )
        for n in range(1, count + 1)
    )  # fmt: skip
    return Library([asker(replace(one.pack, recommendations=made), common_english())])


# ------------------------------------------------------------------ the card


async def test_every_recommendation_is_listed_with_its_citation(server: Server) -> None:
    text = text_of(await advice(server))
    known = server.library.default.pack.recommendations

    assert [one.title for one in known if one.title not in text] == []
    assert [n for n in range(1, 4) if f"-# Hansen (2016), Recommendations, para. {n}" not in text] == []


async def test_a_recommendation_says_by_when_and_for_whom(server: Server) -> None:
    text = text_of(await advice(server))

    assert "**Horizon:** short-term" in text
    assert "**For whom:** " in text


async def test_what_the_brief_does_not_say_is_left_out(server: Server, shipped: Asker) -> None:
    await server.restart(advising(shipped, 1, horizon="", addressee=""))

    assert "**1. Advice 1**\nDo the thing 1.\n-# Hansen" in text_of(await advice(server))


async def test_the_card_says_as_of_when_and_whose_words(server: Server) -> None:
    assert text_of(await advice(server)).endswith("-# As of November 2016 · our paraphrase")


async def test_a_recommendation_is_shown_whole(server: Server, shipped: Asker) -> None:
    summary = "word " * 290 + "end."
    await server.restart(advising(shipped, 3, summary=summary))

    assert summary in text_of(await advice(server))


async def test_a_brief_without_recommendations_says_so(server: Server, tiny: Asker) -> None:
    await server.restart(Library([tiny]))

    assert "This brief makes no recommendations." in text_of(await advice(server))


@pytest.mark.two_briefs
async def test_the_brief_may_be_named(server: Server) -> None:
    assert "What “A tiny brief” recommends" in text_of(await advice(server, brief="tiny"))


async def test_a_brief_that_is_not_there_is_refused(server: Server) -> None:
    shown = await advice(server, brief="@everyone")

    assert shown.ephemeral
    assert text_of(shown) == "There is no brief of that name here; choose one from the list."


# ------------------------------------------------------------------ private or public


@pytest.mark.parametrize(("usually", "private", "hidden"), [
    (False, None, False), (True, None, True), (False, True, True), (True, False, False),
])  # fmt: skip
async def test_the_option_decides_who_sees_it_else_the_server(
    server: Server, usually: bool, private: bool | None, hidden: bool
) -> None:
    await server.services.book.save(GuildSettings(server.guild.id, private=usually))
    shown = await advice(server, **({} if private is None else {"private": private}))

    assert shown.ephemeral is hidden


async def test_a_public_list_can_be_taken_back(server: Server) -> None:
    await act(server.reader, await advice(server), "remove")

    assert server.channel.history() == []


async def test_it_works_in_direct_messages(server: Server) -> None:
    shown = await server.reader.user.slash("recommendations")

    assert not shown.ephemeral
    assert actions(shown) == []


# ------------------------------------------------------------------ pages


async def test_three_stand_on_a_page(server: Server, shipped: Asker) -> None:
    await server.restart(advising(shipped, 7))
    shown = await advice(server, private=True)

    assert ("**3. " in text_of(shown), "**4. " in text_of(shown)) == (True, False)
    assert labels(shown) == ["Next page (2 of 3)"]


async def test_long_ones_have_fewer_on_a_page(server: Server, shipped: Asker) -> None:
    await server.restart(advising(shipped, 3, summary="*" * 800))

    assert labels(await advice(server, private=True)) == ["Next page (2 of 2)"]


async def test_a_private_page_turns_in_its_place(server: Server, shipped: Asker) -> None:
    await server.restart(advising(shipped, 7))
    shown = await advice(server, private=True)
    turned = await act(server.reader, shown, "advice")

    assert turned.followups == []
    assert "**4. Advice 4**" in text_of(shown)


async def test_a_page_of_a_public_list_is_turned_for_the_one_who_turns_it(server: Server, shipped: Asker) -> None:
    await server.restart(advising(shipped, 7))
    shown = await advice(server)
    turned = await act(server.moderator, shown, "advice")

    assert turned.ephemeral
    assert ("**4. " in text_of(turned), "**1. " in text_of(shown)) == (True, True)


async def test_the_last_page_leads_back_only(server: Server, shipped: Asker) -> None:
    await server.restart(advising(shipped, 4))
    turned = await act(server.reader, await advice(server), "advice")

    assert labels(turned) == ["Previous page"]


async def test_pages_turn_after_a_restart(server: Server, shipped: Asker) -> None:
    library = advising(shipped, 7)
    await server.restart(library)
    shown = await advice(server)
    await server.restart(library)

    assert "**4. Advice 4**" in text_of(await act(server.reader, shown, "advice"))


async def test_a_page_that_went_with_a_restart_leads_to_the_last_one(server: Server, shipped: Asker) -> None:
    await server.restart(advising(shipped, 7))
    shown = await advice(server)
    await server.restart(advising(shipped, 2))

    assert "**2. Advice 2**" in text_of(await act(server.reader, shown, "advice"))


async def test_pages_of_a_brief_that_is_gone_are_said_to_be_gone(server: Server, shipped: Asker, tiny: Asker) -> None:
    await server.restart(advising(shipped, 7))
    shown = await advice(server)
    await server.restart(Library([tiny]))

    assert text_of(await act(server.reader, shown, "advice")) == GONE


@pytest.mark.parametrize("page", ["", "x", "-1", "9999", "\N{SUPERSCRIPT TWO}"])
async def test_a_forged_page_is_said_to_be_gone(server: Server, page: str) -> None:
    custom_id = f"bb:advice:{server.library.default.id_key}.{page}"
    posted = await server.post(ui.Button(label="press", custom_id=custom_id))

    assert text_of(await server.reader.click(posted, custom_id=custom_id)) == GONE
