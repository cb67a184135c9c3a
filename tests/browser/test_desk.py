"""From an e-mail to an answer in a real browser, without scripts and without breaking a rule of WCAG 2.2 AA."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest

from storage.database import Database
from storage.questions import MessageKind, QuestionMessage
from tests.bot.mail.room import WORDS, Room, room_on
from tests.browser.story import CHROMIUM, QUIET, need_browser
from tests.browser.test_public_pages import NARROW, addresses_asked_by, broken_rules
from tests.databases import SqliteFiles

if TYPE_CHECKING:  # not everybody has it
    from playwright.async_api import Browser


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
    await page.get_by_role("button", name="Verander mijn antwoord").click()
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
