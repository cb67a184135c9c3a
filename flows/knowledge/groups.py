"""Words for the same thing: how people say it, and how the government does. They stand in `groups.txt`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from flows.knowledge.words import STOP_WORDS, says_something, words
from flows.words.analysis import stem
from flows.words.sound import sound

FILE = Path(__file__).with_name("groups.txt")
SAME = 0.85
"""How much a word counts for another of its group."""
RELATED = 0.6
"""How much, when it is only related to it."""
OF_A_PHRASE = 0.65
"""How much each word of a phrase counts that stands for what is looked for."""
GAP = 3
"""A phrase's next word is at most so many words further: "niet eens" is found in "niet mee eens"."""

Member = tuple[str, ...]
"""The words of a phrase, or a single one."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """A line of the file."""

    same: tuple[Member, ...]
    related: tuple[Member, ...]

    def meaning(self, *, central: bool) -> Iterator[tuple[str, float]]:
        """The stems that may stand for a member, with how much each counts. `central`: for one that means the same."""
        for member in self.same:
            yield from _counting(member, SAME if central else RELATED)
        if central:
            for member in self.related:
                yield from _counting(member, RELATED)


class Groups:
    """All groups, by their words and by their phrases."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._by_word: defaultdict[str, list[tuple[Group, bool]]] = defaultdict(list)
        self._by_phrase: defaultdict[str, list[tuple[Member, Group, bool]]] = defaultdict(list)
        self.written: set[str] = set()
        """All words as they are written, those of phrases too."""
        for group in groups:
            for central, members in ((True, group.same), (False, group.related)):
                for member in members:
                    self.written.update(member)
                    if len(member) == 1:
                        self._by_word[stem(member[0])].append((group, central))
                    else:
                        self._by_phrase[_spoken(member[0])].append((member, group, central))

    @property
    def words(self) -> Iterable[str]:
        """The stems of all words that aren't phrases."""
        return self._by_word.keys()

    def of(self, word: str) -> Iterator[tuple[str, float]]:
        """What this stem may mean, by all its groups."""
        for group, central in self._by_word.get(word, ()):
            yield from group.meaning(central=central)

    def phrases(self, said: Sequence[str]) -> list[dict[str, float]]:
        """What the phrases among these words mean; each group once."""
        sounds = [_spoken(word) for word in said]
        found: dict[int, dict[str, float]] = {}
        for at, first in enumerate(sounds):
            for member, group, central in self._by_phrase.get(first, ()):
                if id(group) not in found and _follows(member[1:], sounds, at):
                    meaning: dict[str, float] = {}
                    for one, share in group.meaning(central=central):
                        meaning[one] = max(share, meaning.get(one, 0.0))
                    found[id(group)] = meaning
        return list(found.values())


@cache
def groups() -> Groups:
    """Those that come with the program."""
    return Groups(list(parse(FILE.read_text("utf-8"))))


def parse(text: str) -> Iterator[Group]:
    """The groups of such a file. Words without a letter or figure are left out."""
    for line in text.splitlines():
        same, _, related = line.partition("#")[0].partition("|")
        if found := tuple(_members(same)):
            yield Group(same=found, related=tuple(_members(related)))


def _members(text: str) -> Iterator[Member]:
    for one in text.split(","):
        if member := tuple(words(one)):
            yield member


def _counting(member: Member, share: float) -> Iterator[tuple[str, float]]:
    if len(member) == 1:
        yield stem(member[0]), share
    else:
        for one in member:
            if says_something(one):
                yield stem(one), share * OF_A_PHRASE


@lru_cache(maxsize=20_000)
def _spoken(word: str) -> str:
    """What a word of a phrase is known by: in any form, but "een" is no "eens"."""
    return word if word in STOP_WORDS else sound(stem(word))


def _follows(rest: Member, sounds: Sequence[str], at: int) -> bool:
    for one in rest:
        ahead = range(at + 1, min(at + 1 + GAP, len(sounds)))
        found = next((place for place in ahead if sounds[place] == _spoken(one)), None)
        if found is None:
            return False
        at = found
    return True
