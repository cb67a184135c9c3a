"""Words for the same thing: how people say it, and how the government does. They stand in `groups.txt`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flows.knowledge.spelling import sound
from flows.knowledge.words import STOP_WORDS, words
from flows.words.analysis import stem

FILE = Path(__file__).with_name("groups.txt")
SAME = 0.85
"""How much a word counts for another of its group."""
RELATED = 0.35
"""How much, when it is only related to it."""
OF_A_PHRASE = 0.5
"""How much each word of a phrase counts that stands for what is looked for."""
GAP = 3
"""A phrase's next word is at most so many words further: "niet eens" is found in "niet mee eens"."""

Member = tuple[str, ...]
"""A word or a phrase, as stems."""


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
        for group in groups:
            for central, members in ((True, group.same), (False, group.related)):
                for member in members:
                    if len(member) == 1:
                        self._by_word[member[0]].append((group, central))
                    else:
                        self._by_phrase[sound(member[0])].append((member, group, central))

    @property
    def words(self) -> Iterable[str]:
        """The stems of all words that aren't phrases."""
        return self._by_word.keys()

    def of(self, word: str) -> Iterator[tuple[str, float]]:
        """What this stem may mean, by all its groups."""
        for group, central in self._by_word.get(word, ()):
            yield from group.meaning(central=central)

    def phrases(self, stems: Sequence[str]) -> list[dict[str, float]]:
        """What the phrases in a text mean; each group once."""
        sounds = [sound(one) for one in stems]
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
        if member := tuple(stem(word) for word in words(one)):
            yield member


def _counting(member: Member, share: float) -> Iterator[tuple[str, float]]:
    if len(member) == 1:
        yield member[0], share
    else:
        for one in member:
            if one not in _STOP_STEMS:
                yield one, share * OF_A_PHRASE


def _follows(rest: Member, sounds: Sequence[str], at: int) -> bool:
    for one in rest:
        ahead = range(at + 1, min(at + 1 + GAP, len(sounds)))
        found = next((place for place in ahead if sounds[place] == sound(one)), None)
        if found is None:
            return False
        at = found
    return True


_STOP_STEMS = frozenset(stem(word) for word in STOP_WORDS)
