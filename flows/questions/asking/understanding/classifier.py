"""Guesses the theme of a question, and says when it isn't sure.

Two classifiers that err differently vote: one that separates each theme from the rest by words and groups of words,
and one that looks for the theme whose questions are nearest, by pieces of words too. Chosen by measurement; see
benchmarks/routing.py.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import NamedTuple

from flows.questions.asking.understanding.calibration import Calibration, calibrate
from flows.questions.asking.understanding.centroids import centroid_scores, train_centroids
from flows.questions.asking.understanding.features import Features, features
from flows.questions.asking.understanding.linear import Vector, linear_scores, train_linear
from flows.questions.asking.understanding.small_talk import small_talk
from flows.questions.asking.understanding.vectors import Lengths, Space

WORDS: Lengths = {("stems",): 1.0, ("marks",): 1.0}
"""What the separating one looks at."""
ALL: Lengths = {("stems", "marks"): 1.4, ("pieces",): 1.4}
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
    """From 0 to 1; of all themes together 1, less what speaks for small talk."""


@dataclass(frozen=True, kw_only=True)
class Guess:
    """What a question is about."""

    theme: str | None
    """The first of the candidates, or None when it isn't sure enough to go on without asking."""
    candidates: tuple[Candidate, ...]
    """At most three, the likeliest first."""


class Classifier:
    """Made by `train`; changes no more."""

    def __init__(self, themes: Sequence[str], spaces: _Spaces, voters: _Voters, calibration: Calibration) -> None:
        self._themes = tuple(themes)
        self._spaces = spaces
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
        texts = [*(one.question for one in (*learned, *described)), *small_talk()]  # what is like it isn't clear enough
        found = [features(text[:LONGEST]) for text in texts]
        spaces = _Spaces(found)
        seen = [spaces.vectors(one) for one in found]
        labels = [*(numbers[one.theme] for one in (*learned, *described)), *(len(numbers) for _ in small_talk())]
        parts = _parts(labels[: len(learned)])
        judged = []
        for part in range(PARTS):
            others = [at for at in range(len(texts)) if at >= len(learned) or parts[at] != part]
            voters = _Voters.train(spaces, [seen[at] for at in others], [labels[at] for at in others], len(numbers))
            judged += [(voters.scores(seen[at]), labels[at]) for at in range(len(learned)) if parts[at] == part]
        voters = _Voters.train(spaces, seen, labels, len(numbers))
        return cls(list(numbers), spaces, voters, calibrate(judged, len(numbers)))

    def packed(self) -> Classifier:
        """The same with its numbers in a tenth of the memory, a little rounded; to be kept rather than trained on."""
        weights, middles = ([array("f", one) for one in part] for part in self._voters)
        return Classifier(self._themes, self._spaces.packed(), _Voters(weights, middles), self._calibration)

    def guess(self, text: str) -> Guess:
        """The theme of a question, and the likeliest three. Never raises, whatever the text."""
        # The last of the confidences is that of small talk: it is no candidate, and leaves less for the others.
        confidences = self._calibration.confidences(self._voters.scores(self._spaces.vectors(features(text[:LONGEST]))))
        order = sorted(range(len(self._themes)), key=lambda number: -confidences[number])
        candidates = tuple(Candidate(self._themes[at], confidences[at]) for at in order[:CANDIDATES])
        first = candidates[0]
        return Guess(theme=first.theme if first.confidence >= self.sure else None, candidates=candidates)


class _Vectors(NamedTuple):
    words: Vector
    all: Vector


class _Spaces:
    """Of what each of the two looks at."""

    def __init__(self, questions: Sequence[Features]) -> None:
        self.words, self.all = Space(questions, WORDS), Space(questions, ALL)

    def packed(self) -> _Spaces:
        made = copy(self)
        made.words, made.all = self.words.packed(), self.all.packed()
        return made

    def vectors(self, found: Features) -> _Vectors:
        return _Vectors(self.words.vector(found), self.all.vector(found))


class _Voters(NamedTuple):
    """Both, trained on the same examples."""

    weights: Sequence[Sequence[float]]
    middles: Sequence[Sequence[float]]

    @classmethod
    def train(cls, spaces: _Spaces, seen: Sequence[_Vectors], labels: Sequence[int], themes: int) -> _Voters:
        """`labels` that are no theme's number are of small talk, which comes last in what it gives."""
        words, size = [one.words for one in seen], spaces.words.size
        about = [at for at, label in enumerate(labels) if label < themes]
        weights = train_linear([words[at] for at in about], [labels[at] for at in about], themes, size)
        is_small_talk = [int(label == themes) for label in labels]
        return cls(
            [*weights, train_linear(words, is_small_talk, 2, size)[1]],
            train_centroids([one.all for one in seen], labels, themes + 1, spaces.all.size),
        )

    def scores(self, seen: _Vectors) -> list[float]:
        """By theme; only their differences mean something."""
        margins = linear_scores(self.weights, seen.words)
        nearness = centroid_scores(self.middles, seen.all)
        return [SEPARATING * one + COMPARING * other for one, other in zip(margins, nearness, strict=True)]


def _parts(labels: Sequence[int]) -> list[int]:
    """The part that each example is in; every theme is spread evenly."""
    seen: Counter[int] = Counter()
    parts = []
    for label in labels:
        parts.append(seen[label] % PARTS)
        seen[label] += 1
    return parts
