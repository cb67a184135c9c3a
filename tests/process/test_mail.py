"""`stuur run` with a mail server: who has no Telegram hears of a question by e-mail, and answers it on the page."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from bot.sandbox import Account, Sandbox
from flows.municipality import EXAMPLE
from tests.bot.mail.post_office import post_office
from tests.journeys.phone import Phone
from tests.process.running import Process, command, until

QUESTION, ANSWER = "Wanneer wordt de glasbak geleegd?", "Elke dinsdag, voor acht uur."
ANNA = ("--team", "buitenruimte", "--email", "anna@elzermeer.example", "--name", "Anna")


async def test_a_question_comes_by_e_mail_and_its_answer_goes_from_the_page(
    sandbox: Sandbox, fatma: Account, settings: dict[str, str], tmp_path: Path
) -> None:
    awake = tmp_path / "municipality.toml"
    awake.write_text(_always_awake())
    (folder := tmp_path / "invite").mkdir()
    phone = Phone(sandbox, fatma, quiet=_at_once)
    async with post_office() as office:
        settings |= {
            "municipality": str(awake),
            "smtp_url": f"smtp://127.0.0.1:{office.server.port}",
            "smtp_from": "stuur@elzermeer.example",
            "public_url": "http://stuur.elzermeer.example",
        }
        assert (await command(folder, "invite", "civil_servant", *ANNA, **settings)).code == 0
        async with Process(tmp_path, "run", **settings) as process:
            opened = await process.wrote('"open"')
            found = re.search(r"http://127[^\"]+", opened)
            assert found is not None

            await _asks(phone)
            await until(office.has_letter)
            # What stands before the pages passes the address on that people know, and ours is behind it.
            await _answers(URL(found[0]), urlsplit(office.links()[0]).path)
            await phone.sees(ANSWER)

            assert await process.stop() == 0
        assert "Traceback" not in process.err


def _always_awake() -> str:
    """The example without quiet hours: a notice waits for their end."""
    text = EXAMPLE.read_text("utf-8").replace('begin = "21:00"\nend = "08:00"', 'begin = "00:00"\nend = "00:00"')
    return text.replace('example_questions = "', f'example_questions = "{EXAMPLE.parent}/')


async def _asks(phone: Phone) -> None:
    await phone.says("/start")
    await phone.sees("In welke wijk woon je?")
    await phone.presses("Molenwijk")
    await phone.sees("Fijn, je kunt beginnen.")
    await phone.says("/vraag")
    await phone.sees("Wat wil je weten?")
    await phone.says(QUESTION)
    await phone.sees("Ga door")
    await phone.presses("Ga door")
    await until(partial(_is_asked, phone, "Waar gaat het over?", "Klopt je vraag zo?"))
    if "Waar gaat het over?" in phone.everything()[-1]:  # it is still learning
        await phone.presses("Afval")
        await phone.sees("Klopt je vraag zo?")
    await phone.presses("Verstuur mijn vraag")
    await phone.sees("Je vraag is binnen.")


async def _is_asked(phone: Phone, *questions: str) -> bool:
    return any(one in phone.everything()[-1] for one in questions)


async def _answers(pages: URL, path: str) -> None:
    jar = aiohttp.CookieJar(unsafe=True)  # also of an address in numbers
    async with aiohttp.ClientSession(pages, cookie_jar=jar, headers={"Origin": str(pages).rstrip("/")}) as browser:
        async with browser.get(path) as door:
            assert QUESTION not in await door.text()
        async with browser.post(path) as page:
            here, shown = page.url, await page.text()
        assert QUESTION in shown
        form = {"bewijs": _hidden(shown, "bewijs"), "tekst": ANSWER}
        async with browser.post(f"{here}/antwoord", data=form) as page:
            form |= {"gezien": _hidden(await page.text(), "gezien"), "stap": "stuur"}
        async with browser.post(f"{here}/antwoord", data=form) as page:
            assert "Je antwoord is onderweg naar de bewoner." in await page.text()


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="(\w+)"', page)
    assert found is not None
    return found[1]


async def _at_once() -> None:
    """What is waited for is said in the story."""
