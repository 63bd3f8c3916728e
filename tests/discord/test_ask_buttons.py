from __future__ import annotations

import discord
import pytest
import simcord
from discord import ui

from bot.answers.askers import Asker
from bot.answers.keys import KEY, LONGEST_KEY, Keys
from bot.answers.outcomes import Answered
from bot.answers.targets import targets
from bot.discord.library import Library
from bot.store.records import GuildSettings
from tests.discord.conftest import Server, act, actions, click, components, labels, message_of, text_of

QUESTION = "Why does Moscow distrust Clinton?"
FIGURE = "How many Russians did not know Trump?"
REFUSED = "What is the sample size of the poll?"
GONE = "This passage is no longer in the brief’s index; ask again to see what is."
OTHER_VERSION = "This button belongs to another version of me; ask again to get a new card."


async def ask(server: Server, question: str = QUESTION, **options: bool) -> simcord.InteractionResult:
    return await server.reader.slash(server.channel, "ask", question=question, **options)


async def press(server: Server, custom_id: str) -> simcord.InteractionResult:
    """Press a button that the bot of today would not make."""
    posted = await server.post(ui.Button(label="press", custom_id=custom_id))
    return await server.reader.click(posted, custom_id=custom_id)


def ids(shown: simcord.InteractionResult, action: str = "") -> list[str]:
    """List the custom ids of a card, of one action or all."""
    found = [one["custom_id"] for one in components(shown) if "custom_id" in one]
    return [one for one in found if one.startswith(f"bb:{action}:" if action else "bb:")]


def gone(server: Server, message: simcord.ResponseMessage | discord.Message) -> bool:
    return message.id not in {one.id for one in server.channel.history()}


# ------------------------------------------------------------------ keys


def test_a_key_leads_back_to_what_was_answered(shipped: Asker) -> None:
    keys, missed = Keys(shipped.pack), []
    for target in targets(shipped.pack):
        for question, _ in target.questions[:3]:
            outcome = shipped.ask(question, 1)
            if isinstance(outcome, Answered):
                match = outcome.matches[0]
                found = keys.match(keys.key(match))
                if found is None or (found.id, found.answer, found.value) != (match.id, match.answer, match.value):
                    missed.append(question)

    assert missed == []


def test_a_key_is_short_and_holds_no_words(shipped: Asker) -> None:
    keys = Keys(shipped.pack)
    made = [keys.key(match) for match in shipped.ask(FIGURE, 6).matches]

    assert all(KEY.fullmatch(key) and len(key) <= LONGEST_KEY for key in made)


@pytest.mark.parametrize("key", ["", ".", "aaaaaaaa", "aaaaaaaa.bbb", "../../etc/passwd", "k" * 96, "\N{SNOWMAN}"])
def test_a_key_that_names_nothing_finds_nothing(shipped: Asker, key: str) -> None:
    assert Library([shipped]).find(key) is None


def test_a_direct_answer_that_was_rewritten_leaves_its_entry(shipped: Asker) -> None:
    keys = Keys(shipped.pack)
    match = shipped.ask("Who wrote the brief?").matches[0]
    found = keys.match(f"{keys.key(match).partition('.')[0]}.zzz")

    assert found is not None
    assert (found.id, found.answer) == (match.id, "")


# ------------------------------------------------------------------ what each button does


async def test_a_near_passage_is_shown_to_who_asks_for_it(server: Server) -> None:
    shown = await ask(server, REFUSED)
    first = ids(shown, "show")[0]
    opened = await server.reader.click(message_of(shown), custom_id=first)

    assert opened.ephemeral
    assert "Russian poll on the US presidential candidates" in text_of(opened)
    assert "share" in actions(opened)


async def test_more_matches_are_listed_privately_each_with_a_button(server: Server) -> None:
    opened = await act(server.moderator, await ask(server), "more")

    assert opened.ephemeral
    assert text_of(opened).startswith("### More from the brief")
    assert set(actions(opened)) == {"show"}
    assert text_of(opened).count("as of November 2016") == len(ids(opened))


async def test_around_an_answer_stand_its_neighbours(server: Server) -> None:
    opened = await act(server.reader, await ask(server), "around")

    assert opened.ephemeral
    for place in ("para. 2", "para. 3", "The great uncertainties, para. 1"):
        assert place in text_of(opened)
    assert "### Why Moscow distrusts Clinton" in text_of(opened)


async def test_one_walks_on_in_place_and_back(server: Server) -> None:
    opened = await act(server.reader, await ask(server), "around")
    before = text_of(opened)
    later = await click(server.reader, opened, "Later")
    assert "### Trump's neoisolationist signals" in text_of(opened)
    assert later.followups == []

    await click(server.reader, opened, "Earlier")
    assert text_of(opened) == before


async def test_a_walk_ends_at_both_ends_of_the_brief(server: Server) -> None:
    opened = await act(server.reader, await ask(server), "around")
    for way in ("Earlier", "Later"):
        for _ in range(100):
            if way not in labels(opened):
                break
            await click(server.reader, opened, way)
        assert labels(opened) == [{"Earlier": "Later", "Later": "Earlier"}[way]]


async def test_in_direct_messages_everything_opens_without_being_hidden(server: Server) -> None:
    user = server.reader.user
    shown = await user.slash("ask", question=QUESTION)
    for action in ("more", "around"):
        assert not (await act(user, shown, action)).ephemeral


# ------------------------------------------------------------------ sharing


async def test_a_private_answer_is_shared_in_its_readers_name(server: Server) -> None:
    shared = await act(server.reader, await ask(server, FIGURE, private=True), "share")

    assert not shared.ephemeral
    assert text_of(shared).startswith("## 30 % ")
    assert f"-# Shared by {server.reader.mention}" in text_of(shared)
    assert "share" not in actions(shared)


async def test_sharing_pings_nobody_and_repeats_no_question(server: Server) -> None:
    await act(server.reader, await ask(server, "@everyone why does Moscow distrust Clinton", private=True), "share")
    body = server.env.http_requests[-1].json["data"]

    assert body["allowed_mentions"] == {"parse": []}
    assert "everyone" not in str(body["components"])


async def test_who_may_not_write_in_a_channel_shares_nothing_there(server: Server) -> None:
    silent = {server.guild.default_role: discord.PermissionOverwrite(send_messages=False)}
    server.channel = server.guild.create_text_channel("notices", overwrites=silent)
    refused = await act(server.reader, await ask(server, private=True), "share")

    assert refused.ephemeral
    assert text_of(refused).startswith("Answers cannot be shared here")


async def test_a_channel_that_was_closed_meanwhile_takes_no_shared_answer(server: Server) -> None:
    shown = await ask(server, private=True)
    await server.services.book.save(GuildSettings(server.guild.id, ask_channels=frozenset({1})))
    refused = await act(server.reader, shown, "share")

    assert refused.ephemeral
    assert text_of(refused).startswith("Answers cannot be shared here")


async def test_what_was_shared_is_taken_back_by_who_shared_it(server: Server) -> None:
    shared = await act(server.reader, await ask(server, private=True), "share")
    posted = message_of(shared)
    await act(server.reader, shared, "remove")

    assert gone(server, posted)


# ------------------------------------------------------------------ taking back


@pytest.mark.parametrize("who", ["reader", "moderator", "role"])
async def test_a_public_answer_is_taken_back_by_who_asked_and_by_moderators(server: Server, who: str) -> None:
    role = server.guild.create_role("stewards")
    server.role = server.with_role("stella", role)
    await server.services.book.save(GuildSettings(server.guild.id, moderator_role=role.id))
    shown = await ask(server)
    posted = message_of(shown)
    await act(getattr(server, who), shown, "remove")

    assert gone(server, posted)


async def test_nobody_else_takes_an_answer_back(server: Server) -> None:
    shown = await ask(server)
    refused = await act(server.member("otto"), shown, "remove")

    assert refused.ephemeral
    assert text_of(refused) == "Only who asked, or a moderator, may take this answer back."
    assert not gone(server, message_of(shown))


async def test_a_refusal_can_be_taken_back_too(server: Server) -> None:
    shown = await ask(server, REFUSED)
    posted = message_of(shown)
    await act(server.reader, shown, "remove")

    assert gone(server, posted)


async def test_an_answer_that_is_deleted_already_is_taken_back_without_a_word(server: Server) -> None:
    shown = await ask(server)
    server.env.inject_error("DELETE", "/webhooks/*/messages/@original", status=404, code=10008)
    done = await act(server.reader, shown, "remove")

    assert done.acknowledged
    assert done.followups == []


async def test_a_card_that_was_deleted_while_one_walked_gets_a_sentence(server: Server) -> None:
    opened = await act(server.reader, await ask(server), "around")
    server.env.inject_error("POST", "/interactions/*/callback", status=404, code=10008)

    assert text_of(await click(server.reader, opened, "Later")) == "This message has been deleted meanwhile."


# ------------------------------------------------------------------ later


@pytest.mark.parametrize("question", [QUESTION, FIGURE, REFUSED, "Who wrote the brief?"])
async def test_every_button_works_after_a_restart(server: Server, question: str) -> None:
    shown = await ask(server, question)
    await server.restart()
    for custom_id in set(ids(shown)) - set(ids(shown, "remove")):
        done = await server.reader.click(message_of(shown), custom_id=custom_id)
        assert done.modal or "no longer" not in text_of(done)
    await act(server.reader, shown, "remove")

    assert server.channel.history(viewer=server.moderator) == []


@pytest.mark.parametrize("question", [QUESTION, FIGURE, REFUSED])
async def test_a_button_whose_passage_has_gone_says_so(server: Server, tiny: Asker, question: str) -> None:
    shown = await ask(server, question)
    await server.restart(Library([tiny]))
    for custom_id in set(ids(shown)) - set(ids(shown, "remove")):
        done = await server.reader.click(message_of(shown), custom_id=custom_id)
        assert done.ephemeral
        assert "no longer" in text_of(done) or "not here any more" in text_of(done)


async def test_of_several_matches_those_that_are_left_are_shown(server: Server) -> None:
    (state,) = ids(await ask(server), "more")
    opened = await press(server, f"bb:more:aaaaaaaa,{state.removeprefix('bb:more:').partition(',')[0]},bbbbbbbb")

    assert actions(opened) == ["show"]


@pytest.mark.parametrize(
    ("custom_id", "sentence"),
    [
        ("bb:ask-again:k3jq7wza", OTHER_VERSION),
        ("vote_yes_123", OTHER_VERSION),
        ("bb:", OTHER_VERSION),
        ("bb:SHOW:aaaaaaaa", OTHER_VERSION),
        ("\u202ebb:show:", OTHER_VERSION),
        ("x" * 100, OTHER_VERSION),
        ("bb:show:", GONE),
        ("bb:show:aaaaaaaa", GONE),
        ("bb:more:,,,", GONE),
        ("bb:around:../../etc/passwd", GONE),
        ("bb:walk:" + "a" * 92, GONE),
        ("bb:share:@everyone", GONE),
        ("bb:remove:", "Only who asked, or a moderator, may take this answer back."),
        ("bb:remove:0", "Only who asked, or a moderator, may take this answer back."),
    ],
)
async def test_a_stale_forged_or_foreign_button_gets_one_private_sentence(
    server: Server, custom_id: str, sentence: str
) -> None:
    done = await press(server, custom_id)

    assert done.ephemeral
    assert text_of(done) == sentence


async def test_a_choice_that_is_not_there_gets_a_sentence(server: Server) -> None:
    options = [discord.SelectOption(label="x", value="aaaaaaaa")]
    posted = await server.post(ui.Select(custom_id="bb:show:", options=options))
    done = await server.reader.select(posted, ["aaaaaaaa"], custom_id="bb:show:")

    assert text_of(done) == GONE
