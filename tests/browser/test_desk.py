"""From an e-mail to an answer in a real browser, without scripts and without breaking a rule of WCAG 2.2 AA."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from storage.columns import now
from storage.database import Database
from storage.questions import MessageKind, QuestionMessage
from tests.bot.mail.room import WORDS, Room, room_on
from tests.browser.story import CHROMIUM, QUIET, need_browser
from tests.browser.test_public_pages import NARROW, WIDE, addresses_asked_by, broken_rules
from tests.databases import SqliteFiles
from tests.needs import size

if TYPE_CHECKING:  # not everybody has it
    from playwright.async_api import Browser, Page, ViewportSize

FIRST = ("Ik pak dit op", "Antwoord", "Bekijk mijn antwoord")
BEHIND = (
    "Vraag iets terug",
    "Geef een nieuwe datum",
    "Notitie voor collega's",
    "Zet de vraag door",
    "Verander het onderwerp",
    "Rond af zonder antwoord",
)


@pytest.fixture
async def room(sqlite_files: SqliteFiles) -> AsyncIterator[Room]:
    """Anna in her team."""
    url = sqlite_files.fresh()
    database = Database(url)
    async with room_on(database) as room:
        yield room
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


async def test_from_the_letter_to_an_answer(room: Room, browser: Browser) -> None:
    await room.asks()
    context = await browser.new_context(viewport=NARROW, locale="nl-NL", color_scheme="dark")
    page = await context.new_page()
    asked = addresses_asked_by(page)
    letter = f'<!doctype html><title>Post</title><a href="{room.site.url}{await room.link()}">Open de vraag</a>'
    # A page of another site, as webmail is: the link in it is followed from there.
    await page.route("https://mail.example/", lambda route: route.fulfill(content_type="text/html", body=letter))
    await page.goto("https://mail.example/")
    await page.get_by_role("link", name="Open de vraag").click()
    assert await broken_rules(page) == []

    await page.get_by_role("button", name="Open de vraag").click()

    assert await page.get_by_text(WORDS).is_visible()
    assert await broken_rules(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    (cookie,) = await context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    await page.get_by_role("button", name="Ik pak dit op").click()
    assert await page.get_by_role("status").inner_text() == "Deze vraag is nu van jou."
    await page.get_by_label("Antwoord", exact=True).fill("Volgende week.\nAls het droog is.")
    await page.get_by_role("button", name="Bekijk mijn antwoord").click()
    assert await broken_rules(page) == []
    await page.get_by_role("button", name="Verander mijn tekst").click()
    await page.get_by_label("Antwoord", exact=True).press_sequentially("En warm. ")
    await page.get_by_role("button", name="Bekijk mijn antwoord").click()
    await page.get_by_role("button", name="Verstuur het antwoord").click()
    assert await page.get_by_role("status").inner_text() == "Je antwoord is onderweg naar de bewoner."
    (answer,) = [one.text for one in await room.rows(QuestionMessage) if one.kind is MessageKind.ANSWER]
    assert answer.replace("En warm. ", "") == "Volgende week.\nAls het droog is."
    await page.get_by_role("button", name="Log uit").click()
    assert await context.cookies() == []
    await page.goto(f"{room.site.url}/werk/vraag/V-2026-0001?taal=en")
    assert await page.get_by_role("heading", name="Log in again").is_visible()
    assert await broken_rules(page) == []
    assert [url for url in asked if not url.startswith((room.site.url, "https://mail.example/"))] == []
    await context.close()


@pytest.mark.parametrize("viewport", size([NARROW], [NARROW, WIDE]))
async def test_what_is_done_less_is_behind_a_line_and_the_keyboard_comes_to_all_of_it(
    room: Room, browser: Browser, viewport: ViewportSize
) -> None:
    await room.asks()
    context = await browser.new_context(viewport=viewport, locale="nl-NL")
    page = await context.new_page()
    await page.goto(f"{room.site.url}{await room.link()}")
    await page.get_by_role("button", name="Open de vraag").click()
    reached = await tabbed(page)
    assert reached[3:] == [*FIRST, *BEHIND, "Log uit", "Website van Elzermeer"]

    await page.locator("summary", has_text="Geef een nieuwe datum").press("Enter")
    assert await broken_rules(page) == []
    await page.get_by_label("Wanneer krijgt de bewoner antwoord?").fill("2000-01-03")
    await page.get_by_label("Waarom duurt het langer?").fill("De maaier is stuk.")
    await page.locator("form[action$=datum]").evaluate("one => one.noValidate = true")  # as an older browser sends it
    await page.get_by_role("button", name="Bekijk mijn bericht").click()

    assert await broken_rules(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    await page.get_by_role("alert").get_by_role("link").click()
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Tab")
    date = page.get_by_label("Wanneer krijgt de bewoner antwoord?")
    assert await date.evaluate("one => one === document.activeElement")
    assert await date.get_attribute("aria-invalid") == "true"
    assert await page.get_by_label("Waarom duurt het langer?").input_value() == "De maaier is stuk."
    await date.fill(f"{now() + timedelta(days=60):%Y-%m-%d}")
    await page.get_by_role("button", name="Bekijk mijn bericht").click()
    assert await broken_rules(page) == []
    await page.get_by_role("button", name="Geef deze datum").click()
    assert await page.get_by_role("status").inner_text() == "De bewoner hoort de nieuwe datum van ons."
    await context.close()


async def tabbed(page: Page) -> list[str]:
    """What the keyboard comes to, one after the other, as a screen reader names it."""
    names: list[str] = []
    while True:
        await page.keyboard.press("Tab")
        one: Any = await page.evaluate(
            """() => {
              const at = document.activeElement, box = at.getBoundingClientRect();
              return {name: (at.labels?.[0] ?? at).innerText.trim(), is_end: at === document.body,
                      ring: getComputedStyle(at).outlineStyle === 'solid',
                      fits: box.bottom > 0 && box.top < innerHeight && Math.min(box.width, box.height) >= 24};
            }"""
        )
        if one["is_end"] or (names and one["name"] == names[0]):
            return names
        assert (one["ring"], one["fits"]) == (True, True), one["name"]
        names.append(one["name"])
