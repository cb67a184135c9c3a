"""Is a text easy to read? Short sentences and plain words, by the data of a language.

`_readability.toml` of a language holds:
- `[sentences]`: `longest` and `average` (words), `severity` of one that is too long,
  `abbreviations` whose full stop ends no sentence;
- `[avoid]`: a word (or words), and what to say instead;
- `[allow]`: a text's key, and the words to avoid that it may use.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

_CODE = re.compile(r"<(code|pre)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_PICTURE = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2190-\u21ff\ufe0f\u200d]+")
_BULLET = re.compile(r"^\s*(?:[•·▪◦–—*-]|\d+[.)])\s+")
_INITIAL = re.compile(r"(?<!\w)([A-Z])\.(?=\s)")
# A full stop, and whatever closes with it, before anything but a small letter.
_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+(?![a-zà-öø-ÿ])")
_WORD = re.compile(r"\w")
_NO_WORDS = re.compile(r"(?<!\S)(?:https?://|[/@])\S+")
_SOFT_STOP = "․"  # stands for a full stop that ends no sentence (ONE DOT LEADER)


class Readability:
    """The rules of one language; without data there are none."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        sentences = data.get("sentences", {})
        self.longest: int = sentences.get("longest", 20)
        self.average: int = sentences.get("average", 15)
        self.is_strict: bool = sentences.get("severity") == "error"
        self.is_checked = bool(sentences)
        self.allowed: dict[str, frozenset[str]] = {
            key: frozenset(word.lower() for word in words) for key, words in data.get("allow", {}).items()
        }
        self._instead: dict[str, str] = {word.lower(): plainer for word, plainer in data.get("avoid", {}).items()}
        self._avoid = _any_of(self._instead)
        self._abbreviations = _any_of(sentences.get("abbreviations", []))

    def sentences(self, text: str) -> list[list[str]]:
        """The sentences of an HTML text, each a list of words. A line break and a picture end one as well."""
        text = html.unescape(_TAG.sub("", _CODE.sub("x", text)))
        found = []
        for line in re.split(r"\n", text):
            for part in _PICTURE.split(_BULLET.sub("", line)):
                kept = _INITIAL.sub(rf"\1{_SOFT_STOP}", part)
                if self._abbreviations:
                    kept = self._abbreviations.sub(lambda match: match[0].replace(".", _SOFT_STOP), kept)
                found += [[word for word in end.split() if _WORD.search(word)] for end in _END.split(kept)]
        return [words for words in found if words]

    def to_avoid(self, text: str) -> dict[str, str]:
        """The words to avoid in an HTML text, each with what to say instead."""
        if self._avoid is None:
            return {}
        shown = _NO_WORDS.sub("", html.unescape(_TAG.sub("", _CODE.sub("", text))))
        words = (re.sub(r"\s+", " ", match[0].lower()) for match in self._avoid.finditer(shown))
        return {word: self._instead[word] for word in words}


def _any_of(words: Any) -> re.Pattern[str] | None:
    """Matches each of the words, whole, in any case; the longest first."""
    longest_first = sorted(words, key=len, reverse=True)
    if not longest_first:
        return None
    either = "|".join(r"\s+".join(re.escape(part) for part in word.split()) for word in longest_first)
    # Not inside an abbreviation ("a.u.b." holds no "u") and not in a part after an apostrophe.
    return re.compile(rf"(?<![\w’'])(?<!\w\.)(?:{either})(?!\w|\.\w|[’']\w)", re.IGNORECASE)
