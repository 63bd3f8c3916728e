"""Colours stand out, and apart, for every kind of eye and in grey."""

from __future__ import annotations

import math
from itertools import combinations

import pytest

from bot.charts.palette import CARD, COLUMNS, INK, QUIET, TRACK

Triple = tuple[float, float, float]

# Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
EYES = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
_WHITE = (0.95047, 1.0, 1.08883)


def linear(colour: str) -> Triple:
    red, green, blue = (
        share / 12.92 if (share := byte / 255) <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for byte in bytes.fromhex(colour[1:])
    )
    return red, green, blue


def times(matrix: tuple[Triple, ...], vector: Triple) -> Triple:
    x, y, z = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return x, y, z


def lab(rgb: Triple) -> Triple:
    x, y, z = (
        share ** (1 / 3) if share > 0.008856 else 7.787 * share + 16 / 116
        for share in (value / white for value, white in zip(times(_XYZ, rgb), _WHITE, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour: str, eye: str) -> Triple:
    red, green, blue = (min(max(value, 0.0), 1.0) for value in times(EYES[eye], linear(colour)))
    return lab((red, green, blue))


def distance(one: Triple, other: Triple) -> float:
    return math.dist(one, other)


def contrast(one: str, other: str) -> float:
    dark, light = sorted(times(_XYZ, linear(colour))[1] for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", COLUMNS)
@pytest.mark.parametrize("ground", [CARD, TRACK])
def test_a_bar_stands_out_from_what_is_behind_it(colour: str, ground: str) -> None:
    assert contrast(colour, ground) >= 3


@pytest.mark.parametrize(("colour", "least"), [(INK, 12), (QUIET, 6)])
def test_a_text_stands_out_from_the_card(colour: str, least: float) -> None:
    assert contrast(colour, CARD) >= least


@pytest.mark.parametrize("eye", EYES)
def test_no_two_columns_look_alike(eye: str) -> None:
    assert min(distance(seen(one, eye), seen(other, eye)) for one, other in combinations(COLUMNS, 2)) > 20


def test_in_grey_any_two_columns_differ() -> None:
    lightness = [seen(colour, "normal")[0] for colour in COLUMNS]

    assert min(abs(one - other) for one, other in combinations(lightness, 2)) > 6


def test_in_grey_the_first_two_columns_differ_at_a_glance() -> None:
    first, second = (seen(colour, "normal")[0] for colour in COLUMNS[:2])

    assert abs(first - second) > 20


@pytest.mark.parametrize("theme", ["#313338", "#1E1F22"])
def test_the_card_stands_out_from_the_dark_themes(theme: str) -> None:
    assert contrast(CARD, theme) > 10
