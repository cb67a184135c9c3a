"""What people say that is about no theme: a greeting, thanks, "I have a question". It stands in small_talk.txt."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from flows.words.analysis import all_words

LONGEST = 15
"""Characters: who writes more has something to say."""


@cache
def small_talk() -> tuple[str, ...]:
    """A line each."""
    text = (files("flows.questions.asking.understanding") / "small_talk.txt").read_text("utf-8")
    return tuple(line for line in text.splitlines() if line)


def is_small_talk(text: str) -> bool:
    """Whether it is nothing to answer: short, not asked, and without a word that isn't in small talk."""
    return len(text) <= LONGEST and "?" not in text and _said().issuperset(all_words(text))


@cache
def _said() -> frozenset[str]:
    return frozenset(word for line in small_talk() for word in all_words(line))
