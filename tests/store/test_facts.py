"""Facts of the program."""

from __future__ import annotations

from bot.store.database import Store


async def test_an_unknown_fact_is_none(store: Store) -> None:
    assert await store.facts.get("commands") is None


async def test_a_fact_is_given_back(store: Store) -> None:
    await store.facts.set("commands", "a1b2")

    assert await store.facts.get("commands") == "a1b2"


async def test_a_fact_is_replaced(store: Store) -> None:
    await store.facts.set("commands", "a1b2")
    await store.facts.set("commands", "c3d4")

    assert await store.facts.get("commands") == "c3d4"


async def test_facts_live_under_their_own_keys(store: Store) -> None:
    await store.facts.set("commands", "a1b2")
    await store.facts.set("version", "0.2")

    assert (await store.facts.get("commands"), await store.facts.get("version")) == ("a1b2", "0.2")


async def test_a_fact_survives_closing_and_opening(url: str) -> None:
    store = await Store.open(url)
    await store.facts.set("commands", "a1b2")
    await store.close()
    store = await Store.open(url)
    found = await store.facts.get("commands")
    await store.close()

    assert found == "a1b2"
