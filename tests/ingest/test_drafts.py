"""Drafts: a document alone becomes a pack that the strict loader takes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.brief.pack import Pack
from bot.brief.publication import PartialDate
from bot.files.packs import load_pack
from bot.ingest.document import Block, Document
from bot.ingest.draft_files import pack_files, write_pack
from bot.ingest.drafts import draft
from bot.ingest.errors import Limits
from bot.ingest.sources import read_source
from bot.ingest.text import read_text
from bot.ingest.vocabulary import vocabulary

TODAY = PartialDate(2026, 1, 1)


@pytest.fixture
def made(typeset: Callable[[Any], Path], two_columns: Any) -> Pack:
    return draft(read_source(typeset(two_columns), Limits()), "my-draft", TODAY)


def test_what_is_written_is_what_is_loaded(made: Pack, tmp_path: Path) -> None:
    write_pack(made, tmp_path / "my-draft")

    assert load_pack(tmp_path / "my-draft") == made


def test_a_draft_is_never_publishable(made: Pack) -> None:
    assert not made.publishable


def test_a_draft_holds_words_and_page_of_each_paragraph(made: Pack, expected: dict[str, str]) -> None:
    passage = next(p for p in made.passages if str(p.place) == "The great doubts 2")

    assert (passage.verbatim, passage.page.isdecimal()) == (expected["The great doubts 2"], True)


def test_a_draft_names_speakers_dates_and_occasions(made: Pack) -> None:
    assert [(q.speaker, str(q.date), q.occasion) for q in made.quotes] == [
        ("Solveig Aasen", "2020-03-04", ""),
        ("Harald Lunde", "2020-06-07", "on Fjordradio"),
    ]


def test_a_table_of_numbers_is_a_figure(made: Pack) -> None:
    (figure,) = made.figures

    assert (str(figure.place), figure.unit, [row.values["c1"] for row in figure.rows]) == (
        "Figure 1",
        "%",
        [58, 21, 12, 9],
    )


def test_the_second_writing_replaces_the_first(made: Pack, tmp_path: Path) -> None:
    write_pack(made, tmp_path / "my-draft")
    (tmp_path / "my-draft" / "old.txt").write_text("old", encoding="utf-8")
    write_pack(made, tmp_path / "my-draft")

    assert not (tmp_path / "my-draft" / "old.txt").exists()


def test_nothing_is_left_beside_the_draft(made: Pack, tmp_path: Path) -> None:
    write_pack(made, tmp_path / "my-draft")
    write_pack(made, tmp_path / "my-draft")

    assert [path.name for path in tmp_path.iterdir() if path.name != "brief.pdf"] == ["my-draft"]


def test_sections_of_one_title_are_told_apart(tmp_path: Path) -> None:
    blocks = tuple(
        Block("heading" if n % 2 == 0 else "paragraph", ("Part", "Text of it.", "Part 1", "More.", "Part", "Rest.")[n])
        for n in range(6)
    )
    write_pack(draft(Document(blocks), "d", TODAY), tmp_path / "d")

    assert load_pack(tmp_path / "d").outline == ("Part", "Part 1 (2)", "Part (2)", "Publication")


def test_a_long_document_without_a_pack_becomes_a_draft(tmp_path: Path) -> None:
    text = "\n\n".join(
        f"Heading number {n}\n\n"
        + "\n\n".join(f"Sentence {n} and {m} says a lot about many things. " * 8 for m in range(9))
        for n in range(40)
    )
    write_pack(draft(read_text(text), "long", TODAY), tmp_path / "long")

    assert len(list(load_pack(tmp_path / "long").passages)) == 360


@given(
    st.lists(
        st.tuples(st.sampled_from(["heading", "paragraph", "item", "quote", "title"]), st.text(max_size=80)),
        max_size=12,
    )
)
def test_no_text_breaks_the_files_of_a_draft(blocks: list[tuple[Any, str]]) -> None:
    # What is no text at all never gets this far: sources refuse it.
    document = Document((Block("paragraph", "Some words to begin with."), *(Block(k, t) for k, t in blocks)))
    files = pack_files(draft(document, "d", TODAY))

    assert set(files) >= {"pack.yaml", "passages.yaml", "vocabulary.txt"}


def test_a_vocabulary_is_sorted_stems() -> None:
    assert vocabulary(read_text("The ferries were waiting, and the ferry waits.")) == (
        "and",
        "ferri",
        "the",
        "wait",
        "were",
    )


def test_a_vocabulary_leaves_the_cover_page_out(typeset: Callable[[Any], Path], two_columns: Any) -> None:
    assert "copyright" not in vocabulary(read_source(typeset(two_columns), Limits()))


def test_drafting_does_not_load_pymupdf() -> None:
    import subprocess

    code = "import sys, bot.ingest.drafts, bot.ingest.alignment, bot.ingest.child; sys.exit('pymupdf' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
