"""What somebody may mean: each word of a question with all the words that an article may have for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flows.knowledge.compounds import OF_IT, Compounds
from flows.knowledge.groups import Groups
from flows.knowledge.spelling import Spelling
from flows.knowledge.verbs import A_FORM, Verbs
from flows.knowledge.words import LIGHT_STEMS, says_something, words
from flows.words.analysis import stem

LIGHT = 0.3
"""How much a word counts that is said in many questions."""


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

    def __init__(self, vocabulary: Iterable[str], groups: Groups) -> None:
        self._groups = groups
        known = {*vocabulary, *groups.words}
        self.compounds = Compounds(known)
        self._spelling = Spelling(known)
        self._verbs = Verbs(known)

    def of(self, text: str) -> list[Sought]:
        """What to look for, for the words of a question in their order and then for its phrases."""
        found = []
        said = words(text)
        for at, word in enumerate(said):
            if says_something(word):
                one = stem(word)
                weight = LIGHT if one in LIGHT_STEMS else 1.0
                terms = self._terms(one, self._verbs.separated(said, at))
                found.append(Sought(word=one, weight=weight, terms=terms))
        stems = [stem(word) for word in said]
        for phrase in self._groups.phrases(stems):
            terms: dict[str, float] = {}
            for one, share in phrase.items():
                self._add(terms, one, share)
            found.append(Sought(word=None, weight=1.0, terms=terms))
        return found

    def _terms(self, word: str, separated: Iterable[str]) -> dict[str, float]:
        terms: dict[str, float] = {}
        meant = self._spelling.meant(word)
        parts = self.compounds.parts.get(word) or self.compounds.split(word)
        for verb in (*self._verbs.forms(word), *separated):
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
