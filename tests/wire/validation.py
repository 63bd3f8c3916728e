"""Bodies held against Discord's published OpenAPI description, where a copy of it is at hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from jsonschema.exceptions import ValidationError  # type: ignore[import-untyped]
from jsonschema.validators import extend  # type: ignore[import-untyped]

from tests.wire.calls import Call
from tests.wire.model import Json
from tests.wire.routing import Answer

PUBLISHED = Path(__file__).parents[3] / "shared" / "discord-openapi.json"
_PLACE = "#/components/schemas/"
_HERE = "#/$defs/"


@dataclass(frozen=True, slots=True)
class Violation:
    """A body that breaks the description: the request, the place in the body, and how."""

    request: str
    place: str
    problem: str


@dataclass(slots=True, eq=False, repr=False)
class Description:
    """The published description; a validator is made for each operation when it is first needed."""

    document: Json
    undescribed: set[str] = field(default_factory=set)
    _operations: dict[str, Json] = field(default_factory=dict)
    _validators: dict[tuple[str, str], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for path, operations in self.document["paths"].items():
            for method, operation in operations.items():
                if method in {"get", "post", "put", "patch", "delete"}:
                    self._operations[f"{method.upper()} {_nameless(path)}"] = operation

    def check_request(self, call: Call) -> Iterator[Violation]:
        """Hold a request's JSON against the schema of its operation."""
        if call.json is not None and call.known:
            yield from self._check(call, "request", call.json)

    def check_answer(self, call: Call, answer: Answer) -> Iterator[Violation]:
        """Hold our own answer against the schema, so that the server stays faithful."""
        if answer.body is not None:
            yield from self._check(call, str(answer.status), answer.body)

    def _check(self, call: Call, side: str, body: Any) -> Iterator[Violation]:
        key = f"{call.method} {_nameless(call.template)}"
        if key not in self._operations:
            self.undescribed.add(f"{call.method} {call.template}")
            return
        if (key, side) not in self._validators:
            schema = _schema(self._operations[key], side)
            made = None if schema is None else _Dispatching(_closed(schema, self.document["components"]["schemas"]))
            self._validators[key, side] = made
        validator = self._validators[key, side]
        if validator is None:
            self.undescribed.add(f"{call.method} {call.template}, {side}")
            return
        for error in validator.iter_errors(body):
            yield Violation(f"{call.method} {call.path}, {side}", error.json_path, error.message[:300])


def published(path: Path = PUBLISHED) -> Description | None:
    """Load the description; None where there is no copy, and nothing is validated."""
    return Description(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def _nameless(path: str) -> str:
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))


def _schema(operation: Json, side: str) -> Json | None:
    place = operation.get("requestBody") if side == "request" else operation["responses"].get(side)
    found: Json | None = ((place or {}).get("content") or {}).get("application/json", {}).get("schema")
    return found


def _closed(schema: Json, schemas: Json) -> Json:
    """Give the schema with the definitions that it needs, and no others."""
    needed: dict[str, Json] = {}
    waiting = list(_references(schema))
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed[name] = schemas[name]
            waiting += _references(schemas[name])
    definitions = {name: _local(body, schemas) for name, body in needed.items()}
    return {**_local(schema, schemas), "$defs": definitions | _OURS}


# discord.py writes ids as numbers in some places (attachments, recipients, mentions), and Discord takes them.
_OURS: Json = {"SnowflakeType": {"type": ["string", "integer"], "pattern": "^(0|[1-9][0-9]*)$"}}


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"].removeprefix(_PLACE)
        for value in schema.values():
            yield from _references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _references(value)


def _local(schema: Any, schemas: Json) -> Any:
    """Point references into the schema's own definitions, and make unions tell what is wrong, not «fits none»."""
    if isinstance(schema, list):
        return [_local(value, schemas) for value in schema]
    if not isinstance(schema, dict):
        return schema
    local: Json = {}
    for key, value in schema.items():
        if key == "$ref" and isinstance(value, str):
            local[key] = value.replace(_PLACE, _HERE)
        elif key == "oneOf" and all("const" in choice for choice in value):
            local["enum"] = [choice["const"] for choice in value]
        elif key in {"oneOf", "anyOf"} and (variants := _variants(value, schemas)) is not None:
            local["variants"] = variants
        else:
            local[key] = _local(value, schemas)
    return local


def _variants(choices: list[Json], schemas: Json) -> Json | None:
    """Sort the alternatives by the ``type`` that each demands; None where that does not tell them apart."""
    real = [choice for choice in choices if choice != {"type": "null"}]
    nullable = len(real) < len(choices)
    if nullable and len(real) == 1:
        return {"null": True, "only": _local(real[0], schemas)}
    kinds: dict[Any, Json] = {}
    for choice in real:
        target = schemas[choice["$ref"].removeprefix(_PLACE)] if "$ref" in choice else choice
        own = ((target.get("properties") or {}).get("type") or {}).get("enum") or ()
        if not own or any(kind in kinds for kind in own):
            return None
        kinds |= {kind: _local(choice, schemas) for kind in own}
    return {"null": nullable, "kinds": kinds}


def _check_variants(validator: Any, variants: Json, instance: Any, _schema: Json) -> Iterator[ValidationError]:
    if instance is None and variants["null"]:
        return
    if "only" in variants:
        yield from validator.descend(instance, variants["only"])
        return
    kind = instance.get("type") if isinstance(instance, dict) else None
    if isinstance(kind, bool) or not isinstance(kind, int) or kind not in variants["kinds"]:
        yield ValidationError(f"type is {kind!r}, none of {sorted(variants['kinds'])}")
    else:
        yield from validator.descend(instance, variants["kinds"][kind])


_Dispatching: Any = extend(Draft202012Validator, {"variants": _check_variants})
