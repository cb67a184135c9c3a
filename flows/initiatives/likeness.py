"""Whether two short texts are about the same: by the words they share."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W\d_]{4,}")
_EVERYWHERE = frozenset(
    _WORD.findall(
        """
    buren buurt buurten straat straten wijk wijken samen graag willen gaan maken doen hebben worden kunnen komen
    mensen bewoners gemeente plan idee initiatief eerste stap onze alle iedereen meer weer heel veel voor door naar
    deze zijn niet zodat hier daar iets neighbours neighbourhood street together want with make people residents
    municipality plan idea initiative first step everybody more that this from have will would like
    """
    )
)
"""They stand in nearly every plan, and say nothing about it."""
_ENDINGS = ("tjes", "jes", "tje", "je", "en", "s")
_COMPOUND = 5
"""A word of so many letters inside a longer one counts: `geveltuin` is about a `tuin`, but `ei` is in everything."""


def stems(text: str) -> frozenset[str]:
    """The words that say what a text is about, without endings and accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return frozenset(_stem(word) for word in _WORD.findall(plain) if word not in _EVERYWHERE)


def shared(one: frozenset[str], other: frozenset[str]) -> int:
    """How many words of `one` are in `other`, whole or as a part of a compound (either way)."""
    return sum(1 for word in one if word in other or any(_inside(word, another) for another in other))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    # bomen, boom; plannen, plan
    word = re.sub(r"([aeou])\1", r"\1", word)
    return re.sub(r"([^aeiou])\1$", r"\1", word)


def _inside(word: str, another: str) -> bool:
    short, long = sorted((word, another), key=len)
    return (len(short) >= _COMPOUND and short in long) or (len(short) >= 3 and len(long) > 5 and long.endswith(short))
