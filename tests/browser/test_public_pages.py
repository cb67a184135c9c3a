"""The public pages in a real browser: on a desk and on the narrowest phone, by day and by night, on paper, by keyboard.

The rules of WCAG 2.2 AA that a machine can check are axe-core's. What it can't see is asked here: that everything fits
at 320 pixels, that the keyboard comes everywhere and shows where it is, and that it works without scripts.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from importlib import resources
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

import pytest

from storage.database import Database
from tests.bot.console.site import HERE, Site, end_with_lesson, make_public, plan_moments, site_on
from tests.browser.story import CHROMIUM, QUIET, need_browser
from tests.databases import SqliteFiles
from tests.needs import size

if TYPE_CHECKING:  # not everybody has it
    from playwright.async_api import Browser, Page, Request, ViewportSize

PAGE = f"/initiatieven/{HERE}"
PATHS = ("/initiatieven", PAGE, "/nergens")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW: ViewportSize = {"width": 320, "height": 640}
WIDE: ViewportSize = {"width": 1280, "height": 900}
FOCUSABLE = "a[href], input:not([type=hidden]), select, button"


@pytest.fixture
async def site(sqlite_files: SqliteFiles) -> AsyncIterator[Site]:
    """The pages, with an initiative of which all is public."""
    url = sqlite_files.fresh()
    database = Database(url)
    async with site_on(database) as site:
        await make_public(site)
        await plan_moments(site)
        yield site
    await database.close()
    sqlite_files.drop(url)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    need_browser()
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        await browser.close()


def axe() -> str:
    """The script that checks a page, as it was published."""
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def addresses_asked_by(page: Page) -> list[str]:
    """All that the page will ask for, from now on."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    return asked


async def broken_rules(page: Page) -> list[str]:
    """What axe-core finds wrong, each with where."""
    await page.evaluate(axe())
    found: Any = await page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    return [
        f"{one['id']}: {node['html'][:120]} {node.get('failureSummary', '')}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


async def test_no_rule_is_broken_and_everything_fits(site: Site, browser: Browser) -> None:
    every = [(path, *look) for path in PATHS for look in product((WIDE, NARROW), ("light", "dark"), ("nl", "en"))]
    some = [("/initiatieven", WIDE, "light", "nl"), (PAGE, NARROW, "dark", "en")]
    for path, viewport, scheme, language in size(some, every):
        context = await browser.new_context(viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
        page = await context.new_page()
        asked = addresses_asked_by(page)
        await page.goto(f"{site.url}{path}?taal={language}")
        await page.wait_for_load_state("networkidle")

        assert await broken_rules(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
        assert await page.evaluate("[...document.images].filter(one => !one.naturalWidth).length") == 0
        assert [url for url in asked if not url.startswith(site.url)] == []
        assert await context.cookies() == []
        await context.close()


async def test_what_was_learned_breaks_no_rule_and_is_printed_whole(site: Site, browser: Browser) -> None:
    await end_with_lesson(site)
    page = await browser.new_page(viewport=NARROW, color_scheme="dark")
    await page.goto(f"{site.url}{PAGE}?taal=nl")

    assert await broken_rules(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    await page.emulate_media(media="print")
    assert await page.get_by_role("heading", name="Wat is er geleerd?").is_visible()
    assert await page.get_by_text("Vraag eerst waar de kabels liggen").is_visible()
    await page.close()


async def test_the_keyboard_comes_everywhere_and_shows_where_it_is(site: Site, browser: Browser) -> None:
    page = await browser.new_page(viewport=NARROW)
    await page.goto(site.url + PAGE)

    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    await page.keyboard.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "inhoud"

    reached = []
    await page.goto(site.url + "/initiatieven")
    expected: int = await page.evaluate(
        "document.querySelectorAll('a[href], input:not([type=hidden]), select, button').length"
    )
    for _ in range(expected):
        await page.keyboard.press("Tab")
        one: Any = await page.evaluate(
            """() => {
              const at = document.activeElement, box = at.getBoundingClientRect();
              const ring = [null, '::after'].some(part => getComputedStyle(at, part).outlineStyle === 'solid');
              return {name: at.outerHTML.slice(0, 60), ring, inside: box.bottom > 0 && box.top < innerHeight,
                      y: box.top + scrollY, x: box.left, small: Math.min(box.width, box.height) < 24};
            }"""
        )
        reached.append(one)
    assert len({one["name"] for one in reached}) == expected
    assert [one for one in reached if not (one["ring"] and one["inside"]) or one["small"]] == []
    rows = [round(one["y"]) for one in reached[1:]]
    assert all(later >= earlier - 60 for earlier, later in pairwise(rows)), "not from top to bottom"


async def test_it_works_without_scripts_and_on_paper(site: Site, browser: Browser) -> None:
    context = await browser.new_context(viewport=NARROW, java_script_enabled=False, locale="nl-NL")
    page = await context.new_page()
    await page.goto(site.url + "/initiatieven")
    await page.get_by_label("Woorden").fill("bloembak")
    await page.get_by_label("Wijk", exact=True).select_option(label="Molenwijk")
    await page.get_by_role("button", name="Zoek").click()
    await page.get_by_role("link", name="Bloembakken bij <de> molen").click()
    assert page.url == site.url + PAGE
    await page.get_by_role("link", name="English").click()
    assert await page.get_by_role("heading", name="What happened?").is_visible()

    await page.emulate_media(media="print")
    assert not await page.get_by_role("link", name="Join in").is_visible()
    assert not await page.get_by_role("navigation", name="Language").is_visible()
    assert await page.get_by_text(f"https://samen.elzermeer.example{PAGE}").is_visible()
    await context.close()
