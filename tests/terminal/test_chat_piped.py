from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

LAKES = str(Path(__file__).parent / "lakes")
CHAT = [sys.executable, "-m", "bot", "chat", "--pack", LAKES]
Run = Callable[..., "CompletedProcess[bytes]"]

NICE = b"""\
How far did the catch shrink?

more
/browse
/browse 2
/browse THE LAK
/browse nowhere [red]
/quote moe
/quote water
/quote zeppelin
/poll
/poll ships
/poll 2
/recommendations
/cite
/cite mla the lake 2
/cite bibtex
/cite zeppelin
/help
/brwse
/q
/
/rec
/ask Who paid for the pier?
/quit
Who paid for the pier?
"""

HOSTILE = b"\n".join([
    b"\x1b[2J\x1b]0;owned\x07 \x00\x08 lake",
    "\u202elake\u202c \u2066x\u2069".encode(),
    b"[red]lake[/red] [/] [link=http://x]y",
    b"\xff\xfe\xc3( lake",
    "👍🏽 👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿".encode(),
    "ما رأي الكاتب في البحيرة؟".encode(),
    b"@everyone **lake** `x` <@123>",
    b"lake " * 1_200,
    b"x" * 6_000,
    b"/browse \x1b[31m" + b"y" * 6_000,
    b"/cite \x07 " + b"9" * 5_000,
    b"/poll " + b"9" * 5_000,
    b"/quote \xff",
    b"/\x1b[31m",
    b"/cite apa The lake " + b"1" * 30,
    b"/poll \xc2\xb2",
])  # fmt: skip


@pytest.fixture(scope="module")
def nice(run: Run) -> str:
    done = run("chat", "--pack", LAKES, given=NICE)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


@pytest.fixture(scope="module")
def hostile(run: Run) -> str:
    done = run("chat", "--pack", LAKES, given=HOSTILE)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


def test_piped_output_begins_with_the_answer_and_shows_no_prompt(nice: str) -> None:
    assert nice.startswith("By half within a decade, as fishermen allege.\n")
    assert "> " not in nice


def test_piped_output_holds_no_escape_codes_and_no_box_art(nice: str) -> None:
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2500-\u259f]", nice)


def test_a_piped_paragraph_is_one_line(nice: str) -> None:
    assert re.search(r"^  Critics say .*first ferry sailed\.$", nice, re.MULTILINE)


def test_more_shows_the_next_matches_in_full(nice: str) -> None:
    listed = re.search(r"See also\n  (.+)  \(", nice)
    assert listed
    assert f"\n\n{listed[1]}\n" in nice


def test_browse_shows_the_outline(nice: str) -> None:
    assert "Lakes [bold] and law\n  1  Summary      1 paragraph\n  2  The lake     2 paragraphs, 1 quotation\n" in nice


@pytest.mark.parametrize("shown", ["Anglers paid for the new pier and may close it to others.", "“The pier is ours.”"])
def test_browse_shows_what_stands_in_a_section_named_by_number_or_beginning(nice: str, shown: str) -> None:
    assert nice.count(shown) >= 2


def test_a_section_that_is_not_there_is_answered_with_those_that_are(nice: str) -> None:
    assert "There is no section “nowhere [red]”.\nSections: Summary, The lake, Advice" in nice


def test_quotes_are_found_by_speaker_and_by_subject(nice: str) -> None:
    assert "“The pier is ours.”\n  — Ola Moe\n  Aune (2017), The lake, para. 2 · as of March 2017" in nice
    assert "“Water [..] has no owner.”\n  — Kari Aune, 9 November 2016\n" in nice


def test_a_subject_that_no_quote_is_about_is_said_with_the_speakers(nice: str) -> None:
    assert "No quotation is by or about “zeppelin”.\nSpeakers: Kari Aune, Ola Moe.\n" in nice


def test_a_poll_stands_as_bars_and_as_sentences(nice: str) -> None:
    assert "Like\n  Ferries    20 %  ########\n  Piers    60.5 %  ########################\n" in nice
    assert "In words\n  20 % of those asked like Ferries.\n  60.5 % of those asked like Piers.\n" in nice
    assert "Source: The Lake Board (October 2016)\nSum for Piers: rest not reported\n" in nice


def test_another_figure_is_found_by_name_and_by_number(nice: str) -> None:
    assert nice.count("Ships on the lake\n\nDinghies\n  Today  1,200 ships  ####") == 2


def test_recommendations_say_when_for_whom_and_where(nice: str) -> None:
    shown = (
        "1. Fewer ferries\nThe Board should admit fewer ferries in spring.\n  Horizon: short-term\n"
        "  For whom: The Lake Board\n  Aune (2017), Advice, para. 1 · as of March 2017 · our paraphrase\n"
    )
    assert nice.count(shown) == 2


def test_a_reference_is_ready_to_paste(nice: str) -> None:
    assert re.search(r"^APA\nAune, K\. \(2017\)\. .*\n\nIn the text: \(Aune, 2017\)$", nice, re.MULTILINE)
    assert re.search(r"^MLA, The lake, para\. 2\nAune, Kari\.", nice, re.MULTILINE)
    assert re.search(r"^BibTeX\n@techreport\{", nice, re.MULTILINE)


def test_neither_a_style_nor_a_place_is_said_so(nice: str) -> None:
    assert "“zeppelin” is neither a style nor a place of the brief.\nStyles: APA, MLA" in nice


def test_an_unknown_command_is_answered_with_the_one_that_was_meant(nice: str) -> None:
    assert "There is no command /brwse; did you mean /browse?\n" in nice
    assert "There is no command /q; did you mean /quote or /quit?\n" in nice
    assert "There is no command /; /help lists the commands.\n" in nice


def test_nothing_is_answered_after_quit(nice: str) -> None:
    assert nice.count("Anglers paid for the new pier") == 3


def test_hostile_lines_never_reach_the_terminal_raw(hostile: str) -> None:
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", hostile)


def test_hostile_names_are_shown_short_and_visible(hostile: str) -> None:
    assert "There is no section “<U+001B>[31my" in hostile
    assert "There is no command /<U+001B>[31m;" in hostile
    assert max(map(len, hostile.splitlines())) < 500


def test_every_hostile_line_gets_an_answer(run: Run) -> None:
    lines = HOSTILE.split(b"\n")
    done = run("ask", "-", "--pack", LAKES, given=HOSTILE)
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(done.stdout.splitlines()) >= len(lines)


def test_two_packs_are_asked_together_and_named(run: Run, tmp_path: Path) -> None:
    twin = tmp_path / "ponds"
    twin.mkdir()
    for path in Path(LAKES).iterdir():
        text = path.read_text(encoding="utf-8").replace("Lakes [bold] and law", "Ponds").replace("pier", "dam")
        (twin / path.name).write_text(text, encoding="utf-8")
    done = run("chat", "--pack", LAKES, "--pack", str(twin), given=b"Who paid for the dam?\n/browse\n/browse 9\n")
    shown = done.stdout.decode()
    assert "The lake, para. 2 · in “Ponds” · as of March 2017" in shown
    assert "\nPonds\n   8  Summary " in shown
    assert "Anglers pay for the dam\n" in shown


def test_columns_wraps_a_pipe_too(run: Run) -> None:
    done = run("ask", "How far did the catch shrink?", "--pack", LAKES, COLUMNS="40")
    assert max(map(len, done.stdout.decode().splitlines())) <= 40


def test_a_pack_with_problems_is_refused_with_all_of_them(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("title: x\n", encoding="utf-8")
    done = run("chat", "--pack", str(tmp_path))
    assert done.returncode == 2
    assert b"passages.yaml" in done.stderr
    assert b"Traceback" not in done.stderr


def shell(command: str, environment: dict[str, str]) -> CompletedProcess[bytes]:
    return subprocess.run(
        ["bash", "-c", command, "bash", *CHAT], env=environment, capture_output=True, timeout=60, check=False
    )


def test_a_reader_that_leaves_early_is_no_fault(environment: dict[str, str]) -> None:
    done = shell('yes /browse | head -200 | "$@" | head -1', environment)
    assert (done.stdout, done.stderr) == (b"Lakes [bold] and law\n", b"")


def test_closed_streams_are_no_fault(environment: dict[str, str]) -> None:
    assert shell('"$@" <&-', environment).returncode == 0
    assert shell('echo /browse | "$@" >&-', environment).stderr == b""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interrupt_ends_a_pipe_without_a_traceback(environment: dict[str, str]) -> None:
    child = subprocess.Popen(
        CHAT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert child.stdin
    assert child.stdout
    child.stdin.write(b"/browse\n")
    child.stdin.flush()
    child.stdout.readline()
    os.kill(child.pid, signal.SIGINT)
    _, errors = child.communicate(timeout=30)
    assert child.returncode in {1, 130}
    assert errors == b""
