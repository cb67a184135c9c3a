"""A municipality's own texts, laid over ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from jinja2 import TemplateSyntaxError

from locales.errors import CatalogueError
from locales.language import Language
from locales.reading import Text, Texts, language_folders, read_texts, unknown

_LANGUAGE = re.compile(r"[a-z]{2,3}([-_][A-Za-z0-9]{2,4})*")


def read_override(folder: Path) -> dict[str, Texts]:
    """The municipality's texts by language; raises CatalogueError."""
    if not folder.is_dir():
        raise CatalogueError(f"{folder} isn't a folder; give the folder that holds your texts.")
    try:
        found = language_folders(folder)
    except OSError as exc:
        raise CatalogueError(f"{folder} can't be read ({exc.strerror}); check its permissions.") from exc
    if not found:
        raise CatalogueError(f"{folder} holds no texts; put them in a folder a language, as nl/own.toml.")
    for name in found:
        if not _LANGUAGE.fullmatch(name):
            raise CatalogueError(f"{folder / name} isn't named after a language; name it nl, en, ….")
    return {name: read_texts(inside, str(folder / name)) for name, inside in found.items()}


def apply_override(own: Texts, language: Language, source: Language, ours: Mapping[str, Text]) -> None:
    """Lay a municipality's texts over a language; what could fail in a conversation is refused here.

    `ours` are the source's texts as they were, for they tell which values the code gives.
    """
    for key, text in own.by_key.items():
        file = own.file_of[key]
        if key not in ours:
            raise CatalogueError(f"{file}: {unknown(key, sorted(ours))}")
        given = source.needs(ours[key])
        try:
            needed = language.needs(text)
        except TemplateSyntaxError as exc:
            raise CatalogueError(f"{file}: {key!r}: correct the template: {exc.message}.") from exc
        if strange := needed - given:
            raise CatalogueError(
                f"{file}: {key!r} isn't given {', '.join(sorted(strange))}; "
                f"it may use: {', '.join(sorted(given)) or 'nothing'}."
            )
        language.texts.by_key[key] = text
        language.texts.file_of[key] = file
