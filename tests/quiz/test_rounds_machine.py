"""Rounds under whatever can happen, held against a second, naive account of which answers count."""

from __future__ import annotations

import datetime as dt

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.quiz.events import (
    Advanced,
    Answered,
    ConfirmPrivately,
    Effect,
    Event,
    Extended,
    ExtraGiven,
    Joined,
    Left,
    MessageLost,
    MessageStood,
    Paused,
    Picked,
    Podium,
    PostQuestion,
    RefusePrivately,
    Restarted,
    Resumed,
    Reveal,
    SaveAnswer,
    Skipped,
    Started,
    Stopped,
    Ticked,
    Voided,
)
from bot.quiz.results import played, standings, totals
from bot.quiz.rounds import begin, step
from bot.quiz.rules import Joining, Rules, Scoring, points
from bot.quiz.saving import dump_round, load_round
from bot.quiz.state import Halt, Phase, Round, next_tick
from tests.quiz.river_quiz import NOON, choice, true_false

ITEMS = (choice("fish", right=1), true_false("rain"), choice("mills", right=3), true_false("boats", holds=False))
PLAYERS = st.integers(1, 3)
OFF = st.sampled_from([0, 0, 0, 0, 0, 0, 1, -1])  # mostly the present question
OPTIONS = st.sampled_from([0, 1, 0, 1, 0, 1, 2, 3, 4, -1])
MOSTLY = st.sampled_from([True, True, True, True, False])
AGO = st.sampled_from([0.0, 0.25, 0.5, 0.9])
RULES = st.builds(
    Rules,
    seconds=st.sampled_from([0, 10, 30]),
    gap=st.sampled_from([0, 10]),
    scoring=st.sampled_from(Scoring),
    joining=st.sampled_from(Joining),
)


class Rounds(RuleBasedStateMachine):
    """Plays a round, and keeps its own account: the clock as a sum of seconds that ran, and the answers that count."""

    state: Round

    @initialize(rules=RULES, lobby=st.sets(PLAYERS), begun=MOSTLY)
    def open_lobby(self, rules: Rules, lobby: set[int], begun: bool) -> None:
        self.now = NOON
        self.state = begin(ITEMS, rules, NOON)
        self.effects: tuple[Effect, ...] = ()
        self.left: float | None = None  # seconds until the deadline, None: there is none
        self.counted: dict[tuple[int, int], tuple[dt.datetime, int]] = {}
        self.void: set[int] = set()
        for player in sorted(lobby):
            self.join(player)
        if begun:
            self.start()
            self.stand(0)

    # --- what happens ---

    def happen(self, event: Event) -> None:
        before = self.state
        self.state, self.effects = step(self.state, event, self.now)
        if self.state.number != before.number or self.state.phase is Phase.ENDED:
            self.left = None

    @property
    def running(self) -> bool:
        return self.state.phase is Phase.OPEN and self.state.halted is None

    @rule(seconds=st.floats(0.1, 20))
    def wait(self, seconds: float) -> None:
        self.now += dt.timedelta(seconds=seconds)
        if self.running and self.left is not None:
            self.left -= seconds

    @rule(player=PLAYERS)
    def join(self, player: int) -> None:
        self.happen(Joined(player, self.now))

    @rule(player=PLAYERS)
    @precondition(lambda self: self.state.players)
    def leave(self, player: int) -> None:
        self.happen(Left(player, self.now))

    @rule(player=PLAYERS, percent=st.sampled_from([0, 50, 100]))
    @precondition(lambda self: self.state.phase is Phase.LOBBY)
    def give_extra(self, player: int, percent: int) -> None:
        self.happen(ExtraGiven(player, percent, self.now))

    @rule()
    @precondition(lambda self: self.state.phase is Phase.LOBBY)
    def start(self) -> None:
        self.happen(Started(self.now))

    @rule(off=OFF)
    @precondition(lambda self: self.state.phase is Phase.POSTING or self.state.halt is Halt.LOST)
    def stand(self, off: int) -> None:
        number = self.state.number + off
        waiting = self.state.phase is Phase.POSTING and number == self.state.number
        self.happen(MessageStood(number, self.now))
        if waiting:
            self.left = self.state.rules.seconds or None

    @rule(off=OFF)
    @precondition(lambda self: self.state.current)
    def lose_message(self, off: int) -> None:
        self.happen(MessageLost(self.state.number + off, self.now))

    @rule(player=PLAYERS, off=OFF, option=OPTIONS, ago=AGO)
    def answer_after_a_while(self, player: int, off: int, option: int, ago: float) -> None:
        self.answer(player, off, option, ago)

    @rule(player=PLAYERS, off=OFF, option=OPTIONS, ago=AGO)
    @precondition(lambda self: self.running)
    def answer(self, player: int, off: int, option: int, ago: float) -> None:
        """Answer a little in the past: it arrives late."""
        number = self.state.number + off
        posting = self.state.phase is Phase.POSTING and number == self.state.number
        before = self.state
        at = self.now - dt.timedelta(seconds=ago if self.running and self._stood_for(ago) else 0)
        expected = self._counts(player, number, option, at)
        self.happen(Answered(player, number, Picked(option), at))
        if posting:
            self.left = self.state.rules.seconds or None
        if expected:
            last = self.counted.get((number, player))
            if last is None or (at >= last[0] and option != last[1]):
                self.counted[number, player] = (at, option)
        else:
            assert self.state.rows == before.rows, "an answer that does not count left a row"
            assert any(isinstance(effect, RefusePrivately) for effect in self.effects)

    def _stood_for(self, ago: float) -> bool:
        edges = [self.state.stood, *(one.end for one in self.state.breaks)]
        return all(edge is not None and self.now - dt.timedelta(seconds=ago) > edge for edge in edges)

    def _counts(self, player: int, number: int, option: int, at: dt.datetime) -> bool:
        """Say by the account of our own whether an answer counts."""
        state = self.state
        if number != state.number or state.phase not in {Phase.POSTING, Phase.OPEN, Phase.REVEALED}:
            return False
        if not 0 <= option < len(ITEMS[number - 1].options):
            return False
        if state.rules.joining is Joining.LOBBY and player not in state.players:
            return False
        if state.phase is Phase.REVEALED:
            return state.closed == at and (self.left is None or self._extra(player) + self.left >= 0)
        if state.halt is Halt.PAUSE:
            return False
        if self.left is None:
            return True
        if state.halted is not None:
            return self.left + self._extra(player) >= 0
        return self.left + (self.now - at).total_seconds() + self._extra(player) >= 0

    def _extra(self, player: int) -> float:
        return (self.state.rules.seconds or 0) * self.state.extra.get(player, 0) / 100

    @rule(stands=MOSTLY)
    @precondition(lambda self: self.state.phase is Phase.REVEALED)
    def go_on(self, stands: bool) -> None:
        self.happen(Advanced(self.now))
        self._stand_if(stands)

    @rule(stands=MOSTLY)
    @precondition(lambda self: self.state.current or self.state.phase is not Phase.OPEN)
    def advance(self, stands: bool) -> None:
        self.happen(Advanced(self.now))
        self._stand_if(stands)

    @rule(stands=MOSTLY)
    @precondition(lambda self: self.state.current)
    def skip(self, stands: bool) -> None:
        if self.state.phase in {Phase.POSTING, Phase.OPEN}:
            self.void.add(self.state.number)
        self.happen(Skipped(self.now))
        self._stand_if(stands)

    def _stand_if(self, stands: bool) -> None:
        if stands and self.state.phase is Phase.POSTING:
            self.stand(0)

    @rule(number=st.integers(0, 5))
    @precondition(lambda self: self.state.earlier)
    def void_question(self, number: int) -> None:
        if 1 <= number <= self.state.number:
            self.void.add(number)
        self.happen(Voided(number, self.now))

    @rule()
    @precondition(lambda self: self.state.current and self.state.halt is not Halt.PAUSE)
    def pause(self) -> None:
        self.happen(Paused(self.now))

    @rule()
    @precondition(lambda self: self.state.halted is not None)
    def resume(self) -> None:
        self.happen(Resumed(self.now))

    @rule()
    @precondition(lambda self: self.running)
    def resume_what_runs(self) -> None:
        before = self.state
        self.happen(Resumed(self.now))
        assert self.state == before

    @rule(seconds=st.integers(-1, 30))
    @precondition(lambda self: self.running)
    def extend(self, seconds: int) -> None:
        extended = self.state.phase is Phase.OPEN and self.left is not None and seconds >= 1
        self.happen(Extended(seconds, self.now))
        if extended and self.left is not None:
            self.left += seconds

    @rule(stands=MOSTLY)
    @precondition(lambda self: self.state.number > 0)
    def tick(self, stands: bool) -> None:
        self.happen(Ticked())
        self._stand_if(stands)

    @rule(lost=st.floats(0, 15))
    @precondition(lambda self: self.state.number > 0)
    def restart(self, lost: float) -> None:
        """Lose the process for a while, and take the round up from what was saved."""
        alive = self.state.last_deadline is None or self.state.last_deadline > self.now
        self.now += dt.timedelta(seconds=lost)
        deadline = self.state.deadline
        loaded = load_round(dump_round(self.state), self.state.rows)
        assert loaded == self.state, "what was saved was not taken up"
        self.state = loaded
        self.happen(Restarted(self.now, lost))
        if self.running and self.left is not None and not alive:
            self.left -= lost
        if self.running and deadline and alive:
            assert self.state.deadline is not None
            assert abs((self.state.deadline - deadline).total_seconds() - lost) < 0.001, "lost time was not given back"

    @rule()
    @precondition(lambda self: self.state.phase is not Phase.ENDED)
    def stop_in_another_world(self) -> None:
        """Stop at any moment: there is a podium, with the scores so far."""
        stopped, effects = step(self.state, Stopped(self.now), self.now)
        unfinished = {self.state.number} if self.state.phase in {Phase.POSTING, Phase.OPEN} else set()

        assert any(isinstance(effect, Podium) for effect in effects)
        assert sum(totals(played(stopped)).values()) == sum(self._totals(unfinished).values())
        assert {one.player for one in standings(played(stopped))} >= {player for _, player in self.counted}

    @rule()
    @precondition(lambda self: self.state.number > 2)
    def stop(self) -> None:
        if self.state.phase in {Phase.POSTING, Phase.OPEN}:
            self.void.add(self.state.number)
        self.happen(Stopped(self.now))

    # --- what must hold ---

    def _totals(self, hidden: set[int]) -> dict[int, int]:
        found: dict[int, int] = {}
        for row in self.state.rows:
            right = row.given == ITEMS[row.number - 1].options.index(ITEMS[row.number - 1].answer)
            if row.number not in self.void | hidden:
                scored = points(right=right, elapsed=row.elapsed, allowed=row.allowed, scoring=self.state.rules.scoring)
                found[row.player] = found.get(row.player, 0) + scored
        return found

    @invariant()
    def exactly_the_answers_that_count_have_rows(self) -> None:
        rows = {(row.number, row.player): row.given for row in self.state.rows}

        assert rows == {key: option for key, (_, option) in self.counted.items()}

    @invariant()
    def totals_equal_the_rows(self) -> None:
        game = played(self.state)
        hidden = {self.state.number} if self.state.phase in {Phase.POSTING, Phase.OPEN} else set()
        mine = self._totals(hidden)

        assert {player: score for player, score in totals(game).items() if score} == {
            player: score for player, score in mine.items() if score
        }

    @invariant()
    def the_clock_shows_what_is_left(self) -> None:
        if self.running and self.left is not None and self.state.deadline:
            assert abs((self.state.deadline - self.now).total_seconds() - self.left) < 0.001

    @invariant()
    def an_answer_is_saved_before_it_is_confirmed(self) -> None:
        kinds = [type(effect) for effect in self.effects]
        if SaveAnswer in kinds:
            assert kinds.index(SaveAnswer) < kinds.index(ConfirmPrivately)

    @invariant()
    def something_is_due_until_the_end(self) -> None:
        assert (next_tick(self.state) is None) == (self.state.phase is Phase.ENDED)

    @invariant()
    def only_questions_that_exist_are_shown(self) -> None:
        shown = [effect.number for effect in self.effects if isinstance(effect, PostQuestion | Reveal)]

        assert all(1 <= number <= len(ITEMS) for number in shown)


TestRounds = Rounds.TestCase
TestRounds.settings = settings(
    max_examples=200, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
)
