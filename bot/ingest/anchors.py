"""Anchors: what can be found by itself: sections by their titles, quotes by their words, figures by their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from bot.brief.pack import Figure, Quote
from bot.ingest.document import Block, caption_range
from bot.ingest.roles import lone_attribution

_LIKE = 86.0  # RapidFuzz ratio from which a heading is a section's
_SAME_WORDS = 88.0  # from which a text holds a quotation
_NUMBERING = re.compile(r"(?:chapter|section|part)?\s*(?:\d+(?:\.\d+)*|[ivx]+|[a-d])[.):]?\s+", re.IGNORECASE)
_TAIL = re.compile(r"[”“»\"'.,]*\s*(?:\([^()]{2,120}\)|[—–-]{1,2}\s*[^.\n]{2,80})?\.?")
_OPENING = re.compile(r"[“„«\"‟']+\s*$")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Blocks that are a quote or a figure, and the words that are shown for it."""

    blocks: tuple[int, ...]
    text: str
    page: str


def plain(text: str) -> str:
    """Fold case, marks and numbering, so that headings compare."""
    folded = re.sub(r"[^\w\s]+", " ", text.casefold())
    return " ".join(folded.split())


def find_headings(blocks: Sequence[Block], titles: Sequence[str]) -> dict[int, str]:
    """Find the block that heads each section; of several, the one with the most text below it (not the contents)."""
    found: dict[int, str] = {}
    likes = {index: _like(block, titles) for index, block in enumerate(blocks) if _may_head(block)}
    matched = sorted(index for index, likely in likes.items() if likely)
    for title in titles:
        able = [index for index in matched if title in likes[index]]
        if able:
            best = max(able, key=lambda index: (_weight(blocks, index, matched), likes[index][title], -index))
            found[best] = title
    return found


def _may_head(block: Block) -> bool:
    return block.kind in {"heading", "title", "paragraph", "credit", "item"} and len(block.text) <= 120


def _like(block: Block, titles: Sequence[str]) -> dict[str, float]:
    """Give the titles that a block may be, with their likeness."""
    texts = {plain(block.text), plain(_NUMBERING.sub("", block.text, count=1))}
    scores = {title: max(fuzz.ratio(text, plain(title)) for text in texts) for title in titles}
    best = max(scores.values(), default=0.0)
    return {title: score for title, score in scores.items() if score >= _LIKE and score >= best - 4}


def _weight(blocks: Sequence[Block], index: int, matched: Sequence[int]) -> int:
    """Count the letters of text below a heading, up to the next one that may be a section's."""
    end = next((other for other in matched if other > index), len(blocks))
    return min(400, sum(len(block.text) for block in blocks[index + 1 : end] if block.kind in {"paragraph", "item"}))


def split_headings(blocks: Sequence[Block], titles: Sequence[str]) -> list[Block]:
    """Part section titles from paragraphs that they were run into."""
    parted: list[Block] = []
    for block in blocks:
        cut = _run_in(block, titles)
        if cut:
            title, rest = block.text[:cut].rstrip(" :.–—-"), block.text[cut:].lstrip(" :.–—-")
            parted.append(replace(block, kind="heading", text=title, turns=(), level=1, attribution=""))
            parted.append(
                replace(block, text=rest, page=block.page_at(cut), turns=_shifted(block, len(block.text) - len(rest)))
            )
        else:
            parted.append(block)
    return parted


def _run_in(block: Block, titles: Sequence[str]) -> int:
    if block.kind not in {"paragraph", "item"} or len(block.text) < 60:
        return 0
    for title in titles:
        end = len(title)
        begins = block.text[:end].casefold() == title.casefold()
        if begins and re.match(r"\s*[:.–—-]?\s+[A-Z“\"■•▪(]", block.text[end : end + 6]):
            return end
    return 0


def _shifted(block: Block, by: int) -> tuple[tuple[int, str], ...]:
    return tuple((start - by, page) for start, page in block.turns if start > by)


def find_quote(blocks: Sequence[Block], quote: Quote, taken: frozenset[int]) -> Anchor | None:
    """Find a pull quote by its words, with the speaker named after it."""
    best: tuple[float, float, int] | None = None
    for index, block in enumerate(blocks):
        if index in taken or block.kind in {"front", "table"} or len(block.text) < 0.8 * len(quote.quoted):
            continue
        score = fuzz.partial_ratio(quote.quoted.casefold(), block.text.casefold())
        if score >= _SAME_WORDS:
            rank = (1.0 if block.kind == "quote" else 0.0) - len(block.text) / 2_000 + score / 1_000
            best = max(best or (rank, score, index), (rank, score, index))
    if best is None:
        return _over_break(blocks, quote, taken)
    index = best[2]
    block = blocks[index]
    start, end = _extent(block.text, quote.quoted)
    if end - start > 0.7 * len(block.text):
        start, end = 0, len(block.text)
    text, held = block.text[start:end].strip(), [index]
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    if following and end == len(block.text) and following.kind != "heading" and lone_attribution(following.text):
        text, held = f"{text} {following.text}", [index, index + 1]
    return Anchor(tuple(held), text, block.page_at(start))


def _over_break(blocks: Sequence[Block], quote: Quote, taken: frozenset[int]) -> Anchor | None:
    """Find a pull quote that a break cut into two or three blocks."""
    for width in (2, 3):
        for index in range(len(blocks) - width + 1):
            group = range(index, index + width)
            if taken.intersection(group) or any(blocks[at].kind in {"front", "table"} for at in group):
                continue
            text = " ".join(blocks[at].text for at in group)
            if len(text) < 2.5 * len(quote.quoted) + 80 and fuzz.partial_ratio(quote.quoted, text) >= _SAME_WORDS + 2:
                return Anchor(tuple(group), text, blocks[index].page)
    return None


def _extent(text: str, quoted: str) -> tuple[int, int]:
    """Find where a quotation stands in a text, its marks and speaker included."""
    found = fuzz.partial_ratio_alignment(quoted.casefold(), text.casefold())
    if found is None or len(text.casefold()) != len(text):
        return 0, len(text)
    opening = _OPENING.search(text[: found.dest_start])
    start = opening.start() if opening else found.dest_start
    tail = _TAIL.match(text, found.dest_end)
    return start, tail.end() if tail else found.dest_end


def without(block: Block, anchor_text: str) -> list[Block]:
    """Give what is left of a block around a quotation that was taken out of it."""
    before, _, after = block.text.partition(anchor_text)
    kind = "paragraph" if block.kind == "quote" else block.kind
    left = (
        [replace(block, kind=kind, text=before.strip(), attribution="", turns=block.turns)]
        if len(before.strip()) > 20
        else []
    )
    if len(after.strip()) > 20:
        at = len(block.text) - len(after.lstrip())
        left.append(
            replace(
                block, kind=kind, text=after.strip(), attribution="", page=block.page_at(at), turns=_shifted(block, at)
            )
        )
    return left


def find_figure(blocks: Sequence[Block], figure: Figure, taken: frozenset[int]) -> Anchor | None:
    """Find a figure: from its caption over its cells to its source, as a table or as what is left of one."""
    free = {index for index, block in enumerate(blocks) if index not in taken and block.kind != "front"}
    runs = [list(caption_range(tuple(blocks), index)) for index in free if blocks[index].kind == "table"]
    runs += [
        _stretch(blocks, index, free, step) for index in free if _captions(blocks[index], figure) for step in (1, -1)
    ]
    best = max(runs, key=lambda run: (round(_cells_found(_words(blocks, run), figure), 1), len(run)), default=[])
    if best and _cells_found(_words(blocks, best), figure) >= 0.5:
        return _anchor(blocks, best)
    return _loose_figure(blocks, figure, taken)


def _words(blocks: Sequence[Block], held: Sequence[int]) -> str:
    return " ".join(blocks[at].text for at in held)


def _captions(block: Block, figure: Figure) -> bool:
    """Tell whether a block is the figure's caption: its number, or its title."""
    if len(block.text) > 250 or block.kind not in {"caption", "heading", "paragraph"}:
        return False
    if block.text.casefold().startswith(figure.place.section.casefold()):
        return True
    return fuzz.partial_ratio(plain(figure.title), plain(block.text)) >= 90 and len(block.text) >= 0.8 * len(
        figure.title
    )


def _stretch(blocks: Sequence[Block], caption: int, free: set[int], step: int) -> list[int]:
    """Take a caption and the table, or the scraps of one, that follow (or precede) it, up to the source line."""
    held = [caption]
    at = caption + step
    while at in free and (blocks[at].kind in {"table", "caption"} or _is_scrap(blocks[at])):
        held.append(at)
        if blocks[at].kind == "caption" and blocks[at].text.casefold().startswith("source"):
            break
        at += step
    return sorted(held)


def _is_scrap(block: Block) -> bool:
    return len(block.text) < 90 and not block.text.rstrip().endswith((".", "?", "!"))


def _anchor(blocks: Sequence[Block], held: Sequence[int]) -> Anchor:
    return Anchor(
        tuple(held),
        " ".join(" ".join(blocks[at].text.replace(" | ", " ").split()) for at in held),
        blocks[held[0]].page,
    )


def _cells_found(text: str, figure: Figure) -> float:
    """Give the share of a figure's rows whose numbers and label stand in a text."""
    numbers = _NUMBER.findall(text.replace(",", "."))
    folded = plain(text)
    found = 0.0
    for row in figure.rows:
        values = [f"{value:g}" for value in row.values.values() if value is not None]
        have = sum(value in numbers for value in values) / max(len(values), 1)
        label = fuzz.partial_ratio(plain(row.label), folded) / 100
        found += 0.6 * have + 0.4 * (label if label > 0.8 else 0)
    return found / max(len(figure.rows), 1)


def _loose_figure(blocks: Sequence[Block], figure: Figure, taken: frozenset[int]) -> Anchor | None:
    """Find a figure whose table was not recognised: short blocks in a row, or its caption alone."""
    free = [index for index, block in enumerate(blocks) if index not in taken and block.kind != "front"]
    able = [index for index in free if len(blocks[index].text) < 400]
    values = {f"{value:g}" for row in figure.rows for value in row.values.values() if value is not None}
    best: tuple[float, list[int]] = (0.0, [])
    for run in _runs(able):
        for start in range(len(run)):
            for held in _windows(blocks, run[start : start + 3 * len(figure.rows) + 8], values):
                best = max(best, (_cells_found(_words(blocks, held), figure) - 0.004 * len(held), held))
    if best[0] >= 0.75:
        return _anchor(blocks, best[1])
    for index in free:
        if (
            blocks[index].kind in {"caption", "heading"}
            and fuzz.partial_ratio(plain(figure.title), plain(blocks[index].text)) >= 90
        ):
            return _anchor(blocks, [index])
    return None


def _windows(blocks: Sequence[Block], run: Sequence[int], values: set[str]) -> Iterator[list[int]]:
    """Yield the beginnings of a run that hold most of the values, the first block and the last one of them."""
    seen: set[str] = set()
    for end, index in enumerate(run, 1):
        fresh = values.intersection(_NUMBER.findall(blocks[index].text)) - seen
        if end == 1 and not fresh and blocks[index].kind != "caption":
            return
        seen |= fresh
        if len(seen) >= 0.7 * len(values):
            yield list(run[:end])


def _runs(indices: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for index in indices:
        if run and index != run[-1] + 1:
            yield run
            run = []
        run.append(index)
    if run:
        yield run
