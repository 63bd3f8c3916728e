"""Generated items: the same for the same seed, and sound for every seed: checked against the index they come from."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import replace
from itertools import chain

import pytest

from bot.brief.pack import Pack
from bot.brief.places import Place
from bot.brief.quiz_items import MAX_OPTION, MAX_STEM, ItemKind, parted, written
from bot.files.packs import load_pack
from bot.quiz.generated import bank as everything
from bot.quiz.generated import generate
from bot.quiz.items import Exactly, Item, Pick
from tests.files.test_packs import TINY

SEEDS = range(40)
Cells = dict[tuple[str, str, str], float]


@pytest.fixture(scope="module")
def runs(pack: Pack) -> list[tuple[Item, ...]]:
    return [generate(pack, random.Random(seed)) for seed in SEEDS]


@pytest.fixture(scope="module")
def made(runs: list[tuple[Item, ...]]) -> list[Item]:
    return list(chain.from_iterable(runs))


@pytest.fixture(scope="module")
def cells(pack: Pack) -> Cells:
    return {(figure.id, row.id, column.id): value for figure in pack.figures for row, column, value, _ in figure.cells}


def named(made: list[Item], *kinds: str) -> list[Item]:
    return [item for item in made if item.id.split("-")[0] in kinds]


def test_the_same_seed_gives_the_same_items(pack: Pack, runs: list[tuple[Item, ...]]) -> None:
    assert generate(pack, random.Random(7)) == runs[7]


def test_ids_do_not_depend_on_chance(runs: list[tuple[Item, ...]]) -> None:
    assert len({tuple(item.id for item in run) for run in runs}) == 1


def test_ids_are_unique_over_the_whole_bank(bank: tuple[Item, ...]) -> None:
    assert [name for name, count in Counter(item.id for item in bank).items() if count > 1] == []


@pytest.mark.parametrize("kind", ["who", "said", "when", "where", "cell", "fill", "more", "horizon", "holds", "year"])
def test_every_sort_of_question_is_generated(made: list[Item], kind: str) -> None:
    assert named(made, kind)


def test_every_stem_and_option_fits_a_form(made: list[Item]) -> None:
    assert all(len(item.stem) <= MAX_STEM and parted(item.stem) for item in made)
    assert all(len(option) <= MAX_OPTION for item in made for option in item.options)


def test_options_are_two_to_four_and_all_different(made: list[Item]) -> None:
    assert all(2 <= len(set(item.options)) == len(item.options) <= 4 for item in made)


def test_every_item_is_cited_and_explained(made: list[Item]) -> None:
    assert all(item.citation and item.explanation for item in made)


def test_every_item_has_a_topic_of_the_curated_ones(pack: Pack, made: list[Item]) -> None:
    assert {item.topic for item in made} <= {item.topic for item in pack.quiz}


def test_who_said_it_is_who_said_it(pack: Pack, made: list[Item]) -> None:
    quotes = {quote.id: quote for quote in pack.quotes}

    for item in named(made, "who"):
        quote = quotes[item.about.removeprefix("who:")]
        assert item.answer == quote.speaker
        assert re.findall("“(.+)”", item.stem)[0] in quote.quoted


def test_an_attribution_holds_exactly_when_it_names_the_speaker(pack: Pack, made: list[Item]) -> None:
    quotes = {quote.id: quote for quote in pack.quotes}

    for item in named(made, "said"):
        quote = quotes[item.about.removeprefix("who:")]
        assert (item.answer == "True") == item.stem.startswith(f"It was {quote.speaker} ")


def test_when_it_was_said_is_the_date_of_the_quotation(pack: Pack, made: list[Item]) -> None:
    dates = {f"when:{quote.id}": quote.date.spoken for quote in pack.quotes if quote.date}

    assert all(item.answer == dates[item.about] for item in named(made, "when"))


def test_where_it_was_said_is_the_occasion_and_no_other_is_right(pack: Pack, made: list[Item]) -> None:
    occasions = {f"where:{quote.id}": quote.occasion for quote in pack.quotes}

    for item in named(made, "where"):
        assert item.answer.casefold() == occasions[item.about].casefold()
        assert {option.casefold() for option in item.options} <= {
            quote.occasion.casefold() for quote in pack.quotes if quote.occasion
        }


def test_a_cell_and_a_number_to_fill_in_are_those_of_the_figure(cells: Cells, made: list[Item], pack: Pack) -> None:
    answers = {f"cell:{'-'.join(key)}": written(value, "%") for key, value in cells.items()}

    assert all(item.answer == answers[item.about] for item in named(made, "cell", "fill"))


def test_the_distractors_of_a_cell_are_other_cells_of_the_figure(cells: Cells, made: list[Item]) -> None:
    for item in named(made, "cell"):
        figure = next(key[0] for key in cells if item.about.startswith(f"cell:{key[0]}-"))
        assert set(item.options) <= {written(value, "%") for key, value in cells.items() if key[0] == figure}


def test_more_or_less_is_told_by_the_two_numbers(made: list[Item]) -> None:
    for item in named(made, "more"):
        left, right = map(float, re.findall(r"(\d+) %", item.explanation)[:2])
        assert item.answer == ("More" if left > right else "Less")


def test_a_comparison_speaks_of_the_poll_and_not_of_a_figure_that_nobody_sees(pack: Pack, made: list[Item]) -> None:
    stems = {item.stem for item in named(made, "more")}
    places = {str(figure.place) for figure in pack.figures}

    assert [stem for stem in stems if "poll" not in stem.casefold() or any(place in stem for place in places)] == []


def test_figures_that_are_no_polls_are_compared_as_higher_or_lower(pack: Pack) -> None:
    (figure, *_) = pack.figures
    trade = replace(figure, title="Trade with Norway", source="Statistics Norway")
    items = named(list(generate(replace(pack, figures=(trade,)), random.Random(1))), "more")

    assert {item.options for item in items} == {("Higher", "Lower")}
    assert all(item.stem.startswith("Trade with Norway: is “") for item in items)


def test_the_two_numbers_are_in_the_order_of_the_question(pack: Pack, made: list[Item]) -> None:
    for item in named(made, "more"):
        figure = next(one for one in pack.figures if item.id.startswith(f"more-{one.id}-"))
        told = {(row.label, column.label): value for row, column, value, _ in figure.cells}
        rows = re.findall("“(.+?)”", item.stem)
        columns = sorted((column.label for column in figure.columns if column.label in item.stem), key=item.stem.index)
        first, second = (rows[0], columns[0]), (rows[-1], columns[-1])
        assert [told[first], told[second]] == [float(one) for one in re.findall(r"(\d+) %", item.explanation)[:2]]


def test_a_horizon_is_that_of_the_recommendation(pack: Pack, made: list[Item]) -> None:
    horizons = {f"horizon:{one.id}": one.horizon for one in pack.recommendations}

    assert all(item.answer.casefold() == horizons[item.about] for item in named(made, "horizon"))


def test_a_title_that_tells_its_horizon_is_not_asked_for(made: list[Item]) -> None:
    assert not any("short term" in item.stem for item in named(made, "horizon"))


def test_a_true_statement_stands_in_the_pack(pack: Pack, made: list[Item]) -> None:
    said = texts(pack)

    assert all(item.stem in said for item in named(made, "holds") if item.answer == "True")


def test_a_false_statement_does_not_stand_in_the_pack(pack: Pack, made: list[Item]) -> None:
    said = texts(pack)

    assert not any(
        re.search(rf"(?<!\d){re.escape(item.stem)}", said) for item in named(made, "holds") if item.answer == "False"
    )


def test_a_false_statement_differs_from_the_true_one_in_a_single_name_or_number(made: list[Item]) -> None:
    for item in named(made, "holds"):
        if item.answer == "False":
            false, true = item.stem.split(), item.explanation.removeprefix("According to the brief: ").split()
            assert sum(one != other for one, other in zip(false, true, strict=True)) <= 2  # a name of two words


def test_a_false_share_is_not_the_share_of_the_cell(cells: Cells, made: list[Item]) -> None:
    shares = {f"cell:{'-'.join(key)}": value for key, value in cells.items()}

    for item in named(made, "holds"):
        if item.about in shares:
            stated = float(re.findall(r"^(\d+) %", item.stem)[0])
            assert (stated == shares[item.about]) == (item.answer == "True")


def test_a_statement_is_true_about_as_often_as_false(made: list[Item]) -> None:
    held = [item.answer == "True" for item in made if item.kind is ItemKind.TRUE_FALSE]

    assert 0.4 <= sum(held) / len(held) <= 0.6


def test_no_statement_has_the_same_answer_for_every_seed(made: list[Item]) -> None:
    answers: dict[str, set[str]] = {}
    for item in made:
        if item.kind is ItemKind.TRUE_FALSE:
            answers.setdefault(item.id, set()).add(item.answer)

    assert [name for name, found in answers.items() if len(found) == 1] == []


def test_a_year_to_fill_in_makes_the_sentence_of_the_pack(pack: Pack, made: list[Item]) -> None:
    said = texts(pack)

    for item in named(made, "year"):
        assert isinstance(item.right, Exactly)
        assert item.stem.removeprefix("Fill in the year: ").replace("…", f"{item.right.value:.0f}") in said


def test_right_options_stand_in_every_position(made: list[Item]) -> None:
    positions = Counter(
        item.right.index for item in named(made, "who", "cell", "when", "where") if isinstance(item.right, Pick)
    )

    assert set(positions) == {0, 1, 2, 3}


def test_the_authors_own_words_in_a_copy_never_enter_an_item(pack: Pack) -> None:
    words = {passage.place: ("Verbatim words are here.", "7") for passage in pack.passages}
    copy = pack.with_copy(words)

    assert not any("Verbatim" in f"{item.stem} {item.explanation}" for item in generate(copy, random.Random(1)))


def test_a_page_of_the_readers_copy_is_cited(pack: Pack) -> None:
    copy = pack.with_copy({Place("The view from Russia", 1): ("Words.", "3")})

    assert any(item.citation.endswith("p. 3") for item in everything(copy, random.Random(1)))


def test_a_pack_with_little_in_it_gives_no_items_and_no_error() -> None:
    assert everything(load_pack(TINY), random.Random(1)) == ()


def texts(pack: Pack) -> str:
    parts = [passage.summary for passage in pack.passages]
    parts += [point.answer for passage in pack.passages for point in passage.points]
    parts += [sentence for figure in pack.figures for *_, sentence in figure.cells]
    return "\n".join(parts)
