"""The articles that answer a question in somebody's own words; or none, when nothing fits.

Each word of the question is looked for with all that may stand for it (`meaning`), as much as it says of an article
(`index`). What an article gets of what it could get makes its score, so a question of which no article has the words
gets a low one, however many there are. Pieces of letters (`letters`) and the kind of question (where, when, who)
decide between those that are near to each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Generic, Protocol, Self, TypeVar

from flows.knowledge.groups import groups
from flows.knowledge.index import HIGHEST, Index
from flows.knowledge.letters import Letters
from flows.knowledge.meaning import LIGHT, Meanings, Sought
from flows.knowledge.words import LIGHT_STEMS, kinds, telling, words

FITS = 0.28
"""The least that one of those shown fits. Of what no article answers seven in ten fit less; of what one does, one in
fifty. See `benchmarks/articles.py`."""
SURE = 0.36
"""From here on it is worth saying that it fits: so do nine in ten that an article answers, and one in six of the rest.
"""
BY_LETTERS = 0.45
"""How much of fitting is by pieces of letters."""
DOUBT = 0.6
"""As if so much more was asked that nobody has, in unknown words: the fewer words, the less sure it is."""
BEHIND = 0.5
"""The others have at least this share of the best one's score."""
TERMS = 25
"""Most that may stand for one word."""
AGAIN = 0.8
"""How much a word of an article counts for a second word of the question."""
OWN_WORDS = 0.3
"""How much more an article counts of whose question all words are said."""
LETTERS = 0.4
KIND = 0.12
REACHED = 0.6
"""What share of the most it could get a good article gets, for a word."""
LEAST = 0.6
"""What a question asks for at least, in unknown words: one light word alone is little to go by."""


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
    """To put them in order."""
    fit: float
    """How much of what was asked it has, from 0 to about 1.5: one of them at least `FITS`, a likely one `SURE`."""


class Finder(Generic[A]):
    """Articles, ready to be looked through. Built once, and again when an article changes: 1,000 take half a second."""

    def __init__(self, articles: Sequence[A]) -> None:
        self._articles = articles
        said = [(words(one.question), words(one.answer)) for one in articles]
        self._meanings = Meanings(Counter(chain.from_iterable(chain(*said))), groups())
        fields = [(telling(question), telling(answer)) for question, answer in said]
        self._index = Index(fields, self._meanings.compounds.parts)
        self._letters = Letters([question for question, _ in said])
        self._kinds = [kinds(question) for question, _ in said]
        self._own = [self._weighed(question) for question, _ in fields]

    @classmethod
    def build(cls, articles: Iterable[A]) -> Self:
        """Index these articles. Takes its time: call it in a thread where others wait."""
        return cls(tuple(articles))

    def find(self, text: str, limit: int = 3) -> list[Found[A]]:
        """Those that fit best, best first, at most `limit`; empty when nothing fits."""
        said = self._meanings.corrected(text)
        sought = self._meanings.of(said)
        alike = self._letters.alike(said)
        scores = self._scores(sought, alike, kinds(said))
        if not scores:
            return []
        best = max(scores.values())
        near = sorted((-score, number) for number, score in scores.items() if score >= BEHIND * best)
        found = [
            Found(article=self._articles[number], score=-score, fit=self._fit(number, sought, alike))
            for score, number in near[:limit]
        ]
        return found if any(one.fit >= FITS for one in found) else []

    def _scores(self, sought: Sequence[Sought], alike: Mapping[int, float], asked: frozenset[str]) -> dict[int, float]:
        """By the number of each article that has a word of it: how well it answers, compared with the others."""
        gained = self._gained(sought)
        possible = max(LEAST * HIGHEST * self._index.unknown, sum(self._possible(one) for one in sought))
        return {
            number: gain / possible + LETTERS * alike.get(number, 0.0) + (KIND if asked & self._kinds[number] else 0.0)
            for number, gain in gained.items()
        }

    def _fit(self, number: int, sought: Sequence[Sought], alike: Mapping[int, float]) -> float:
        """How much of what is asked this article has. A word that no article has weighs most; a phrase only adds."""
        rarity = self._index.rarity
        had, asked = 0.0, DOUBT * self._index.unknown
        for one in sought:
            known = {term: share for term, share in one.terms.items() if term in rarity}
            there = max((share * self._index.share(term, number) for term, share in known.items()), default=0.0)
            if one.word is not None:
                weight = one.weight * rarity.get(one.word, self._index.unknown)
                asked += weight
            else:
                weight = max((share * rarity[term] for term, share in known.items()), default=0.0)
            had += weight * there
        return had / asked + BY_LETTERS * alike.get(number, 0.0)

    def _gained(self, sought: Sequence[Sought]) -> dict[int, float]:
        """What each article gets: of every word the most that one of its terms gives, each term fully only once."""
        taken: dict[int, dict[str, float]] = {}
        gained: dict[int, float] = {}
        for one in sought:
            best: dict[int, tuple[float, str]] = {}
            for term, share in self._terms(one):
                for number, value in self._index.postings[term].items():
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
            word: self._index.rarity[word] * (LIGHT if word in LIGHT_STEMS else 1.0) for word in dict.fromkeys(question)
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
