from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import simcord
from discord import ui

from bot.answers.askers import Asker, asker
from bot.brief.pack import Figure
from bot.discord.library import Library
from bot.files.english import common_english
from bot.store.records import GuildSettings
from tests.discord.conftest import Server, act, actions, choose, components, labels, message_of, select_of, text_of

SECOND = "What Russians expected from the election result"
HOSTILE = "@everyone **free** [nitro](https://evil.example) <@1> `x` ||y||"
GONE = "This figure is no longer in the brief’s index."
NUMBER = re.compile(r"\d+(?= %)")


async def poll(server: Server, **options: Any) -> simcord.InteractionResult:
    return await server.reader.slash(server.channel, "poll", **options)


def figures(server: Server) -> tuple[Figure, ...]:
    return server.library.default.pack.figures


def alt_text(shown: simcord.InteractionResult) -> str:
    """Give the alternative text of the one picture."""
    (gallery,) = (one for one in components(shown) if one["type"] == 12)
    (item,) = gallery["items"]
    return str(item["description"])


def bullets(shown: simcord.InteractionResult) -> list[str]:
    return [line for line in text_of(shown).split("\n") if line.startswith("- ")]


def answered(server: Server) -> list[int]:
    """List how interactions were answered: 4 with a message, 5 with the promise of one."""
    return [entry.json["type"] for entry in server.env.http_requests if entry.path.endswith("/callback")]


def cannot_draw(server: Server, tmp_path: Path) -> None:
    """Let the folder of the charts be a file, from the next start on."""
    server.workshop.drawn = tmp_path / "a file"
    server.workshop.drawn.write_text("no folder", "utf-8")


def with_figures(one: Asker, kept: tuple[Figure, ...]) -> Library:
    return Library([asker(replace(one.pack, figures=kept), common_english())])


# ------------------------------------------------------------------ the card


async def test_the_chart_comes_as_a_picture(server: Server) -> None:
    (attached,) = message_of(await poll(server)).attachments

    assert attached.filename.endswith(".png")
    assert (await attached.read()).startswith(b"\x89PNG")


async def test_the_picture_shown_is_the_one_attached(server: Server) -> None:
    shown = await poll(server)
    (attached,) = message_of(shown).attachments
    (gallery,) = (one for one in components(shown) if one["type"] == 12)

    assert attached.filename in gallery["items"][0]["media"]["url"]


async def test_alternative_text_and_sentences_state_the_figures_numbers(server: Server) -> None:
    shown = await poll(server)
    values = sorted(f"{value:g}" for _, _, value, _ in figures(server)[0].cells)

    assert sorted(NUMBER.findall(" ".join(bullets(shown)))) == values
    assert sorted(NUMBER.findall(alt_text(shown))) == values


async def test_the_card_names_the_source_and_cites_the_brief(server: Server) -> None:
    text = text_of(await poll(server))

    assert "-# Source: Fond Obshchestvennoe Mnenie (October 2016)" in text
    assert "-# Hansen (2016), Figure 1 · as of November 2016 · the brief’s figures, in our words" in text


async def test_a_sum_that_is_not_100_comes_with_its_reason(server: Server) -> None:
    assert "-# Sums. Donald Trump: The four figures add up to 99" in text_of(await poll(server))


@pytest.mark.parametrize("named", [SECOND, "what russians expected", "2"])
async def test_a_figure_is_found_however_it_is_typed(server: Server, named: str) -> None:
    assert text_of(await poll(server, figure=named)).startswith(f"### {SECOND}")


async def test_the_other_figure_can_be_chosen(server: Server) -> None:
    shown = await poll(server)
    value = select_of(shown, "chart")["options"][0]["value"]
    other = await choose(server.reader, shown, "chart", [value])

    assert other.ephemeral
    assert text_of(other).startswith(f"### {SECOND}")


async def test_a_chart_is_public_and_can_be_taken_back(server: Server) -> None:
    shown = await poll(server)
    await act(server.reader, shown, "remove")

    assert not shown.ephemeral
    assert server.channel.history() == []


@pytest.mark.parametrize(("usually", "private", "hidden"), [
    (False, None, False), (True, None, True), (False, True, True), (True, False, False),
])  # fmt: skip
async def test_the_option_decides_who_sees_it_else_the_server(
    server: Server, usually: bool, private: bool | None, hidden: bool
) -> None:
    await server.services.book.save(GuildSettings(server.guild.id, private=usually))
    shown = await poll(server, **({} if private is None else {"private": private}))

    assert shown.ephemeral is hidden
    assert ("remove" in actions(shown)) is not hidden


async def test_it_works_in_direct_messages(server: Server) -> None:
    shown = await server.reader.user.slash("poll")

    assert len(message_of(shown).attachments) == 1


# ------------------------------------------------------------------ refusals


async def test_a_figure_that_is_not_there_is_refused_with_those_that_are(server: Server) -> None:
    shown = await poll(server, figure=HOSTILE)

    assert shown.ephemeral
    assert text_of(shown) == (
        "There is no such figure. The brief has: Russian poll on the US presidential candidates; "
        "What Russians expected from the election result."
    )


async def test_titles_of_figures_are_shown_letter_by_letter(server: Server, shipped: Asker, tmp_path: Path) -> None:
    cannot_draw(server, tmp_path)
    await server.restart(with_figures(shipped, (replace(shipped.pack.figures[0], title="@everyone **x**"),)))

    assert "has: \\@everyone \\*\\*x\\*\\*." in text_of(await poll(server, figure="nothing like it"))


async def test_a_brief_without_figures_says_so(server: Server, tiny: Asker) -> None:
    await server.restart(Library([tiny]))

    assert text_of(await poll(server)) == "This brief has no figures."


# ------------------------------------------------------------------ drawing


async def test_a_chart_that_is_kept_is_shown_at_once(server: Server) -> None:
    await poll(server)

    assert answered(server) == [4]


async def test_a_chart_that_is_kept_is_not_drawn_again(server: Server) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in server.workshop.drawn.glob("*.png")}
    await poll(server)
    await poll(server, figure=SECOND)

    assert {path.name: path.stat().st_mtime_ns for path in server.workshop.drawn.glob("*.png")} == before


async def test_a_chart_that_is_not_kept_yet_is_drawn_while_the_reader_waits(server: Server, tmp_path: Path) -> None:
    server.workshop.drawn = Path(shutil.copytree(server.workshop.drawn, tmp_path / "charts"))
    await server.restart()
    for path in server.workshop.drawn.glob("figure-1-*.png"):
        path.unlink()
    server.env.settle_timeout = 60.0  # for a slow machine: a child process draws
    shown = await poll(server)

    assert answered(server) == [5]
    assert len(message_of(shown).attachments) == 1


async def test_where_no_chart_can_be_drawn_the_sentences_say_the_same(server: Server, tmp_path: Path) -> None:
    cannot_draw(server, tmp_path)
    await server.restart()
    shown = await poll(server)

    assert len(bullets(shown)) == 8
    assert "-# The chart could not be drawn; the sentences say the same." in text_of(shown)
    assert message_of(shown).attachments == []


# ------------------------------------------------------------------ later on


async def test_the_select_works_after_a_restart(server: Server) -> None:
    shown = await poll(server)
    await server.restart()
    value = select_of(shown, "chart")["options"][0]["value"]

    assert text_of(await choose(server.reader, shown, "chart", [value])).startswith(f"### {SECOND}")


async def test_a_figure_that_went_with_a_restart_is_said_to_be_gone(server: Server, shipped: Asker) -> None:
    shown = await poll(server)
    await server.restart(with_figures(shipped, shipped.pack.figures[:1]))
    value = select_of(shown, "chart")["options"][0]["value"]
    told = await choose(server.reader, shown, "chart", [value])

    assert told.ephemeral
    assert text_of(told) == GONE


async def test_the_key_of_something_else_is_no_figure(server: Server) -> None:
    volume = server.library.default
    custom_id = f"bb:chart:{volume.keys.key_of(volume.pack.quotes[0])}"
    posted = await server.post(ui.Button(label="press", custom_id=custom_id))

    assert text_of(await server.reader.click(posted, custom_id=custom_id)) == GONE


async def test_a_single_figure_has_no_select(server: Server, shipped: Asker) -> None:
    await server.restart(with_figures(shipped, shipped.pack.figures[:1]))

    assert labels(await poll(server)) == ["Take back"]


# ------------------------------------------------------------------ autocomplete


async def test_figures_are_suggested_by_title(server: Server) -> None:
    offered = await server.reader.autocomplete(server.channel, "poll", "figure", "")

    assert [one["name"] for one in offered] == [one.title for one in figures(server)]


async def test_suggested_figures_are_at_most_25_and_unique(server: Server, shipped: Asker, tmp_path: Path) -> None:
    cannot_draw(server, tmp_path)
    one = shipped.pack.figures[0]
    many = tuple(replace(one, id=f"figure-{n}", title=f"A poll, number {n % 30}") for n in range(60))
    await server.restart(with_figures(shipped, many))
    names = [one["name"] for one in await server.reader.autocomplete(server.channel, "poll", "figure", "poll")]

    assert len(names) == len(set(names)) == 25
