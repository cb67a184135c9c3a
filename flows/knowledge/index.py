"""Which articles have a word, and how much it says of them: BM25F over the question and the answer.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), section 3.6.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

QUESTION = 8.0
"""How much more a word says in the question than in the answer."""
SATURATION = 3.0
"""k1: how quickly more of the same word stops saying more."""
LENGTH_OF_QUESTION = 0.5
"""b, for the question: how much the length counts."""
LENGTH_OF_ANSWER = 0.7
PART = 0.6
"""How much a word counts of which only a compound is there."""
HIGHEST = SATURATION + 1
"""What a word counts at most, in times its rarity."""


class Index:
    """Articles, numbered, by the stems of their question and of their answer."""

    def __init__(self, articles: Sequence[tuple[list[str], list[str]]], parts: Mapping[str, tuple[str, ...]]) -> None:
        self.size = len(articles)
        question_length = sum(len(question) for question, _ in articles) / (self.size or 1) or 1.0
        answer_length = sum(len(answer) for _, answer in articles) / (self.size or 1) or 1.0
        frequencies: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, (question, answer) in enumerate(articles):
            bag: defaultdict[str, float] = defaultdict(float)
            for field, weight, length in (
                (question, QUESTION, 1 - LENGTH_OF_QUESTION + LENGTH_OF_QUESTION * len(question) / question_length),
                (answer, 1.0, 1 - LENGTH_OF_ANSWER + LENGTH_OF_ANSWER * len(answer) / answer_length),
            ):
                for word, count in Counter(field).items():
                    bag[word] += weight * count / length
            for word, frequency in list(bag.items()):
                for part in parts.get(word, ()):
                    bag[part] = max(bag[part], PART * frequency)
            for word, frequency in bag.items():
                frequencies[word].append((number, HIGHEST * frequency / (frequency + SATURATION)))
        self.rarity = {word: self._rarity(len(found)) for word, found in frequencies.items()}
        self.unknown = math.log(1 + self.size)
        """The rarity of a word that no article has."""
        self.postings = {
            word: {number: value * self.rarity[word] for number, value in found} for word, found in frequencies.items()
        }
        """By stem: the articles that have it, each with how much it says of that one."""

    def share(self, word: str, number: int) -> float:
        """How much a known word says of an article, from 0 to 1: nothing when it isn't there."""
        return self.postings[word].get(number, 0.0) / (HIGHEST * self.rarity[word])

    def _rarity(self, count: int) -> float:
        return math.log(1 + (self.size - count + 0.5) / (count + 0.5))
