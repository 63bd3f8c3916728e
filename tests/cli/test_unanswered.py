from __future__ import annotations

import asyncio
import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.answers.unanswered import same_question
from bot.cli.app import run
from bot.files.configuration import DATABASE_VARIABLE
from bot.store.database import Store, sqlite_url

NOW = dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC)
EARLIER = NOW - dt.timedelta(days=1)
PACK = "hansen-2016"

Printed = Callable[..., tuple[int, str, str]]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BRIEFBOT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv(DATABASE_VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


@pytest.fixture
def printed(data: Path, capsys: pytest.CaptureFixture[str]) -> Printed:
    def work(*options: str) -> tuple[int, str, str]:
        status = run(["unanswered", *options])
        return status, *capsys.readouterr()

    return work


async def write(path: Path, *, full: bool) -> None:
    store = await Store.open(sqlite_url(path))
    if full:
        for guild_id, when in ((1, EARLIER), (2, NOW)):
            await store.unanswered.note(guild_id, PACK, "who built the moon", when, same_question)
        await store.feedback.report(7, 1, PACK, "clinton", "=the \x1b[31myear\x1b[0m is wrong", NOW)
        await store.feedback.report(7, None, PACK, "clinton", "from a direct message", EARLIER)
        await store.feedback.vote(7, 2, PACK, "trump", False, NOW)
        await store.feedback.vote(8, 2, PACK, "trump", True, EARLIER)
        await store.feedback.vote(8, 2, PACK, "liked", True, NOW)
    await store.close()


@pytest.fixture
def full(data: Path) -> None:
    asyncio.run(write(data / "briefbot.sqlite3", full=True))


@pytest.fixture
def empty(data: Path) -> None:
    asyncio.run(write(data / "briefbot.sqlite3", full=False))


# ------------------------------------------------------------------ no database, and an empty one


def test_no_database_is_a_sentence(printed: Printed, data: Path) -> None:
    path = data / "briefbot.sqlite3"

    assert printed() == (1, "", f"There is no database at {path} yet; briefbot run makes it.\n")


def test_no_database_is_made(printed: Printed, data: Path) -> None:
    printed("--json")

    assert not data.exists()


@pytest.mark.usefixtures("empty")
def test_an_empty_list_is_a_sentence(printed: Printed) -> None:
    status, told, _ = printed()

    assert (status, told.startswith("Nothing waits:")) == (0, True)


@pytest.mark.usefixtures("empty")
def test_an_empty_list_has_no_lines_of_json(printed: Printed) -> None:
    assert printed("--json") == (0, "", "")


@pytest.mark.usefixtures("empty")
def test_an_empty_table_has_its_columns(printed: Printed) -> None:
    columns = "server,kind,id,brief,text,note,count,helpful,not helpful,first,last\n"

    assert printed("--csv") == (0, columns, "")


# ------------------------------------------------------------------ what is printed


@pytest.mark.usefixtures("full")
def test_one_question_of_two_servers_is_one_line(printed: Printed) -> None:
    _, told, _ = printed()

    assert "  2  2026-01-02  hansen-2016  who built the moon\n" in told


@pytest.mark.usefixtures("full")
def test_reports_and_votes_follow_the_questions(printed: Printed) -> None:
    _, told, _ = printed()
    order = [told.index(title) for title in ("Questions that", "Reported answers", "Answers found not helpful")]

    assert order == sorted(order)
    assert "  1 of 2  2026-01-02  hansen-2016  trump\n" in told


@pytest.mark.usefixtures("full")
def test_what_all_found_helpful_is_not_printed(printed: Printed) -> None:
    assert "liked" not in printed()[1]


@pytest.mark.usefixtures("full")
def test_what_readers_wrote_cannot_paint_the_terminal(printed: Printed) -> None:
    assert "\x1b" not in printed()[1]


@pytest.mark.usefixtures("full")
def test_every_case_is_an_object_of_json(printed: Printed) -> None:
    _, told, _ = printed("--json")
    found = [json.loads(line) for line in told.splitlines()]

    assert [(one["kind"], one["server"], one["passage"], one["count"]) for one in found] == [
        ("question", None, None, 2),
        ("report", "1", "clinton", 1),
        ("report", None, "clinton", 1),
        ("vote", "2", "trump", 2),
    ]


@pytest.mark.usefixtures("full")
def test_times_are_written_with_their_zone(printed: Printed) -> None:
    first = json.loads(printed("--json")[1].splitlines()[0])

    assert (first["first"], first["last"]) == ("2026-01-01T12:00:00+00:00", "2026-01-02T12:00:00+00:00")


@pytest.mark.usefixtures("full")
def test_the_table_names_servers(printed: Printed) -> None:
    found = list(csv.DictReader(io.StringIO(printed("--csv")[1])))

    assert [(one["kind"], one["server"]) for one in found] == [
        ("question", ""),
        ("report", "1"),
        ("report", ""),
        ("vote", "2"),
    ]


@pytest.mark.usefixtures("full")
def test_no_cell_of_the_table_acts_as_a_formula(printed: Printed) -> None:
    assert ",'=the " in printed("--csv")[1]


@pytest.mark.usefixtures("full")
def test_looking_changes_nothing(printed: Printed) -> None:
    assert printed("--json") == printed("--json")


# ------------------------------------------------------------------ mistakes


@pytest.mark.usefixtures("full")
def test_two_formats_at_once_are_refused(printed: Printed) -> None:
    assert printed("--json", "--csv") == (2, "", "--json and --csv exclude each other; choose one.\n")


def test_a_configuration_that_is_not_there_is_refused(printed: Printed) -> None:
    status, told, why = printed("--config", "nowhere.yaml")

    assert (status, told, "nowhere.yaml" in why) == (2, "", True)


def test_the_configured_database_is_read(printed: Printed, tmp_path: Path) -> None:
    asyncio.run(write(tmp_path / "other.sqlite3", full=True))
    (tmp_path / "config.yaml").write_text(f"database:\n  url: sqlite:///{tmp_path}/other.sqlite3\n", encoding="utf-8")

    assert "who built the moon" in printed()[1]


def test_a_file_that_is_no_database_is_a_sentence(printed: Printed, data: Path) -> None:
    data.mkdir()
    (data / "briefbot.sqlite3").write_text("not a database, but long enough to be looked at " * 40, encoding="utf-8")
    status, told, why = printed()

    assert (status, told, "Traceback" in why, len(why.splitlines())) == (1, "", False, 1)
