"""PNG with a palette: pictures of few colours in a third of the bytes, the same bytes for the same picture."""

from __future__ import annotations

import struct
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeAlias

Colour: TypeAlias = "tuple[int, int, int, int]"  # red, green, blue, opacity

SIGNATURE = b"\x89PNG\r\n\x1a\n"
END = b"\x00\x00\x00\x00IEND\xaeB`\x82"

_DEPTHS = (64, 32, 24, 16)  # colours, of which the most are taken that stay within the bytes


def encode(pixels: bytes, width: int, exact: Sequence[Colour], most_bytes: int) -> bytes:
    """Write RGBA pixels, row by row, as a PNG of at most 64 colours; fewer where it would be larger than wanted.

    ``exact`` colours are kept as they are, then the most frequent ones; the others become the nearest of these.
    """
    words = memoryview(pixels).cast("I")
    counts = Counter(words)
    picture = b""
    for depth in _DEPTHS:
        picture = _picture(words, width, counts, [_word(colour) for colour in exact], depth)
        if len(picture) <= most_bytes:
            break
    return picture


def whole(picture: bytes) -> bool:
    """Tell whether this is a PNG from its first byte to its last."""
    return picture.startswith(SIGNATURE) and picture.endswith(END)


def _word(colour: Colour) -> int:
    return int.from_bytes(bytes(colour), sys.byteorder)


def _colour(word: int) -> Colour:
    red, green, blue, opacity = word.to_bytes(4, sys.byteorder)
    return red, green, blue, opacity


def _picture(words: memoryview[int], width: int, counts: Counter[int], exact: list[int], depth: int) -> bytes:
    frequent = (word for word, _ in counts.most_common())
    chosen = list(dict.fromkeys([*exact, *frequent]))[: max(depth, len(exact))]
    colours = [_colour(word) for word in chosen]
    places = {word: place for place, word in enumerate(chosen)}
    for word in counts:
        if word not in places:
            places[word] = _nearest(_colour(word), colours)
    indices = bytes(map(places.__getitem__, words))
    rows = b"".join(b"\x00" + indices[start : start + width] for start in range(0, len(indices), width))
    return b"".join(_chunks(width, len(indices) // width, colours, rows))


def _nearest(colour: Colour, colours: list[Colour]) -> int:
    red, green, blue, opacity = colour
    distances = [(red - r) ** 2 + (green - g) ** 2 + (blue - b) ** 2 + (opacity - o) ** 2 for r, g, b, o in colours]
    return distances.index(min(distances))


def _chunks(width: int, height: int, colours: list[Colour], rows: bytes) -> Iterator[bytes]:
    """Yield the parts of the file; see the PNG specification (https://www.w3.org/TR/png-3/), chapter 11."""
    yield SIGNATURE
    yield _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
    yield _chunk(b"PLTE", b"".join(bytes(colour[:3]) for colour in colours))
    yield _chunk(b"tRNS", bytes(colour[3] for colour in colours))
    yield _chunk(b"IDAT", zlib.compress(rows, 9))
    yield END


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
