"""Results to take home: every spreadsheet opens them, none runs them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.quiz.export import (
    About,
    answers_csv,
    defused,
    people_csv,
    period_csv,
    period_json,
    questions_csv,
    results_json,
)
from bot.quiz.periods import Sitting
from bot.quiz.regrading import Line
from bot.quiz.results import Played
from bot.quiz.rules import Scoring
from tests.quiz.river_quiz import ANN, BEN, CLEO, ITEMS, NOON, row

NAMES = {ANN: 'Ann; the "first"', BEN: '=HYPERLINK("x")'}
GAME = Played(
    items=ITEMS,
    rows=(row(ANN, 1), row(ANN, 2, right=False, given=1), row(BEN, 1, right=False, given=2)),
    scoring=Scoring.RIGHT_ONLY,
    void=frozenset({3}),
)
ABOUT = About(
    number=7,
    title="Rivers",
    opened=NOON,
    ended=None,
    leader=CLEO,
    corrections=(Line(NOON, CLEO, "Question 3 was voided."), Line(NOON, 0, "Question 2 was voided.")),
)
LATER = Played(items=ITEMS, rows=(row(ANN, 1), row(ANN, 2)), scoring=Scoring.SPEED)
SITTINGS = (
    Sitting(id=7, title='=cmd|" /C calc"', opened=NOON, game=GAME),
    Sitting(id=9, title="Rivers", opened=NOON + dt.timedelta(days=2), game=LATER),
)
STARTERS = ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "＝", "＋", "－", "＠", "|", "%", "'=", '"=', "\u00a0="]


def read(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter))


def test_a_table_begins_with_the_mark_by_which_spreadsheets_know_utf_8() -> None:
    assert people_csv(GAME, NAMES).encode().startswith(b"\xef\xbb\xbf")


def test_people_have_ids_names_and_marks() -> None:
    head, ann, ben = read(people_csv(GAME, NAMES))

    assert head[:6] == ["display name", "user id", "points", "right", "wrong", "no answer"]
    assert ann == ['Ann; the "first"', f"id:{ANN}", "1", "1", "1", "0", "1", "0", "does not count"]
    assert ben[1:] == [f"id:{BEN}", "0", "0", "1", "1", "0", "", "does not count"]


def test_no_id_is_a_number_that_a_spreadsheet_would_round() -> None:
    long = 123_456_789_012_345_678
    game = replace(GAME, rows=tuple(replace(one, player=long) for one in GAME.rows[:1]))

    assert [read(made)[1][1] for made in (people_csv(game, {}), answers_csv(game, {}))] == [f"id:{long}"] * 2


def test_semicolons_can_separate_the_cells() -> None:
    assert read(people_csv(GAME, NAMES, ";"), ";")[1][0] == 'Ann; the "first"'


def test_where_semicolons_separate_the_cells_decimals_have_a_comma() -> None:
    game = replace(GAME, rows=(replace(row(ANN, 1), elapsed=1.08), *GAME.rows[1:]))

    assert [read(answers_csv(game, NAMES, cut), cut)[1][-1] for cut in (",", ";")] == ["1.08", "1,08"]
    assert [read(questions_csv(game, cut), cut)[1][6] for cut in (",", ";")] == ["0.5", "0,5"]


@pytest.mark.parametrize("delimiter", ["\t", "", ",,", "x"])
def test_nothing_else_separates_them(delimiter: str) -> None:
    with pytest.raises(ValueError, match="separated"):
        people_csv(GAME, NAMES, delimiter)


def test_answers_are_listed_with_time_and_points() -> None:
    head, first, *_ = read(answers_csv(GAME, NAMES))

    assert dict(zip(head, first, strict=True)) == {
        "display name": 'Ann; the "first"',
        "user id": f"id:{ANN}",
        "number": "1",
        "question": "What about fish?",
        "answer": "fish swims",
        "right": "1",
        "points": "1",
        "answered at": "2026-03-02T12:00:05.000+00:00",
        "seconds": "5",
    }


def test_questions_are_listed_with_what_was_chosen() -> None:
    lines = read(questions_csv(GAME))

    assert lines[1][3:] == [
        "fish swims", "2", "1", "0.5", "0", "fish swims: 1; fish flies: 0; fish walks: 1; fish sleeps: 0",
    ]  # fmt: skip
    assert lines[3][6] == "does not count"


def test_a_name_that_is_a_formula_is_defused() -> None:
    assert read(people_csv(GAME, NAMES))[2][0] == '\'=HYPERLINK("x")'


@pytest.mark.parametrize("start", STARTERS)
def test_no_cell_begins_as_a_formula_does(start: str) -> None:
    typed = replace(GAME, rows=(row(ANN, 1, given=0),))
    lines = read(answers_csv(typed, {ANN: f"{start}cmd|' /C calc'!A0"}))

    assert lines[1][0].startswith("'")


@settings(deadline=None)
@given(st.text(max_size=30))
def test_whatever_a_name_is_it_stays_one_cell_that_is_no_formula(name: str) -> None:
    for delimiter in (",", ";"):
        cell = read(people_csv(GAME, {ANN: name, BEN: ""}, delimiter), delimiter)[1][0]
        assert cell.lstrip(' "\u00a0')[:1] not in {*"=+-@＝＋－＠\t\r\n"}


@settings(deadline=None)
@given(st.text(alphabet=st.characters(categories=["L", "N"]), max_size=30))
def test_a_harmless_text_stays_as_it_is(text: str) -> None:
    assert defused(text) == text


def test_another_delimiter_does_not_part_a_cell_either() -> None:
    line = people_csv(GAME, {ANN: "a;=1+1", BEN: ""}).splitlines()[1]

    assert '"a;=1+1"' in line


def test_json_holds_everything_and_ids_as_text() -> None:
    found = json.loads(results_json(GAME, NAMES, ABOUT))

    assert found["people"][0]["user_id"] == str(ANN)
    assert found["people"][0]["answers"][0]["answer"] == "fish swims"
    assert found["questions"][0]["counts"][0] == {"answer": "fish swims", "count": 1}
    assert found["questions"][2]["void"] is True


def test_erased_participants_are_numbered_and_have_no_id() -> None:
    game = replace(GAME, rows=tuple(replace(one, player=-one.player) for one in GAME.rows))

    assert [line[:2] for line in read(people_csv(game, {}))[1:]] == [
        ["erased participant 1", ""],
        ["erased participant 2", ""],
    ]
    assert json.loads(results_json(game, {}, ABOUT))["people"][0]["user_id"] is None


def test_json_says_which_round_it_is() -> None:
    found = json.loads(results_json(GAME, NAMES, ABOUT))

    assert {name: found[name] for name in list(found)[:6]} == {
        "round": 7,
        "title": "Rivers",
        "opened": "2026-03-02T12:00:00+00:00",
        "ended": None,
        "leader_id": str(CLEO),
        "corrections": [
            {"at": "2026-03-02T12:00:00+00:00", "by": str(CLEO), "text": "Question 3 was voided."},
            {"at": "2026-03-02T12:00:00+00:00", "by": None, "text": "Question 2 was voided."},
        ],
    }


def test_json_names_no_leader_whose_data_was_erased() -> None:
    assert json.loads(results_json(GAME, NAMES, replace(ABOUT, leader=None)))["leader_id"] is None


# ------------------------------------------------------------------ a period


def test_a_period_has_a_line_for_each_person_and_a_column_for_each_round() -> None:
    head, ann, ben, cleo = read(period_csv(SITTINGS, NAMES, expected=[CLEO]))

    assert head[:6] == ["display name", "user id", "rounds played", "right", "asked", "rounds missed"]
    assert head[7:] == ["round 9 (2026-03-04) Rivers"]
    assert ann == ['Ann; the "first"', f"id:{ANN}", "2", "3", "5", "0", "1", "2"]
    assert ben == ['\'=HYPERLINK("x")', f"id:{BEN}", "1", "0", "2", "1", "0", ""]
    assert cleo == ["", f"id:{CLEO}", "0", "0", "0", "2", "", ""]


def test_the_table_of_a_period_is_as_safe_as_the_others() -> None:
    written = period_csv(SITTINGS, NAMES, ";")
    head, *_ = read(written, ";")

    assert written.encode().startswith(b"\xef\xbb\xbf")
    assert head[6] == 'round 7 (2026-03-02) \'=cmd|" /C calc"'
    with pytest.raises(ValueError, match="separated"):
        period_csv(SITTINGS, NAMES, "\t")


def test_erased_participants_of_a_period_keep_their_sums_apart() -> None:
    gone = [replace(one, game=replace(one.game, rows=(replace(one.game.rows[0], player=-1),))) for one in SITTINGS]

    assert [line[:2] + line[3:4] for line in read(period_csv(gone, {}))[1:]] == [
        ["erased participant 1", "", "1"],
        ["erased participant 2", "", "1"],
    ]


def test_json_of_a_period_holds_rounds_questions_and_people() -> None:
    found = json.loads(period_json(SITTINGS, NAMES, [CLEO]))
    fish = next(one for one in found["questions"] if one["id"] == "fish")

    assert [(one["round"], one["void"], one["erased_participants"]) for one in found["rounds"]] == [
        (7, [3], 0),
        (9, [], 0),
    ]
    assert (fish["rounds"], fish["answered"], fish["right"]) == (2, 3, 2)
    assert [(one["user_id"], one["rounds_missed"]) for one in found["people"]] == [
        (str(ANN), []),
        (str(BEN), [9]),
        (str(CLEO), [7, 9]),
    ]
    assert found["people"][0]["rounds"][1] == {"round": 9, "points": 1892, "right": 2, "wrong": 0, "unanswered": 1}


def test_a_period_without_rounds_has_a_head_and_nothing_else() -> None:
    assert len(read(period_csv((), {}))) == 1
    assert json.loads(period_json((), {})) == {"rounds": [], "questions": [], "people": []}
