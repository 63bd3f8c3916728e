"""Languages: is a question written in English at all? Judged by script and by the commonest function words."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

# Words that English does not share, or hardly; a language needs two of them, or all of a very short text.
_WORDS: dict[str, frozenset[str]] = {
    "Danish": frozenset(
        """
        hvad hvem hvor hvornår hvorfor hvordan hvilke hvilken er og ikke det den en et af på til med om
        mener siger forfatteren skriver russerne ifølge handler kan skal vil blev bliver for mellem mod
        efter jeg du vi har havde også eller
        """.split()
    ),
    "German": frozenset(
        """
        was wer wo wann warum wie welche welcher ist sind und nicht das der die den dem ein eine von zu mit
        über auf im für laut sagt meint war wird werden hat haben kann soll zwischen ich wir sie auch oder
        nach bei viele viel gibt denkt schreibt mögen
        """.split()
    ),
    "French": frozenset(
        """
        que quoi qui où quand pourquoi comment quel quelle quels quelles est sont et pas le la les un une
        des du de dans sur avec pour selon dit il elle nous vous entre aussi ou cette ce
        """.split()
    ),
    "Spanish": frozenset(
        """
        qué que quién quien dónde donde cuándo cuando por porqué cómo como cuál es son y el la los las un
        una de del en con para según dice sobre entre también o esta este ha
        """.split()
    ),
    "Italian": frozenset(
        """
        che cosa chi dove quando perché come quale è sono e non il lo la gli le un una di del della in con
        per secondo dice su tra anche questo questa
        """.split()
    ),
    "Portuguese": frozenset(
        """
        que quem onde quando porque como qual é são e não o a os as um uma de do da em com para segundo diz
        sobre entre também esta este
        """.split()
    ),
    "Dutch": frozenset(
        """
        wat wie waar wanneer waarom hoe welke is zijn en niet het de een van op met voor over volgens zegt
        ook of tussen naar wordt heeft
        """.split()
    ),
    "Swedish": frozenset(
        """
        vad vem var när varför hur vilka vilken är och inte det den en ett av på till med om säger
        författaren ryssland enligt kan ska jag vi har också eller mellan
        """.split()
    ),
    "Norwegian": frozenset(
        """
        hva hvem hvor når hvorfor hvordan hvilke hvilken er og ikke det den en et av på til med om sier
        forfatteren ifølge kan skal jeg vi har også eller mellom
        """.split()
    ),
    "Polish": frozenset(
        """
        co kto gdzie kiedy dlaczego jak jaki jaka jest są nie się według mówi czy dla ale
        """.split()
    ),
    "Turkish": frozenset(
        """
        ne kim nerede neden niçin nasıl hangi ve bir bu için ile mi mu hakkında göre
        """.split()
    ),
}
# Words that ask, and that no slip of an English word looks like: one is enough where no English word stands beside it.
_ASKING = {
    "Danish": frozenset("hvad hvem hvor hvornår hvorfor hvordan hvilke hvilken hvilket".split()),
    "German": frozenset("warum wieso weshalb welche welcher welches wieviel wieviele".split()),
    "French": frozenset("pourquoi combien quoi quand quelle quels quelles".split()),
    "Spanish": frozenset("qué quién quiénes dónde cuándo cómo cuál cuánto cuántos cuántas cuantos cuantas".split()),
    "Italian": frozenset("perché quanti quante".split()),
    "Portuguese": frozenset("porquê quantos quantas".split()),
    "Dutch": frozenset("waarom wanneer hoeveel welke".split()),
    "Swedish": frozenset("varför vilka vilken vilket".split()),
    "Polish": frozenset("dlaczego kiedy gdzie jaki jaka jakie".split()),
    "Turkish": frozenset("niçin nasıl nerede hangi".split()),
}
_SCRIPTS = {
    "CYRILLIC": "Russian or another language in Cyrillic", "ARABIC": "Arabic", "HEBREW": "Hebrew", "GREEK": "Greek",
    "CJK": "Chinese or Japanese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean",
    "DEVANAGARI": "Hindi", "THAI": "Thai", "GEORGIAN": "Georgian", "ARMENIAN": "Armenian",
}  # fmt: skip
# Words that several languages, English among them, write alike.
_AMBIGUOUS = frozenset(
    """
    is in to of for on a an at so was i he we me not no the and by as or it be do en den die war o e com
    per come son du des bei hat will also over van dice la le de ha
    """.split()
)


def foreign_language(words: Sequence[str], english: frozenset[str] | set[str]) -> str | None:
    """Name the language of a question that is not English, or None.

    ``words`` are lower-case words as typed (accents kept); ``english`` holds what counts as English evidence.
    """
    script = _script(words)
    if script:
        return script
    if not words:
        return None
    native = sum(word in english for word in words)
    if native * 3 >= len(words) and all(word.isascii() for word in words):
        return None
    best, hits = "", 0
    for language, vocabulary in _WORDS.items():
        count = sum(len(word) > 1 and word in vocabulary and word not in _AMBIGUOUS for word in words)
        count += sum(word in vocabulary and word in _AMBIGUOUS for word in words) if count else 0
        if count > hits:
            best, hits = language, count
    if hits >= 2 and hits > native:
        return best
    if any(len(word) > 1 and word in english and word not in _AMBIGUOUS for word in words):
        return None
    return next((language for language, asking in _ASKING.items() if not asking.isdisjoint(words)), None)


def _script(words: Sequence[str]) -> str | None:
    if all(word.isascii() for word in words):
        return None
    letters = [char for word in words for char in word if char.isalpha()]
    if not letters:
        return None
    foreign = [char for char in letters if not unicodedata.name(char, "LATIN").startswith("LATIN")]
    if len(foreign) * 2 <= len(letters):
        return None
    name = unicodedata.name(foreign[0], "").split()[0]
    return _SCRIPTS.get(name, "another language")
