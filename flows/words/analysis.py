"""The words of a Dutch text: without accents and stop words, each brought back to its stem, and in pieces.

Dutch writes compounds as one word. So an index also has the trigrams of each word: whoever looks for a tuin (garden)
finds a geveltuin, and whoever looks for a geveltuin finds a gevel (front).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Protocol

from flows.words.dutch import STOP_WORDS, WEAK_WORDS

WORD = re.compile(r"[^\W_]+")
LONGEST = 40
"""Letters of a word that are looked at; PostgreSQL refuses words of more than 2,046 bytes."""
PIECE = 4
"""Letters of the shortest part of a compound that is looked for: two trigrams."""
WHOLE = 7
"""Letters from which on a word itself may be a compound."""
TRIGRAM = "xq"
"""What a trigram begins with in an index; no Dutch word does."""


class Stemmer(Protocol):
    """As snowballstemmer makes them."""

    def stemWord(self, word: str) -> str: ...


def all_words(text: str) -> list[str]:
    """All words in their order, in small letters without accents."""
    flat = text.casefold()
    if not flat.isascii():
        flat = "".join(one for one in unicodedata.normalize("NFKD", flat) if not unicodedata.combining(one))
    return [word[:LONGEST] for word in WORD.findall(flat)]


def words(text: str) -> list[str]:
    """The same without stop words and single letters."""
    return [word for word in all_words(text) if len(word) > 1 and word not in STOP_WORDS]


def stems(text: str) -> list[str]:
    """The stems of its words, in their order."""
    return [stem(word) for word in words(text)]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What the forms of a word have in common: boom for bomen and boompjes."""
    if (lesson := _LESSON.sub("les", word)).endswith("les") and len(lesson) > 5:
        return lesson
    guarded = _CAFES.sub("", _FEESTJE.sub("st", _GE.sub("gy", word)))
    return _stemmer().stemWord(guarded).replace("gy", "ge")


_GE = re.compile("ge(?=.{3})")
"""The stemmer takes "ge" away, as of gekookt, but a geveltuin is no veltuin: here it doesn't see it."""
_LESSON = re.compile("lessen$")
"""It takes a fietsles for many of something."""
_FEESTJE = re.compile("stjes?$")
"""Of these it takes a letter too many."""
_CAFES = re.compile("(?<=[aeou])(?<=...)s$")
"""An s that it leaves after a vowel, as of cafés and barbecues."""


@cache
def _stemmer() -> Stemmer:
    # Only where words are looked at: it loads all its languages (3 MB). It comes without types.
    import snowballstemmer  # type: ignore[import-untyped]

    made: Stemmer = snowballstemmer.stemmer("dutch")
    return made


def is_weak(one: str) -> bool:
    """Whether a stem says little."""
    return one in _weak_stems()


@cache
def _weak_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in WEAK_WORDS)


def trigrams(word: str) -> tuple[str, ...]:
    """Its pieces of three letters as terms, in their order."""
    return tuple(f"{TRIGRAM}{word[at : at + 3]}" for at in range(len(word) - 2))


def terms(fields: Iterable[tuple[str, int]]) -> Counter[str]:
    """What to keep in an index for these texts, each with how much its words count: stems, and their trigrams."""
    bag: Counter[str] = Counter()
    for text, weight in fields:
        for one in stems(text):
            bag[one] = max(bag[one], weight)
            if len(one) >= PIECE:
                bag.update(dict.fromkeys(set(trigrams(one)) - bag.keys(), 1))
    return bag


def stems_in(bag: Mapping[str, int]) -> dict[str, int]:
    """The stems among the terms of an index, without the trigrams."""
    return {term: count for term, count in bag.items() if not term.startswith(TRIGRAM)}


def ends(one: str) -> tuple[tuple[str, ...], ...]:
    """The first and the last part of what may be a compound, each as trigrams of which a document has all."""
    return (trigrams(one)[:2], trigrams(one)[-2:]) if len(one) >= WHOLE else ()


def nearness(sought: str, found: Collection[str]) -> float:
    """How near a stem is to those of a text: 1 where it is there, less where it is there as a part, 0 where it isn't.

    A compound is also there by its parts: geveltuin where gevel and tuin are, or one of them.
    """
    if sought in found:
        return 1.0
    if len(sought) < PIECE:
        return 0.0
    best, head, tail = 0.0, 0, 0
    for one in found:
        near, front, back = _near(sought, one)
        best, head, tail = max(best, near), max(head, front), max(tail, back)
    return max(best, 0.9 * min(1.0, (head + tail) / len(sought)))


@lru_cache(maxsize=200_000)
def _near(sought: str, one: str) -> tuple[float, int, int]:
    """How near it is as a whole, and how many letters of the front and of the back of `sought` it is."""
    if len(one) < PIECE:
        return 0.0, 0, 0
    if sought in one:
        return (0.8 if one.endswith(sought) else 0.7 if one.startswith(sought) else 0.3), 0, 0
    front = len(one) if sought.startswith(one) else 0
    back = len(one) if sought.endswith(one) else 0
    if front or back:
        return 0.0, front, back
    return _slip(sought, one), 0, 0


def _slip(one: str, other: str) -> float:
    """How near it is if somebody made a slip of the pen, as barbeque for barbecue."""
    if one[0] != other[0] or min(len(one), len(other)) < WHOLE - 1 or abs(len(one) - len(other)) > 2:
        return 0.0
    alike = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return 0.8 * alike if alike > 0.8 else 0.0
