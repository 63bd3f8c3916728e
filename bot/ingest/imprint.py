"""The imprint: title, authors, date and series, as far as properties, cover page and title page say them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.brief.publication import MONTHS, Name, PartialDate
from bot.ingest.document import Block, Metadata

_CITED = re.compile(
    r"(?P<authors>[^()]{3,300}?)\s*\((?P<year>(?:1[5-9]|20)\d\d)(?:,\s*(?P<month>[A-Z][a-z]+))?[^)]*\)\.\s*"
    r"(?P<title>.{5,300}?)[.?!]\s+(?P<rest>[A-Z].*)",
    re.DOTALL,
)
_MONTH_YEAR = re.compile(rf"\b({'|'.join(MONTHS)})\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_PDF_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s<>\"]+[^\s<>\".,;)]")
_ISBN = re.compile(r"\b97[89](?:[- ]?\d){10}\b")
_VOLUME = re.compile(r"\bVol(?:ume|\.)?\s*(\d+)", re.IGNORECASE)
_ISSUE = re.compile(r"\bNo\.?\s*(\w+)")
_FILE_NAME = re.compile(r".*\.(?:html?|docx?|indd|pdf|tex|rtf|odt)|untitled.*|microsoft word.*", re.IGNORECASE)
_CAPITALISED = r"[A-ZÀ-Þ][\w'’-]*\.?"
_LAST_FIRST = re.compile(
    rf"({_CAPITALISED}(?:\s(?:{_CAPITALISED}|von|van|de|der))*),\s*({_CAPITALISED}(?:\s{_CAPITALISED})*)"
)
_FIRST_LAST = re.compile(rf"({_CAPITALISED}(?:\s{_CAPITALISED})*)\s({_CAPITALISED})")


def imprint(blocks: Sequence[Block], properties: Mapping[str, str]) -> Metadata:
    """Gather the publication's data; what nothing says stays empty."""
    front = [block.text for block in blocks if block.kind == "front"]
    titles = [block.text for block in blocks if block.kind == "title"]
    credit_lines = [block.text for block in blocks if block.kind == "credit"]
    cited = _citation(front)
    everything = [*front, *titles, *credit_lines, *(block.text for block in blocks[:12])]
    title = cited.get("title") or _property(properties, "title") or ". ".join(titles[:2]) or ""
    rest = cited.get("rest", "")
    publisher, _, series = rest.partition(". ")
    return Metadata(
        title=" ".join(title.split())[:300],
        authors=tuple(_authors(cited.get("authors", ""), front, credit_lines, properties)),
        issued=_issued(cited, front, everything, properties),
        publisher=publisher.strip(" .")[:200] if series else "",
        series=_VOLUME.split(series or rest)[0].strip(" .,")[:200] if series else "",
        volume=_first(_VOLUME, series),
        issue=_first(_ISSUE, series),
        doi=_first(_DOI, "\n".join(everything), whole=True),
        isbn=_first(_ISBN, "\n".join([*front, *credit_lines]), whole=True),
        language=properties.get("language", ""),
    )


def _citation(front: Sequence[str]) -> dict[str, str]:
    """Find the reference that a portal gives: Family, G. (2016). Title. Publisher. Series Vol. 3."""
    for text in front:
        match = _CITED.search(text.replace("*", ""))
        if match:
            found = {key: value or "" for key, value in match.groupdict().items()}
            title = _spelt_out(text, found["year"], front)
            if title:
                found["title"] = title
                found["rest"] = text.replace("*", "").split(title, 1)[-1].strip(" .")
            return found
    return {}


def _spelt_out(text: str, year: str, front: Sequence[str]) -> str:
    """Find where a cited title ends: at its marks, or where the cover page's title and subtitle do."""
    marked = re.search(r"\*([^*]{5,300})\*", text)
    if marked:
        return marked[1]
    after = text.partition(f"({year}")[2].partition(")")[2].lstrip(" .")
    best = ""
    for first, second in zip(front, [*front[1:], ""], strict=True):
        for title in (first, f"{first} {second}", f"{first}: {second}"):
            if after.startswith(title) and len(title) > len(best):
                best = title
    return best


def _property(properties: Mapping[str, str], key: str) -> str:
    value = " ".join(properties.get(key, "").split())
    return "" if _FILE_NAME.fullmatch(value) or len(value) < 4 else value


def _first(pattern: re.Pattern[str], text: str, *, whole: bool = False) -> str:
    match = pattern.search(text)
    return (match[0] if whole else match[1]) if match else ""


def _issued(
    cited: Mapping[str, str], front: Sequence[str], everything: Sequence[str], properties: Mapping[str, str]
) -> PartialDate | None:
    year = cited.get("year", "")
    for text in everything:
        match = _MONTH_YEAR.search(text) if len(text) < 200 else None
        if match and (not year or match[2] == year):
            names = [month.casefold() for month in MONTHS]
            return PartialDate(int(match[2]), names.index(match[1].casefold()) + 1)
    if year:
        return PartialDate(int(year))
    dated = re.search(r"date\s*:?\s*((?:19|20)\d\d)", " ".join(front), re.IGNORECASE)
    if dated:
        return PartialDate(int(dated[1]))
    explicit = _YEAR.search(properties.get("date", ""))
    if explicit:
        return PartialDate(int(explicit[1]))
    made = _PDF_DATE.match(properties.get("creationDate", ""))
    return PartialDate(int(made[1])) if made and 1000 < int(made[1]) < 3000 else None


def _authors(
    cited: str, front: Sequence[str], credit_lines: Sequence[str], properties: Mapping[str, str]
) -> Iterator[Name]:
    if cited:
        for match in _LAST_FIRST.finditer(cited.replace("&", ",").replace(" and ", ", ")):
            family, given = match[1], _full_given(match[1], match[2], front)
            yield Name(family=family, given=given, position=_position(f"{given} {family}", credit_lines))
        return
    for person in re.split(r"\s*(?:;|&|\band\b)\s*", _property(properties, "author"))[:20]:
        turned, plain = _LAST_FIRST.fullmatch(person), _FIRST_LAST.fullmatch(person)
        if turned:
            yield Name(family=turned[1], given=turned[2])
        elif plain:
            yield Name(family=plain[2], given=plain[1], position=_position(person, credit_lines))
        elif person:
            yield Name(literal=person[:200])


def _full_given(family: str, initials: str, front: Sequence[str]) -> str:
    """Find the given names that a cover page spells out."""
    for text in front:
        match = _LAST_FIRST.fullmatch(text.strip())
        if match and match[1] == family and match[2][:1] == initials[:1]:
            return match[2]
    return initials.strip()


def _position(name: str, credit_lines: Sequence[str]) -> str:
    """Read the position after a name on the author's line."""
    for text in credit_lines:
        if text.startswith(name + ","):
            return re.sub(r"\s*\([^()]*@[^()]*\)", "", text[len(name) + 1 :]).strip(" .,")[:200]
    return ""
