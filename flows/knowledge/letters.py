"""How alike two texts are by pieces of three and four letters, as they sound; what the words miss, these may see."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

from flows.words.sound import sound

PIECES = (3, 4)


class Letters:
    """Texts by their pieces; the cosine of TF-IDF."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        """`texts`: the words of each."""
        bags = [_pieces(text) for text in texts]
        counts = Counter(piece for bag in bags for piece in bag)
        self._idf = {piece: math.log(1 + len(texts) / count) for piece, count in counts.items()}
        self._unknown = math.log(1 + len(texts))
        self._postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, bag in enumerate(bags):
            for piece, weight in self._weights(bag).items():
                self._postings[piece].append((number, weight))

    def alike(self, text: Sequence[str]) -> dict[int, float]:
        """By the number of each text that has a piece in common: how alike it is, from 0 to 1."""
        found: defaultdict[int, float] = defaultdict(float)
        for piece, weight in self._weights(_pieces(text)).items():
            for number, other in self._postings.get(piece, ()):
                found[number] += weight * other
        return found

    def _weights(self, bag: Counter[str]) -> dict[str, float]:
        weights = {piece: (1 + math.log(count)) * self._idf.get(piece, self._unknown) for piece, count in bag.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {piece: weight / length for piece, weight in weights.items()}


def _pieces(text: Sequence[str]) -> Counter[str]:
    return Counter(piece for word in text for piece in _of_word(word))


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> tuple[str, ...]:
    padded = f" {sound(word)} "
    return tuple(padded[at : at + size] for size in PIECES for at in range(len(padded) - size + 1))
