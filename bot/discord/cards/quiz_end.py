"""The card at the end of a round: the podium, what was hardest, and how it went."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby

from discord import ui

from bot.brief.places import Place
from bot.discord.cards.layout import Part, Tone, beside, body, button, card, heading, line, quiet, texts
from bot.discord.cards.quiz_telling import counted, listed, right_answer, summary
from bot.quiz.results import Question, Standing, board, hardest, per_question, played, standings
from bot.quiz.state import Round

_LAST_RANK = 10
_PODIUM = 3  # ranks in bold letters
_MOST_NAMES = 3  # of one rank
_ROOM_TITLE = 200
_ROOM_WHY = 300
_ROOM_STEM = 220  # three questions and a full board must fit
_ROOM_ANSWER = 160
_ROOM_CITATION = 180
_MOST_CORRECTIONS = 3
_ROOM_CORRECTION = 160
_ORDINALS = {1: "1st", 2: "2nd", 3: "3rd"}


def podium_card(
    round_id: int,
    state: Round,
    *,
    title: str,
    hidden: Collection[int],
    passages: Mapping[Place, str] | None = None,
    corrections: Sequence[str] = (),
) -> ui.LayoutView:
    """Show how a round ended.

    ``hidden``: who is not to be named; ``passages``: the keys of what stands at places; ``corrections``: what the
    record says was corrected afterwards, the latest last.
    """
    game = played(state)
    why = body(state.why, _ROOM_WHY) if state.why.strip() else ""
    head = "\n".join(filter(None, (heading(f"Result: {title}", _ROOM_TITLE), why, summary(state))))
    parts: list[Part] = [*texts([head])]
    ranked = board(standings(game), hidden)
    if ranked and game.counting:
        parts += [line(), *texts(["\n".join(_board(ranked))])]
    if corrections:
        parts += [line(), *texts(["\n".join(_corrected(corrections))])]
    hard = hardest(per_question(game))
    if hard:
        title = "The hardest question" if len(hard) == 1 else f"The {len(hard)} hardest questions"
        parts += [line(), *texts([f"**{title}**"]), *(_hard(one, passages or {}) for one in hard)]
    return card(Tone.ANSWER, parts, [button("My result", "quiz-mine", f"{round_id}.0")])


def _corrected(corrections: Sequence[str]) -> Iterator[str]:
    """Yield the latest corrections, and how many there were before them."""
    yield "**Corrected**"
    if (earlier := len(corrections) - _MOST_CORRECTIONS) > 0:
        yield f"{counted(earlier, 'earlier correction')}, then:"
    yield from (body(one, _ROOM_CORRECTION) for one in corrections[-_MOST_CORRECTIONS:])


def _board(ranked: Sequence[Standing]) -> Iterator[str]:
    """Yield the best ranks; who has no points is not put up for all to see."""
    scored = [one for one in ranked if one.score and one.rank <= _LAST_RANK]
    if not scored:
        yield "Nobody has points."
    for rank, tied in groupby(scored, key=lambda one: one.rank):
        group = list(tied)
        place = _ORDINALS.get(rank, f"{rank}th")
        shown = f"**{place} place:**" if rank <= _PODIUM else f"{place}:"
        yield f"{shown} {_names(group)}, {counted(group[0].score, 'point')}{' each' if len(group) > 1 else ''}"


def _names(group: Sequence[Standing]) -> str:
    """Name who shares a rank; whose name is hidden is counted."""
    named = [f"<@{one.player}>" for one in group if one.player is not None]
    shown = named[:_MOST_NAMES]
    rest = len(group) - len(shown)
    if not rest:
        return listed(shown)
    if len(named) > len(shown):
        return listed([*shown, f"{rest:,} more"])
    return listed([*shown, "name hidden" if rest == 1 else f"{rest:,} names hidden"])


def _hard(one: Question, passages: Mapping[Place, str]) -> Part:
    """Show a hard question, with a button that opens its passage where there is one."""
    text, key = _asked(one), passages.get(one.item.place) if one.item.place else None
    return beside(text, button("Passage", "show", key)) if key else ui.TextDisplay(text)


def _asked(one: Question) -> str:
    share = f"{one.right:,} of {counted(one.answered, 'answer')} right"
    lines = [
        f"**Question {one.number}:** {body(one.item.stem, _ROOM_STEM)}",
        f"Right answer: **{body(right_answer(one.item), _ROOM_ANSWER)}**",
        quiet(share, one.item.citation, room=_ROOM_CITATION),
    ]
    return "\n".join(lines)
