"""Questions as vectors: how much each feature counts, the rarer the more."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from flows.questions.understanding.features import Features
from flows.questions.understanding.linear import Vector

Feature = tuple[str, str]
"""Its kind (a field of `Features`), and itself."""
Lengths = Mapping[tuple[str, ...], float]
"""By kinds that are taken together, how long a vector is in their directions, whatever the length of the question:
so that the many pieces of its words don't drown its few words."""


class Space:
    """Numbers for the features of some questions, and what each is worth."""

    def __init__(self, questions: Sequence[Features], lengths: Lengths) -> None:
        self._lengths = lengths
        counts: Counter[Feature] = Counter()
        for found in questions:
            for kinds in lengths:
                counts.update(_counted(found, kinds).keys())
        self._numbers = {feature: at for at, feature in enumerate(counts)}
        self._worth = [math.log((1 + len(questions)) / (1 + count)) + 1 for count in counts.values()]
        self._worth_of_new = math.log(1 + len(questions)) + 1
        self.size = len(counts)

    def vector(self, found: Features) -> Vector:
        """Of a question: its known features. What is new in it makes them shorter: then less of it is understood."""
        made: list[tuple[int, float]] = []
        for kinds, length in self._lengths.items():
            values: list[tuple[int, float]] = []
            square = 0.0
            for feature, count in _counted(found, kinds).items():
                at = self._numbers.get(feature)
                value = (1 + math.log(count)) * (self._worth_of_new if at is None else self._worth[at])
                square += value * value
                if at is not None:
                    values.append((at, value))
            scale = length / math.sqrt(square) if square else 0.0
            made += [(at, value * scale) for at, value in values]
        return made


def _counted(found: Features, kinds: tuple[str, ...]) -> Counter[Feature]:
    return Counter([(kind, one) for kind in kinds for one in getattr(found, kind)])
