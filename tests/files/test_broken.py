"""Every way to break a pack says where, what is wrong, and how to mend it; the ways are in broken.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.files.packs import load_pack
from bot.files.problems import ContentError

CASES: list[dict[str, str]] = yaml.safe_load((Path(__file__).parent / "broken.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["claim"])
def test_a_broken_pack_has_exactly_these_problems(pack: Path, case: dict[str, str]) -> None:
    path = pack / case["file"]
    text = path.read_text(encoding="utf-8")
    assert case["old"] in text
    path.write_text(text.replace(case["old"], case["new"], 1), encoding="utf-8")

    with pytest.raises(ContentError) as caught:
        load_pack(pack)

    assert str(caught.value).splitlines() == case["problems"].splitlines()
