"""Items as plain data, for rows and files, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.brief.places import Place
from bot.brief.quiz_items import Difficulty, ItemKind
from bot.quiz.items import Exactly, Item, Pick, Right, Source, Worded

Record = dict[str, Any]  # what JSON can hold


def dump_item(item: Item) -> Record:
    """Give an item as data that JSON can hold."""
    return {
        "id": item.id,
        "kind": str(item.kind),
        "stem": item.stem,
        "options": list(item.options),
        "right": _dump_right(item.right),
        "explanation": item.explanation,
        "place": _dump_place(item.place) if item.place else None,
        "also": [_dump_place(place) for place in item.also],
        "citation": item.citation,
        "topic": item.topic,
        "difficulty": str(item.difficulty),
        "source": str(item.source),
        "about": item.about,
    }


def load_item(record: Mapping[str, Any]) -> Item:
    """Make an item of its data; raises KeyError or ValueError for data of another sort."""
    return Item(
        id=record["id"],
        kind=ItemKind(record["kind"]),
        stem=record["stem"],
        options=tuple(record["options"]),
        right=_load_right(record["right"]),
        explanation=record["explanation"],
        place=_load_place(record["place"]) if record["place"] else None,
        also=tuple(_load_place(place) for place in record["also"]),
        citation=record["citation"],
        topic=record["topic"],
        difficulty=Difficulty(record["difficulty"]),
        source=Source(record["source"]),
        about=record["about"],
    )


def _dump_right(right: Right) -> Record:
    match right:
        case Pick(index):
            return {"pick": index}
        case Exactly(value, unit):
            return {"value": value, "unit": unit}
        case Worded(texts):
            return {"texts": list(texts)}


def _load_right(record: Mapping[str, Any]) -> Right:
    if "pick" in record:
        return Pick(record["pick"])
    if "value" in record:
        return Exactly(float(record["value"]), record["unit"])
    return Worded(tuple(record["texts"]))


def _dump_place(place: Place) -> list[str | int | None]:
    return [place.section, place.paragraph]


def _load_place(record: Sequence[Any]) -> Place:
    section, paragraph = record
    return Place(section, paragraph)
