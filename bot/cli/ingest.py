"""``briefbot ingest``: a reader's own copy joined with its pack, or a document made a draft pack."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

from bot.brief.pack import Pack
from bot.brief.publication import PartialDate
from bot.cli.exits import DONE, WRONG, Failed
from bot.cli.library import pack_folders
from bot.files.copies import Copy, load_copy, save_copy
from bot.files.english import common_english
from bot.files.library import data_dir, shipped_packs
from bot.files.packs import VOCABULARY, load_pack
from bot.files.problems import ContentError
from bot.ingest.alignment import Aligned, Alignment, align, places_json
from bot.ingest.child import read_document
from bot.ingest.document import Document
from bot.ingest.draft_files import write_pack
from bot.ingest.drafts import draft, slug
from bot.ingest.errors import IngestError
from bot.ingest.vocabulary import vocabulary
from bot.terminal.ingested import show_alignment, show_draft
from bot.terminal.progress import Progress

MADE = ".made"  # in a draft's folder: a hash of its files as ingest wrote them
# Shares of a pack's places that a document must hold: to be taken for a copy unasked, and to be one at all. The brief
# itself holds all of them in every layout tried, other documents 0.45 at most.
RECOGNISED, COPY = 0.75, 0.5


def ingest(source: Path, name: str | None, output: Path | None, *, as_json: bool, words: bool) -> int:
    """Read a document and keep what it holds; one sentence and status 1 when it cannot be read."""
    document = read(source)
    if words:
        return _write_vocabulary(document, name)
    if name is not None:
        pack = _load(pack_folders([name])[0])
        return _keep(source, pack, align(document, pack), as_json=as_json)
    if output is None:
        found = _recognise(document)
        if found:
            return _keep(source, *found, as_json=as_json)
    return _draft(source, document, output, as_json=as_json)


def read(source: Path) -> Document:
    """Read a document in a child process, with a progress bar where one waits for it."""
    try:
        with Progress(f"Reading {source.name}") as progress:
            return read_document(source, known=common_english().words, progress=progress.update)
    except IngestError as error:
        raise Failed(str(error)) from None


def _write_vocabulary(document: Document, name: str | None) -> int:
    """Write the stems of a document's words into the pack that curates it."""
    if name is None:
        raise Failed("Name the pack whose vocabulary.txt is to be written with --pack.", WRONG)
    path = pack_folders([name])[0] / VOCABULARY
    stems = vocabulary(document)
    temporary = path.with_suffix(".part")
    try:
        temporary.write_text("\n".join(stems) + "\n", encoding="utf-8")
        os.replace(temporary, path)
    except OSError as fault:
        raise Failed(f"{path} cannot be written: {fault.strerror}.") from None
    print(f"{len(stems):,} stems written to {path}")
    return DONE


def _load(folder: Path) -> Pack:
    try:
        return load_pack(folder)
    except ContentError as error:
        raise Failed(str(error), WRONG) from None


def _recognise(document: Document) -> tuple[Pack, Alignment] | None:
    """Find the pack that a document is a copy of: the one of whose places it holds the most."""
    found = [(pack, align(document, pack)) for pack in map(_load, shipped_packs()) if pack.publishable]
    best = max(found, key=lambda one: one[1].share, default=None)
    return best if best and best[1].share >= RECOGNISED else None


def _keep(source: Path, pack: Pack, alignment: Alignment, *, as_json: bool) -> int:
    if alignment.share < COPY:
        wanted = len(alignment.found) + len(alignment.missing)
        raise Failed(
            f"{source.name} is no copy of {pack.id}: {len(alignment.found)} of its {wanted} places look alike. "
            f"Without --pack, ingest makes a draft pack of it."
        )
    data = data_dir()
    before = load_copy(data, pack.id, pack.outline)
    pages = {place: page for place, (_, page) in before.words.items()} if before else {}
    # A text has no pages; those of an earlier copy as PDF stay.
    words = {one.place: (one.text, one.page or pages.get(one.place, "")) for one in alignment.found}
    save_copy(data, pack.id, Copy(source.name, words))
    if as_json:
        print(json.dumps(places_json(alignment.found), ensure_ascii=False))
    else:
        show_alignment(pack, alignment)
    return DONE


def _draft(source: Path, document: Document, output: Path | None, *, as_json: bool) -> int:
    folder = _folder(source, document, output)
    today = dt.datetime.now(dt.UTC).date()
    pack = draft(document, folder.name, PartialDate(today.year, today.month, today.day))
    if not list(pack.passages):
        raise Failed(f"{source.name} holds no paragraphs of text; there is nothing to ask.")
    if _edited(folder):
        raise Failed(f"{folder} was edited since it was made; name another folder with --output.")
    try:
        write_pack(pack, folder)
        (folder / MADE).write_text(_digest(folder), encoding="ascii")
    except OSError as fault:
        raise Failed(f"{folder} cannot be written: {fault.strerror}.") from None
    if as_json:
        print(json.dumps(places_json(_places(pack)), ensure_ascii=False))
    else:
        show_draft(pack, folder)
    return DONE


def _edited(folder: Path) -> bool:
    """Say whether somebody has worked on a draft since ingest made it."""
    try:
        return folder.is_dir() and any(folder.iterdir()) and (folder / MADE).read_text("ascii") != _digest(folder)
    except OSError:
        return True


def _digest(folder: Path) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for file in sorted(folder.iterdir()):
        if file.name != MADE and file.is_file():
            digest.update(f"{file.name}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _folder(source: Path, document: Document, output: Path | None) -> Path:
    """Choose where a draft goes; in the data folder under a name made from the document's title."""
    if output is None:
        taken = {folder.name for folder in shipped_packs()}
        name = slug(document.title)[:40].strip("-") or slug(source.stem)[:40].strip("-") or "document"
        return data_dir() / "packs" / (f"{name}-draft" if name in taken else name)
    folder = output.resolve()
    if slug(folder.name) != folder.name:
        raise Failed(f"The folder's name is the pack's id: write it as {slug(folder.name) or 'my-pack'}.", WRONG)
    if folder.exists() and not (folder / "pack.yaml").is_file() and any(folder.iterdir()):
        raise Failed(f"{folder} holds other files; name a new or an empty folder.", WRONG)
    return folder


def _places(pack: Pack) -> Sequence[Aligned]:
    return [Aligned(passage.place, passage.page, passage.text) for passage in pack.passages]
