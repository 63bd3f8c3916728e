"""The four styles of prose: APA 7, MLA 9, Chicago 17 (author-date), Harvard (Cite Them Right 12).

Their order and punctuation were compared with what the Citation Style Language's styles of these names write.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.brief.publication import Name, Publication
from bot.brief.references_manner import Manner, capitalised, closed_title, headline_titles, sentence_titles
from bot.brief.references_parts import (
    PARTS,
    Cited,
    Reference,
    access,
    day_month_year,
    edition,
    elided_pages,
    enclosed,
    extent,
    imprint,
    initials,
    inverted,
    is_author,
    italic,
    kind,
    labelled_pages,
    leaders,
    link,
    listed,
    month_day,
    month_day_year,
    numbered,
    others,
    page_range,
    prose,
    publisher,
    short_title,
    spaced,
)

_APA = Manner(section="{} section")
_MLA = Manner(
    paragraph="par.", page_label=False, figures=("fig.", "table"), volume="vol.", number="no.", number_after=" "
)
_CHICAGO = Manner(
    section="under {}", page_label=False, figures=("fig.", "table"), volume="vol.", number="no.", number_after=" "
)
_HARVARD = Manner(quotation_marks=("'", "'"), inside=False, number_after=", ")
_MLA_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_ET_AL = italic("et al.")


def apa(cited: Cited) -> Reference:
    """Follow the Publication Manual of the American Psychological Association, 7th edition."""
    work = sentence_titles(closed_title(cited.work))
    who, edited = leaders(work)
    part = work.type in PARTS
    names = _apa_names(who)
    names = spaced(names, enclosed(_apa_role(who)) if edited else "")
    year = work.year
    date = enclosed(_APA.commas(year, month_day(work.issued) if work.type == "webpage" and not work.undated else ""))
    title = spaced(work.title if part else italic(work.title), _apa_details(work))
    read = access(cited) if work.type == "webpage" else None
    retrieved = f"Retrieved {month_day_year(read)}, from" if read else ""
    head = (names, date, title) if names else (title, date)
    entry = spaced(_APA.sentences(*head, *_apa_source(work)), retrieved, link(work))
    short = [name.short for name in who]
    author = f"{short[0]} et al." if len(short) > 2 else " & ".join(short)
    author = author or _APA.titled(short_title(headline_titles(work).title), part=part)
    return prose(entry, enclosed(_APA.commas(author, year, _APA.locator(cited))))


def _apa_names(who: Sequence[Name]) -> str:
    people = [inverted(name, initials(name.given)) for name in who]
    if len(people) > 20:
        return f"{', '.join(people[:19])}, . . . {people[-1]}"
    return listed(people, ", & ")


def _apa_role(who: Sequence[Name]) -> str:
    return "Eds." if len(who) > 1 else "Ed."


def _apa_editors(editors: Sequence[Name]) -> str:
    return listed([spaced(initials(name.given), name.short) for name in editors], ", & ", " & ")


def _apa_details(work: Publication) -> str:
    if work.type in PARTS:
        return ""
    editors = others(work)
    by = f"{_apa_editors(editors)}, {_apa_role(editors)}" if editors else ""
    number = _APA.series(work) if work.type == "report" else numbered("Vol.", work.volume)
    details = "; ".join(filter(None, (by, _APA.commas(edition(work, "ed."), number))))
    return spaced(enclosed(details), f"[{kind(work)}]" if kind(work) else "")


def _apa_source(work: Publication) -> tuple[str, ...]:
    if work.type == "article-journal":
        numbers = italic(work.volume) + enclosed(work.issue)
        pages = page_range(work.page) or numbered("Article", work.number)
        return (_APA.commas(italic(work.container_title), numbers, pages),)
    if work.type == "webpage":
        site = work.container_title or work.publisher
        return () if is_author(work, site) else (site,)
    printed = "" if is_author(work, work.publisher) else work.publisher
    if work.type != "chapter":
        return (printed,)
    editors = others(work)
    by = f"{_apa_editors(editors)} ({_apa_role(editors)})" if editors else ""
    numbers = _APA.commas(edition(work, "ed."), numbered("Vol.", work.volume), labelled_pages(work.page))
    book = spaced(f"{by}," if by and work.container_title else by, italic(work.container_title))
    return (spaced(f"In {book}" if book else "", enclosed(numbers)), printed)


def mla(cited: Cited) -> Reference:
    """Follow the MLA Handbook, 9th edition."""
    work = headline_titles(closed_title(cited.work))
    who, edited = leaders(work)
    who = () if is_author(work, work.publisher) else who
    names = _mla_names(who)
    names += (", editors" if len(who) > 1 else ", editor") if edited else ""
    part = work.type in PARTS or bool(work.type == "webpage" and work.container_title)
    read = access(cited)
    in_series = work.type in ("book", "chapter") or bool(work.type == "report" and work.collection_title)
    entry = _MLA.sentences(
        names,
        _MLA.titled(work.title, part=part),
        _mla_container(work, "" if in_series else _MLA.series(work)),
        f"Accessed {day_month_year(read, _MLA_MONTHS)}" if read else "",
        kind(work),
        _MLA.series(work) if in_series else "",
    )
    short = [name.short for name in who]
    author = f"{short[0]} et al." if len(short) > 2 else " and ".join(short)
    author = author or _MLA.titled(short_title(work.title), part=part)
    locator = _MLA.locator(cited)
    return prose(entry, enclosed(spaced(author, locator) if cited.page else _MLA.commas(author, locator)))


def _mla_names(who: Sequence[Name]) -> str:
    names = [inverted(name, name.given) for name in who[:1]] + [name.full for name in who[1:]]
    return f"{names[0]}, et al." if len(names) > 2 else ", and ".join(names)


def _mla_container(work: Publication, number: str) -> str:
    editors = [name.full for name in others(work)]
    by = f"{editors[0]} et al." if len(editors) > 2 else " and ".join(editors)
    volume = "" if work.type == "report" else numbered("vol.", work.volume)
    if work.type == "article-journal":
        number = numbered("no.", work.issue) or ("" if work.page else numbered("article", work.number))
    numbers = _MLA.commas(f"edited by {by}" if by else "", edition(work, "ed."), volume, number)
    return _MLA.commas(
        italic(work.container_title),
        numbers if work.container_title else capitalised(numbers),
        "" if work.type == "article-journal" else publisher(work),
        "" if work.undated else day_month_year(work.issued, _MLA_MONTHS),
        labelled_pages(elided_pages(work.page, chicago=False)),
        link(work),
    )


def chicago(cited: Cited) -> Reference:
    """Follow the Chicago Manual of Style, 17th edition, author and date."""
    work = headline_titles(closed_title(cited.work))
    who, edited = leaders(work)
    names = _chicago_names(who)
    names += (", eds." if len(who) > 1 else ", ed.") if edited else ""
    part = work.type in PARTS or work.type == "webpage"
    title, year = _CHICAGO.titled(work.title, part=part), work.year
    read = access(cited)
    accessed = f"Accessed {month_day_year(read)}" if read else ""
    head = (names, year, title) if names else (title, year)
    entry = _CHICAGO.sentences(*head, *_chicago_source(work), accessed, link(work))
    short = [name.short for name in who]
    author = f"{short[0]} et al." if len(short) > 3 else listed(short, ", and ", " and ")
    author = author or _CHICAGO.titled(short_title(work.title), part=part)
    return prose(entry, enclosed(_CHICAGO.commas(spaced(author, year), _CHICAGO.locator(cited))))


def _chicago_names(who: Sequence[Name]) -> str:
    names = [inverted(name, name.given) for name in who[:1]] + [name.full for name in who[1:]]
    return f"{', '.join(names[:7])}, et al." if len(names) > 10 else listed(names, ", and ")


def _chicago_source(work: Publication) -> tuple[str, ...]:
    pages = elided_pages(extent(work), chicago=True)
    if work.type == "article-journal":
        journal = spaced(italic(work.container_title), work.volume)
        if work.volume:
            journal = spaced(journal, enclosed(work.issue))
        else:
            journal = _CHICAGO.commas(journal, numbered("no.", work.issue))
        return (": ".join(filter(None, (journal, pages))),)
    if work.type == "webpage":
        date = month_day_year(work.issued) if work.issued.month and not work.undated else ""
        return (_CHICAGO.commas(work.container_title, publisher(work), date),)
    editors = [name.full for name in others(work)]
    by = f"edited by {listed(editors, ', and ', ' and ')}" if editors else ""
    volume = "" if work.type == "report" else work.volume
    rest = (kind(work), _CHICAGO.series(work), imprint(work))
    if work.type != "chapter":
        return (edition(work, "ed."), capitalised(by), capitalised(numbered("vol.", volume)), *rest)
    place = f"{volume}:{pages}" if volume and pages else numbered("vol.", volume) or pages
    book = _CHICAGO.commas(italic(work.container_title), edition(work, "ed."), by, place)
    return (f"In {book}" if work.container_title else capitalised(book), *rest)


def harvard(cited: Cited) -> Reference:
    """Follow Cite Them Right, 12th edition."""
    work = closed_title(cited.work)
    who, edited = leaders(work)
    names = _harvard_names([inverted(name, initials(name.given, "")) for name in who])
    names = spaced(names, ("(eds)" if len(who) > 1 else "(ed.)") if edited else "")
    part, year = work.type in PARTS, work.year
    title = _HARVARD.titled(work.title, part=part)
    goes_on = part or bool(work.type == "webpage" and work.container_title)
    head = spaced(names, enclosed(year), title) if names else spaced(title, enclosed(year))
    body = _harvard_source(work)
    if names and body:
        head = f"{head}," if goes_on else _HARVARD.stop(head)
    read = access(cited)
    accessed = enclosed(f"Accessed: {day_month_year(read)}") if read else ""
    available = f"Available at: {spaced(link(work), accessed)}" if link(work) else ""
    entry = _HARVARD.sentences(spaced(head, body), available)
    author = _harvard_names([name.short for name in who]) or _HARVARD.titled(short_title(work.title), part=part)
    return prose(entry, enclosed(_HARVARD.commas(author, year, _HARVARD.locator(cited))))


def _harvard_names(names: Sequence[str]) -> str:
    return f"{names[0]} {_ET_AL}" if len(names) > 3 else listed(names, " and ")


def _harvard_source(work: Publication) -> str:
    if work.type == "article-journal":
        numbers = work.volume + enclosed(work.issue)
        pages = labelled_pages(work.page) or numbered("article", work.number)
        return _HARVARD.commas(italic(work.container_title), numbers, pages)
    if work.type == "webpage":
        return _HARVARD.sentences(italic(work.container_title), publisher(work))
    editors = others(work)
    by = _harvard_names([spaced(initials(name.given, ""), name.short) for name in editors])
    chapter = work.type == "chapter"
    book = spaced(by, ("(eds)" if len(editors) > 1 else "(ed.)") if by else "", italic(work.container_title))
    printed = spaced(imprint(work), enclosed(_HARVARD.series(work)))
    return _HARVARD.sentences(
        (f"in {book}" if book else "") if chapter else "",
        edition(work, "edn"),
        f"Edited by {by}" if by and not chapter else "",
        "" if work.type == "report" else numbered("Vol.", work.volume),
        kind(work),
        _HARVARD.commas(printed, labelled_pages(work.page) if chapter else ""),
    )
