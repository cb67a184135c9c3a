"""What somebody may mean: each word of a question with all the words that an article may have for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flows.knowledge.compounds import OF_IT, Compounds
from flows.knowledge.groups import Groups
from flows.knowledge.spelling import Spelling
from flows.knowledge.verbs import A_FORM, Verbs
from flows.knowledge.words import LIGHT_STEMS, STOP_WORDS, says_something, words
from flows.words.analysis import stem

LIGHT = 0.3
"""How much a word counts that is said in many questions."""
MOST = 80
"""Words of a text that are looked at; who writes more has said it by then."""
COMMON = 1_000
"""How often a stop word is used, compared with the words of articles."""
EVERYDAY = Path(__file__).with_name("everyday.txt")


@cache
def everyday() -> frozenset[str]:
    """Words that everybody uses, so that none of them is taken for a slip: a zolder is not "zonder"."""
    return frozenset(EVERYDAY.read_text("utf-8").split())


@cache
def _everyday_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in everyday())


@dataclass(frozen=True, kw_only=True)
class Sought:
    """A word or a phrase of a question."""

    word: str | None
    """Its stem; none for a phrase."""
    weight: float
    terms: Mapping[str, float]
    """The stems to look for, each with how much it counts, from 0 to 1; itself with 1."""


class Meanings:
    """Knows the words of the articles and those of the groups, and finds what stands for what."""

    def __init__(self, vocabulary: Mapping[str, int], groups: Groups) -> None:
        """`vocabulary`: the words of the articles as they are written, each with how often."""
        self._groups = groups
        written = Counter(vocabulary)
        written.update(groups.written)
        written.update(dict.fromkeys(STOP_WORDS, COMMON))
        written.update(everyday())
        self._known = {stem(word) for word in vocabulary if says_something(word)} | set(groups.words)
        self.compounds = Compounds(self._known)
        self._spelling = Spelling(written)
        self._verbs = Verbs(self._known)

    def corrected(self, text: str) -> list[str]:
        """The words of a text, the unknown ones as they were meant most likely; compounds written apart are joined."""
        found: list[str] = []
        for one in self._joined(words(text)[:MOST]):
            found.append(one if self._knows(one) else self._spelling.corrected(one))
        return self._joined(found)

    def _joined(self, said: Sequence[str]) -> list[str]:
        """Many write compounds apart: "toeristen belasting", "digi d"."""
        found: list[str] = []
        for one in said:
            joinable = found and says_something(found[-1]) and (says_something(one) or len(one) == 1)
            if joinable and (joined := self._spelling.joined(found[-1], one)):
                found[-1] = joined
            else:
                found.append(one)
        return found

    def _knows(self, word: str) -> bool:
        """Whether it is known in some form: then it is no slip for another word."""
        one = stem(word)
        return (
            one in self._known
            or one in _everyday_stems()
            or bool(self._verbs.forms(one))
            or bool(self.compounds.split(one))
        )

    def of(self, said: Sequence[str]) -> list[Sought]:
        """What to look for, for these words (corrected) in their order and then for their phrases."""
        found = []
        for at, word in enumerate(said):
            if says_something(word):
                one = stem(word)
                weight = LIGHT if one in LIGHT_STEMS else 1.0
                meant = self._terms(word, self._verbs.separated(said, at))
                found.append(Sought(word=one, weight=weight, terms=meant))
        for phrase in self._groups.phrases(said):
            terms: dict[str, float] = {}
            for one, share in phrase.items():
                self._add(terms, one, share)
            found.append(Sought(word=None, weight=1.0, terms=terms))
        return found

    def _terms(self, word: str, separated: Iterable[str]) -> dict[str, float]:
        terms: dict[str, float] = {}
        meant: dict[str, float] = {}
        for other, share in self._spelling.heard(word).items():
            if says_something(other):
                meant[stem(other)] = max(share, meant.get(stem(other), 0.0))
        own = stem(word)
        parts = self.compounds.parts.get(own) or self.compounds.split(own)
        for verb in (*self._verbs.forms(own), *separated):
            meant[verb] = max(A_FORM, meant.get(verb, 0.0))
        meant.update({part: OF_IT for part in parts if part not in meant})
        for one, share in meant.items():
            self._add(terms, one, share)
        for one, share in meant.items():
            for other, part in self._groups.of(one):
                self._add(terms, other, share * part)
        return terms

    def _add(self, terms: dict[str, float], word: str, share: float) -> None:
        """A word with its compounds and its parts."""
        terms[word] = max(share, terms.get(word, 0.0))
        for other, part in self.compounds.related(word):
            terms[other] = max(share * part, terms.get(other, 0.0))
