"""Dutch by ear: words that sound alike, and words that are one slip of the thumb apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

SOUNDS_ALIKE = 0.95
"""How much a word counts that is written otherwise and sounds the same: verhuist for verhuisd."""
SLIP = 0.75
"""How much, when one letter is otherwise."""
SLIP_OF_A_KNOWN = 0.45
"""How much, when what is written is a word too: it was probably meant."""
SHORTEST = 4
"""Letters from which on a slip is looked for; of shorter words too many are a letter apart."""

_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("sch", "sg"),
        ("ch", "g"),
        ("ij|ei", "y"),
        ("ouw|auw|au", "ou"),
        ("ph", "f"),
        ("th", "t"),
        ("ck", "k"),
        ("c(?=[eiy])", "s"),
        ("[cq]", "k"),
        ("x", "ks"),
        ("dt?$", "t"),
        ("b$", "p"),
        ("z", "s"),
        ("v", "f"),
        ("ie", "i"),
        (r"(.)\1+", r"\1"),
        ("isg$", "is"),
    )
]


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """How it sounds, roughly: words that are often mixed up in writing have the same sound."""
    for pattern, into in _SOUNDS:
        word = pattern.sub(into, word)
    return word


class Spelling:
    """Finds the known words that somebody may have meant."""

    def __init__(self, known: Iterable[str]) -> None:
        self._by_sound: defaultdict[str, list[str]] = defaultdict(list)
        for word in known:
            self._by_sound[sound(word)].append(word)
        self._known = {word for words in self._by_sound.values() for word in words}
        self._shortened: defaultdict[str, list[str]] = defaultdict(list)
        for one in self._by_sound:
            if len(one) >= SHORTEST:
                for shorter in _shorter(one):
                    self._shortened[shorter].append(one)

    def meant(self, word: str) -> dict[str, float]:
        """The word itself and what it may stand for, each with how near it is, from 0 to 1."""
        found = {word: 1.0}
        own = sound(word)
        for other in self._by_sound.get(own, ()):
            found.setdefault(other, SOUNDS_ALIKE)
        if len(own) >= SHORTEST and not any(letter.isdigit() for letter in word):
            nearness = SLIP_OF_A_KNOWN if word in self._known else SLIP
            for one in self._a_slip_from(own):
                for other in self._by_sound[one]:
                    if len(other) >= SHORTEST:
                        found.setdefault(other, nearness)
        return found

    def _a_slip_from(self, own: str) -> list[str]:
        """Sounds with a letter more, less, otherwise or exchanged; the first letter is seldom wrong."""
        near = set(self._shortened.get(own, ()))
        for shorter in _shorter(own):
            if shorter in self._by_sound:
                near.add(shorter)
            if len(own) > SHORTEST:
                near.update(self._shortened.get(shorter, ()))
        return sorted(one for one in near if one != own and one[0] == own[0])


def _shorter(one: str) -> set[str]:
    return {one[:at] + one[at + 1 :] for at in range(len(one))}
