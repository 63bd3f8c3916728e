"""The formats of a content pack's files, declared once: for reading and for the JSON Schema."""

from __future__ import annotations

from bot.files.formats.discussion import DISCUSSION_FILE
from bot.files.formats.figures import FIGURES_FILE
from bot.files.formats.glossary import GLOSSARY_FILE
from bot.files.formats.golden import QUESTIONS_FILE
from bot.files.formats.head import PACK_FILE
from bot.files.formats.passages import OVERVIEWS_FILE, PASSAGES_FILE, QUOTES_FILE, RECOMMENDATIONS_FILE
from bot.files.formats.quiz import QUIZ_FILE
from bot.files.formats.tuning import TUNING_FILE, WEIGHTS
from bot.files.schema import Kind, Schema

FORMATS: dict[str, Kind[object]] = {
    "pack.yaml": PACK_FILE,
    "passages.yaml": PASSAGES_FILE,
    "quotes.yaml": QUOTES_FILE,
    "figures.yaml": FIGURES_FILE,
    "recommendations.yaml": RECOMMENDATIONS_FILE,
    "glossary.yaml": GLOSSARY_FILE,
    "overviews.yaml": OVERVIEWS_FILE,
    "discussion.yaml": DISCUSSION_FILE,
    "quiz.yaml": QUIZ_FILE,
    "questions.yaml": QUESTIONS_FILE,
    WEIGHTS: TUNING_FILE,
}


def json_schema() -> Schema:
    """Describe every file of a pack as JSON Schema (draft 2020-12): one complete schema a file, under ``$defs``."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Content pack",
        "description": "The YAML files of a content pack; use #/$defs/<file name> for each.",
        "$defs": {name: kind.schema() for name, kind in FORMATS.items()},
    }
