"""What people say that is about no theme: a greeting, thanks, "I have a question". It stands in small_talk.txt.

Thanks are more than that: they are answered. In thanks.txt are the words that thank, and those that go along.
"""

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


def is_thanks(text: str) -> bool:
    """Whether it only says thanks: what goes on, as "bedankt, maar …", says something."""
    said, (thanking, along) = frozenset(all_words(text)), _thanks()
    return "?" not in text and not said.isdisjoint(thanking) and said <= thanking | along


@cache
def _thanks() -> tuple[frozenset[str], frozenset[str]]:
    thanking, along = (files("flows.questions.asking.understanding") / "thanks.txt").read_text("utf-8").splitlines()
    return frozenset(thanking.split()), frozenset(along.split())


@cache
def _said() -> frozenset[str]:
    return frozenset(word for line in small_talk() for word in all_words(line))
