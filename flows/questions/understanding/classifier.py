"""Guesses the theme of a question, and says when it isn't sure.

Two classifiers that err differently vote: one that separates each theme from the rest by words and groups of words,
and one that looks for the theme whose questions are nearest, by pieces of words too. Chosen by measurement; see
benchmarks/routing.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flows.questions.understanding.calibration import Calibration, calibrate
from flows.questions.understanding.centroids import centroid_scores, train_centroids
from flows.questions.understanding.linear import linear_scores, train_linear
from flows.questions.understanding.vectors import Space

WORDS = {"stems": 1.0, "marks": 1.0}
"""What the separating one looks at."""
ALL = {"stems": 1.0, "marks": 1.0, "pieces": 0.7}
"""What the comparing one looks at."""
SEPARATING, COMPARING = 1.25, 4.0
"""What their votes count: the first's are some three times as far apart."""
PARTS = 3
"""In which the examples are divided to learn how sure to be; each is judged by what the others teach."""
CANDIDATES = 3
LONGEST = 2_000
"""Letters of a question that are looked at."""


class Example(NamedTuple):
    """A question of which the theme is known."""

    question: str
    theme: str


class Candidate(NamedTuple):
    """A theme that it may be."""

    theme: str
    confidence: float
    """From 0 to 1; of all themes together 1."""


@dataclass(frozen=True, kw_only=True)
class Guess:
    """What a question is about."""

    theme: str | None
    """The first of the candidates, or None when it isn't sure enough to go on without asking."""
    candidates: tuple[Candidate, ...]
    """At most three, the likeliest first."""


class Classifier:
    """Made by `train`; changes no more."""

    def __init__(self, themes: Sequence[str], voters: _Voters, calibration: Calibration) -> None:
        self._themes = tuple(themes)
        self._voters = voters
        self._calibration = calibration

    @property
    def sure(self) -> float:
        """The confidence from which on a guess has a theme."""
        return self._calibration.sure

    @classmethod
    def train(cls, examples: Iterable[Example], themes: Mapping[str, str]) -> Classifier:
        """Learn from examples. `themes`: the code of each theme, with words that describe it (its name) or "".

        The words of a theme count as one more example, so that a theme without examples is known too. Raises
        ValueError when an example has a theme that isn't there, or when there are fewer than two themes.
        """
        numbers = {theme: number for number, theme in enumerate(themes)}
        if len(numbers) < 2:
            raise ValueError("a choice needs at least two themes")
        learned = list(examples)
        unknown = sorted({one.theme for one in learned} - numbers.keys())
        if unknown:
            raise ValueError(f"unknown theme {unknown[0]!r}")
        described = [Example(words, theme) for theme, words in themes.items() if words]
        voters = _Voters([*learned, *described], numbers)
        judged = [
            (part_voters.scores(one.question), numbers[one.theme])
            for part, part_voters in _divided(learned, described, numbers)
            for one in part
        ]
        return cls(list(numbers), voters, calibrate(judged))

    def guess(self, text: str) -> Guess:
        """The theme of a question, and the likeliest three. Never raises, whatever the text."""
        confidences = self._calibration.confidences(self._voters.scores(text))
        order = sorted(range(len(self._themes)), key=lambda number: -confidences[number])
        candidates = tuple(Candidate(self._themes[at], confidences[at]) for at in order[:CANDIDATES])
        first = candidates[0]
        return Guess(theme=first.theme if first.confidence >= self.sure else None, candidates=candidates)


class _Voters:
    """Both, trained on the same examples."""

    def __init__(self, examples: Sequence[Example], numbers: Mapping[str, int]) -> None:
        labels = [numbers[one.theme] for one in examples]
        texts = [one.question[:LONGEST] for one in examples]
        self._words, self._all = Space(texts, WORDS), Space(texts, ALL)
        self._weights = train_linear([*map(self._words.vector, texts)], labels, len(numbers), self._words.size)
        self._middles = train_centroids([*map(self._all.vector, texts)], labels, len(numbers), self._all.size)

    def scores(self, text: str) -> list[float]:
        """By theme; only their differences mean something."""
        looked_at = text[:LONGEST]
        margins = linear_scores(self._weights, self._words.vector(looked_at))
        nearness = centroid_scores(self._middles, self._all.vector(looked_at))
        return [SEPARATING * one + COMPARING * other for one, other in zip(margins, nearness, strict=True)]


def _divided(
    learned: Sequence[Example], described: Sequence[Example], numbers: Mapping[str, int]
) -> Iterable[tuple[list[Example], _Voters]]:
    """Each part of the examples, with what is learned from the others; each part has some of every theme."""
    seen: Counter[str] = Counter()
    parts: list[list[Example]] = [[] for _ in range(PARTS)]
    for one in learned:
        parts[seen[one.theme] % PARTS].append(one)
        seen[one.theme] += 1
    for at, part in enumerate(parts):
        others = [one for number, other in enumerate(parts) if number != at for one in other]
        if part and others:
            yield part, _Voters([*others, *described], numbers)
