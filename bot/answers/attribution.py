"""Attribution: whose words are shown, and where they stand."""

from __future__ import annotations

from bot.answers.outcomes import Match
from bot.brief.citations import cite
from bot.brief.pack import Entry, Fact, Figure, Pack, Passage, Quote, Recommendation, Term

_QUOTED = "quoted by the brief"
_DEFINED = "our definition"
_FIGURES = "the brief’s figures, in our words"
_PUBLICATION = "publication data"
_AUTHOR = "the author’s words"
_OURS = "our paraphrase"


def whose_words(match: Match) -> str:
    """Say whose words a match shows."""
    match match.entry, match.kind:
        case Quote(), _:
            words = _QUOTED
        case Term(), _:
            words = _DEFINED
        case Figure(), _:
            return _FIGURES
        case _, "publication":
            words = _PUBLICATION
        case _:
            words = _AUTHOR if match.verbatim else _OURS
    if match.answer and match.verbatim and match.answer not in match.text:
        return f"answer: our words; below it: {words}"
    return words


def whose_words_of(entry: Entry) -> str:
    """Say whose words the text of an entry is."""
    match entry:
        case Quote():
            return _QUOTED
        case Term():
            return _DEFINED
        case Figure():
            return _FIGURES
        case Fact():
            return _PUBLICATION
        case Passage(verbatim=verbatim) | Recommendation(verbatim=verbatim) if verbatim:
            return _AUTHOR
        case _:
            return _OURS


def cited(pack: Pack, entry: Entry) -> str:
    """Cite the place of an entry, with its page where the reader's copy tells it."""
    return cite(pack, entry.place, pack.page_of(entry.place)).text
