"""Taking out of a text what says who somebody is, as far as a machine can see it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LEFT_OUT = "[…]"
"""What stands in its place; the same in every language."""

_ADDRESSES = (
    re.compile(r"(?<![\w.+'-])[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(r"(?:https?://)?(?:t|telegram)\.me/\S+", re.IGNORECASE),
    re.compile(r"(?<![\w.])@\w{3,}"),
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}\s?[A-Z]{4}(?:\s?\d){10}\b", re.IGNORECASE)
_DATE = r"(?!\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d\d(?!\d))"
_PHONE = re.compile(rf"(?<![\w+]){_DATE}(?:\+|00|\(?0)[1-9](?:[\s.\-/()]*\d){{7,13}}(?!\d)")
_BSN = re.compile(r"(?<![\d.,])(?:\d{8,9}|\d{3}[ .-]\d{3}[ .-]\d{3}|\d{4}[ .-]\d{2}[ .-]\d{3})(?![\d])")
"""Eight or nine digits: a burgerservicenummer, whether its check digit fits or not: a mistake in it is still one."""
_HOUSE = r"(?:\s*,?\s*(?:nr\.?|nummer)?\s*\d{1,5}(?!\d)(?:\s?-?[a-zA-Z]{1,3}\b)?)"
_POSTCODE = re.compile(rf"\b[1-9]\d{{3}}\s?(?!SA|SD|SS)[A-Z]{{2}}\b{_HOUSE}?|\b[1-9]\d{{3}}[a-z]{{2}}\b{_HOUSE}?")
"""Dutch postcodes never end in SA, SD or SS. With a space and in small letters it may be a year: `2025 en 2026`."""
_POSTCODE_AND_HOUSE = re.compile(
    rf"\b[1-9]\d{{3}}\s(?!en|in|is|of|om|op|te|tm|na|nu|al|zo|er|ik|we|ze)[a-z]{{2}}\b{_HOUSE}"
)
_STREET = re.compile(
    r"\b[^\W\d_]{2,}(?:straat|laan|weg|plein|kade|gracht|singel|hof|dijk|pad|dreef|steeg|plantsoen)\s+\d{1,5}(?!\d)"
    r"(?:\s?[a-zA-Z]\b)?",
    re.IGNORECASE,
)
_PATTERNS = (*_ADDRESSES, _IBAN, _PHONE, _BSN, _POSTCODE, _POSTCODE_AND_HOUSE, _STREET)
_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = {
    *("de", "den", "der", "het", "een", "en", "van", "von", "ten", "ter", "te", "in", "op", "la", "le", "el", "al"),
    *("di", "da", "du", "the", "of", "uit", "aan", "bij", "voor", "ik", "we", "wij", "is"),
}
"""Words inside names that say nothing by themselves."""
_SHORT = 2
"""A name of so many letters is only taken out as it is written: small, it may be another word."""


def without_persons(text: str, names: Iterable[str] = ()) -> str:
    """`text` without e-mail addresses, numbers of telephones and persons, postcodes, house numbers and these names.

    Each becomes `[…]`. Of names every word counts, with or without accents, also with an s behind it.
    """
    for pattern in _PATTERNS:
        text = pattern.sub(LEFT_OUT, text)
    return _without_names(text, names)


def has_words(text: str) -> bool:
    """Whether anything is said in it."""
    return _WORD.search(text) is not None


def _without_names(text: str, names: Iterable[str]) -> str:
    words = {word for name in names for word in _words_of(name)}
    short = {word for word in words if len(word) <= _SHORT}
    folded = {_bare(word) for word in words - short}

    def keep(match: re.Match[str]) -> str:
        word = match[0]
        if word in short or (word.endswith("s") and word[:-1] in short):
            return LEFT_OUT
        bare = _bare(word)
        return LEFT_OUT if bare in folded or (bare.endswith("s") and bare[:-1] in folded) else word

    return _WORD.sub(keep, text)


def _words_of(name: str) -> list[str]:
    """What makes it a name: of `Jan van het wijkteam` that is `Jan`; of one in small letters all."""
    words = [word for word in _WORD.findall(name) if len(word) > 1 and word.casefold() not in _BETWEEN]
    return [word for word in words if word[0].isupper()] or words


def _bare(word: str) -> str:
    """Without accents, in small letters."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
