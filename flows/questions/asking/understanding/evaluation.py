"""How well questions are routed: trained on one file, judged on another."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import Any, NamedTuple

from flows.errors import TableError
from flows.questions.asking.understanding.classifier import Classifier, Example

STEPS = 20
"""Points of the curve."""


class Evaluation(NamedTuple):
    """Shares are from 0 to 1."""

    top1: float
    """The share of the questions whose likeliest theme is the right one."""
    top3: float
    """Whose right theme is among the likeliest three."""
    ms: float
    """Milliseconds a question takes."""
    curve: tuple[tuple[float, float], ...]
    """Coverage and accuracy: of so many of the questions, the surest ones, so many are right; coverage rises to 1."""
    coverage: float
    """The share that goes on without asking, by the confidence that training chose."""
    accuracy: float
    """Of those, the share that is right; 1 when there is none."""

    def as_json(self) -> dict[str, Any]:
        """`{"top1": …, "top3": …, "ms": …, "curve": [[coverage, accuracy], …]}`."""
        return {
            "top1": round(self.top1, 4),
            "top3": round(self.top3, 4),
            "ms": round(self.ms, 4),
            "curve": [[round(coverage, 4), round(accuracy, 4)] for coverage, accuracy in self.curve],
        }


def evaluate(train: Sequence[Example], test: Sequence[Example]) -> Evaluation:
    """Learn from the first and judge by the second. A theme's own name counts as its description.

    A question of the test whose theme isn't in the training counts as wrong. Raises TableError when there is
    nothing to choose from.
    """
    themes = {one.theme: described(one.theme) for one in train}
    if len(themes) < 2:
        raise TableError("the training questions have one theme; add questions of another")
    classifier = Classifier.train(train, themes)
    began = time.perf_counter()
    guesses = [classifier.guess(one.question) for one in test]
    took = time.perf_counter() - began
    right = [guess.candidates[0].theme == one.theme for guess, one in zip(guesses, test, strict=True)]
    among = [one.theme in {it.theme for it in guess.candidates} for guess, one in zip(guesses, test, strict=True)]
    order = sorted(range(len(test)), key=lambda at: -guesses[at].candidates[0].confidence)
    sure = [at for at in order if guesses[at].theme is not None]
    return Evaluation(
        top1=sum(right) / len(test),
        top3=sum(among) / len(test),
        ms=1000 * took / len(test),
        curve=_curve([right[at] for at in order]),
        coverage=len(sure) / len(test),
        accuracy=sum(right[at] for at in sure) / len(sure) if sure else 1.0,
    )


def described(theme: str) -> str:
    """The words of a name such as `zorg_jeugd` or `BouwenEnWonen`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[_\W]+", " ", theme).strip()


def _curve(right: Sequence[bool]) -> tuple[tuple[float, float], ...]:
    """From `right` in order, the surest first."""
    numbers = sorted({max(1, round(len(right) * step / STEPS)) for step in range(1, STEPS + 1)})
    return tuple((number / len(right), sum(right[:number]) / number) for number in numbers)
