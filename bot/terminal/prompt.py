"""The prompt: a terminal's line with history and completion, which stays usable while packs are loaded again."""

from __future__ import annotations

import asyncio
from functools import partial

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app, run_in_terminal
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import History
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.styles import Style

from bot.terminal.chat import Conversation, put_news
from bot.terminal.completion import Completions
from bot.terminal.screen import Screen

_LOOK = Style.from_dict({"prompt": "bold ansicyan"})
_MESSAGE = FormattedText([("class:prompt", "> ")])
_MENU_ROWS = 6
_LOOKS_EVERY = 0.4  # seconds between two looks at the files of watched packs


def converse(conversation: Conversation, history: History) -> None:
    """Greet, then prompt and answer until the reader leaves."""
    session: PromptSession[str] = PromptSession(
        _MESSAGE,
        history=history,
        completer=Completions(conversation.shelf),
        complete_while_typing=True,
        reserve_space_for_menu=_MENU_ROWS,
        key_bindings=_keys(),
        style=_LOOK,
    )
    conversation.greet(Screen())
    going = True
    while going:
        Screen().gap()
        try:
            line = session.prompt(pre_run=lambda: _watch(conversation))
            going = _answer(conversation, line)
        except EOFError:
            return
        except KeyboardInterrupt:
            Screen().put("Ctrl-D or /quit leaves.", "dim")


def _answer(conversation: Conversation, line: str) -> bool:
    screen = Screen()
    conversation.refresh(screen)
    if not line.strip():
        return True
    return conversation.respond(line, screen)


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("c-c")
    def _clear(event: KeyPressEvent) -> None:
        """Clear the line; on an empty one, say how to leave."""
        if event.current_buffer.text:
            event.current_buffer.reset()
        else:
            event.app.exit(exception=KeyboardInterrupt(), style="class:aborting")

    return keys


def _watch(conversation: Conversation) -> None:
    if conversation.watch:
        get_app().create_background_task(_look_again(conversation))


async def _look_again(conversation: Conversation) -> None:
    """Load packs again while the prompt waits, once their files have come to rest between two looks."""
    restless = False
    while True:
        await asyncio.sleep(_LOOKS_EVERY)
        changed = conversation.shelf.changed()
        if changed and restless:
            await asyncio.to_thread(conversation.shelf.refresh)
            for news in conversation.shelf.news():
                await run_in_terminal(partial(put_news, Screen(), news))
            changed = False
        restless = changed
