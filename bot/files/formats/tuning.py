"""``weights.yaml``: the numbers that ``briefbot tune --write`` fitted for one pack."""

from __future__ import annotations

import re

from bot.brief.tuning import Tuning
from bot.files.kinds import MappingOf, Number, Text
from bot.files.schema import Field, Record

WEIGHTS = "weights.yaml"
_NAME = Text(40, pattern=re.compile(r"[a-z][a-z0-9_]*"), wanted="a name in lower case")
RANKING = Field("ranking", MappingOf(_NAME, Number()), "Weights of the ranker's views.", {"body": 4.5}, required=True)
CONFIDENCE = Field(
    "confidence", MappingOf(_NAME, Number()), "Weights of the confidence's signals.", {"bias": -4.9}, required=True
)
TUNING_FILE = Record(
    WEIGHTS,
    "Numbers fitted for this pack; written by briefbot tune --write, not by hand.",
    (RANKING, CONFIDENCE),
    lambda values: Tuning(values[RANKING], values[CONFIDENCE]),
)
