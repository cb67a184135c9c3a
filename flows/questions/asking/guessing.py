"""What is understood of a question's words: what it is about, and where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypedDict

from flows.context import Context
from flows.municipality import District, Municipality
from flows.talk.own_words import Words
from flows.words.analysis import all_words

LIKELY = 0.15
"""The confidence of the first theme from which on the first ones are worth offering."""
POSSIBLE = 0.01
"""Of another theme, to be among them; the first two are."""
_WORDS_OF_ENGLISH = """
the my and your with there what where how does i you for this that which our when who please
"""
_WORDS_OF_DUTCH = """
de het een ik mijn en met voor wat waar hoe niet er van wij we ons onze die dit dat bij naar mag
"""
_ENGLISH, _DUTCH = frozenset(_WORDS_OF_ENGLISH.split()), frozenset(_WORDS_OF_DUTCH.split())


class Guessed(TypedDict):
    """As a journal keeps it."""

    theme: str | None
    """What it is clearly about."""
    likely: list[str]
    """Else the two or three it may be about; empty when nothing can be said."""


async def guess_theme(context: Context, words: tuple[Words, ...]) -> Guessed:
    """What the text is about. Never raises: who isn't understood is asked."""
    text = text_of(words)
    guess = context.house.understanding.guess(context.house.municipality, text) if text else None
    if guess is None or _is_english(text):
        return Guessed(theme=None, likely=[])
    if guess.theme is not None:
        return Guessed(theme=guess.theme, likely=[])
    if guess.candidates[0].confidence < LIKELY:
        return Guessed(theme=None, likely=[])
    likely = [one.theme for at, one in enumerate(guess.candidates) if at < 2 or one.confidence >= POSSIBLE]
    return Guessed(theme=None, likely=likely)


async def find_place(context: Context, words: tuple[Words, ...]) -> str | None:
    """The district of a location among the words, or that the text names for sure."""
    municipality = context.house.municipality
    for place in (one.location for one in words):
        if place is not None and (district := municipality.locate(*place)) is not None:
            return district.code
    return named_district(municipality, text_of(words))


def text_of(words: Sequence[Words]) -> str:
    """All that was written."""
    return "\n".join(one.text for one in words if one.text)


def named_district(municipality: Municipality, text: str) -> str | None:
    """The district whose name, other name, neighbourhood or postcode stands in the text, where that is only one."""
    flat = f" {' '.join(all_words(text))} "
    postcodes = set(re.findall(r"\b[1-9]\d{3}(?= ?[a-z]{2}\b|\b)", flat))
    found = [one for one in municipality.districts if _is_named(one, flat)]
    if not found:  # a name says it more precisely than a postcode, which two districts may share
        found = [one for one in municipality.districts if postcodes.intersection(one.postcodes)]
    return found[0].code if len(found) == 1 else None


def _is_named(district: District, flat: str) -> bool:
    names = (district.name, *district.also_called, *(one.name for one in district.neighbourhoods))
    return any(f" {' '.join(all_words(name))} " in flat for name in names)


def _is_english(text: str) -> bool:
    """What is learned from is Dutch; of another language the guess would be chance."""
    written = set(all_words(text))
    return len(written & _ENGLISH) > len(written & _DUTCH)
