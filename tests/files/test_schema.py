"""One definition, two uses: the exported JSON Schema accepts what the loader accepts, and its examples load."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import jsonschema  # type: ignore[import-untyped,unused-ignore]
import pytest

from bot.files.formats import FORMATS, json_schema
from bot.files.kinds import ListOf
from bot.files.schema import At, Field, Kind, Reading, Record
from bot.files.strict_yaml import parse

FULL = Path(__file__).parent / "full-pack"
TINY = Path(__file__).parent.parent / "packs" / "tiny"


def _records(kind: Kind[object]) -> Iterator[Record[object]]:
    if isinstance(kind, ListOf):
        yield from _records(kind.item)
    if isinstance(kind, Record):
        yield kind
        for field in kind.fields:
            yield from _records(field.kind)


RECORDS = {record.title: record for kind in FORMATS.values() for record in _records(kind)}
FIELDS = [
    pytest.param(field, id=f"{title} {field.key}") for title, record in RECORDS.items() for field in record.fields
]


def test_the_schema_is_valid_draft_2020_12() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_the_schema_can_be_written_as_json() -> None:
    assert json.loads(json.dumps(json_schema())) == json_schema()


@pytest.mark.parametrize("path", [*sorted(FULL.glob("*.yaml")), *sorted(TINY.glob("*.yaml"))], ids=str)
def test_the_schema_accepts_what_the_loader_accepts(editor: Callable[[Path], object], path: Path) -> None:
    content = editor(path)

    jsonschema.validate(content, FORMATS[path.name].schema(), jsonschema.Draft202012Validator)


@pytest.mark.parametrize("name", FORMATS)
def test_every_file_has_a_complete_schema(name: str) -> None:
    definitions = json_schema()["$defs"]

    assert isinstance(definitions, dict)
    assert definitions[name] == FORMATS[name].schema()


@pytest.mark.parametrize("field", FIELDS)
def test_every_key_has_a_title_a_description_and_an_example(field: Field[object]) -> None:
    assert {"title", "description", "examples"} <= set(field.schema())


@pytest.mark.parametrize("field", FIELDS)
def test_every_description_is_a_sentence(field: Field[object]) -> None:
    assert field.about.endswith(".")


@pytest.mark.parametrize("field", FIELDS)
def test_every_example_fits_its_schema(field: Field[object]) -> None:
    jsonschema.validate(field.example, field.kind.schema(), jsonschema.Draft202012Validator)


@pytest.mark.parametrize("field", FIELDS)
def test_every_example_can_be_read(field: Field[object]) -> None:
    document = parse(json.dumps(field.example, ensure_ascii=False).encode(), "example")
    reading = Reading()
    assert document.root is not None

    field.kind.read(document.root, At(None, "example"), reading)

    assert reading.problems == []


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_no_record_takes_unknown_keys(record: Record[object]) -> None:
    assert record.schema()["additionalProperties"] is False
