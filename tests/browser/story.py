"""The story of the demo's guide, played in a real browser: once as a test, once for the README's picture."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.needs import missing

if TYPE_CHECKING:  # not everybody has it
    from playwright.sync_api import Browser, Locator, Page

FATIMA, KEES, JAN, MARIEKE, NOOR = 1001, 1002, 1003, 1004, 1005
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--no-sandbox",  # a CI machine runs it as root
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 10_000
"""Milliseconds that something may take to appear."""


def need_browser() -> None:
    """Skip when there is no browser, or nothing to drive it with; where everything has to run: fail."""
    if importlib.util.find_spec("playwright") is None or importlib.util.find_spec("axe_playwright_python") is None:
        missing("what drives a browser isn't installed; get it with: pip install -e '.[browser]'")
    if CHROMIUM is None:
        missing("Chromium isn't installed; on Debian: apt-get install chromium")


@contextmanager
def demo(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """`stuur demo` as a process of its own; gives the address of its page."""
    command = [sys.executable, "-m", "bot", "demo", "--no-browser", "--port", "0", "--keep", str(folder)]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("STUUR_")}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, f"no address in {line!r}"
        yield found[0], process
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser of the machine's own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


class Phone:
    """One column of the page."""

    def __init__(self, page: Page, account: int) -> None:
        self._take(page.locator(f'section[data-account="{account}"]'))

    def _take(self, column: Locator) -> None:
        self.column = column

    def presses(self, label: str) -> None:
        """The newest button that says so."""
        self.column.locator("button.inline", has_text=label).last.click(timeout=PATIENCE)

    def says(self, text: str) -> None:
        """Type and send."""
        self.column.locator("[data-composer]").fill(text)
        self.column.locator("[data-send]").click()

    def sees(self, text: str) -> None:
        """It is on the screen, or will be in a moment."""
        from playwright.sync_api import expect

        expect(self.column.locator("[data-message-id]", has_text=text).last).to_be_visible(timeout=PATIENCE)


class Group(Phone):
    """The column of the team's group."""

    def __init__(self, page: Page) -> None:
        self._take(page.locator("section[data-group]"))

    def opens(self, topic: str) -> None:
        """Go to the newest topic with these words in its name."""
        self.column.locator("button.topic", has_text=topic).first.click(timeout=PATIENCE)

    def acts_as(self, name: str) -> None:
        """What is done from now on is done by this member."""
        self.column.locator("[data-acting]").select_option(label=name)

    def replies(self, to: str, text: str) -> None:
        """Reply to the newest message with these words."""
        message = self.column.locator("[data-message-id]", has_text=to).last
        message.hover()
        message.locator("[data-reply]").click()
        self.says(text)


def lines_of(phone: Phone, label: str) -> int:
    """How many lines the newest button with that label takes."""
    button = phone.column.locator("button.inline", has_text=label).last
    lines: int = button.evaluate(
        "it => { const all = document.createRange(); all.selectNodeContents(it); return all.getClientRects().length }"
    )
    return lines


def begin(page: Page) -> tuple[Phone, Phone, Phone, Phone]:
    """The phones, once the bot has welcomed everybody."""
    fatima, kees, jan, marieke = (Phone(page, account) for account in (FATIMA, KEES, JAN, MARIEKE))
    fatima.sees("In welke wijk woon je?")
    kees.sees("Wat wil je doen?")
    marieke.sees("Nieuw werk komt hier vanzelf binnen")
    return fatima, kees, jan, marieke


def start_initiative(fatima: Phone) -> None:
    """Fatima starts one, to its end."""
    fatima.presses("Molenwijk")
    fatima.presses("Begin een initiatief")
    fatima.sees("Wat wil je zelf gaan doen?")
    fatima.says("Met de buren bloembakken maken op het pleintje bij de molen.")
    fatima.presses("Buren")
    fatima.presses("Klaar")
    fatima.presses("Groen en water")
    fatima.presses("💶 Geld")
    fatima.sees("Hoeveel geld heb je nodig, en waarvoor?")
    fatima.says("200 euro voor bloembakken en aarde.")
    fatima.sees("Deze route past bij je.")
    fatima.presses("Ja, dit kies ik")
    fatima.sees("Wat is je eerste kleine stap?")
    fatima.says("Zaterdag koffie drinken met vijf buren.")
    fatima.presses("Ja, begin!")
    fatima.sees("Gefeliciteerd, je bent begonnen!")


def greet(jan: Phone, fatima: Phone) -> None:
    """The guide says hello."""
    jan.presses("Groet de bewoner")
    jan.sees("Schrijf je bericht")
    jan.says("Hallo Fatima, wat een mooi plan! Ik kom zaterdag graag koffie drinken.")
    jan.presses("Verstuur")
    fatima.sees("wat een mooi plan")


def ask(kees: Phone) -> None:
    """Kees asks something in his own words."""
    kees.says("Wanneer maaien jullie het gras bij de speeltuin?")
    kees.presses("Ja, vraag het")
    kees.presses("Vraag een mens")  # what is found isn't about grass
    kees.presses("Verstuur mijn vraag")
    kees.sees("Je vraag is binnen")


def answer(jan: Phone, kees: Phone) -> None:
    """Jan takes it and answers."""
    jan.presses("Ik pak dit op")
    jan.sees("Jan is ermee bezig")
    jan.presses("Antwoord")
    jan.sees("Schrijf je antwoord")
    jan.says("Volgende week donderdag. We laten een strook staan voor de bijen.")
    jan.presses("Verstuur antwoord")
    kees.sees("We laten een strook staan voor de bijen")


def answer_in_group(group: Group, noor: Phone, kees: Phone) -> None:
    """Kees asks what is the front desk's; Noor answers it where that team works: in the topic of the question."""
    kees.says("Hoe laat zijn jullie open op koopavond in het stadhuis?")
    kees.presses("Ja, vraag het")
    kees.presses("Vraag een mens")
    kees.presses("Verstuur mijn vraag")
    group.opens("Hoe laat zijn jullie open")
    group.acts_as("Noor")
    group.presses("Ik pak dit op")
    group.sees("Noor is ermee bezig")
    group.replies("Noor is ermee bezig", "Om zes uur.")
    noor.presses("Verstuur antwoord")
    kees.sees("Om zes uur.")
    group.sees("Beantwoord door Noor")
    group.opens("gesloten")


def send_update(marieke: Phone, *others: Phone) -> None:
    """Marieke sends an update, everybody reads it."""
    marieke.presses("Stuur nieuws")
    marieke.sees("Wat wil je vertellen?")
    marieke.says("Zaterdag om 10 uur is er koffie op het Molenplein. Kom je ook?")
    marieke.presses("Geen foto")
    marieke.presses("Iedereen")
    marieke.sees("Zo ziet het eruit")
    marieke.presses("Verstuur nu")
    marieke.sees("Je nieuws is verstuurd")
    for phone in others:
        phone.sees("Kom je ook?")
