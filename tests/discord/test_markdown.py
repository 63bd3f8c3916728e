"""What others wrote is shown letter by letter, as a small reader of Discord's Markdown confirms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.brief.places import Place
from bot.brief.publication import Name, PartialDate, Publication
from bot.brief.references import STYLES, Style, reference
from bot.discord.markdown import fitted, marked, plain, referenced, shortened, tame

# ------------------------------------------------------------------ a small reader of Discord's Markdown

# In the order in which the client tries them, at every place: it passes over some, so this reader is the stricter one.
_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_LEAVES = {
    "code block": re.compile(r"```(?:[a-z0-9_+\-.#]+?\n)?\n*([^\n].*?)\n*```", re.DOTALL | re.IGNORECASE),
    "address": re.compile(r"<(?:https?|steam|discord)://[^>\s]+>|<(?:mailto:)?[^@<>\s]+@[^>\s]+>|<(?:tel:)?\+\d+>"),
    "link": re.compile(r"(?:https?|steam|discord)://[^\s<]+[^<.,:;\"'\]\s]"),
    "masked link": re.compile(r"\[((?:\[[^\]]*\]|[^\[\]])*)\]\(\s*<?[^\s]*?>?(?:\s+['\"].*?['\"])?\s*\)"),
    "mention": re.compile(r"<(?:@[!&]?|#)\d+>|<id:\w+>|</[^:\n]+:\d+>|@everyone|@here"),
    "timestamp": re.compile(r"<t:-?\d+(?::[tTdDfFR])?>"),
    "emoji": re.compile(r"<a?:\w+:\d+>|:[\w+-]+?(?:::skin-tone-\d)?:"),
    "code": re.compile(r"(`+)(.*?[^`])\1(?!`)", re.DOTALL),
}
_WITHIN = r"((?:\\.|[^\\])+?)"
_SPANS = {
    "bold": re.compile(rf"\*\*{_WITHIN}\*\*(?!\*)", re.DOTALL),
    "underline": re.compile(rf"__{_WITHIN}__(?!_)", re.DOTALL),
    "strike": re.compile(rf"~~{_WITHIN}~~(?!_)", re.DOTALL),
    "spoiler": re.compile(rf"\|\|{_WITHIN}\|\|", re.DOTALL),
    "italics": re.compile(
        r"\*(?=\S)((?:\*\*|\\.|\s+(?:\\.|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)|\b_((?:__|\\.|[^\\_])+?)_\b", re.DOTALL
    ),
}
_BLOCKS = {
    "heading": re.compile(r" *#{1,3}\s+((?:\\.|[^\\])+?)#*\s*(?:\n|$)", re.DOTALL),
    "quiet": re.compile(r"-#\s+(.+?)(?:\n|$)"),
    "quote": re.compile(r" *>>> (.+)| *> ([^\n]*)", re.DOTALL),
    "list": re.compile(r" *(?:[*+-]|\d+[.)])\s+(.+)", re.DOTALL),
}


@dataclass(frozen=True)
class Read:
    """What a reader sees: the letters, what they are formatted as, and the stretches that are bold."""

    shown: str = ""
    kinds: set[str] = field(default_factory=set)
    bold: list[str] = field(default_factory=list)

    def __add__(self, other: Read) -> Read:
        return Read(self.shown + other.shown, self.kinds | other.kinds, self.bold + other.bold)


def read(source: str, *, begins: bool = True) -> Read:
    """Read a line as Discord does."""
    if begins:
        for kind, pattern in _BLOCKS.items():
            if found := pattern.match(source):
                inner = next(group for group in found.groups() if group is not None)
                return Read(kinds={kind}) + read(inner, begins=kind in {"quote", "list"})
    seen = Read()
    at = 0
    while at < len(source):
        if escaped := _ESCAPE.match(source, at):
            seen, at = seen + Read(escaped[1]), escaped.end()
            continue
        leaf = next((one for one in _LEAVES.items() if one[1].match(source, at)), None)
        if leaf and (found := leaf[1].match(source, at)):
            seen, at = seen + Read(found[0], {leaf[0]}), found.end()
            continue
        span = next((one for one in _SPANS.items() if one[1].match(source, at)), None)
        if span and (found := span[1].match(source, at)):
            inside = read(found[1] or found[2], begins=False)
            bold = [inside.shown] if span[0] == "bold" else []
            seen, at = seen + Read(inside.shown, {span[0]} | inside.kinds, bold), found.end()
            continue
        seen, at = seen + Read(source[at]), at + 1
    return seen


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("**bold**", "bold"),
        ("*it*", "italics"),
        ("_it_", "italics"),
        ("__u__", "underline"),
        ("~~no~~", "strike"),
        ("||secret||", "spoiler"),
        ("`code`", "code"),
        ("```\nblock\n```", "code block"),
        ("see https://example.org/a", "link"),
        ("[here](https://example.org)", "masked link"),
        ("<@123>", "mention"),
        ("</ask:123>", "mention"),
        ("hello @everyone", "mention"),
        ("<t:1700000000:R>", "timestamp"),
        ("<:blob:123>", "emoji"),
        ("so :smile: so", "emoji"),
        ("# big", "heading"),
        ("-# small", "quiet"),
        ("> said", "quote"),
        ("- one", "list"),
        ("12. one", "list"),
    ],
)
def test_the_reader_of_these_tests_knows_what_discord_formats(source: str, kind: str) -> None:
    assert kind in read(source).kinds


# ------------------------------------------------------------------ properties

FRAGMENTS = (
    *"*_~|`[]()<>@#\\:/-+. \n\t1a",
    *(
        "**",
        "__",
        "||",
        "```",
        "***",
        "://",
        "https://evil.example/a_b_c",
        "http://",
        "steam://run",
        "@everyone",
        "@here",
    ),
    *("<@1>", "<@&2>", "<#3>", "</ask:4>", "<t:5:R>", "<:x:6>", ":smile:", ":wave::skin-tone-2:", "12:30:45", "1. "),
    *(
        "- ",
        "+ ",
        "-# ",
        "### ",
        ">>> ",
        "> ",
        "word",
        " two words ",
        "12) ",
        "[a](https://b.c)",
        "漢字",
        "👩\u200d🚀",
        "e\u0301",
    ),
    *("\u202e", "\u200b", "\xa0", "\x00", "\x1b[31m", "\ufeff"),
)
texts = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=3), max_size=12).map("".join)
PREFIXES = ("", "### ", "## ", "-# ", "> ", "- ", "— ", "Asked: “")


@given(texts.filter(tame), st.sampled_from(PREFIXES))
def test_an_escaped_text_is_shown_letter_by_letter_and_formats_nothing(text: str, prefix: str) -> None:
    frame, seen = read(f"{prefix}x"), read(prefix + plain(text))

    assert (seen.shown, seen.kinds - frame.kinds) == (frame.shown[:-1] + tame(text), set())


@given(texts)
def test_a_text_in_bold_ends_where_it_should(text: str) -> None:
    seen = read(f"**{plain(f'x{text}')}** and on")

    assert (seen.shown, seen.bold) == (f"{tame(f'x{text}')} and on", [tame(f"x{text}")])


@given(texts)
def test_no_word_of_an_escaped_text_is_a_mention_even_for_one_who_searches_the_raw_text(text: str) -> None:
    assert not re.search(r"<[@#]|(?<!\\)[@<]", plain(text))


@given(texts)
def test_a_tamed_text_is_one_line_without_marks_that_turn_it_around(text: str) -> None:
    assert re.search(r"[\n\r\t\x00-\x1f\u202a-\u202e\u2066-\u2069\u200b\ufeff]", tame(text)) is None


@given(texts)
def test_taming_a_tamed_text_changes_nothing(text: str) -> None:
    assert tame(tame(text)) == tame(text)


@given(texts, st.integers(1, 60))
def test_a_fitted_text_is_never_longer_than_its_room_when_escaped(text: str, room: int) -> None:
    assert len(plain(fitted(text, room))) <= room


@given(texts, st.integers(1, 60))
def test_a_fitted_text_is_the_beginning_of_the_whole_one(text: str, room: int) -> None:
    cut = fitted(text, room)

    assert cut == tame(text) or (cut.endswith("…") and tame(text).startswith(cut[:-1]))


@given(texts, st.integers(2, 60))
def test_a_label_is_never_empty_nor_too_long(text: str, length: int) -> None:
    assert 1 <= len(shortened(text, length)) <= length


def test_a_text_that_fits_is_not_cut() -> None:
    assert fitted("a" * 300, 300) == "a" * 300


def test_a_text_is_cut_at_a_word() -> None:
    assert fitted("Moscow distrusts Clinton", 20) == "Moscow distrusts…"


@st.composite
def text_with_spans(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = tame(draw(texts))
    borders = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    if draw(st.booleans()):  # each stretch begins where the one before ended
        return text, list(pairwise(borders))
    return text, list(zip(borders[::2], borders[1::2], strict=False))


@given(text_with_spans())
def test_marks_format_nothing_but_what_is_marked(given_text: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = given_text
    seen = read(marked(text, spans))

    assert (seen.shown, seen.kinds - {"bold"}) == (text, set())


@given(text_with_spans())
def test_marks_put_every_marked_letter_in_bold_and_no_other(given_text: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = given_text
    joined: list[str] = []
    end = -1
    for start, stop in spans:
        if start == end:
            joined[-1] += text[start:stop]
        else:
            joined.append(text[start:stop])
        end = stop

    assert read(marked(text, spans)).bold == joined


# ------------------------------------------------------------------ references


def work(title: str, name: str = "Hansen", url: str = "") -> Publication:
    return Publication("report", title, (Name(family=name),), PartialDate(2016, 11), publisher=title, url=url)


@given(texts.map(tame), texts.map(tame), st.sampled_from([name for name in STYLES if name not in {"BibTeX", "RIS"}]))
def test_a_reference_shows_its_own_text_with_no_format_but_italics(title: str, name: str, style: Style) -> None:
    made = reference(work(f"x{title}", f"y{name}"), style, Place("z"))
    seen = read(referenced(made.markup, ""))

    assert (seen.shown, seen.kinds - {"italics"}) == (tame(made.text), set())


def test_a_reference_links_the_address_of_the_publication() -> None:
    made = reference(work("A title", url="https://example.org/a_b"), "MLA")

    assert "link" in read(referenced(made.markup, "https://example.org/a_b")).kinds


def test_a_reference_links_no_other_address() -> None:
    made = reference(work("See https://evil.example/a_b_c now", url="https://example.org/a"), "APA")

    assert "https\\://evil.example/a\\_b\\_c" in referenced(made.markup, "https://example.org/a")
