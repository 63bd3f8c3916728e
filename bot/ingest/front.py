"""The front of a document: a portal's cover page set aside, the title found, and the publication's data gathered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.ingest.document import Block, Document
from bot.ingest.imprint import imprint

_PORTAL = re.compile(
    r"general rights|take[ -]?down policy|users may (?:freely )?(?:download|distribute)|"
    r"you may (?:not further|freely) distribute|"
    r"document version|publisher['’]s pdf|version of record|link to publication|citation for pu\w*lished|"
    r"copyright and moral rights|if you believe that this document|published in:|download(?:ed)? (?:date|from)|"
    r"terms of use|accepted author manuscript|publication date\s*:|public portal",
    re.IGNORECASE,
)
_LOOKED_AT = 60  # blocks from the beginning
_STRETCH = 10  # blocks between two signs of a cover page
_ENOUGH = 3
_LABEL = 40  # characters that the name of a rule has at most


def finished(blocks: Sequence[Block], properties: dict[str, str], pages: int = 0) -> Document:
    """Set the cover page aside, tell titles from headings, and read the publication's data."""
    settled = _titled(_fronted(tuple(blocks)))
    return Document(settled, imprint(settled, properties), pages)


def _fronted(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    signs = [index for index, block in enumerate(blocks[:_LOOKED_AT]) if _is_sign(block)]
    if len(signs) < _ENOUGH or signs[0] > 2 * _STRETCH:
        return blocks
    end = signs[0]
    for index in signs:
        if index - end <= _STRETCH:
            end = index
    if len(blocks[end].text) < _LABEL and end + 1 < len(blocks) and len(blocks[end + 1].text) >= _LABEL:
        end += 1  # a label, and what it labels
    cover = tuple(replace(block, kind="front", doubtful=False) for block in blocks[: end + 1])
    return cover + blocks[end + 1 :]


def _is_sign(block: Block) -> bool:
    return len(_PORTAL.findall(block.text)) >= 1 and len(block.text) < 900


def _titled(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Turn the headings before the first text into titles, but for one that heads that text."""
    start = next((index for index, block in enumerate(blocks) if block.kind != "front"), len(blocks))
    end = start
    while end < len(blocks) and blocks[end].kind in {"heading", "caption", "credit"} and end - start < 8:
        end += 1
    heads = [index for index in range(start, end) if blocks[index].kind == "heading"]
    later = {block.level for block in blocks[end:] if block.kind == "heading"}
    if heads and blocks[heads[-1]].level in later and (len(heads) > 1 or not _alone(blocks, heads[0], later)):
        heads.pop()
    titles = set(heads)
    return tuple(replace(block, kind="title") if index in titles else block for index, block in enumerate(blocks))


def _alone(blocks: tuple[Block, ...], head: int, later: set[int]) -> bool:
    """Tell whether the only heading before the text is weightier than those that follow."""
    return bool(later) and blocks[head].level < min(later)
