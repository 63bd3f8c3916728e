from __future__ import annotations

from dataclasses import replace
from io import StringIO

from rich.console import Console
from rich.text import Text

from bot.answers.answerer import Answerer
from bot.answers.outcomes import Answered, NotInBrief, Outcome, Why
from bot.brief.pack import Passage
from bot.terminal.answers import show


def shown(outcome: Outcome, lakes: Answerer, width: int = 80) -> str:
    console = Console(file=StringIO(), width=width, color_system=None, force_terminal=False)
    show(outcome, [lakes.pack], console)
    return console.file.getvalue()  # type: ignore[attr-defined]


def coloured(outcome: Outcome, lakes: Answerer) -> str:
    console = Console(file=StringIO(), width=100, color_system="standard", force_terminal=True)
    show(outcome, [lakes.pack], console)
    return console.file.getvalue()  # type: ignore[attr-defined]


def bold(text: str) -> set[str]:
    decoded = Text.from_ansi(text)
    return {decoded.plain[span.start : span.end] for span in decoded.spans if "bold" in str(span.style)}


def answered(lakes: Answerer, question: str) -> Answered:
    outcome = lakes.ask(question, explained=True)
    assert isinstance(outcome, Answered)
    return outcome


def test_the_direct_answer_stands_first_then_the_passage_then_the_citation(lakes: Answerer) -> None:
    text = shown(answered(lakes, "How far did the catch shrink?"), lakes)
    assert text.startswith("By half within a decade, as fishermen allege.\n\n  Critics say that ferries")
    assert "\n\n  Aune (2017), The lake, para. 1 · as of March 2017 · our paraphrase\n" in text


def test_the_words_of_the_question_are_bold_under_any_of_their_forms(lakes: Answerer) -> None:
    marked = bold(coloured(answered(lakes, "How do ferries affect the pike?"), lakes))
    assert {"ferries", "disturb", "pike", "ferry"} <= marked


def test_words_that_the_question_did_not_turn_on_are_not_bold(lakes: Answerer) -> None:
    marked = bold(coloured(answered(lakes, "How do ferries affect the pike?"), lakes))
    assert not {"the", "Critics", "decade"} & marked


def test_markup_in_a_pack_is_text(lakes: Answerer) -> None:
    outcome = answered(lakes, "Does the lake need a law?")
    first = replace(outcome.matches[0], title="[red]a[/red]", text="[bold]b[/bold] [/]", answer="[link=x]c")
    text = Text.from_ansi(coloured(replace(outcome, matches=(first, first)), lakes)).plain
    assert all(raw in text for raw in ("[red]a[/red]", "[bold]b[/bold] [/]", "[link=x]c"))


def test_bidi_overrides_and_escapes_become_visible(lakes: Answerer) -> None:
    outcome = answered(lakes, "Does the lake need a law?")
    outcome = replace(outcome, matches=(replace(outcome.matches[0], text="a\u202eb\x1b[2Jc\u2066d\x9b"),))
    assert shown(outcome, lakes).startswith("a<U+202E>b<U+001B>[2Jc<U+2066>d<U+009B>\n")


def test_a_tie_offers_the_second_place_by_name(lakes: Answerer) -> None:
    outcome = replace(answered(lakes, "Who paid for the pier?"), tie=True)
    text = shown(outcome, lakes)
    title = outcome.matches[1].title
    assert f"Did you mean: {title}?" in text
    assert text.count(title) == 1


def test_further_matches_are_listed_with_their_places(lakes: Answerer) -> None:
    outcome = answered(lakes, "Who paid for the pier?")
    text = shown(outcome, lakes)
    assert "See also\n" in text
    for match in outcome.matches[1:]:
        assert f"  {match.title}  ({match.citation.text.removeprefix('Aune (2017), ')})\n" in text


def test_the_authors_words_are_named_as_such(lakes: Answerer) -> None:
    outcome = answered(lakes, "Does the lake need a law?")
    first = outcome.matches[0]
    assert isinstance(first.entry, Passage)
    entry = replace(first.entry, verbatim="The lake wants a law.", page="3")
    outcome = replace(outcome, matches=(replace(first, text=entry.verbatim, verbatim=True, entry=entry),))
    assert "as of March 2017 · the author’s words" in shown(outcome, lakes)


def test_a_quotation_names_speaker_date_and_occasion(lakes: Answerer) -> None:
    text = shown(answered(lakes, "What did Aune say about water?"), lakes)
    assert text.startswith(
        "“Water [..] has no owner.”\n  — Kari Aune, 9 November 2016\n  Occasion: a speech in Bergen\n"
    )
    assert "quoted by the brief" in text


def test_a_definition_is_ours(lakes: Answerer) -> None:
    assert "our definition" in shown(answered(lakes, "What is a weir?"), lakes)


def test_a_fact_is_publication_data(lakes: Answerer) -> None:
    assert "publication data" in shown(answered(lakes, "Who wrote the brief about lakes?"), lakes)


def test_a_number_stands_first_and_its_row_below_as_bars(lakes: Answerer) -> None:
    text = shown(answered(lakes, "How many like Piers?"), lakes)
    assert text.startswith("60.5 % of those asked like Piers.\n")
    assert "  Ferries    20 %  ########\n  Piers    60.5 %  ########################\n" in text


def test_a_refusal_says_why_and_names_the_nearest_as_nearest(lakes: Answerer) -> None:
    outcome = lakes.ask("What does it say about rivers?")
    assert isinstance(outcome, NotInBrief)
    text = shown(outcome, lakes)
    assert text.startswith(
        "The brief does not treat rivers; it stays with lakes.\nThe brief speaks as of March 2017.\n"
    )
    assert "Nearest passages, which may not answer it\n" in text
    assert "/browse" in text.splitlines()[-1] + text.splitlines()[-2]


def test_a_question_in_another_language_gets_no_claim_about_the_brief(lakes: Answerer) -> None:
    outcome = NotInBrief("Hvad er det?", 0.0, Why.LANGUAGE, "This looks like Danish.")
    assert "speaks as of" not in shown(outcome, lakes)


def test_repaired_spelling_is_said_in_one_line(lakes: Answerer) -> None:
    outcome = replace(answered(lakes, "Does the lake need a law?"), repaired=(("ferys", "ferries"), ("[b]", "b")))
    assert "\n  read “ferys” as “ferries”, “[b]” as “b”\n" in shown(outcome, lakes)


def test_lines_keep_to_the_width(lakes: Answerer) -> None:
    for question in ("How far did the catch shrink?", "How many like Piers?", "What does it say about rivers?"):
        text = shown(lakes.ask(question, explained=True), lakes, width=40)
        assert max(map(len, text.splitlines())) <= 40


def test_an_explanation_lists_words_and_candidates(lakes: Answerer) -> None:
    lines = shown(answered(lakes, "Who paid for the pier?"), lakes).splitlines()
    assert any(line.split() == ["word", "read", "as", "weight", "in", "the", "first", "match"] for line in lines)
    assert any(line.split()[:1] == ["lake-anglers"] for line in lines)
