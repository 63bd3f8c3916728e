"""Reading text and Markdown, as the contract says."""

from __future__ import annotations

from bot.ingest.document import Document
from bot.ingest.markdown import read_markdown
from bot.ingest.text import read_text

LONG = "This is a paragraph that goes on for a while, so that nobody takes it for a heading of any sort."


def outline(document: Document) -> list[tuple[str, int]]:
    return [(section.heading, len(section.paragraphs)) for section in document.sections]


def test_short_lone_lines_head_sections_when_there_are_several() -> None:
    assert outline(read_text(f"One\n\n{LONG}\n\nTwo\n\n{LONG}\n\n{LONG}\n\nThree\n\n{LONG}")) == [
        ("One", 1),
        ("Two", 2),
        ("Three", 1),
    ]


def test_a_short_line_with_a_full_stop_is_a_paragraph() -> None:
    assert outline(read_text(f"One\n\n{LONG}\n\nTwo\n\nIt rained.\n\n{LONG}")) == [("One", 1), ("Two", 2)]


def test_lines_of_a_paragraph_are_joined() -> None:
    assert read_text("It rained on\nthe day of the\nvote.").blocks[0].text == "It rained on the day of the vote."


def test_a_blank_line_inside_a_sentence_does_not_part_it() -> None:
    text = f"{LONG[:-1]} and 37 percent\n\nexpected rain."

    assert [block.text for block in read_text(text).blocks] == [f"{LONG[:-1]} and 37 percent expected rain."]


def test_marks_of_emphasis_and_links_are_taken_off() -> None:
    assert (
        read_text("A **bold** and *cursive* [word](#) of 2*3*4.").blocks[0].text == "A bold and cursive word of 2*3*4."
    )


def test_a_table_with_tabs_is_a_table() -> None:
    assert read_text("\tA\tB\nlike\t1\t2\nhate\t3\t4").tables[0].rows == (
        ("", "A", "B"),
        ("like", "1", "2"),
        ("hate", "3", "4"),
    )


def test_bullets_are_items() -> None:
    assert [block.kind for block in read_text("- One thing.\n- Another thing\n  on two lines.").blocks] == [
        "item",
        "item",
    ]


def test_hashes_head_the_sections_of_markdown() -> None:
    assert outline(read_markdown(f"# Title\n\n{LONG}\n\n## One\n\n{LONG}\n\n{LONG}\n\n## Two\n{LONG}\n")) == [
        ("", 1),
        ("One", 2),
        ("Two", 1),
    ]


def test_underlines_head_sections_too() -> None:
    assert outline(read_markdown(f"Title\n=====\n\nOne\n---\n\n{LONG}\n\nTwo\n---\n\n{LONG}\n")) == [
        ("One", 1),
        ("Two", 1),
    ]


def test_marks_of_markdown_are_taken_off() -> None:
    text = "A [link](http://x.example), `code`, **bold**, _slanted_, ~~gone~~ &amp; a note.[^1]\n\n[^1]: The note."

    assert [block.text for block in read_markdown(text).blocks] == [
        "A link, code, bold, slanted, gone & a note.",
        "The note.",
    ]


def test_a_front_matter_tells_title_and_date() -> None:
    metadata = read_markdown(f"---\ntitle: A tale\ndate: 2019-04-05\n---\n\n{LONG}\n").metadata

    assert (metadata.title, str(metadata.issued)) == ("A tale", "2019")


def test_a_block_quote_with_a_speaker_is_a_quotation() -> None:
    (quote,) = read_markdown("> “We shall see what comes of all this” (A. Name, 3 May 2020)\n").quotes

    assert (quote.text, quote.attribution) == ("We shall see what comes of all this", "A. Name, 3 May 2020")


def test_an_article_without_headings_is_one_section() -> None:
    assert outline(read_text("\n\n".join([LONG] * 40))) == [("", 40)]
