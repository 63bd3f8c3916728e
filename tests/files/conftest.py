"""A valid pack to break, and an editor's view of YAML."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

FULL = Path(__file__).parent / "full-pack"


class _Editor(yaml.CSafeLoader):
    """Reads YAML 1.2's way: dates stay text."""


_Editor.yaml_implicit_resolvers = {
    char: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for char, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


@pytest.fixture(scope="session")
def editor() -> Callable[[Path], object]:
    """Give a reader of YAML files that sees what an editor with a JSON Schema sees."""

    def read(path: Path) -> object:
        return yaml.load(path.read_text(encoding="utf-8"), _Editor)  # noqa: S506  # it is a safe loader

    return read


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Give a copy of the pack that uses every file and nearly every key."""
    return Path(shutil.copytree(FULL, tmp_path / "full-pack"))
