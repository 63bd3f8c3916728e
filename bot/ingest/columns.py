"""Reading order: a page is cut into bands, bands into columns, and columns are read from left to right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from bot.ingest.sheets import Frame, Piece, Sheet, joined

_MAX_DEPTH = 4
BULLETS = "•◦▪■□●○‣⁃–—-*·►▶✓➢❖"


@dataclass(frozen=True, slots=True)
class Item:
    """What is put in order: a piece, or a box with the pieces inside."""

    x0: float
    x1: float
    top: float
    bottom: float
    pieces: tuple[Piece, ...]
    boxed: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """Pieces that belong to one column of one band, or to one box."""

    pieces: tuple[Piece, ...]
    boxed: bool = False


Slab = list[Item]


def regions(sheet: Sheet) -> list[Region]:
    """Cut a page into regions in reading order."""
    return list(_ordered(_items(sheet), depth=0))


def _items(sheet: Sheet) -> list[Item]:
    pieces = _glued(sheet.pieces)
    items: list[Item] = []
    free = pieces
    for frame in sorted(sheet.frames, key=_area, reverse=True):
        inside = [piece for piece in free if frame.holds(piece)]
        if len({round(piece.baseline) for piece in inside}) < 2 or len(inside) == len(pieces):
            continue
        if _cuts(frame, free):
            continue
        held = {id(piece) for piece in inside}
        free = [piece for piece in free if id(piece) not in held]
        items.append(_item(inside, boxed=True))
    return [*items, *(_item([piece]) for piece in free)]


def _area(frame: Frame) -> float:
    return (frame.x1 - frame.x0) * (frame.bottom - frame.top)


def _cuts(frame: Frame, pieces: Sequence[Piece]) -> bool:
    """Tell whether the frame's border runs through text, so that it is decoration and no box."""
    return any(
        frame.top < piece.baseline < frame.bottom
        and piece.x0 < frame.x1 - 2
        and piece.x1 > frame.x0 + 2
        and not frame.holds(piece)
        for piece in pieces
    )


def _item(pieces: Sequence[Piece], *, boxed: bool = False) -> Item:
    return Item(
        min(piece.x0 for piece in pieces),
        max(piece.x1 for piece in pieces),
        min(piece.top for piece in pieces),
        max(piece.baseline for piece in pieces),
        tuple(pieces),
        boxed,
    )


def _glued(pieces: Sequence[Piece]) -> list[Piece]:
    """Join pieces of a line that stand close together, and bullets with what they mark."""
    lines: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: (round(piece.baseline), piece.x0)):
        last = lines[-1] if lines else None
        if last and abs(last.baseline - piece.baseline) < 0.35 * min(last.style.size, piece.style.size):
            gap = piece.x0 - last.x1
            bullet = last.text.strip() in BULLETS and len(last.text.strip()) == 1
            if -2 < gap < (3.0 if bullet else 0.6) * piece.style.size:
                lines[-1] = joined(last, piece, space=gap > 0.12 * piece.style.size or bullet)
                continue
        lines.append(piece)
    return lines


def _ordered(items: Sequence[Item], depth: int) -> Iterator[Region]:
    """Yield regions: bands from top to bottom, in each the columns from left to right."""
    loose: list[Item] = []
    for band in _bands(items):
        if len(band) == 1:
            loose.extend(band[0])
            continue
        yield from _plain(loose)
        loose = []
        for column in band:
            if depth < _MAX_DEPTH:
                yield from _ordered(column, depth + 1)
            else:
                yield from _plain(column)
    yield from _plain(loose)


def _plain(items: Sequence[Item]) -> Iterator[Region]:
    """Yield the regions of a single column: text, with the boxes that stand between."""
    text: list[Piece] = []
    for item in sorted(items, key=lambda item: (item.top, item.x0)):
        if item.boxed:
            if text:
                yield Region(tuple(text))
                text = []
            inner = [_item([piece]) for piece in item.pieces]
            for region in _ordered(inner, _MAX_DEPTH - 1):
                yield Region(region.pieces, boxed=True)
        else:
            text.extend(item.pieces)
    if text:
        yield Region(tuple(text))


def _slabs(items: Sequence[Item]) -> list[Slab]:
    """Group items that overlap in height; bands are cut between slabs only."""
    slabs: list[Slab] = []
    bottom = float("-inf")
    for item in sorted(items, key=lambda item: (item.top, item.x0)):
        if slabs and item.top < bottom - 0.5:
            slabs[-1].append(item)
        else:
            slabs.append([item])
        bottom = max(bottom, item.bottom)
    return slabs


def _bands(items: Sequence[Item]) -> list[list[list[Item]]]:
    """Cut items into bands, each a list of columns."""
    slabs = _slabs(items)
    sizes = [piece.style.size for item in items for piece in item.pieces]
    gutter = max(5.5, 0.6 * median(sizes)) if sizes else 5.5
    bands: list[list[list[Item]]] = []
    single: list[Item] = []
    at = 0
    while at < len(slabs):
        end, columns = _widest(slabs, at, gutter)
        if columns:
            if single:
                bands.append([single])
                single = []
            bands.append(columns)
            at = end
        else:
            single.extend(slabs[at])
            at += 1
    if single:
        bands.append([single])
    return bands


def _widest(slabs: Sequence[Slab], start: int, gutter: float) -> tuple[int, list[list[Item]]]:
    """Find the tallest band from a slab on that falls into columns: the slab after it, and the columns (else none)."""
    taken: list[tuple[float, float]] = []
    reach = start
    for index in range(start, len(slabs)):
        before = len(taken)
        wider = _union([*taken, *((item.x0, item.x1) for item in slabs[index])], gutter)
        if 1 < len(wider) < before and _stands_alone(slabs, index, wider):
            break
        taken = wider
        if len(taken) == 1 and (before > 1 or not _may_open(slabs, start, taken[0], gutter)):
            break
        reach = index + 1
    if len(taken) == 1 and reach == len(slabs):
        return start, []
    reach = _trimmed(slabs, start, reach)
    columns = _columns([item for slab in slabs[start:reach] for item in slab], gutter)
    if len(columns) < 2 or _belongs_above(slabs, start):
        return start, []
    return reach, columns


def _stands_alone(slabs: Sequence[Slab], index: int, strips: Sequence[tuple[float, float]]) -> bool:
    """Tell whether a slab that bridges columns has nothing beside it, here or in the next line: it parts two bands."""
    slab = slabs[index]
    own = [strip for strip in strips if any(strip[0] - 0.1 <= item.x0 <= strip[1] for item in slab)]
    if len(own) == len(strips):
        return False
    size = max(piece.style.size for item in slab for piece in item.pieces)
    reach = max(item.bottom for item in slab) + 1.6 * size
    beside = [item for near in slabs[index + 1 : index + 4] for item in near if item.top <= reach]
    return all(any(strip[0] - 0.1 <= item.x0 <= strip[1] for strip in own) for item in beside)


def _may_open(slabs: Sequence[Slab], start: int, strip: tuple[float, float], gutter: float) -> bool:
    """Tell whether a narrow beginning may still turn out to be the first lines of a column."""
    left = min(item.x0 for slab in slabs[start:] for item in slab)
    right = max(item.x1 for slab in slabs[start:] for item in slab)
    return strip[1] < right - gutter or strip[0] > left + gutter


def _union(intervals: Sequence[tuple[float, float]], gutter: float) -> list[tuple[float, float]]:
    """Merge intervals that leave no gutter between them."""
    merged: list[tuple[float, float]] = []
    for x0, x1 in sorted(intervals):
        if merged and x0 - merged[-1][1] < gutter:
            merged[-1] = (merged[-1][0], max(merged[-1][1], x1))
        else:
            merged.append((x0, x1))
    return merged


def _columns(items: Sequence[Item], gutter: float) -> list[list[Item]]:
    """Split items at gutters that run through from top to bottom; what is no column of text joins its neighbour."""
    strips = _union([(item.x0, item.x1) for item in items], gutter)
    columns = [[item for item in items if x0 - 0.1 <= item.x0 <= x1] for x0, x1 in strips]
    merged: list[list[Item]] = []
    carry: list[Item] = []
    for strip in columns:
        column = [*carry, *strip]
        carry = []
        if _is_text(column):
            merged.append(column)
        elif merged and not _is_narrow(column):
            merged[-1].extend(column)
        else:
            carry = column
    if carry:
        if not merged:
            return [list(items)]
        merged[-1].extend(carry)
    return merged


def _is_narrow(column: Sequence[Item]) -> bool:
    size = median(piece.style.size for item in column for piece in item.pieces)
    return max(item.x1 for item in column) - min(item.x0 for item in column) < 2 * size


def _is_text(column: Sequence[Item]) -> bool:
    """Tell whether a column holds running text, not cells: lines long enough, of letters, from one left edge."""
    pieces = [piece for item in column for piece in item.pieces]
    lines = {round(piece.baseline) for piece in pieces}
    if len(lines) < 2:
        return False
    letters = sum(char.isalpha() for piece in pieces for char in piece.text)
    total = sum(len(piece.text.strip()) for piece in pieces) or 1
    if letters < 0.6 * total or total / len(lines) < (14 if len(lines) < 6 else 8):
        return False
    size = median(piece.style.size for piece in pieces)
    left = min(piece.x0 for piece in pieces)
    first: dict[int, float] = {}
    for piece in pieces:
        first[round(piece.baseline)] = min(piece.x0, first.get(round(piece.baseline), piece.x0))
    return sum(x0 < left + 2.5 * size for x0 in first.values()) >= 0.5 * len(lines)


def _trimmed(slabs: Sequence[Slab], start: int, reach: int) -> int:
    """Take slabs off the end that belong to what follows: one-sided, and set apart from what is above."""
    if reach >= len(slabs):
        return reach
    while reach - 1 > start:
        last, above, below = slabs[reach - 1], slabs[reach - 2], slabs[reach]
        gap_above = min(item.top for item in last) - max(item.bottom for item in above)
        gap_below = min(item.top for item in below) - max(item.bottom for item in last)
        size = max(piece.style.size for item in last for piece in item.pieces)
        one_sided = len(last) == 1 and not last[0].boxed
        if not (one_sided and (gap_above > 1.2 * size and gap_above >= gap_below)):
            return reach
        reach -= 1
    return reach


def _belongs_above(slabs: Sequence[Slab], start: int) -> bool:
    """Tell whether the first slab is the last line of the paragraph above, and no line of the first column."""
    first = slabs[start]
    if start == 0 or len(first) != 1 or first[0].boxed or start + 1 >= len(slabs):
        return False
    above, below = slabs[start - 1], slabs[start + 1]
    gap_above = min(item.top for item in first) - max(item.bottom for item in above)
    gap_below = min(item.top for item in below) - max(item.bottom for item in first)
    return gap_above < gap_below - 1
