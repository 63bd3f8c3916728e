"""The encoder writes PNGs that others read, with the very colours that matter."""

from __future__ import annotations

import io
from random import Random

from PIL import Image

from bot.charts.png import encode, whole

RED, GREEN, CLEAR = (255, 0, 0, 255), (0, 128, 0, 255), (255, 255, 255, 0)


def pixels(*colours: tuple[int, int, int, int]) -> bytes:
    return b"".join(bytes(colour) for colour in colours)


def reread(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture)).convert("RGBA")


def test_few_colours_come_back_as_they_were() -> None:
    given = pixels(RED, GREEN, CLEAR, RED, RED, CLEAR)

    assert reread(encode(given, 3, [], 10_000)).tobytes() == given


def test_a_picture_has_its_width_and_height() -> None:
    assert reread(encode(pixels(*[RED] * 6), 3, [], 10_000)).size == (3, 2)


def test_an_exact_colour_stays_however_rare() -> None:
    crowd = [(grey, grey, grey, 255) for grey in range(256) for _ in range(2)]
    picture = encode(pixels(*crowd, RED), 1, [RED], 10_000)

    assert reread(picture).getpixel((0, 512)) == RED


def test_a_rare_colour_becomes_the_nearest() -> None:
    crowd = [(grey, 0, 0, 255) for grey in range(64) for _ in range(2)]
    picture = encode(pixels(*crowd, (70, 0, 0, 255)), 1, [], 10_000)

    assert reread(picture).getpixel((0, 128)) == (63, 0, 0, 255)


def test_fewer_colours_are_taken_where_the_picture_would_be_too_large() -> None:
    noise = Random(1).randbytes(8_000)

    assert len(encode(noise, 40, [], 1_000)) < len(encode(noise, 40, [], 100_000))


def test_a_picture_cut_short_is_not_whole() -> None:
    picture = encode(pixels(RED), 1, [], 10_000)

    assert (whole(picture), whole(picture[:-1])) == (True, False)
