"""The command line: ``briefbot`` and ``python -m bot``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line."""
    from bot.cli.app import run  # noqa: PLC0415 - the import is what a user waits for; keep it out of `import bot`

    sys.exit(run())


if __name__ == "__main__":
    main()
