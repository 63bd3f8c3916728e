from __future__ import annotations

import pytest

from bot.terminal.choices import choose, guess

NAMES = ("Summary", "The view from Russia", "The great uncertainties", "Figure 1")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("summary", 0),
        ("  THE  view from russia ", 1),
        ("2", 1),
        ("the view", 1),
        ("uncertain", 2),
        ("the veiw from rusia", 1),
        ("figure 1", 3),
        ("the", None),
        ("5", None),
        ("0", None),
        ("²", None),
        ("", None),
        ("zeppelin", None),
        ("9" * 5_000, None),
    ],
)
def test_a_name_is_found_as_it_was_meant(typed: str, found: int | None) -> None:
    assert choose(typed, NAMES) == found


def test_a_slip_is_asked_back() -> None:
    assert guess("brwse", ["browse", "quote"]) == "browse"
    assert guess("zeppelin", ["browse", "quote"]) is None
