"""``/quiz leaderboard``: ranks with shared places, without the names of those who opted out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
import simcord

from bot.discord.cards.quiz_board import MOST_RANKS, board_card, places_of, shown_places
from bot.quiz.periods import Period
from bot.store.database import StoreFault
from bot.store.people import People
from bot.store.quiz_records import Score
from bot.store.records import GuildSettings, Person
from tests.discord.conftest import Server, text_of
from tests.discord.test_digest_cards import parts_of
from tests.discord.test_quiz_results import ANSWERS, hold, regrade

ANN, BEN, CLEO = 11, 12, 13


async def board(server: Server, **options: str) -> simcord.InteractionResult:
    return await server.reader.slash(server.channel, "quiz leaderboard", **options)


async def three(server: Server) -> None:
    """Let two share the first place over two rounds, and one come third."""
    await hold(server, {ANN: (0, 0, None), BEN: (0, 0, 2)}, days=3)
    await hold(server, {ANN: ANSWERS, BEN: (0, 0, None), CLEO: (0, None, None)}, days=1)


def scores(*right: int) -> list[Score]:
    return [Score(100 + place, count, 30, 3) for place, count in enumerate(right)]


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("**")]


async def private(server: Server) -> None:
    await server.services.book.save(GuildSettings(server.guild.id, private=True))


# ------------------------------------------------------------------ who sees it


async def test_everybody_may_ask_for_the_board(server: Server) -> None:
    await three(server)

    assert lines(text_of(await board(server))) == [
        f"**1.** <@{ANN}>: 5 right answers in 2 rounds",
        f"**1.** <@{BEN}>: 5 right answers in 2 rounds",
        f"**3.** <@{CLEO}>: 1 right answer in 1 round",
    ]


async def test_the_board_is_for_all_where_answers_are(server: Server) -> None:
    await three(server)

    assert not (await board(server)).ephemeral


async def test_the_board_is_for_its_reader_alone_where_answers_are(server: Server) -> None:
    await three(server)
    await private(server)

    assert (await board(server)).ephemeral


async def test_nobody_is_pinged(server: Server) -> None:
    await three(server)
    shown = await board(server)
    (message,) = [one for one in server.channel.history() if one.id == shown.response.id]

    assert message.mentions == []


async def test_a_board_belongs_to_a_server(server: Server) -> None:
    assert "belongs to a server" in text_of(await server.reader.user.slash("quiz leaderboard"))


async def test_a_board_shows_nothing_of_another_server(server: Server) -> None:
    await three(server)
    other = server.env.create_guild("Elsewhere")
    member, channel = other.add_member(server.reader.user), other.create_text_channel("reading")

    assert "Nobody has answered a question right." in text_of(await member.slash(channel, "quiz leaderboard"))


# ------------------------------------------------------------------ names


async def test_who_opted_out_keeps_rank_and_score_without_a_name(server: Server) -> None:
    await three(server)
    await server.services.book.keep(Person(BEN, hidden=True))
    text = text_of(await board(server))

    assert "**1.** name hidden: 5 right answers in 2 rounds" in text
    assert str(BEN) not in text


async def test_a_choice_made_in_another_process_counts(server: Server) -> None:
    await three(server)
    await server.services.book.person(BEN)
    await server.store.people.save(Person(BEN, hidden=True))

    assert f"<@{BEN}>" not in text_of(await board(server))


@pytest.mark.faulty
async def test_no_name_is_shown_while_nobody_knows_who_opted_out(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_: People, user_ids: Iterable[int]) -> frozenset[int]:
        raise StoreFault("the database is busy")

    await three(server)
    monkeypatch.setattr(People, "hidden", broken)

    assert "<@" not in text_of(await board(server))


async def test_who_was_erased_is_not_on_the_board(server: Server) -> None:
    await three(server)
    await server.store.people.erase(ANN)

    assert len(lines(text_of(await board(server)))) == 2


# ------------------------------------------------------------------ periods


async def test_a_period_counts_its_rounds_only(server: Server) -> None:
    await hold(server, {ANN: ANSWERS}, days=40)
    await hold(server, {ANN: ANSWERS}, days=20)
    await hold(server, {ANN: ANSWERS}, days=2)
    found = [lines(text_of(await board(server, **option))) for option in ({"period": "week"}, {}, {"period": "all"})]

    assert found == [
        [f"**1.** <@{ANN}>: 3 right answers in 1 round"],
        [f"**1.** <@{ANN}>: 6 right answers in 2 rounds"],
        [f"**1.** <@{ANN}>: 9 right answers in 3 rounds"],
    ]


async def test_a_running_round_does_not_count_yet(server: Server) -> None:
    await hold(server, {ANN: ANSWERS}, until=3)

    assert lines(text_of(await board(server))) == []


async def test_a_voided_question_counts_for_nobody(server: Server) -> None:
    await hold(server, {ANN: ANSWERS})
    await regrade(server, round="1", question="1", action="void")

    assert f"<@{ANN}>: 2 right answers" in text_of(await board(server))


# ------------------------------------------------------------------ one's own place


async def test_a_private_board_tells_ones_own_place(server: Server) -> None:
    await hold(server, {server.reader.id: (0, None, None), ANN: ANSWERS})
    await private(server)

    assert "You are on rank 2 of 2: 1 right answer in 1 round." in text_of(await board(server))


async def test_a_private_board_tells_ones_own_place_though_ones_name_is_hidden(server: Server) -> None:
    await hold(server, {server.reader.id: ANSWERS})
    await server.services.book.keep(Person(server.reader.id, hidden=True))
    await private(server)
    text = text_of(await board(server))

    assert "name hidden" in text
    assert "You are on rank 1 of 1" in text


async def test_a_private_board_tells_who_has_not_played(server: Server) -> None:
    await three(server)
    await private(server)

    assert "You have not played in this time." in text_of(await board(server))


async def test_a_board_for_all_tells_nobodys_own_place(server: Server) -> None:
    await hold(server, {server.reader.id: ANSWERS})

    assert "You are" not in text_of(await board(server))


# ------------------------------------------------------------------ how many are listed


@pytest.mark.parametrize(
    ("right", "ranks"),
    [
        ((9, 9, 8, 8, 8, 1), [1, 1, 3, 3, 3, 6]),
        (tuple(range(20, 5, -1)), list(range(1, 1 + MOST_RANKS))),
        ((9,) * 9 + (5, 5, 5), [1] * 9 + [10] * 3),
        ((3, 1, 0, 0), [1, 2]),
        ((7,) * 300, [1] * 20),
        ((), []),
    ],
)
def test_the_first_ten_ranks_are_listed(right: Sequence[int], ranks: list[int]) -> None:
    assert [one.standing.rank for one in shown_places(places_of(scores(*right)))] == ranks


def test_who_is_not_listed_is_counted() -> None:
    parts = parts_of(board_card(places_of(scores(*range(20, 0, -1), 0)), (), Period.MONTH))

    assert "And 11 others." in "\n".join(one["content"] for one in parts if one["type"] == 10)


def test_a_full_board_fits_a_message() -> None:
    many = [Score(10**18 + place, 10**6, 10**6, 10**4) for place in range(300)]
    parts = list(parts_of(board_card(places_of(many), (), Period.ALL, own=10**18)))

    assert sum(len(one["content"]) for one in parts if one["type"] == 10) <= 4_000
