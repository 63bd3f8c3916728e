"""The files of a draft: YAML that the strict loader of packs accepts, written whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.brief.pack import Fact, Figure, Pack, Passage, Quote, Section
from bot.brief.publication import Name, Publication

Value = str | int | float | bool | None | Sequence["Value"] | Mapping[str, "Value"]

_NOTE = "# A draft, made by ingest. It holds the author's sentences: never publish it.\n"


def write_pack(pack: Pack, folder: Path) -> None:
    """Write a draft to a folder, whose name must be the pack's id; a draft that was there before is replaced.

    The files are written beside the folder and moved in its place, so that nothing half-written is ever found.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, text in pack_files(pack).items():
            (made / name).write_text(text, encoding="utf-8", newline="\n")
        made.chmod(0o755 & ~_umask())
        _replace(made, folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _replace(made: Path, folder: Path) -> None:
    """Put a new folder where an old one may be; the old one comes back when that fails."""
    if not folder.exists():
        made.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
    try:
        folder.rename(old / "was")
        try:
            made.rename(folder)
        except OSError:
            (old / "was").rename(folder)
            raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def pack_files(pack: Pack) -> dict[str, str]:
    """Write the files of a pack, by name; those that would be empty are left out."""
    files = {
        "pack.yaml": _NOTE + _yaml(_head(pack)),
        "passages.yaml": _yaml({"sections": [*map(_section, pack.sections)]}),
    }
    if pack.quotes:
        files["quotes.yaml"] = _yaml({"quotes": [*map(_quote, pack.quotes)]})
    if pack.figures:
        files["figures.yaml"] = _yaml({"figures": [*map(_figure, pack.figures)]})
    if pack.vocabulary:
        files["vocabulary.txt"] = "".join(f"{word}\n" for word in sorted(pack.vocabulary))
    return files


def _head(pack: Pack) -> dict[str, Value]:
    return _full(
        {
            "short": pack.short,
            "language": pack.language,
            "publishable": pack.publishable,
            "publication": _publication(pack.publication),
            "rights": pack.rights,
            "outline": list(pack.outline),
            "facts": [*map(_fact, pack.facts)],
        }
    )


def _publication(publication: Publication) -> dict[str, Value]:
    return _full(
        {
            "type": publication.type,
            "title": publication.title,
            "author": [*map(_name, publication.author)],
            "issued": str(publication.issued),
            "undated": publication.undated or None,
            "publisher": publication.publisher,
            "collection-title": publication.collection_title,
            "volume": publication.volume,
            "issue": publication.issue,
            "DOI": publication.doi,
            "ISBN": publication.isbn,
            "language": publication.language,
        }
    )


def _name(name: Name) -> dict[str, Value]:
    return _full({"family": name.family, "given": name.given, "literal": name.literal, "position": name.position})


def _fact(fact: Fact) -> dict[str, Value]:
    return {"id": fact.id, "title": fact.title, "text": fact.body, "ask": list(fact.ask)}


def _section(section: Section) -> dict[str, Value]:
    return {"id": section.id, "title": section.title, "passages": [*map(_passage, section.passages)]}


def _passage(passage: Passage) -> dict[str, Value]:
    return _full(
        {
            "id": passage.id,
            "title": passage.title,
            "place": str(passage.place),
            "verbatim": passage.verbatim,
            "page": passage.page,
        }
    )


def _quote(quote: Quote) -> dict[str, Value]:
    return _full(
        {
            "id": quote.id,
            "title": quote.title,
            "place": str(quote.place),
            "speaker": quote.speaker,
            "text": quote.quoted,
            "date": str(quote.date) if quote.date else "",
            "occasion": quote.occasion,
        }
    )


def _figure(figure: Figure) -> dict[str, Value]:
    return _full(
        {
            "id": figure.id,
            "title": figure.title,
            "place": str(figure.place),
            "source": figure.source,
            "unit": figure.unit,
            "summary": figure.summary,
            "columns": [{"id": column.id, "label": column.label} for column in figure.columns],
            "rows": [
                {"id": row.id, "label": row.label, "values": dict(row.values), "sentence": row.sentence}
                for row in figure.rows
            ],
            "sums": dict(figure.sums),
        }
    )


def _full(values: dict[str, Value]) -> dict[str, Value]:
    """Leave out what is empty."""
    return {key: value for key, value in values.items() if value not in ("", [], {}, None)}


def _yaml(value: Mapping[str, Value]) -> str:
    """Write a mapping in block style; every text is quoted, so that YAML reads nothing into it."""
    return "\n".join(_lines(value, "")) + "\n"


def _lines(value: Mapping[str, Value], indent: str) -> Iterator[str]:
    for key, inner in value.items():
        if isinstance(inner, Mapping) and inner:
            yield f"{indent}{key}:"
            yield from _lines(inner, indent + "  ")
        elif isinstance(inner, Sequence) and not isinstance(inner, str) and inner:
            yield f"{indent}{key}:"
            for item in inner:
                yield from _item(item, indent + "  ")
        else:
            yield f"{indent}{key}: {_scalar(inner)}"


def _item(item: Value, indent: str) -> Iterator[str]:
    if isinstance(item, Mapping):
        first, *others = _lines(item, indent + "  ")
        yield f"{indent}- {first.strip()}"
        yield from others
    else:
        yield f"{indent}- {_scalar(item)}"


def _scalar(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return json.dumps(value, ensure_ascii=False)
