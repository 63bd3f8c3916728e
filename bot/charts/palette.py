"""Colours of a chart: dark on a light card of its own, so that both of Discord's themes frame it alike.

The colours of the columns were searched for near the hues of Okabe and Ito (https://jfly.uni-koeln.de/color/). All
stand out from card and track by 3:1 (WCAG 1.4.11), differ in lightness, and stay apart for the three kinds of colour
blindness (Machado, Oliveira and Fernandes 2009, severity 1). The tests compute it.
"""

from __future__ import annotations

CARD = "#FBFAF6"
RIM = "#D9D5CA"  # the card's edge and other hairlines
INK = "#1B2026"
QUIET = "#565B63"  # source, citation and what is missing: 4.5:1 and more
TRACK = "#F2EFE7"  # from nothing to the whole, behind a share
COLUMNS = ("#D26E12", "#004EA6", "#0A8658", "#895084", "#7D0A0A", "#001847")


def colour_of(column: int) -> str:
    """Give the colour of a column by its position; they come round again after the sixth."""
    return COLUMNS[column % len(COLUMNS)]
