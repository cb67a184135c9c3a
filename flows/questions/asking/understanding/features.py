"""What of a question counts for its theme, in three kinds: stems, pieces of words, and groups of related words.

The pieces find a word in spite of a slip of the pen, and parts of compounds; the groups (vocabulary.toml) let
"kliko" count for "container" although no example has it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from flows.words.analysis import all_words, stem
from flows.words.dutch import STOP_WORDS
from flows.words.sound import sound

END = 4
"""Letters of the shortest entry that is seen at the beginning or the end of a longer word."""
INSIDE = 6
"""Of the shortest one that is seen in the middle."""
PIECES = (3, 4, 5)
"""Letters of the pieces; `<` and `>` mark where a word begins and ends."""
LOOSE = "_"
"""The block of groups that are of no area."""
NOTHING = "geen"
"""The group in it of words that have no mark, and in which no entry is seen."""
HEARD = 6
"""Letters of the shortest word that is also recognised by its sound."""
REST = 3
"""Letters of the shortest other part of a compound."""
PHRASES = (3, 2)
"""Words of an entry of several words, such as hulp-in-huis."""


class Features(NamedTuple):
    """Each kind in the order of the text; what is there twice is there twice."""

    stems: tuple[str, ...]
    pieces: tuple[str, ...]
    marks: tuple[str, ...]
    """Of the groups that its words are in: `area` for all of a block, and `area.group`."""


def features(text: str) -> Features:
    """Of one question, however long; all empty when it has no words."""
    written = all_words(text)
    telling = [word for word in written if len(word) > 1 and word not in STOP_WORDS]
    return Features(
        stems=tuple(stem(word) for word in telling),
        pieces=tuple(piece for word in telling for piece in _pieces(word)),
        marks=tuple(_marks(written)),
    )


@lru_cache(maxsize=20_000)
def _pieces(word: str) -> tuple[str, ...]:
    whole = f"<{word}>"
    return tuple(whole[at : at + size] for size in PIECES for at in range(len(whole) - size + 1))


@cache
def _entries() -> Mapping[str, tuple[str, ...]]:
    """The marks of each entry of vocabulary.toml, as it is written there."""
    text = (files("flows.questions.asking.understanding") / "vocabulary.toml").read_text("utf-8")
    found: dict[str, list[str]] = {}
    for area, groups in tomllib.loads(text).items():
        for group, entries in groups.items():
            for entry in entries.split():
                found.setdefault(entry, []).extend(_marks_for(area, group))
    return {entry: tuple(dict.fromkeys(marks)) for entry, marks in found.items()}


def _marks_for(area: str, group: str) -> tuple[str, ...]:
    if area == LOOSE:
        return () if group == NOTHING else (f"{area}.{group}",)
    return (area, f"{area}.{group}")


@cache
def _stems() -> Mapping[str, tuple[str, ...]]:
    """The marks of the stems of the entries, of all entries that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for entry, marks in _entries().items():
        if "-" in entry:
            continue
        one = stem(entry)
        found[one] = tuple(dict.fromkeys((*found.get(one, ()), *marks)))
    return found


def _marks(written: list[str]) -> Iterator[str]:
    known = _entries()
    for at, word in enumerate(written):
        for size in PHRASES:
            yield from known.get("-".join(written[at : at + size]), ()) if at + size <= len(written) else ()
        if len(word) > 1 and word not in STOP_WORDS:
            yield from _marks_of(word)


@lru_cache(maxsize=20_000)
def _marks_of(word: str) -> tuple[str, ...]:
    """Of the word itself, else of its stem or what sounds like it, else of the entries that it is made up of."""
    entries, one = _entries(), stem(word)
    if word in entries:
        return entries[word]
    if one in _stems():
        return _stems()[one]
    found = _meant(word) or _entries_in(word, entries) or _entries_in(one, entries)
    return tuple(mark for entry in found for mark in entries[entry])


def _meant(word: str) -> tuple[str, ...]:
    """The entry that sounds like it, or of which the stem does."""
    if len(word) < HEARD:
        return ()
    found = _by_sound().get(sound(word)) or _by_sound().get(sound(stem(word)))
    return () if found is None else (found,)


@cache
def _by_sound() -> Mapping[str, str]:
    long = [entry for entry in _entries() if len(entry) >= HEARD and "-" not in entry]
    return {sound(stem(entry)): entry for entry in long} | {sound(entry): entry for entry in long}


def _entries_in(word: str, entries: Collection[str]) -> list[str]:
    """The longest first; none overlaps another."""
    found: list[str] = []
    taken: set[int] = set()
    for size in range(len(word) - 1, END - 1, -1):
        for at in range(len(word) - size + 1) if size >= INSIDE else (0, len(word) - size):
            entry = word[at : at + size]
            fits = entry in entries and _is_head(word[:at]) and _is_tail(word[at + size :])
            if fits and taken.isdisjoint(range(at, at + size)):
                taken.update(range(at, at + size))
                found.append(entry)
    return found


def _is_head(rest: str) -> bool:
    """Whether it can be the first part of a compound, and not of a verb (verstrooien) or by chance (vr-ouw)."""
    return not rest or (len(rest) >= REST and rest not in _BEFORE_VERBS)


def _is_tail(rest: str) -> bool:
    """Whether it can be the last part of one, or an ending."""
    return not rest or len(rest) >= REST or rest in _ENDINGS


_VERBS = """
aan aange achter bij bijge door her inge mee mis miss ond onder ont onge ope opge over rond tegen terug teruge toe
toege uit uitge vast ver verge voor voorge weg
"""
_BEFORE_VERBS = frozenset(_VERBS.split())
_ENDINGS = frozenset(("s", "e", "n", "t", "en", "er", "ers", "je", "jes"))
