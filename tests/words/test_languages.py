"""Is it English?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.words.languages import foreign_language
from bot.words.stopwords import ASKING, FRAME, FUNCTION
from bot.words.text import raw_words

ENGLISH = FUNCTION | ASKING | FRAME


def language(question: str) -> str | None:
    return foreign_language([word.lower() for word in raw_words(question)], ENGLISH)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Hvorfor stoler Rusland ikke på Clinton?", "Danish"),
        ("hvad mener forfatteren om NATO", "Danish"),
        ("Hvem skrev teksten?", "Danish"),
        ("Hvor mange russere kan lide Trump?", "Danish"),
        ("Warum misstraut Moskau Clinton?", "German"),
        ("Was sagt Putin über die NATO?", "German"),
        ("Wie viele Russen mögen Trump?", "German"),
        ("Wer ist Putin?", "German"),
        ("Pourquoi Moscou se méfie-t-il de Clinton ?", "French"),
        ("Quelle est la position de Trump sur l'OTAN ?", "French"),
        ("Combien de Russes aiment Trump ?", "French"),
        ("¿Por qué desconfía Moscú de Clinton?", "Spanish"),
        ("qué dice Putin de la OTAN", "Spanish"),
        ("¿Cuántos rusos apoyan a Trump?", "Spanish"),
        ("Cosa dice Putin della NATO?", "Italian"),
        ("o que diz Putin sobre a OTAN?", "Portuguese"),
        ("Wat zegt Poetin over de NAVO?", "Dutch"),
        ("Vad säger Putin om Nato?", "Swedish"),
        ("Co mówi Putin o NATO?", "Polish"),
        ("Putin NATO hakkında ne diyor, nasıl?", "Turkish"),
        ("Почему Москва не доверяет Клинтон?", "Russian or another language in Cyrillic"),
        ("لماذا لا تثق موسكو بكلينتون؟", "Arabic"),
        ("为什么莫斯科不信任克林顿？", "Chinese or Japanese"),
        ("プーチンは何と言いましたか？", "Japanese"),
        ("푸틴은 무엇을 말하는가?", "Korean"),
        ("מה אומר פוטין?", "Hebrew"),
        ("Τι λέει ο Πούτιν;", "Greek"),
    ],
)
def test_a_question_in_another_language_is_named_by_it(question: str, name: str) -> None:
    assert language(question) == name


@pytest.mark.parametrize(
    "question",
    [
        "russia in syria",
        "war in ukraine",
        "What does w/o mean?",
        "syria w/o assad",
        "What does Erdoğan want?",
        "What did Der Spiegel say about Trump?",
        "Marine Le Pen and Putin",
        "Is Hansen at the Institut für Internationale Studien?",
        "who is the Fond Obshchestvennoe Mnenie",
        "What did Путин say?",
        "Trump in Bergen",
        "die hard",
        "Trump Putin Assad",
        "on est en 2016?",
        "so was I",
        "who wrote de brief",
        "Pyotr Великий: who was he?",
        "naïve?",
        "",
        "61 %",
        "🤔",
    ],
)
def test_english_with_foreign_names_stays_english(question: str) -> None:
    assert language(question) is None


def test_a_foreign_asking_word_beside_english_words_is_a_slip_or_a_name() -> None:
    assert language("warum does he like it") is None


@settings(deadline=None)
@given(st.lists(st.sampled_from(sorted(ENGLISH)), min_size=1, max_size=20))
def test_english_function_words_are_english(found: list[str]) -> None:
    assert foreign_language(found, ENGLISH) is None


@settings(deadline=None)
@given(st.lists(st.text(max_size=12), max_size=20))
def test_any_words_have_a_language_or_none(found: list[str]) -> None:
    assert foreign_language(found, ENGLISH) is None or foreign_language(found, ENGLISH)
