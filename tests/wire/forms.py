"""Forms: the answers of a modal as the client sends them, checked as the client checks them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.wire.model import Json, named

Given = Mapping[str, str | bool | Sequence[str]]
_ROW, _TEXT_INPUT, _DISPLAY, _LABEL, _RADIO, _CHECKBOX = 1, 4, 10, 18, 21, 23


def check_chosen(select: Json, chosen: list[str]) -> None:
    """Raise ValueError when a select does not offer such a choice."""
    offered = [option["value"] for option in select.get("options") or []]
    if offered and (stray := [value for value in chosen if value not in offered]):
        raise ValueError(f"{select['custom_id']!r} offers {offered}, not {stray}")
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    if not least <= len(chosen) <= most:
        raise ValueError(f"{select['custom_id']!r} wants {least} to {most} values, not {len(chosen)}")


def filled(components: list[Json], answers: Given) -> list[Json]:
    """Fill a modal's components; ValueError for an answer that does not fit or belongs nowhere."""
    used: set[str] = set()
    sent = []
    for number, one in enumerate(components, start=1):
        numbered = {"id": one.get("id") or number}
        if one["type"] == _LABEL:
            sent.append({"type": _LABEL, **numbered, "component": _filled(one["component"], answers, used)})
        elif one["type"] == _ROW:
            sent.append({"type": _ROW, **numbered, "components": [_filled(one["components"][0], answers, used)]})
        else:
            sent.append({"type": one["type"], **numbered})
    if stray := set(answers) - used:
        raise ValueError(f"the modal has no {sorted(stray)}")
    return sent


def _filled(one: Json, answers: Given, used: set[str]) -> Json:
    name = one["custom_id"]
    key = next((key for key in answers if named(name, key)), None)
    answer = None if key is None else answers[key]
    if key is not None:
        used.add(key)
    required = one.get("required", True)
    written: Json = {"type": one["type"], "custom_id": name, "id": one.get("id") or 100 + len(used)}
    match one["type"]:
        case 4:
            text = str(answer if answer is not None else one.get("value") or "")
            _check_text(one, text, required=required)
            return written | {"value": text}
        case 21:
            if answer is not None:
                check_chosen(one, [str(answer)])
            elif required:
                raise ValueError(f"{name!r} needs an answer")
            return written | {"value": answer}
        case 23:
            return written | {"value": bool(answer)}
        case _:
            values = [answer] if isinstance(answer, str) else list(answer or ())  # type: ignore[arg-type]
            if values or required:
                check_chosen(one, values)
            return written | {"values": values}


def _check_text(one: Json, text: str, *, required: bool) -> None:
    if not text and not required:
        return
    least, most = one.get("min_length") or (1 if required else 0), one.get("max_length") or 4000
    if not least <= len(text) <= most:
        raise ValueError(f"{one['custom_id']!r} wants {least} to {most} characters, not {len(text)}")
