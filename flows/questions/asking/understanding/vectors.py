"""Questions as vectors: how much each feature counts, the rarer the more."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from copy import copy
from zlib import crc32

from flows.questions.asking.understanding.features import Features
from flows.questions.asking.understanding.linear import Vector

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
        self._numbers: Mapping[Feature, int] | Numbers = {feature: at for at, feature in enumerate(counts)}
        self._worth: Sequence[float] = [math.log((1 + len(questions)) / (1 + count)) + 1 for count in counts.values()]
        self._worth_of_new = math.log(1 + len(questions)) + 1
        self.size = len(counts)

    def packed(self) -> Space:
        """The same in a tenth of the memory, to be kept rather than trained on."""
        made = copy(self)
        made._numbers = Numbers(self._numbers) if isinstance(self._numbers, dict) else self._numbers
        made._worth = array("f", self._worth)
        return made

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


class Numbers:
    """The numbers of features without the features: of each the hash. Two with the same are one in a hundred such."""

    def __init__(self, numbers: Mapping[Feature, int]) -> None:
        found = sorted((_hash(feature), number) for feature, number in numbers.items())
        self._hashes = array("I", [one for one, _ in found])
        self._numbers = array("I", [number for _, number in found])

    def get(self, feature: Feature) -> int | None:
        """None for one that isn't known."""
        wanted = _hash(feature)
        at = bisect_left(self._hashes, wanted)
        return self._numbers[at] if at < len(self._hashes) and self._hashes[at] == wanted else None


def _hash(feature: Feature) -> int:
    return crc32(":".join(feature).encode())


def _counted(found: Features, kinds: tuple[str, ...]) -> Counter[Feature]:
    return Counter([(kind, one) for kind in kinds for one in getattr(found, kind)])
