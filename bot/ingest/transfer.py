"""Transfer: a document as JSON and back, for the way between the reading process and ours."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bot.brief.publication import Name, PartialDate
from bot.ingest.document import KINDS, Block, Document, Metadata


def to_json(document: Document) -> dict[str, Any]:
    """Write a document as plain values."""
    return asdict(document)


def from_json(value: dict[str, Any]) -> Document:
    """Read a document from plain values; raises KeyError, TypeError or ValueError for any others."""
    return Document(
        tuple(_block(block) for block in value["blocks"]), _metadata(value["metadata"]), int(value["pages"])
    )


def _block(value: dict[str, Any]) -> Block:
    if value["kind"] not in KINDS:
        raise ValueError(value["kind"])
    return Block(
        kind=value["kind"],
        text=str(value["text"]),
        page=str(value["page"]),
        turns=tuple((int(start), str(page)) for start, page in value["turns"]),
        level=int(value["level"]),
        doubtful=bool(value["doubtful"]),
        boxed=bool(value["boxed"]),
        attribution=str(value["attribution"]),
        rows=tuple(tuple(map(str, row)) for row in value["rows"]),
    )


def _metadata(value: dict[str, Any]) -> Metadata:
    issued = value["issued"]
    return Metadata(
        **{
            key: str(value[key])
            for key in ("title", "publisher", "series", "volume", "issue", "doi", "isbn", "language")
        },
        authors=tuple(Name(**author) for author in value["authors"]),
        issued=PartialDate(**issued) if issued else None,
    )
