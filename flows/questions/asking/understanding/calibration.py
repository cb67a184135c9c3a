"""From scores to confidence, and from which confidence on to act on it: both learned from questions kept apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

SHARPNESSES = tuple(0.25 * 1.15**step for step in range(24))
"""From which the one is chosen that says best how sure to be."""
RIGHT = 0.93
"""The share of the questions that go on without asking that should be right."""
FEW = 40
"""Questions; of fewer it can't be learned."""
CAUTIOUS = 0.8
"""The confidence that is asked for then."""


class Calibration(NamedTuple):
    """How to read scores."""

    sharpness: float = 1.0
    """What scores are multiplied by before they become shares of one."""
    sure: float = CAUTIOUS
    """The confidence from which on nobody need be asked, from 0 to 1."""

    def confidences(self, scores: Sequence[float]) -> list[float]:
        """Of each score, together one."""
        return shares(scores, self.sharpness)


def shares(scores: Sequence[float], sharpness: float) -> list[float]:
    """Softmax."""
    highest = max(scores)
    powers = [math.exp(sharpness * (score - highest)) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def calibrate(judged: Sequence[tuple[Sequence[float], int]], themes: int) -> Calibration:
    """From the scores of questions that weren't trained on, each with the number of its true theme.

    Of the scores the first `themes` are those of a theme; what comes after is never true, and is never acted on.
    """
    if len(judged) < FEW:
        return Calibration()
    sharpness = min(SHARPNESSES, key=lambda one: _surprise(judged, one))
    found = [(shares(scores, sharpness)[:themes], theme) for scores, theme in judged]
    sure = sorted(((max(one), one.index(max(one)) == theme) for one, theme in found), reverse=True)
    return Calibration(sharpness, _from_where(sure))


def _surprise(judged: Sequence[tuple[Sequence[float], int]], sharpness: float) -> float:
    """Log loss."""
    return -sum(math.log(max(shares(scores, sharpness)[theme], 1e-9)) for scores, theme in judged)


def _from_where(sure: Sequence[tuple[float, bool]]) -> float:
    """The lowest confidence above which enough are right; `sure` is in order, the surest first."""
    lowest, right = 1.0, 0
    for number, (confidence, is_right) in enumerate(sure, 1):
        right += is_right
        tied = number < len(sure) and sure[number][0] == confidence
        if not tied and right >= RIGHT * number:
            lowest = confidence
    return lowest
