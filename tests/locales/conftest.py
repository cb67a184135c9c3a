"""Texts of the tests' own, so that a change of wording breaks no test of the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from locales.catalogue import Catalogue

Write = Callable[..., Path]
Load = Callable[..., Catalogue]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes texts: `write("own", **{"nl/a.toml": "..."})` gives the folder."""

    def write(folder: str, **files: str) -> Path:
        root = tmp_path / folder
        for name, content in files.items():
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
        return root

    return write


@pytest.fixture
def load(write: Write) -> Load:
    """A catalogue of one file a language: `load(nl="...", en="...")`."""

    def load(**languages: str) -> Catalogue:
        files = {f"{language}/texts.toml": content for language, content in languages.items()}
        return Catalogue.load(folder=write("texts", **files))

    return load
