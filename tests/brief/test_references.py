"""The reference and the in-text form of every type of publication in every style, word for word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

import pytest

from bot.brief.places import Place
from bot.brief.publication import PUBLICATION_TYPES, PartialDate, Publication
from bot.brief.references import STYLES, Reference, Style, reference

PLACE = Place("The view from Russia", 2)
ACCESSED = PartialDate(2024, 5, 3)
PROSE: tuple[Style, ...] = ("APA", "MLA", "Chicago", "Harvard")

# Style and type: the entry, in the text with a place, in the text with pages.
ENTRIES: Mapping[tuple[Style, str], tuple[str, str, str]] = {
    ("APA", "report"): (
        (
            "Hansen, F. S. (2016). *Geopolitical bromance or business-as-usual? Donald Trump and US-Russian "
            "relations* (DIIS Policy Brief, Vol. 2016, No. November). Danish Institute for International Studies."
        ),
        '(Hansen, 2016, "The view from Russia" section, para. 2)',
        "(Hansen, 2016, pp. 3–4)",
    ),
    ("APA", "article-journal"): (
        (
            'Hansen, F. S., & Olsen, J.-P. (2016). What "reset" means: A view from Moscow. *Journal of Briefs*, '
            "*12*(3), 115–123. https://doi.org/10.1000/182"
        ),
        '(Hansen & Olsen, 2016, "The view from Russia" section, para. 2)',
        "(Hansen & Olsen, 2016, pp. 3–4)",
    ),
    ("APA", "book"): (
        (
            "Hansen, F. S., Olsen, J.-P., & Krüger, É. (2016). *A book about briefs* (J. Doe, Ed.; 2nd ed., Vol. "
            "3). Verlag."
        ),
        '(Hansen et al., 2016, "The view from Russia" section, para. 2)',
        "(Hansen et al., 2016, pp. 3–4)",
    ),
    ("APA", "chapter"): (
        (
            "Hansen, F. S. (2016). Why read briefs? In J.-P. Olsen & É. Krüger (Eds.), *The book of briefs* (pp. "
            "107–109). Verlag."
        ),
        '(Hansen, 2016, "The view from Russia" section, para. 2)',
        "(Hansen, 2016, pp. 3–4)",
    ),
    ("APA", "webpage"): (
        (
            "The Brief Society. (2016, November 9). *How to read a brief*. Briefs today. Retrieved May 3, 2024, "
            "from https://example.org/how_to_read"
        ),
        '(The Brief Society, 2016, "The view from Russia" section, para. 2)',
        "(The Brief Society, 2016, pp. 3–4)",
    ),
    ("MLA", "report"): (
        (
            "Hansen, Flemming Splidsboel. *Geopolitical Bromance or Business-as-Usual? Donald Trump and "
            "US-Russian Relations*. Danish Institute for International Studies, Nov. 2016. DIIS Policy Brief, "
            "vol. 2016, no. November."
        ),
        '(Hansen, "The view from Russia," par. 2)',
        "(Hansen 3–4)",
    ),
    ("MLA", "article-journal"): (
        (
            "Hansen, Flemming Splidsboel, and Jean-Paul Olsen. \"What 'Reset' Means: A View from Moscow.\" "
            "*Journal of Briefs*, vol. 12, no. 3, Nov. 2016, pp. 115–23, https://doi.org/10.1000/182."
        ),
        '(Hansen and Olsen, "The view from Russia," par. 2)',
        "(Hansen and Olsen 3–4)",
    ),
    ("MLA", "book"): (
        (
            "Hansen, Flemming Splidsboel, et al. *A Book about Briefs*. Edited by Jane Doe, 2nd ed., vol. 3, "
            "Verlag, 2016. Books on Briefs 7."
        ),
        '(Hansen et al., "The view from Russia," par. 2)',
        "(Hansen et al. 3–4)",
    ),
    ("MLA", "chapter"): (
        (
            'Hansen, Flemming Splidsboel. "Why Read Briefs?" *The Book of Briefs*, edited by Jean-Paul Olsen and '
            "Émile Krüger, Verlag, 2016, pp. 107–09."
        ),
        '(Hansen, "The view from Russia," par. 2)',
        "(Hansen 3–4)",
    ),
    ("MLA", "webpage"): (
        (
            'The Brief Society. "How to Read a Brief." *Briefs Today*, 9 Nov. 2016, '
            "https://example.org/how_to_read. Accessed 3 May 2024."
        ),
        '(The Brief Society, "The view from Russia," par. 2)',
        "(The Brief Society 3–4)",
    ),
    ("Chicago", "report"): (
        (
            "Hansen, Flemming Splidsboel. 2016. *Geopolitical Bromance or Business-as-Usual? Donald Trump and "
            "US-Russian Relations*. DIIS Policy Brief, vol. 2016, no. November. Danish Institute for "
            "International Studies."
        ),
        '(Hansen 2016, under "The view from Russia," para. 2)',
        "(Hansen 2016, 3–4)",
    ),
    ("Chicago", "article-journal"): (
        (
            "Hansen, Flemming Splidsboel, and Jean-Paul Olsen. 2016. \"What 'Reset' Means: A View from Moscow.\" "
            "*Journal of Briefs* 12 (3): 115–23. https://doi.org/10.1000/182."
        ),
        '(Hansen and Olsen 2016, under "The view from Russia," para. 2)',
        "(Hansen and Olsen 2016, 3–4)",
    ),
    ("Chicago", "book"): (
        (
            "Hansen, Flemming Splidsboel, Jean-Paul Olsen, and Émile Krüger. 2016. *A Book about Briefs*. 2nd "
            "ed. Edited by Jane Doe. Vol. 3. Books on Briefs 7. Copenhagen: Verlag."
        ),
        '(Hansen, Olsen, and Krüger 2016, under "The view from Russia," para. 2)',
        "(Hansen, Olsen, and Krüger 2016, 3–4)",
    ),
    ("Chicago", "chapter"): (
        (
            'Hansen, Flemming Splidsboel. 2016. "Why Read Briefs?" In *The Book of Briefs*, edited by Jean-Paul '
            "Olsen and Émile Krüger, 107–9. Copenhagen: Verlag."
        ),
        '(Hansen 2016, under "The view from Russia," para. 2)',
        "(Hansen 2016, 3–4)",
    ),
    ("Chicago", "webpage"): (
        (
            'The Brief Society. 2016. "How to Read a Brief." Briefs Today, November 9, 2016. Accessed May 3, '
            "2024. https://example.org/how_to_read."
        ),
        '(The Brief Society 2016, under "The view from Russia," para. 2)',
        "(The Brief Society 2016, 3–4)",
    ),
    ("Harvard", "report"): (
        (
            "Hansen, F.S. (2016) *Geopolitical bromance or business-as-usual? Donald Trump and US-Russian "
            "relations*. Danish Institute for International Studies (DIIS Policy Brief, Vol. 2016, No. November)."
        ),
        "(Hansen, 2016, 'The view from Russia', para. 2)",
        "(Hansen, 2016, pp. 3–4)",
    ),
    ("Harvard", "article-journal"): (
        (
            "Hansen, F.S. and Olsen, J.-P. (2016) 'What \"reset\" means: a view from Moscow', *Journal of Briefs*, "
            "12(3), pp. 115–123. Available at: https://doi.org/10.1000/182."
        ),
        "(Hansen and Olsen, 2016, 'The view from Russia', para. 2)",
        "(Hansen and Olsen, 2016, pp. 3–4)",
    ),
    ("Harvard", "book"): (
        (
            "Hansen, F.S., Olsen, J.-P. and Krüger, É. (2016) *A book about briefs*. 2nd edn. Edited by J. Doe. "
            "Vol. 3. Copenhagen: Verlag (Books on Briefs, 7)."
        ),
        "(Hansen, Olsen and Krüger, 2016, 'The view from Russia', para. 2)",
        "(Hansen, Olsen and Krüger, 2016, pp. 3–4)",
    ),
    ("Harvard", "chapter"): (
        (
            "Hansen, F.S. (2016) 'Why read briefs?', in J.-P. Olsen and É. Krüger (eds) *The book of briefs*. "
            "Copenhagen: Verlag, pp. 107–109."
        ),
        "(Hansen, 2016, 'The view from Russia', para. 2)",
        "(Hansen, 2016, pp. 3–4)",
    ),
    ("Harvard", "webpage"): (
        (
            "The Brief Society (2016) *How to read a brief*, *Briefs today*. Available at: "
            "https://example.org/how_to_read (Accessed: 3 May 2024)."
        ),
        "(The Brief Society, 2016, 'The view from Russia', para. 2)",
        "(The Brief Society, 2016, pp. 3–4)",
    ),
}


def written(works: Mapping[str, Publication], style: Style, kind: str, page: str = "") -> Reference:
    """Cite the work of that type at the place, or at a page."""
    return reference(works[kind], style, PLACE, page, ACCESSED)


@pytest.mark.parametrize(("style", "kind"), ENTRIES)
def test_every_type_has_its_entry_in_every_style(works: Mapping[str, Publication], style: Style, kind: str) -> None:
    assert written(works, style, kind).markup == ENTRIES[style, kind][0]


@pytest.mark.parametrize(("style", "kind"), ENTRIES)
def test_the_text_is_the_markup_without_its_asterisks(
    works: Mapping[str, Publication], style: Style, kind: str
) -> None:
    assert written(works, style, kind).text == ENTRIES[style, kind][0].replace("*", "")


@pytest.mark.parametrize(("style", "kind"), ENTRIES)
def test_a_place_is_named_by_section_and_paragraph(works: Mapping[str, Publication], style: Style, kind: str) -> None:
    assert written(works, style, kind).in_text == ENTRIES[style, kind][1]


@pytest.mark.parametrize(("style", "kind"), ENTRIES)
def test_a_page_goes_before_a_place(works: Mapping[str, Publication], style: Style, kind: str) -> None:
    assert written(works, style, kind, "3-4").in_text == ENTRIES[style, kind][2]


@pytest.mark.parametrize("style", PROSE)
def test_prose_is_not_a_file(works: Mapping[str, Publication], style: Style) -> None:
    assert written(works, style, "report").filename == ""


@pytest.mark.parametrize("style", STYLES)
def test_an_unknown_address_is_not_made_up(brief: Publication, style: Style) -> None:
    assert "http" not in reference(brief, style, accessed=ACCESSED).text


@pytest.mark.parametrize("style", STYLES)
def test_the_portal_that_republished_it_is_not_its_address(brief: Publication, style: Style) -> None:
    assert "portal" not in reference(brief, style).text


def test_the_table_holds_the_styles_that_the_type_names() -> None:
    assert tuple(STYLES) == get_args(Style)


def test_no_type_of_publication_is_left_out(works: Mapping[str, Publication]) -> None:
    assert tuple(works) == PUBLICATION_TYPES
