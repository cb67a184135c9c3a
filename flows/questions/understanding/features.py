"""What of a question counts for its theme, in three kinds: stems, pieces of words, and groups of related words.

The pieces find a word in spite of a slip of the pen, and parts of compounds; the groups (vocabulary.toml) let
"kliko" count for "container" although no example has it.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from flows.words.analysis import LONGEST, WORD, stem
from flows.words.dutch import STOP_WORDS

END = 4
"""Letters of the shortest entry that is seen at the beginning or the end of a longer word."""
INSIDE = 6
"""Of the shortest one that is seen in the middle."""
PIECES = (3, 4, 5)
"""Letters of the pieces; `<` and `>` mark where a word begins and ends."""
PHRASES = (3, 2)
"""Words of an entry of several words, such as hulp-in-huis."""


class Features(NamedTuple):
    """Each kind in the order of the text; what is there twice is there twice."""

    stems: tuple[str, ...]
    pieces: tuple[str, ...]
    marks: tuple[str, ...]
    """Of the groups that its words are in: `area` for all of a block, and `area.group`."""


@lru_cache(maxsize=4_000)
def features(text: str) -> Features:
    """Of one question, however long; all empty when it has no words."""
    written = _words(text)
    telling = [word for word in written if len(word) > 1 and word not in STOP_WORDS]
    return Features(
        stems=tuple(stem(word) for word in telling),
        pieces=tuple(piece for word in telling for piece in _pieces(word)),
        marks=tuple(_marks(written)),
    )


def _words(text: str) -> list[str]:
    flat = unicodedata.normalize("NFKD", text.casefold())
    flat = "".join(letter for letter in flat if not unicodedata.combining(letter))
    return [word[:LONGEST] for word in WORD.findall(flat)]


@lru_cache(maxsize=20_000)
def _pieces(word: str) -> tuple[str, ...]:
    whole = f"<{word}>"
    return tuple(whole[at : at + size] for size in PIECES for at in range(len(whole) - size + 1))


@cache
def vocabulary() -> Mapping[str, tuple[str, ...]]:
    """The marks of each entry of vocabulary.toml; entries of several words have hyphens."""
    text = (files("flows.questions.understanding") / "vocabulary.toml").read_text("utf-8")
    found: dict[str, list[str]] = {}
    for area, groups in tomllib.loads(text).items():
        for group, entries in groups.items():
            for entry in entries.split():
                found.setdefault(entry, []).extend((area, f"{area}.{group}"))
    return {entry: tuple(dict.fromkeys(marks)) for entry, marks in found.items()}


def _marks(written: list[str]) -> Iterator[str]:
    known = vocabulary()
    for at, word in enumerate(written):
        for size in PHRASES:
            yield from known.get("-".join(written[at : at + size]), ()) if at + size <= len(written) else ()
        if len(word) > 1 and word not in STOP_WORDS:
            yield from _marks_of(word)


@lru_cache(maxsize=20_000)
def _marks_of(word: str) -> tuple[str, ...]:
    """Of the word itself, else of its stem, else of the entries that it is made up of."""
    known = vocabulary()
    one = stem(word)
    for whole in (word, one):
        if whole in known:
            return known[whole]
    entries = _entries_in(word, known) or _entries_in(one, known)
    return tuple(mark for entry in entries for mark in known[entry])


def _entries_in(word: str, known: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The longest first; none overlaps another."""
    found: list[str] = []
    taken: set[int] = set()
    for size in range(len(word) - 1, END - 1, -1):
        for at in range(len(word) - size + 1) if size >= INSIDE else (0, len(word) - size):
            entry = word[at : at + size]
            if entry in known and taken.isdisjoint(range(at, at + size)):
                taken.update(range(at, at + size))
                found.append(entry)
    return found
