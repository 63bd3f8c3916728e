"""The link that installs the bot."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.cli.exits import WRONG, Failed
from bot.cli.invite import PERMISSIONS, invite

MADE_UP = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.a-b_c"  # of the application 123456789012345678


@pytest.fixture(autouse=True)
def no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    monkeypatch.delenv("DISCORD_TOKEN_FILE", raising=False)


def test_the_link_is_all_that_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    status = invite(None, 123456789012345678)

    assert (status, *capsys.readouterr()) == (
        0,
        (
            "https://discord.com/oauth2/authorize?client_id=123456789012345678&permissions=309237746688"
            "&scope=bot%20applications.commands\n"
        ),
        "",
    )


@pytest.mark.filterwarnings("ignore:'audioop' is deprecated:DeprecationWarning")
def test_the_permissions_are_the_least() -> None:
    import discord

    assert {name for name, allowed in discord.Permissions(PERMISSIONS) if allowed} == {
        "read_messages",
        "send_messages",
        "create_public_threads",
        "send_messages_in_threads",
        "attach_files",
        "read_message_history",
    }


def _client(printed: str) -> list[str]:
    return parse_qs(urlsplit(printed.strip()).query)["client_id"]


def test_the_application_is_read_from_the_token(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", MADE_UP)
    invite(None, None)

    assert _client(capsys.readouterr().out) == ["123456789012345678"]


def test_the_application_is_read_from_the_file_of_the_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "token").write_text(f"{MADE_UP}\n", encoding="ascii")
    monkeypatch.setenv("DISCORD_TOKEN_FILE", str(tmp_path / "token"))
    invite(None, None)

    assert _client(capsys.readouterr().out) == ["123456789012345678"]


def test_a_named_application_goes_before_the_token(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", MADE_UP)
    invite(None, 7)

    assert _client(capsys.readouterr().out) == ["7"]


def failure(config: Path | None, application: int | None) -> tuple[str, int]:
    with pytest.raises(Failed) as caught:
        invite(config, application)
    return str(caught.value), caught.value.status


def test_without_application_and_token_it_says_what_to_name() -> None:
    assert failure(None, None) == (
        (
            "Whom to invite? Name the application with --application ID (the Application ID in Discord's developer "
            "portal), or set DISCORD_TOKEN or DISCORD_TOKEN_FILE."
        ),
        WRONG,
    )


@pytest.mark.parametrize("number", [0, -1, 2**63])
def test_a_number_that_is_no_id_is_refused(number: int) -> None:
    assert failure(None, number) == (
        f"{number} is no application's id; copy it from Discord's developer portal.",
        WRONG,
    )


def test_a_token_that_names_no_application_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "secret")

    assert failure(None, None) == (
        "The token names no application; copy it again, or name the id with --application.",
        WRONG,
    )


def test_a_token_that_cannot_be_used_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", f"Bot {MADE_UP}")

    assert failure(None, None) == (
        'DISCORD_TOKEN: holds a space or a line break; give the token alone, without "Bot" before it',
        WRONG,
    )


def test_a_configuration_that_is_wrong_is_told(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("pack: []\n", encoding="utf-8")

    assert failure(path, 7) == (f'{path}:1: pack: is an unknown key; did you mean "packs"?', WRONG)
