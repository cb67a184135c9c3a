"""A linear support vector machine for each theme against the rest, trained by dual coordinate descent.

Hsieh et al., A Dual Coordinate Descent Method for Large-scale Linear SVM (ICML 2008), algorithm 1 with squared hinge
loss. Deterministic, and quick in plain Python because a question has some twenty features.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

Vector = Sequence[tuple[int, float]]
"""The features that a question has, by number, each with its value."""

COST = 0.5
"""What a training question on the wrong side costs, next to large weights."""
SOFTNESS = 1 / (2 * COST)
ROUNDS = 5
"""Times that all questions are looked at; more changes nothing any more."""


def train_linear(vectors: Sequence[Vector], labels: Sequence[int], themes: int, size: int) -> list[list[float]]:
    """The weights by theme and feature; the last weight of a theme is its bias. `labels` are numbers of themes."""
    norms = [1.0 + SOFTNESS + sum([value * value for _, value in vector]) for vector in vectors]
    chance = Random(0)
    orders = [chance.sample(range(len(vectors)), len(vectors)) for _ in range(ROUNDS)]
    return [
        _train_one(vectors, norms, orders, [1.0 if label == theme else -1.0 for label in labels], size)
        for theme in range(themes)
    ]


def _train_one(
    vectors: Sequence[Vector],
    norms: Sequence[float],
    orders: Sequence[Sequence[int]],
    signs: Sequence[float],
    size: int,
) -> list[float]:
    weights = [0.0] * (size + 1)
    alphas = [0.0] * len(vectors)
    for order in orders:
        for at in order:
            vector, sign, alpha = vectors[at], signs[at], alphas[at]
            margin = weights[size]
            for number, value in vector:
                margin += weights[number] * value
            changed = alpha - (sign * margin - 1 + SOFTNESS * alpha) / norms[at]
            if changed < 0:
                changed = 0.0
            if changed != alpha:
                alphas[at] = changed
                step = (changed - alpha) * sign
                weights[size] += step
                for number, value in vector:
                    weights[number] += step * value
    return weights


def linear_scores(weights: Sequence[Sequence[float]], vector: Vector) -> list[float]:
    """The margin of each theme; above zero means yes."""
    return [sum([one[number] * value for number, value in vector], one[-1]) for one in weights]
