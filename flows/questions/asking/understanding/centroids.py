"""The middle of the questions of each theme; the nearer a question is to it, the more it is about that theme."""

from __future__ import annotations

import math
from collections.abc import Sequence

from flows.questions.asking.understanding.linear import Vector


def train_centroids(vectors: Sequence[Vector], labels: Sequence[int], themes: int, size: int) -> list[list[float]]:
    """By theme and feature, each of length one."""
    middles = [[0.0] * size for _ in range(themes)]
    for vector, label in zip(vectors, labels, strict=True):
        middle = middles[label]
        for number, value in vector:
            middle[number] += value
    for middle in middles:
        length = math.sqrt(sum(value * value for value in middle)) or 1.0
        middle[:] = [value / length for value in middle]
    return middles


def centroid_scores(middles: Sequence[Sequence[float]], vector: Vector) -> list[float]:
    """How near it is to the middle of each theme, from zero on."""
    return [sum([middle[number] * value for number, value in vector]) for middle in middles]
