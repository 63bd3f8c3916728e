"""Sources: a reader's file to a document, by what it is; every fault is one sentence."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from bot.ingest.document import Document
from bot.ingest.errors import IngestError, Limits
from bot.ingest.markdown import read_markdown
from bot.ingest.text import read_text

PDF, TEXT, MARKDOWN = ".pdf", (".txt", ".text"), (".md", ".markdown")
_MAGIC = b"%PDF-"
_MAGIC_WITHIN = 1024  # bytes of rubbish that readers of PDFs allow before it
_BINARY = bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32))
_FEW_WORDS = 3

Progress = Callable[[int, int], None]


def read_source(
    path: Path, limits: Limits, known: Collection[str] = frozenset(), progress: Progress | None = None
) -> Document:
    """Read a PDF, text or Markdown file in this process; raises IngestError."""
    check_file(path, limits)
    if _is_pdf(path):
        # MuPDF is loaded only where a PDF is read.
        from bot.ingest.pdf import read_sheets  # noqa: PLC0415  # MuPDF is loaded only where a PDF is read
        from bot.ingest.reading import document_of  # noqa: PLC0415

        sheets, properties = read_sheets(path, limits, progress)
        document = document_of(sheets, properties, known)
    else:
        text = decode(path.read_bytes(), path.name)
        if len(text) > limits.characters:
            raise IngestError(f"{path.name} holds more than {limits.characters:,} characters; split it.")
        document = _written(path, text, known)
    if sum(len(block.text.split()) for block in document.blocks) < _FEW_WORDS:
        raise IngestError(f"{path.name} holds no text; check that it is the right file.")
    return document


def _written(path: Path, text: str, known: Collection[str]) -> Document:
    if path.suffix.lower() in MARKDOWN:
        return read_markdown(text, known)
    return read_text(text, known)


def check_file(path: Path, limits: Limits) -> None:
    """Refuse what is no readable file of a known sort and size, without reading more than its beginning."""
    suffix = path.suffix.lower()
    if suffix not in {PDF, *TEXT, *MARKDOWN}:
        raise IngestError(f"{path.name} is of no sort that can be read; give a PDF, .txt or .md file.")
    try:
        if not path.exists():
            raise IngestError(f"{path.name} does not exist; check the path.")
        if not path.is_file():
            raise IngestError(f"{path.name} is no file; give a PDF, .txt or .md file.")
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(_MAGIC_WITHIN)
    except (OSError, ValueError):
        raise IngestError(f"{path.name} cannot be read; check its name and permissions.") from None
    if not size:
        raise IngestError(f"{path.name} is empty; download it again.")
    if size > limits.file_bytes:
        raise IngestError(
            f"{path.name} is {size / 1e6:,.0f} MB large, at most {limits.file_bytes / 1e6:,.0f} MB are read."
        )
    if suffix == PDF and _MAGIC not in head:
        raise IngestError(f"{path.name} is no PDF, whatever its name says; download it again.")


def _is_pdf(path: Path) -> bool:
    return path.suffix.lower() == PDF


def decode(data: bytes, name: str) -> str:
    """Decode UTF-8, or UTF-16 with its mark; anything else is refused by line."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise IngestError(f"{name} is not UTF-8 text (line {line}); save it as UTF-8.") from None
    if _MAGIC.decode() in text[:_MAGIC_WITHIN]:
        raise IngestError(f"{name} is a PDF; give it the ending .pdf.")
    if "\x00" in text or (not wide and data[:4096].translate(None, _BINARY) != data[:4096]):
        raise IngestError(f"{name} is no text file; give a PDF, .txt or .md file.")
    return text.replace("\r\n", "\n").replace("\r", "\n")
