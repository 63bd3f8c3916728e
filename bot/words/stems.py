"""Stems: what is left of a word when its ending does not count."""

from __future__ import annotations

from functools import lru_cache

import Stemmer

_STEMMER = Stemmer.Stemmer("english", maxCacheSize=0)

# Irregular forms that Snowball keeps apart, only where both sides are common in questions and briefs.
_IRREGULAR = {
    "said": "say", "says": "say", "saying": "say", "told": "tell", "thought": "think", "thinks": "think",
    "won": "win", "winning": "win", "lost": "lose", "losing": "lose", "broke": "break", "broken": "break",
    "fought": "fight", "met": "meet", "left": "leave", "leaving": "leave", "gave": "give", "given": "give",
    "giving": "give", "took": "take", "taken": "take", "taking": "take", "held": "hold", "kept": "keep",
    "stole": "steal", "stolen": "steal", "chose": "choose", "chosen": "choose", "paid": "pay", "sold": "sell",
    "bought": "buy", "wrote": "write", "written": "write", "writing": "write", "knew": "know", "known": "know",
    "seen": "see", "saw": "see", "spoke": "speak", "spoken": "speak", "went": "go", "gone": "go", "goes": "go",
    "going": "go", "came": "come", "coming": "come", "became": "become", "becoming": "become", "grew": "grow",
    "grown": "grow", "fell": "fall", "fallen": "fall", "rose": "rise", "risen": "rise", "led": "lead",
    "meant": "mean", "built": "build", "sent": "send", "spent": "spend", "felt": "feel", "understood": "understand",
    "countries": "country", "people's": "people", "persons": "person", "men": "man", "women": "woman",
    "better": "good", "best": "good", "worse": "bad", "worst": "bad", "analyses": "analysis", "crises": "crisis",
    "theses": "thesis", "allies": "ally", "allied": "ally", "russians": "russian", "americans": "american",
}  # fmt: skip


@lru_cache(maxsize=8_192)
def stem(word: str) -> str:
    """Reduce a lower-case word to its stem (Snowball English, after a table of irregular forms)."""
    return str(_STEMMER.stemWord(_IRREGULAR.get(word, word)))
