"""Reads a language's folder of TOML files into one flat table of texts."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import Any, TypeAlias

from locales.errors import CatalogueError

PLURAL_CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})

Text: TypeAlias = str | Mapping[str, str]
"""A template, or its plural forms by CLDR category."""


@dataclass(frozen=True, kw_only=True)
class Texts:
    """Texts by key, and for each key the file that holds it."""

    by_key: dict[str, Text] = field(default_factory=dict)
    file_of: dict[str, str] = field(default_factory=dict)


def canonical(key: str) -> str:
    """A table's `text` is the text of the table itself: `a.b.text` is `a.b`."""
    return key.removesuffix(".text")


def unknown(key: str, known: Iterable[str]) -> str:
    """Says that a key is unknown, and which known ones look like it."""
    near = difflib.get_close_matches(key, list(known), n=3)
    return f"There is no text {key!r}; " + (
        f"did you mean {' or '.join(near)}?" if near else "correct the key, or add the text to locales/nl."
    )


def language_folders(folder: Traversable) -> dict[str, Traversable]:
    """The folders inside that hold TOML files, by name, in alphabetical order."""
    inside = sorted(folder.iterdir(), key=lambda entry: entry.name)
    return {
        entry.name: entry
        for entry in inside
        if entry.is_dir()
        and not entry.name.startswith(("_", "."))
        and any(file.name.endswith(".toml") for file in entry.iterdir())
    }


def read_texts(folder: Traversable, shown_as: str) -> Texts:
    """All texts of one language. Files whose name starts with "_" hold data, not texts.

    `shown_as` is how messages name the folder. Raises CatalogueError for TOML that is broken, for a
    value that isn't text and for a key that stands in two files.
    """
    texts = Texts()
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml") or file.name.startswith(("_", ".")):
            continue
        name = f"{shown_as}/{file.name}"
        for key, text in _flatten(read_toml(file, name), (), name):
            if key in texts.by_key:
                raise CatalogueError(f"{name}: {key!r} stands in {texts.file_of[key]} as well; keep one of the two.")
            texts.by_key[key] = text
            texts.file_of[key] = name
    return texts


def read_toml(file: Traversable, shown_as: str) -> dict[str, Any]:
    """The parsed file; raises CatalogueError when it can't be read or isn't TOML."""
    try:
        return tomllib.loads(file.read_bytes().decode("utf-8"))
    except tomllib.TOMLDecodeError as exc:
        raise CatalogueError(f"{shown_as} isn't valid TOML; correct it: {exc}.") from exc
    except UnicodeDecodeError as exc:
        raise CatalogueError(f"{shown_as} isn't UTF-8; save it as UTF-8.") from exc
    except OSError as exc:
        raise CatalogueError(f"{shown_as} can't be read ({exc.strerror}); check its permissions.") from exc


def _flatten(table: Mapping[str, Any], path: tuple[str, ...], file: str) -> Iterator[tuple[str, Text]]:
    for name, value in table.items():
        here = (*path, name)
        key = canonical(".".join(here))
        if isinstance(value, str):
            yield key, value.strip("\n")
        elif not isinstance(value, dict):
            raise CatalogueError(f'{file}: {key!r} must be a text between quotes ("…"), not {value!r}.')
        elif _is_plural(value):
            yield key, {category: form.strip("\n") for category, form in value.items()}
        else:
            yield from _flatten(value, here, file)


def _is_plural(table: Mapping[str, Any]) -> bool:
    """Only plural categories, with the one that every language has."""
    return (
        "other" in table
        and PLURAL_CATEGORIES.issuperset(table)
        and all(isinstance(form, str) for form in table.values())
    )
