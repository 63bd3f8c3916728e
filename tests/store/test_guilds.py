"""Settings of servers."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store.database import Store
from bot.store.records import GuildSettings

ids = st.integers(1, 2**63 - 1)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
anything = st.builds(
    GuildSettings,
    guild_id=ids,
    pack=texts,
    channel_packs=st.dictionaries(ids, texts, max_size=5),
    ask_channels=st.frozensets(ids, max_size=5),
    private=st.booleans(),
    count_private=st.booleans(),
    instructor_role=st.none() | ids,
    moderator_role=st.none() | ids,
    digest_channel=st.none() | ids,
    log_channel=st.none() | ids,
    feedback=st.booleans(),
    timezone=texts,
)


async def test_an_unknown_server_has_the_defaults(store: Store) -> None:
    assert await store.guilds.get(81) == GuildSettings(81)


async def test_settings_are_replaced_as_a_whole(store: Store) -> None:
    await store.guilds.save(GuildSettings(81, pack="a", channel_packs={5: "b"}, log_channel=9))
    await store.guilds.save(GuildSettings(81, pack="c"))

    assert await store.guilds.get(81) == GuildSettings(81, pack="c")


async def test_servers_do_not_share_settings(store: Store) -> None:
    await store.guilds.save(GuildSettings(81, private=True))

    assert await store.guilds.get(82) == GuildSettings(82)


async def test_several_admins_may_save_at_once(store: Store) -> None:
    wanted = [GuildSettings(81, pack=str(n)) for n in range(8)]
    await asyncio.gather(*map(store.guilds.save, wanted))

    assert await store.guilds.get(81) in wanted


async def test_settings_are_read_as_a_changed_copy_was_saved(store: Store) -> None:
    await store.guilds.save(replace(await store.guilds.get(81), ask_channels=frozenset({3, 1, 2})))

    assert (await store.guilds.get(81)).ask_channels == {1, 2, 3}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(anything, max_size=8))
def test_whatever_was_saved_is_read_again(url: str, many: list[GuildSettings]) -> None:
    async def saved_and_read() -> list[GuildSettings]:
        store = await Store.open(url)
        try:
            for one in many:
                await store.guilds.save(one)
            return [await store.guilds.get(one.guild_id) for one in many]
        finally:
            await store.close()

    last = {one.guild_id: one for one in many}

    assert asyncio.run(saved_and_read()) == [last[one.guild_id] for one in many]
