"""How the pages answer: languages, caching, security, errors; without cookies and without anybody else."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.console.rendering import preferred
from tests.bot.console.site import HERE, Site, make_public

PAGE = f"/initiatieven/{HERE}"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "nl"),
        ("en", "en"),
        ("en-GB,en;q=0.9,nl;q=0.8", "en"),
        ("fr-FR,fr;q=0.9,en;q=0.5", "en"),
        ("en;q=0.2, nl-BE;q=0.7", "nl"),
        ("en;q=0, tr", "nl"),
        ("en;q=nonsense", "nl"),
        ("*", "nl"),
    ],
)
def test_the_browser_says_which_language_it_likes(header: str, language: str) -> None:
    assert preferred(header, ("nl", "en")) == language


async def test_the_language_in_the_address_goes_before_and_goes_along(site: Site) -> None:
    dutch = await site.page(PAGE)
    english = await site.page(f"{PAGE}?taal=en", Accept_Language="nl")

    assert '<html lang="nl">' in dutch
    assert f'href="{PAGE}?taal=en" lang="en"' in dutch
    assert '<html lang="en">' in english
    assert 'href="/initiatieven?taal=en"' in english
    assert '<h1 lang="nl" dir="auto">' in english
    assert '<html lang="en">' in await site.page(PAGE, Accept_Language="en")
    searched = await site.page("/initiatieven?taal=en&zoek=molen")
    assert '<input type="hidden" name="taal" value="en">' in searched
    assert 'href="/initiatieven?zoek=molen&amp;taal=nl"' in searched


async def test_no_page_has_cookies_scripts_or_anything_of_others(site: Site) -> None:
    await make_public(site)

    for path in ("/initiatieven", PAGE, "/nergens", f"{PAGE}/foto", "/static/icon.svg"):
        check(*(await site.get(path))[1:])


def check(text: str, headers: Mapping[str, str]) -> None:
    """What holds for every answer."""
    assert headers["Content-Security-Policy"].startswith("default-src 'self';")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers
    if headers["Content-Type"].startswith("text/html"):
        assert re.findall(r"<script|<style|<iframe|\sstyle=|\son\w+=|javascript:", text) == []
        assert re.findall(r'(?:src|action)="(?!/)[^"]*"|<link[^>]*stylesheet[^>]*href="(?!/)', text) == []


async def test_an_unchanged_page_is_not_sent_again_and_a_head_has_no_body(site: Site) -> None:
    status, text, headers = await site.get(PAGE)
    assert (status, headers["Cache-Control"]) == (200, "no-cache")

    again, body, _ = await site.get(PAGE, If_None_Match=headers["ETag"])
    assert (again, body) == (304, "")
    head, body, others = await site.get(PAGE, method="HEAD")
    assert (head, body) == (200, "")
    assert others["ETag"] == headers["ETag"]
    assert int(others["Content-Length"]) == len(text.encode())
    await site.change(title="Iets anders")
    assert (await site.get(PAGE, If_None_Match=headers["ETag"]))[0] == 200


async def test_files_can_be_kept_as_long_as_their_address_has_their_version(site: Site) -> None:
    page = await site.page("/initiatieven")
    (style,) = re.findall(r'rel="stylesheet" href="([^"]+)"', page)

    _, text, headers = await site.get(style)

    assert "--paper" in text
    assert headers["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in headers["Cache-Control"]
    assert (await site.get("/static/pages.css"))[2]["Cache-Control"] == "no-cache"
    assert (await site.get("/static/../site.py"))[0] == 404


async def test_who_finds_nothing_is_helped_on(site: Site) -> None:
    for path in ("/nergens", "/initiatieven/I-1999-0001", "/static/no.css", f"{PAGE}/stappen/9/foto"):
        status, text, _ = await site.get(path)

        assert status == 404
        assert "Deze pagina is er niet" in text
        assert 'action="/initiatieven"' in text


async def test_the_front_door_and_a_slash_too_many_lead_to_the_list(site: Site) -> None:
    for path in ("/", "/initiatieven/"):
        status, _, headers = await site.get(path)
        assert status in (301, 302)
        assert headers["Location"] == "/initiatieven"


@contextmanager
def gone(file: Path) -> Iterator[None]:
    """The database is away for a while; a folder in its place can't be opened."""
    away = [(one, one.with_name(f"away-{one.name}")) for one in file.parent.glob(f"{file.name}*")]
    for one, aside in away:
        one.rename(aside)
    file.mkdir()
    yield
    file.rmdir()
    for one, aside in away:
        aside.rename(one)


async def test_without_the_database_people_are_asked_to_come_back(site: Site) -> None:
    await site.database.close()

    with gone(Path(site.database.url.database or "")):
        status, text, _ = await site.get("/initiatieven")

    assert status == 503
    assert "Even geduld" in text
    assert HERE in await site.page("/initiatieven")


async def test_a_reference_may_be_written_small(site: Site) -> None:
    assert "Bloembakken" in await site.page(f"/initiatieven/{HERE.lower()}")
