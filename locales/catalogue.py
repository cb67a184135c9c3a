"""Loads the texts and renders them.

A language is a folder of TOML files. A text's key is the path of tables to it; the file's name plays no part:

    [initiative.start.idea]              # catalogue.text("initiative.start.idea", "nl")
    text = "Wat wil je doen, {{ name }}?"
    label = "Idee"                       # "initiative.start.idea.label"

    [initiative.followers]               # catalogue.text("initiative.followers", "nl", count=3)
    one = "Eén volger"
    other = "{{ count | number }} volgers"

A text is a Jinja2 template of the HTML that Telegram takes, so it says `&amp;`, `&lt;` and `&gt;`. Filters: `date`
(`date(year=true)`), `datetime`, `time`, `number` and `listing` (`listing("or")`). Files that start with "_" hold
data: `_formats.toml` how the language writes dates, `_readability.toml` which words and sentences to avoid.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Set
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from locales.errors import CatalogueError
from locales.language import Language, Rendering, build_language
from locales.override import apply_override, read_override
from locales.reading import Text, Texts, canonical, language_folders, read_texts, unknown

__all__ = ["SOURCE", "Catalogue", "CatalogueError", "plain"]

SOURCE = "nl"
"""The language that is complete, and answers for what another lacks."""

_TAG = re.compile(r"</?[A-Za-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_Spot: TypeAlias = tuple[str, str]


def plain(text: str) -> str:
    """HTML without its tags and entities, for what Telegram shows as it is: buttons, toasts, menus."""
    return html.unescape(_TAG.sub("", str(text)))


class Catalogue:
    """All texts in all languages. Build it with `Catalogue.load()`."""

    def __init__(self, languages: Mapping[str, Language], originals: Mapping[str, Text], own: Set[_Spot]) -> None:
        self.languages: tuple[str, ...] = tuple(languages)
        """The names of the languages, the source first."""
        self.originals = originals
        """The source's texts as they were before an override: they tell which values the code gives."""
        self.overridden = frozenset(own)
        """The (language, key) of each text that comes from an override."""
        self._languages = dict(languages)
        self._compiled: dict[tuple[str, str], Rendering] = {}

    @classmethod
    def load(
        cls,
        *,
        override: Path | None = None,
        timezone: str = "Europe/Amsterdam",
        folder: Traversable | None = None,
    ) -> Catalogue:
        """Read the texts of the package, and over them those of a municipality.

        `override` is a folder `<override>/<language>/*.toml`; its keys replace ours, all others stay,
        and it may bring a language of its own. `timezone` is where times are shown, `folder` holds other
        texts than the package's. Raises CatalogueError for broken TOML, a key in two files, and in the
        override an unknown key or a value that the text isn't given.
        """
        try:
            zone = ZoneInfo(timezone)
        except (ZoneInfoNotFoundError, ValueError) as exc:
            raise CatalogueError(f"Time zone {timezone!r} isn't known; correct the name, or install 'tzdata'.") from exc
        package = language_folders(folder if folder is not None else resources.files("locales"))
        names = [SOURCE, *(name for name in package if name != SOURCE)]
        languages = {
            name: build_language(name, package.get(name), read_texts(package[name], name), zone)
            for name in names
            if name in package
        }
        if SOURCE not in languages:
            raise CatalogueError(f"There are no texts in {SOURCE!r}; install the package again.")
        originals = dict(languages[SOURCE].texts.by_key)
        overridden: set[_Spot] = set()
        if override is not None:
            for name, texts in read_override(override).items():
                if name not in languages:
                    languages[name] = build_language(name, None, Texts(), zone)
                apply_override(texts, languages[name], languages[SOURCE], originals)
                overridden.update((name, key) for key in texts.by_key)
        return cls(languages, originals, overridden)

    def text(self, key: str, language: str, /, **values: object) -> str:
        """The text as Telegram's HTML; values are escaped, those that are Markup stay as they are.

        What a language lacks is said in the source language. A text with plural forms needs `count`.
        Raises CatalogueError for an unknown key and for a value that is missing.
        """
        compiled = self._compiled.get((key, language))
        if compiled is None:
            compiled = self._compiled[key, language] = self._compile(key, language)
        return compiled.render(values)

    def has(self, key: str) -> bool:
        """Is there such a text in the source language?"""
        return self._kept_as(key) in self.source.texts.by_key

    def options(self, key: str) -> tuple[str, ...]:
        """The names directly under a key, in the order of the source's file: its options, its parts."""
        prefix = f"{key}."
        under = (known[len(prefix) :] for known in self.source.texts.by_key if known.startswith(prefix))
        return tuple(dict.fromkeys(name.split(".", 1)[0] for name in under))

    def sources(self, above: str, language: str) -> dict[str, str]:
        """The texts under `above` as they are written, for a page that fills in its placeholders itself."""
        by_key = {**self.source.texts.by_key, **self.language(language).texts.by_key}
        return {key: text for key, text in by_key.items() if key.startswith(f"{above}.") and isinstance(text, str)}

    def closest(self, hint: str | None) -> str:
        """The language we have that fits Telegram's `language_code` best; the source if none does."""
        parts = (hint or "").lower().replace("_", "-").split("-")
        ours = {name.lower().replace("_", "-"): name for name in self.languages}
        for length in range(len(parts), 0, -1):
            if found := ours.get("-".join(parts[:length])):
                return found
        same_base = (name for code, name in ours.items() if code.split("-")[0] == parts[0])
        return next(same_base, SOURCE)

    @property
    def source(self) -> Language:
        """The source language itself, for the checks."""
        return self._languages[SOURCE]

    def language(self, name: str) -> Language:
        """A language itself, for the checks; raises KeyError."""
        return self._languages[name]

    def _kept_as(self, key: str) -> str:
        """A table may itself be called `text`, such as a question of that name; its own key goes first."""
        return key if key in self.source.texts.by_key else canonical(key)

    def _compile(self, key: str, language: str) -> Rendering:
        wanted = self._kept_as(key)
        for candidate in (self._languages.get(language, self.source), self.source):
            if (text := candidate.texts.by_key.get(wanted)) is not None:
                return Rendering(candidate, wanted, text)
        raise CatalogueError(unknown(key, self.source.texts.by_key))
