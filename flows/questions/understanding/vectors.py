"""Questions as vectors: how much each feature counts, the rarer the more."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from flows.questions.understanding.features import features
from flows.questions.understanding.linear import Vector

Feature = tuple[str, str]
"""Its kind, and itself."""


class Space:
    """Numbers for the features of the training questions, and what each is worth.

    Every kind has the length it is given, whatever the length of the question: so that the many pieces of its words
    don't drown its few words.
    """

    def __init__(self, texts: Iterable[str], lengths: Mapping[str, float]) -> None:
        """`lengths` by kind, the names of the fields of `Features`."""
        self._lengths = lengths
        counts: Counter[Feature] = Counter()
        number = 0
        for text in texts:
            number += 1
            counts.update(self._counted(text).keys())
        self._numbers = {feature: at for at, feature in enumerate(counts)}
        self._worth = [math.log((1 + number) / (1 + count)) + 1 for count in counts.values()]
        self.size = len(counts)

    def vector(self, text: str) -> Vector:
        """Only what the training questions have too; empty when that is nothing."""
        values: list[tuple[str, int, float]] = []
        squares: defaultdict[str, float] = defaultdict(float)
        for feature, count in self._counted(text).items():
            at = self._numbers.get(feature)
            if at is not None:
                value = (1 + math.log(count)) * self._worth[at]
                squares[feature[0]] += value * value
                values.append((feature[0], at, value))
        scales = {kind: self._lengths[kind] / math.sqrt(square) for kind, square in squares.items()}
        return [(at, value * scales[kind]) for kind, at, value in values]

    def _counted(self, text: str) -> Counter[Feature]:
        found = features(text)
        return Counter((kind, one) for kind in self._lengths for one in getattr(found, kind))
