"""PDF in: the only place that imports PyMuPDF. Pages become sheets; what they mean is read from those."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pymupdf

from bot.ingest.errors import IngestError, Limits
from bot.ingest.sheets import Frame, Piece, Sheet, Style

_FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP  # ligatures are spelt out, pictures left out
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique", re.IGNORECASE)
_MARKER = re.compile(r"[\d*†‡§,\s]{1,6}")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\ufffd"), "")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_MAX_FRAMES = 400

Progress = Callable[[int, int], None]
Untyped = Any  # PyMuPDF ships no types


def read_sheets(path: Path, limits: Limits, progress: Progress | None = None) -> tuple[list[Sheet], dict[str, str]]:
    """Read all pages of a PDF and its properties, or raise IngestError."""
    _silence()
    try:
        document = _opened(path)
    except Exception:  # noqa: BLE001  # MuPDF raises a dozen kinds for a damaged file
        raise IngestError(f"{path.name} is damaged or no PDF; download it again.") from None
    with document:
        _check(document, path, limits)
        try:
            sheets = list(_sheets(document, limits, progress, path))
            properties = {str(key): str(value or "") for key, value in (document.metadata or {}).items()}
        except (IngestError, MemoryError):
            raise
        except Exception:  # noqa: BLE001
            raise IngestError(f"{path.name} is damaged; download it again.") from None
    if not any(sheet.pieces for sheet in sheets):
        raise IngestError(
            f"{path.name} has no text layer, so it is probably a scan; run a text recognition (OCR) over it first."
        )
    return sheets, properties


def _silence() -> None:
    """Keep MuPDF's messages off the terminal."""
    tools = cast("Any", pymupdf.TOOLS)
    tools.mupdf_display_errors(False)
    tools.mupdf_display_warnings(False)


def _opened(path: Path) -> Untyped:
    return cast("Any", pymupdf).open(str(path), filetype="pdf")


def _check(document: Untyped, path: Path, limits: Limits) -> None:
    if document.needs_pass:
        raise IngestError(f"{path.name} is protected by a password; save a copy without one.")
    if not document.page_count:
        raise IngestError(f"{path.name} has no pages; download it again.")
    if document.page_count > limits.pages:
        raise IngestError(f"{path.name} has {document.page_count:,} pages, at most {limits.pages:,} are read.")


def _sheets(document: Untyped, limits: Limits, progress: Progress | None, path: Path) -> Iterator[Sheet]:
    characters = 0
    for number in range(document.page_count):
        page = document[number]
        pieces = tuple(_pieces(page))
        characters += sum(len(piece.text) for piece in pieces)
        if characters > limits.characters:
            raise IngestError(f"{path.name} holds more than {limits.characters:,} characters; split it.")
        label = _clean(str(page.get_label() or "")).strip()[:20] or str(number + 1)
        area = page.rect
        yield Sheet(number, label, area.width, area.height, pieces, tuple(_frames(page)))
        if progress:
            progress(number + 1, document.page_count)


def _pieces(page: Untyped) -> Iterator[Piece]:
    for block in page.get_text("dict", flags=_FLAGS)["blocks"]:
        for line in block.get("lines", ()):
            if line["dir"][0] < 0.99:  # turned text: watermarks, marginal notes
                continue
            yield from _line_pieces([span for span in line["spans"] if span["text"].strip()])


def _line_pieces(spans: list[dict[str, Any]]) -> Iterator[Piece]:
    """Turn the spans of a line into pieces, without the markers of footnotes."""
    if not spans:
        return
    largest = max(span["size"] for span in spans)
    main = max(spans, key=lambda span: len(span["text"]))
    run: list[tuple[dict[str, Any], str]] = []
    for order, span in enumerate(spans):
        text = _clean(span["text"])
        raised = span["flags"] & 1 or (span["size"] < 0.8 * largest and span["origin"][1] < main["origin"][1] - 1)
        if raised and order and _MARKER.fullmatch(text):
            continue
        if run and span["bbox"][0] - run[-1][0]["bbox"][2] > 0.6 * span["size"]:
            yield _piece(run)
            run = []
        run.append((span, text))
    if run:
        yield _piece(run)


def _piece(run: list[tuple[dict[str, Any], str]]) -> Piece:
    main, _ = max(run, key=lambda pair: len(pair[0]["text"].strip()))
    text = ""
    end = run[0][0]["bbox"][0]
    for span, words in run:
        if (
            text
            and not text.endswith(" ")
            and span["bbox"][0] - end > 0.15 * span["size"]
            and not words.startswith(" ")
        ):
            text += " "
        text += words
        end = span["bbox"][2]
    flags, font = main["flags"], main["font"]
    style = Style(
        round(main["size"] * 2) / 2,
        bool(flags & 16 or main.get("char_flags", 0) & 8 or _BOLD.search(font)),
        bool(flags & 2 or _ITALIC.search(font)),
        main["color"],
    )
    return Piece(run[0][0]["bbox"][0], end, main["origin"][1], text, style)


def _clean(text: str) -> str:
    """Spell ligatures out, drop what cannot be seen, and make every white space a blank."""
    text = text.translate(_LIGATURES).translate(_INVISIBLE).replace("\xa0", " ")
    return "".join(char if char.isprintable() or char == "\xad" else " " for char in text)


def _frames(page: Untyped) -> Iterator[Frame]:
    """Find rectangles that may be boxes: neither hairlines nor the page itself."""
    whole = page.rect.width * page.rect.height
    found = 0
    for kind, (x0, top, x1, bottom), *_ in page.get_bboxlog():
        if kind not in {"fill-path", "stroke-path", "fill-shade"}:
            continue
        width, height = x1 - x0, bottom - top
        if width < 60 or height < 24 or width * height > 0.6 * whole:
            continue
        yield Frame(x0, top, x1, bottom)
        found += 1
        if found >= _MAX_FRAMES:
            return
