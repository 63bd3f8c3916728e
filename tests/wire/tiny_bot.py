"""A tiny bot for the tests of the server itself: a little of everything that discord.py does."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from tests.wire.pointing import point

OPTIONS = os.environ.get("TINY_BOT", "").split()
SHARDS = [int(word.removeprefix("shard=")) for word in OPTIONS if word.startswith("shard=")]


class Press(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"press:(?P<count>\d+)$"):
    """A button that counts its presses in its custom id, and so survives a restart."""

    def __init__(self, count: int) -> None:
        super().__init__(discord.ui.Button(label=f"pressed {count} times", custom_id=f"press:{count}"))
        self.count = count

    @classmethod
    async def from_custom_id(cls, _interaction: Any, _item: Any, match: Any, /) -> Press:
        return cls(int(match["count"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(view=card(self.count + 1))


class Form(discord.ui.Modal, title="A form"):
    words: discord.ui.Label[Any] = discord.ui.Label(
        text="Words", component=discord.ui.TextInput(custom_id="words", required=False)
    )
    pick: discord.ui.Label[Any] = discord.ui.Label(
        text="Pick",
        component=discord.ui.RadioGroup(
            custom_id="pick", options=[discord.RadioGroupOption(label=one, value=one) for one in ("a", "b")]
        ),
    )

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        said, picked = self.words.component.value, self.pick.component.value  # type: ignore[attr-defined]
        await interaction.response.send_message(f"{said}/{picked}", ephemeral=True)


def card(count: int) -> discord.ui.LayoutView:
    view = discord.ui.LayoutView(timeout=None)
    container: discord.ui.Container[Any] = discord.ui.Container()
    container.add_item(discord.ui.TextDisplay(f"pressed {count} times"))
    container.add_item(discord.ui.ActionRow(Press(count)))
    view.add_item(container)
    return view


class TinyBot(commands.AutoShardedBot):
    """The bot; it prints a line when it is ready and after each resume."""

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Press)
        every: tuple[Any, ...] = (ask, press, form, picture, slow, later, followed, find)
        for one in every:
            self.tree.add_command(one)
        if "nosync" not in OPTIONS:
            await self.tree.sync()
        for number in (signal.SIGTERM, signal.SIGINT):
            self.loop.add_signal_handler(number, lambda: self.loop.create_task(self.close()))

    async def before_identify_hook(self, _shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for nothing: this server lets everybody in."""

    async def on_ready(self) -> None:
        print(f"ready {sorted(self.shards)} {len(self.guilds)} guilds")

    async def on_shard_resumed(self, shard_id: int) -> None:
        print(f"resumed {shard_id}")

    async def on_guild_join(self, guild: discord.Guild) -> None:
        print(f"joined {guild.name}")

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        print(f"deleted {channel.name}")

    async def on_message(self, message: discord.Message, /) -> None:
        if message.author == self.user or self.user not in message.mentions:
            return
        word, *rest = message.content.split()[1:]
        try:
            await self.do(word, rest, message)
        except (discord.DiscordException, OSError) as error:
            print(f"failed {word}: {type(error).__name__} {error}")

    async def do(self, word: str, rest: list[str], message: discord.Message) -> None:
        channel = message.channel
        match word:
            case "send":
                await channel.send(" ".join(rest))
            case "nonce":
                sent = [await channel.send("once", nonce=rest[0]) for _ in range(2)]
                await channel.send(f"{sent[0].id == sent[1].id}")
            case "history":
                found = [one.id async for one in channel.history(limit=int(rest[0]), before=message)]
                await channel.send(" ".join(map(str, found)))
            case "thread":
                thread = await message.create_thread(name="a thread")
                await thread.send("in the thread")
            case "edit":
                sent_one = await channel.send("before")
                await sent_one.edit(content="after")
            case "delete":
                await (await channel.send("gone")).delete()
            case "unknown":
                await self.http.request(discord.http.Route("GET", "/no/such/route"))
            case "reply":
                await message.reply("a reply to @everyone", allowed_mentions=discord.AllowedMentions.none())
            case _:
                await channel.send(f"{message.content} / {message.author.display_name}")
        print(f"did {word}")


@app_commands.command()
async def ask(interaction: discord.Interaction, question: str, private: bool = False) -> None:
    """Answer a question."""
    await interaction.response.send_message(f"you asked: {question}", ephemeral=private)


@ask.autocomplete("question")
async def complete(_interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=f"{current} {number}", value=str(number)) for number in range(3)]


@app_commands.command()
async def press(interaction: discord.Interaction) -> None:
    """Show a button."""
    await interaction.response.send_message(view=card(0))


@app_commands.command()
async def form(interaction: discord.Interaction) -> None:
    """Open a form."""
    await interaction.response.send_modal(Form())


@app_commands.command()
async def picture(interaction: discord.Interaction) -> None:
    """Show a picture."""
    file = discord.File(__file__, filename="picture.png", description="a picture of nothing")
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.MediaGallery(discord.MediaGalleryItem(file, description="a picture of nothing")))
    await interaction.response.send_message(view=view, file=file)


@app_commands.command()
async def slow(interaction: discord.Interaction) -> None:
    """Defer, then answer."""
    await interaction.response.defer(ephemeral=True)
    await interaction.edit_original_response(content="done")


@app_commands.command()
async def later(interaction: discord.Interaction) -> None:
    """Never answer."""


@app_commands.command()
async def followed(interaction: discord.Interaction) -> None:
    """Answer, follow up, and take the first answer back."""
    await interaction.response.send_message("first")
    await interaction.followup.send("second", ephemeral=True)
    await interaction.delete_original_response()


@app_commands.context_menu(name="Find in the brief")
async def find(interaction: discord.Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"found: {message.content}", ephemeral=True)


def main() -> None:
    token = point(os.environ)
    shards: dict[str, Any] = {"shard_ids": SHARDS, "shard_count": 2} if SHARDS else {"shard_count": 1}
    bot = TinyBot(
        command_prefix=commands.when_mentioned,
        intents=discord.Intents.default(),
        guild_ready_timeout=0.05,
        max_messages=None,
        **shards,
    )
    bot.run(token, log_level=30)
    sys.exit(0)


if __name__ == "__main__":
    main()
