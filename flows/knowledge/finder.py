"""The articles that answer a question in somebody's own words; or none, when nothing fits.

Each word of the question is looked for with all that may stand for it (`meaning`), as much as it says of an article
(`index`). What an article gets of what it could get makes its score, so a question of which no article has the words
gets a low one, however many there are. Pieces of letters (`letters`) and the kind of question (where, when, who)
decide between those that are near to each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, Self, TypeVar

from flows.knowledge.groups import groups
from flows.knowledge.index import HIGHEST, Index
from flows.knowledge.letters import Letters
from flows.knowledge.meaning import Meanings, Sought
from flows.knowledge.words import LIGHT_STEMS, kinds, telling

FITS = 0.38
"""The least score of the best one. Of questions that no article answers it refuses most, and of the others few."""
BEHIND = 0.5
"""The others have at least this share of the best one's score."""
TERMS = 25
"""Most that may stand for one word."""
AGAIN = 0.8
"""How much a word of an article counts for a second word of the question."""
OWN_WORDS = 0.3
"""How much more an article counts of whose question all words are said."""
LETTERS = 0.4
KIND = 0.15
REACHED = 0.6
"""What share of the most it could get a good article gets, for a word."""
LEAST = 12.0
"""What a question asks for at least: one light word alone is little to go by."""


class Article(Protocol):
    """What is found. Its words are those at the time of building."""

    @property
    def question(self) -> str: ...

    @property
    def answer(self) -> str: ...


A = TypeVar("A", bound=Article)


@dataclass(frozen=True, kw_only=True)
class Found(Generic[A]):
    """An article that may answer the question."""

    article: A
    score: float
    """From `FITS` on; about 1 when all of the question is in it."""


class Finder(Generic[A]):
    """Articles, ready to be looked through. Built once, and again when an article changes: 1,000 take half a second."""

    def __init__(self, articles: Sequence[A]) -> None:
        self._articles = articles
        fields = [(telling(one.question), telling(one.answer)) for one in articles]
        vocabulary = {word for question, answer in fields for word in (*question, *answer)}
        self._meanings = Meanings(vocabulary, groups())
        self._index = Index(fields, self._meanings.compounds.parts)
        self._letters = Letters([one.question for one in articles])
        self._kinds = [kinds(one.question) for one in articles]
        self._own = [self._weighed(question) for question, _ in fields]

    @classmethod
    def build(cls, articles: Iterable[A]) -> Self:
        """Index these articles. Takes its time: call it in a thread where others wait."""
        return cls(tuple(articles))

    def find(self, text: str, limit: int = 3) -> list[Found[A]]:
        """Those that fit best, best first, at most `limit`; empty when nothing fits."""
        scores = self.scores(text)
        best = max(scores.values(), default=0.0)
        if best < FITS:
            return []
        fitting = [number for number, score in scores.items() if score >= BEHIND * best]
        fitting.sort(key=lambda number: (-scores[number], number))
        return [Found(article=self._articles[number], score=scores[number]) for number in fitting[:limit]]

    def scores(self, text: str) -> dict[int, float]:
        """By the number of each article that has anything of the text: how well it fits, whether that is enough or not.

        Nothing when no article has a word of it.
        """
        sought = self._meanings.of(text)
        gained = self._gained(sought)
        if not gained:
            return {}
        possible = max(LEAST, sum(self._possible(one) for one in sought))
        alike = self._letters.alike(text)
        asked = kinds(text)
        return {
            number: gain / possible + LETTERS * alike.get(number, 0.0) + (KIND if asked & self._kinds[number] else 0.0)
            for number, gain in gained.items()
        }

    def _gained(self, sought: Sequence[Sought]) -> dict[int, float]:
        """What each article gets: of every word the most that one of its terms gives, each term fully only once."""
        taken: dict[int, dict[str, float]] = {}
        gained: dict[int, float] = {}
        for one in sought:
            best: dict[int, tuple[float, str]] = {}
            for term, share in self._terms(one):
                for number, value in self._index.postings[term]:
                    if number not in best or best[number][0] < value * share:
                        best[number] = (value * share, term)
            for number, (value, term) in best.items():
                before = taken.setdefault(number, {}).get(term, 0.0)
                more = max(value - before, 0.0) + AGAIN * min(value, before)
                gained[number] = gained.get(number, 0.0) + more
                taken[number][term] = max(value, before)
        return {number: gain * (1 + OWN_WORDS * self._said(number, taken[number])) for number, gain in gained.items()}

    def _terms(self, one: Sought) -> list[tuple[str, float]]:
        """Those that articles have, the best ones. What stands for a common word counts no more than that word."""
        rarity = self._index.rarity
        own = rarity.get(one.word) if one.word is not None else None
        terms = [
            (term, one.weight * share * (1.0 if own is None else min(1.0, own / rarity[term])))
            for term, share in one.terms.items()
            if term in rarity
        ]
        return sorted(terms, key=lambda pair: -pair[1] * rarity[pair[0]])[:TERMS]

    def _possible(self, one: Sought) -> float:
        """What an article could get for it."""
        rarity = self._index.rarity
        known = [share * rarity[term] for term, share in one.terms.items() if term in rarity]
        return one.weight * REACHED * HIGHEST * max(known, default=self._index.unknown)

    def _weighed(self, question: Sequence[str]) -> dict[str, float]:
        return {
            word: self._index.rarity[word] * (0.3 if word in LIGHT_STEMS else 1.0) for word in dict.fromkeys(question)
        }

    def _said(self, number: int, taken: dict[str, float]) -> float:
        """How much of the article's own question is said, from 0 to 1."""
        own = self._own[number]
        said = sum(
            weight * min(1.0, taken[word] / (HIGHEST * REACHED * self._index.rarity[word]))
            for word, weight in own.items()
            if word in taken
        )
        return said / (sum(own.values()) or 1.0)
