"""The chat page's files: every text it says is there in both languages, and nothing comes from elsewhere."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

import bot.sandbox
import locales
from locales.reading import canonical

PAGE = Path(bot.sandbox.__file__).parent / "page"
LOCALES = Path(locales.__file__).parent
FILES = sorted(path for path in PAGE.iterdir() if path.is_file())
USE = re.compile(r'\bt\(\s*"(demo\.[^"]+)"')
ANY_USE = re.compile(r"(?<![\w.$])t\((?!\s*\")[^)]*")
SVG_NAMESPACE = "http://www.w3.org/2000/svg"
ADDRESS = re.compile(r"(?:\b[a-z][a-z0-9+.-]*:)?//[a-z0-9][^\s\"'`)<>]*", re.IGNORECASE)


def source(suffix: str) -> str:
    return "\n".join(path.read_text("utf-8") for path in FILES if path.suffix == suffix)


def used_keys() -> set[str]:
    return set(USE.findall(source(".js")))


def table(key: str) -> str:
    """The second name: demo.chat.… is the page's; what `stuur demo` itself says stands in other tables."""
    return key.split(".")[1]


def kept_texts(language: str) -> dict[str, str]:
    return dict(flat(tomllib.loads((LOCALES / language / "demo.toml").read_text("utf-8"))))


def flat(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{above}{name}.")
        else:
            yield canonical(f"{above}{name}"), value.strip("\n")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_text_of_the_page_is_kept_and_every_kept_text_is_used(language: str) -> None:
    used = used_keys()
    tables = {table(key) for key in used}

    assert {key for key in kept_texts(language) if table(key) in tables} == used


def test_texts_are_asked_by_a_key_that_stands_there() -> None:
    calls = [call for call in ANY_USE.findall(source(".js")) if call != "t(key, values = {}"]

    assert calls == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_example_places_can_be_read(language: str) -> None:
    places = kept_texts(language)["demo.places"].splitlines()

    assert len(places) >= 3
    for place in places:
        assert re.fullmatch(r"[^|]+ \| -?\d{1,2}\.\d+ \| -?\d{1,3}\.\d+", place), place


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_comes_from_elsewhere(path: Path) -> None:
    addresses = [found for found in ADDRESS.findall(path.read_text("utf-8")) if found != SVG_NAMESPACE]

    assert [found for found in addresses if urlsplit(found).netloc] == []


def test_the_page_runs_under_a_strict_content_security_policy() -> None:
    html = source(".html")

    assert re.findall(r"<script(?![^>]*\bsrc=)", html) == []
    assert re.findall(r"<style|\sstyle=|\son\w+=", html) == []
    assert re.findall(r"\beval\(|new Function\(|setAttribute\(\"style\"", source(".js")) == []


def test_modules_import_only_files_that_are_there() -> None:
    imported = set(re.findall(r'from "\./([^"]+)"', source(".js")))
    linked = set(re.findall(r'(?:src|href)="/page/([^"]+)"', source(".html")))

    assert (imported | linked) <= {path.name for path in FILES}
    assert {path.name for path in FILES if path.suffix in (".js", ".css")} <= imported | linked
