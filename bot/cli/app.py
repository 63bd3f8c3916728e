"""The commands with their options; each one's work is in the module of its name."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.exits import FAILED, WRONG, Failed

app = typer.Typer(
    name="briefbot",
    help="Ask a policy brief: answers with a passage and a citation, or an honest “the brief does not say”.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Packs = Annotated[
    list[str] | None,
    typer.Option("--pack", metavar="ID|DIR", help="A pack by its id or folder; give it again to ask several together."),
]
OnePack = Annotated[str | None, typer.Option("--pack", metavar="ID|DIR", help="A pack by its id or folder.")]
Json = Annotated[bool, typer.Option("--json", help="Write JSON instead of text.")]

Config = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="The configuration; else ./config.yaml.")]


def _version(wanted: bool) -> None:  # noqa: FBT001 - Typer calls it so
    if wanted:
        from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - imported when used

        try:
            print(f"briefbot {version('briefbot')}")
        except PackageNotFoundError:
            print("briefbot, from a checkout")
        raise typer.Exit


@app.callback()
def briefbot(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Ask a policy brief: answers with a passage and a citation, or an honest “the brief does not say”."""


@app.command(short_help="Answer one question, or many from standard input.")
def ask(
    question: Annotated[str, typer.Argument(help="The question; - reads one a line from standard input.")],
    pack: Packs = None,
    limit: Annotated[int, typer.Option(min=1, max=25, help="How many places to show at most.")] = 3,
    json: Json = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show a curator why: words, repairs, scores.")] = False,
) -> int:
    """Answer one question (exit status 3 when the brief does not), or many from standard input."""
    from bot.cli.ask import ask as work  # noqa: PLC0415 - imported when used

    return work(question, pack or [], limit, as_json=json, explained=explain)


@app.command()
def chat(
    pack: Packs = None,
    watch: Annotated[bool, typer.Option("--watch", help="Load the pack again when its files change.")] = False,
) -> int:
    """Open a prompt that answers questions as you type them."""
    from bot.cli.chat import chat as work  # noqa: PLC0415 - imported when used

    return work(pack or [], watch=watch)


@app.command(short_help="Join your own copy with its pack, or make a draft.")
def ingest(
    source: Annotated[Path, typer.Argument(help="Your copy: PDF, .txt or .md.")],
    pack: OnePack = None,
    output: Annotated[Path | None, typer.Option("--output", metavar="DIR", help="Write a draft pack there.")] = None,
    json: Json = False,
    vocabulary: Annotated[
        bool, typer.Option("--vocabulary", help="For curators: write the pack's vocabulary.txt, and nothing else.")
    ] = False,
) -> int:
    """Join your own copy with its pack, or make a document without a pack ready to be asked."""
    from bot.cli.ingest import ingest as work  # noqa: PLC0415 - imported when used

    return work(source, pack, output, as_json=json, words=vocabulary)


@app.command(short_help="Check content packs.")
def check(
    folders: Annotated[
        list[Path] | None, typer.Argument(metavar="[DIR]...", help="Packs to check; without any, those that ship.")
    ] = None,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of the pack's files.")] = False,
    against: Annotated[
        Path | None,
        typer.Option("--against", metavar="SOURCE", help="List sentences that a pack shares with its source."),
    ] = None,
) -> int:
    """Check content packs: every problem at once, each with file, line and mend."""
    from bot.cli.check import check as work  # noqa: PLC0415 - imported when used

    return work(folders or [], schema=schema, against=against)


@app.command("eval")
def evaluate(
    questions: Annotated[Path, typer.Argument(metavar="QUESTIONS.yaml", help="Labelled questions.")],
    pack: OnePack = None,
    json: Json = False,
) -> int:
    """Measure the answers on labelled questions."""
    from bot.cli.evaluate import evaluate as work  # noqa: PLC0415 - imported when used

    return work(questions, pack, as_json=json)


@app.command(short_help="Fit ranking and confidence to a pack's questions.")
def tune(
    pack: OnePack = None,
    questions: Annotated[
        list[Path] | None,
        typer.Option("--questions", metavar="FILE", help="Further labelled questions beside the pack's own."),
    ] = None,
    off_topic: Annotated[
        Path | None, typer.Option("--off-topic", metavar="FILE", help="Questions about other things, one a line.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Keep the numbers in the pack, as weights.yaml.")] = False,
) -> int:
    """Fit ranking and confidence to a pack's own questions; print the numbers, or keep them."""
    from bot.cli.tune import tune as work  # noqa: PLC0415 - imported when used

    return work(pack, questions or [], off_topic, write=write)


@app.command("run", short_help="Run the Discord bot.")
def run_bot(config: Config = None) -> int:
    """Run the Discord bot; its token comes from DISCORD_TOKEN, or from the file that DISCORD_TOKEN_FILE names."""
    from bot.cli.run import run as work  # noqa: PLC0415 - imported when used

    return work(config)


@app.command(short_help="Print the link that installs the bot.")
def invite(
    config: Config = None,
    application: Annotated[
        int | None, typer.Option("--application", metavar="ID", help="The application’s id, else read from the token.")
    ] = None,
) -> int:
    """Print the link that installs the bot in a server, with the least permissions."""
    from bot.cli.invite import invite as work  # noqa: PLC0415 - imported when used

    return work(config, application)


@app.command(short_help="List what was not answered, across servers.")
def unanswered(
    config: Config = None,
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Write CSV instead of text.")] = False,
) -> int:
    """List what the brief did not answer and what was reported, across servers, for the curator."""
    from bot.cli.unanswered import unanswered as work  # noqa: PLC0415 - imported when used

    return work(config, as_json=json, as_csv=csv)


def run(arguments: list[str] | None = None) -> int:
    """Run one command and give its exit status; a user's mistake is a sentence, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        result = app(arguments, standalone_mode=False)
        if sys.stdout is not None:  # a closed one
            sys.stdout.flush()
    except Failed as failure:
        print(failure, file=sys.stderr)
        return failure.status
    except typer.Exit as leaving:
        return leaving.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as fault:
        with contextlib.suppress(OSError):
            print(f"Input or output failed: {fault.strerror or fault}.", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return FAILED
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        print(error.format_message(), file=sys.stderr)
        return WRONG
    return int(result or 0)
