"""Words as they were meant: those that sound alike, and those that are one slip of the thumb apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from flows.words.sound import sound

SOUNDS_ALIKE = 0.95
"""How much a word counts that is written otherwise and sounds the same: verhuist for verhuisd."""
SLIP = 0.8
"""How much, when one letter is otherwise."""
SHORTEST = 4
"""Letters from which on a slip is looked for; of shorter words too many are a letter apart."""
LONG = 7
"""Letters from which on more slips than one are looked for, when nothing else is near."""
ALIKE = 0.55
"""How much of their pieces such words share at least."""
MOST = 3
"""How many of those count."""


class Spelling:
    """Knows words as they are written, and finds those that somebody may have meant."""

    def __init__(self, known: Mapping[str, int]) -> None:
        """`known`: each word with how often it is used, to choose between those that are equally near."""
        self._known = known
        self._by_sound: defaultdict[str, list[str]] = defaultdict(list)
        for word in known:
            self._by_sound[sound(word)].append(word)
        self._shortened: defaultdict[str, list[str]] = defaultdict(list)
        self._by_piece: defaultdict[str, list[str]] = defaultdict(list)
        for one in self._by_sound:
            if len(one) >= SHORTEST:
                for shorter in _shorter(one):
                    self._shortened[shorter].append(one)
            if len(one) >= LONG - 2:
                for piece in _pieces(one):
                    self._by_piece[piece].append(one)

    def heard(self, word: str) -> dict[str, float]:
        """The word itself and those that sound the same, each with how near it is, from 0 to 1."""
        return {word: 1.0} | {other: SOUNDS_ALIKE for other in self._by_sound.get(sound(word), ()) if other != word}

    def meant(self, word: str) -> dict[str, float]:
        """The same, with those that an unknown word is a slip for."""
        found = self.heard(word)
        own = sound(word)
        if word in self._known or len(own) < SHORTEST or any(letter.isdigit() for letter in word):
            return found
        near = dict.fromkeys(self._a_slip_from(own), SLIP)
        if not near and len(found) == 1:
            near = self._alike(own)
        for one, nearness in near.items():
            for other in self._by_sound[one]:
                if len(other) >= SHORTEST:
                    found.setdefault(other, nearness)
        return found

    def corrected(self, word: str) -> str:
        """The known word that was meant most likely; the word itself when it is known or nothing is near it."""
        if word in self._known:
            return word
        others = {other: nearness for other, nearness in self.meant(word).items() if other != word}
        return max(others, key=lambda other: (others[other], self._known[other], other), default=word)

    def joined(self, one: str, other: str) -> str | None:
        """The known word that these two are together; many write compounds apart."""
        together = one + other
        if together in self._known:
            return together
        return max(self._by_sound.get(sound(together), ()), key=lambda word: (self._known[word], word), default=None)

    def _a_slip_from(self, own: str) -> list[str]:
        """Sounds with a letter more, less, otherwise or exchanged; the first letter is seldom wrong."""
        near = set(self._shortened.get(own, ()))
        for shorter in _shorter(own):
            if shorter in self._by_sound:
                near.add(shorter)
            near.update(self._shortened.get(shorter, ()))
        return sorted(one for one in near if one != own and one[0] == own[0])

    def _alike(self, own: str) -> dict[str, float]:
        """The sounds that share most pieces with it: for more slips than one in a long word."""
        pieces = _pieces(own)
        if len(own) < LONG:
            return {}
        shared = Counter(one for piece in pieces for one in self._by_piece.get(piece, ()))
        alike = {one: 2 * count / (len(pieces) + len(_pieces(one))) for one, count in shared.items()}
        best = sorted((-near, one) for one, near in alike.items() if near >= ALIKE)[:MOST]
        return {one: -SLIP * near for near, one in best}


def _shorter(one: str) -> set[str]:
    return {one[:at] + one[at + 1 :] for at in range(len(one))}


def _pieces(one: str) -> set[str]:
    return {f" {one} "[at : at + 3] for at in range(len(one))}
