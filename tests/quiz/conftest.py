"""The shipped pack, what is known of its words, and everything that can be asked about it."""

from __future__ import annotations

import random

import pytest

from bot.brief.pack import Pack
from bot.files.english import common_english
from bot.files.library import shipped_packs
from bot.files.packs import load_pack
from bot.quiz.generated import bank as everything
from bot.quiz.items import Item
from bot.quiz.wording import Lexicon, lexicon_of


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack(next(folder for folder in shipped_packs() if folder.name == "hansen-2016"))


@pytest.fixture(scope="session")
def lexicon(pack: Pack) -> Lexicon:
    return lexicon_of(pack, common_english())


@pytest.fixture(scope="session")
def bank(pack: Pack) -> tuple[Item, ...]:
    return everything(pack, random.Random(2016))
