"""The command line: ``briefbot`` and ``python -m bot``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; the bot itself without Typer, whose validation is nine megabytes to carry for months."""
    match sys.argv[1:]:
        case ["run"]:
            config = ""
        case ["run", "--config", config]:
            pass
        case _:
            from bot.cli.app import run  # noqa: PLC0415 - the import is what a user waits for

            sys.exit(run())
    from bot.cli.run import main as run_bot  # noqa: PLC0415 - see above

    sys.exit(run_bot(config))


if __name__ == "__main__":
    main()
