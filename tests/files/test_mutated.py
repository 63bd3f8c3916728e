"""Packs that chance has changed: either they load, or a ContentError says why."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import jsonschema  # type: ignore[import-untyped,unused-ignore]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.files.formats import FORMATS
from bot.files.packs import load_pack
from bot.files.problems import ContentError

FULL = Path(__file__).parent / "full-pack"
FITS = {name: jsonschema.Draft202012Validator(kind.schema()) for name, kind in FORMATS.items()}
NAMES = sorted(path.name for path in FULL.iterdir())
SCRAPS = st.one_of(
    st.text(max_size=8),
    st.binary(max_size=8).map(lambda data: data.decode("latin-1")),
    st.sampled_from(
        ["{", "}", "[", "]", "- ", ": ", "\n", "*a", "&a ", "!x ", "null", "no", "{column}", "-1", "%", "'"]
    ),
)


def outcome(folder: Path) -> str:
    """Load the pack; give its id or its problems."""
    try:
        return load_pack(folder).id
    except ContentError as error:
        return str(error)


@settings(deadline=None)
@given(name=st.sampled_from(NAMES), at=st.floats(0, 1), drop=st.integers(0, 40), scrap=SCRAPS)
def test_a_file_with_a_scrap_in_it_loads_and_fits_its_schema_or_says_why(
    editor: Callable[[Path], object], name: str, at: float, drop: int, scrap: str
) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(shutil.copytree(FULL, Path(temporary) / "full-pack"))
        text = (folder / name).read_text(encoding="utf-8")
        begin = int(at * len(text))
        changed = text[:begin] + scrap + text[begin + drop :]
        (folder / name).write_bytes(changed.encode("utf-8", "surrogatepass"))

        if outcome(folder) == "full-pack" and name in FORMATS:
            FITS[name].validate(editor(folder / name))


@settings(deadline=None)
@given(name=st.sampled_from(NAMES), first=st.integers(0, 60), second=st.integers(0, 60))
def test_a_file_with_two_lines_swapped_loads_or_says_why(name: str, first: int, second: int) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(shutil.copytree(FULL, Path(temporary) / "full-pack"))
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        one, other = first % len(lines), second % len(lines)
        lines[one], lines[other] = lines[other], lines[one]
        (folder / name).write_text("\n".join(lines), encoding="utf-8")

        assert outcome(folder)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_with_any_line_missing_loads_or_says_why(pack: Path, name: str) -> None:
    lines = (pack / name).read_text(encoding="utf-8").splitlines(keepends=True)
    for number in range(len(lines)):
        (pack / name).write_text("".join(lines[:number] + lines[number + 1 :]), encoding="utf-8")

        assert outcome(pack)
