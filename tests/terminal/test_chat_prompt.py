from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

pexpect = pytest.importorskip("pexpect")

LAKES = str(Path(__file__).parent / "lakes")
Open = Callable[..., Any]
PROMPT = "> "
CTRL_C, CTRL_D, UP, TAB = "\x03", "\x04", "\x1b[A", "\t"
PIKE = "Critics say that"  # how the passage on the pike begins


def chat(terminal: Open, *arguments: str, **options: Any) -> Any:
    child = terminal("chat", "--pack", LAKES, *arguments, **options)
    child.expect("/quit leaves")
    child.expect(PROMPT)
    return child


def leave(child: Any) -> int:
    child.send(CTRL_D)
    child.expect(pexpect.EOF)
    child.close()
    return int(child.exitstatus)


def stripped(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", text).replace("\r", "")


def test_the_first_screen_fits_and_says_what_of_whom_and_how(terminal: Open) -> None:
    child = terminal("chat", "--pack", LAKES)
    child.expect("/quit leaves")
    lines = stripped(child.before).splitlines()
    assert len(lines) <= 12
    assert lines[0] == "Ask this brief. Every answer names the paragraph that it rests on."
    assert "  Lakes [bold] and law" in lines
    assert "  Kari Aune, March 2017" in lines
    assert sum(line.endswith("?") for line in lines) == 3


def test_a_session_completes_answers_remembers_and_leaves(terminal: Open, tmp_path: Path) -> None:
    child = chat(terminal)
    child.send("How do ferr")
    child.expect_exact("How do ferries affect the pike?")  # the menu, as one types
    child.send(TAB)
    child.send("\r")
    child.expect(PIKE)
    child.expect("See also")
    child.expect(PROMPT)
    child.send("/bro")
    child.expect("the outline, or what a section says")
    child.send(TAB + "lak")
    child.expect_exact("The lake")
    child.send(TAB + "\r")
    child.expect("How people use the lake")
    child.expect(PROMPT)
    child.sendline("/quit")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    history = tmp_path / "data" / "chat-history"
    assert stat.S_IMODE(history.stat().st_mode) == 0o600
    again = chat(terminal)
    again.send(UP + UP + UP)
    again.expect_exact("How do ferries affect the pike?")
    again.send("\r")
    again.expect(PIKE)
    assert leave(again) == 0


def test_ctrl_c_clears_the_line_and_ctrl_d_leaves(terminal: Open) -> None:
    child = chat(terminal)
    child.send("zeppelin zeppelin")
    child.expect("zeppelin zeppelin")
    child.send(CTRL_C)
    child.send("How do ferries affect the pike?\r")
    child.expect(PIKE)
    child.expect(PROMPT)
    child.send(CTRL_C)
    child.expect("Ctrl-D or /quit leaves")
    child.expect(PROMPT)
    assert leave(child) == 0


def test_hostile_keys_and_pastes_are_answered(terminal: Open) -> None:
    child = chat(terminal)
    child.logfile_read = StringIO()
    lines = ("[red]lake[/red] [/]", "👩‍👩‍👧 🏴", "ما رأي الكاتب؟", "\x01\x02 /brwse", "\u202e/quite", "/cite \x07")
    for line in (
        *(line.encode() for line in lines),
        b"\xff\xc3( lake",
        b"\x1b[200~" + b"lake\n" * 1_200 + b"\x1b[201~",
    ):
        os.write(child.child_fd, line + b"\r")
    child.send("How do ferries affect the pike?\r")
    child.expect(PIKE)
    child.expect(PROMPT)
    assert leave(child) == 0
    shown = child.logfile_read.getvalue()
    assert "Traceback" not in shown
    assert "did you mean /browse?" in shown


def test_a_watched_pack_is_loaded_again_and_a_broken_one_keeps_the_old(terminal: Open, tmp_path: Path) -> None:
    pack = tmp_path / "lakes"
    shutil.copytree(LAKES, pack)
    child = terminal("chat", "--pack", str(pack), "--watch")
    child.expect("/quit leaves")
    child.expect(PROMPT)
    passages = pack / "passages.yaml"
    good = passages.read_text(encoding="utf-8")
    passages.write_text(good.replace("Anglers paid for", "Swimmers paid for"), encoding="utf-8")
    child.expect("lakes loaded again")
    child.send("Who paid for the pier?\r")
    child.expect("Swimmers")
    child.expect(PROMPT)
    passages.write_text(good.replace("summary: Anglers", "summery: Anglers"), encoding="utf-8")
    child.expect("lakes has 2 problems; the pack as it was stays in use")
    child.expect(r"passages.yaml:\d+: lake-anglers")
    child.send("Who paid for the pier?\r")
    child.expect("Swimmers")
    child.expect(PROMPT)
    passages.write_text(good, encoding="utf-8")
    child.send("Who paid for the pier?\r")
    child.expect("Anglers")
    assert leave(child) == 0


@pytest.mark.parametrize("wish", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_that_wants_it_plain_gets_wrapped_text_without_escape_codes(
    terminal: Open, wish: dict[str, str]
) -> None:
    child = terminal("ask", "How far did the catch shrink?", "--pack", LAKES, columns=40, **wish)
    child.expect(pexpect.EOF)
    assert "\x1b" not in child.before
    assert max(map(len, child.before.splitlines())) <= 40


def test_a_terminal_of_40_columns_is_kept_to(terminal: Open) -> None:
    child = terminal("ask", "How many like Piers?", "--explain", "--pack", LAKES, columns=40)
    child.expect(pexpect.EOF)
    assert "\x1b[1m" in child.before
    assert max(map(len, stripped(child.before).splitlines())) <= 40


def test_no_color_holds_in_chat_too(terminal: Open) -> None:
    child = chat(terminal, NO_COLOR="1")
    child.send("/poll\r")
    child.expect("In words")
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", child.before)
    assert leave(child) == 0


def test_a_dumb_terminal_can_chat(terminal: Open) -> None:
    child = chat(terminal, TERM="dumb")
    child.send("How do ferries affect the pike?\r")
    child.expect(PIKE)
    child.expect(PROMPT)
    assert leave(child) == 0
