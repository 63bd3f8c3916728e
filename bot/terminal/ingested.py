"""What ``ingest`` found, for a person."""

from __future__ import annotations

from pathlib import Path

from bot.brief.pack import Pack
from bot.ingest.alignment import Alignment
from bot.terminal.safety import safe


def show_alignment(pack: Pack, alignment: Alignment) -> None:
    """Say which pack a copy belongs to, what was found, and what was not."""
    found, missing = len(alignment.found), alignment.missing
    print(f"A copy of {safe(pack.publication.title)}.")
    print(f"{found} of {found + len(missing)} places found: from now on, ask and chat show the author's words.")
    pages = list(dict.fromkeys(one.page for one in alignment.found if one.page))
    if pages:
        print(f"Pages {safe(pages[0])} to {safe(pages[-1])} are cited.")
    else:
        print("The copy has no pages; places are cited by section and paragraph.")
    if missing:
        print("Not found: " + "; ".join(safe(place.label) for place in missing) + ".")


def show_draft(pack: Pack, folder: Path) -> None:
    """Say what a draft holds and how to ask it."""
    passages = len(list(pack.passages))
    parts = [f"{passages} paragraphs in {len(pack.sections)} sections"]
    parts += [f"{len(pack.quotes)} quotations"] if pack.quotes else []
    parts += [f"{len(pack.figures)} tables"] if pack.figures else []
    print(f"A draft of {safe(pack.publication.title)}: {', '.join(parts)}.")
    print(f"Kept in {safe(str(folder))}. It holds the author's sentences: never publish it.")
    print(f'Ask it: briefbot ask "…" --pack {safe(pack.id if folder.parent.name == "packs" else str(folder))}')
