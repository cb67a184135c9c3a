"""A stranger opens the demo and plays the whole story; then the process is killed, and it goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser import story


@pytest.mark.timeout(240)
def test_the_whole_story_is_played_on_one_page_and_survives_a_kill(tmp_path: Path) -> None:
    story.need_browser()
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it is not typed
    from playwright.sync_api import expect

    folder, picture = tmp_path / "demo", tmp_path / "page.png"
    troubles: list[str] = []

    with story.chromium() as browser:
        with story.demo(folder) as (url, process):
            page = browser.new_page(viewport={"width": 1600, "height": 950})
            page.on("pageerror", lambda error: troubles.append(str(error)))
            page.on("console", lambda line: troubles.append(line.text) if line.type == "error" else None)
            page.goto(url)
            fatima, kees, jan, marieke = story.begin(page)
            assert story.lines_of(fatima, "Stationskwartier") == 1, "no word breaks in a button"
            for width, is_open in ((1600, 1), (390, 0), (1600, 1)):  # on a phone the chat needs the room
                page.set_viewport_size({"width": width, "height": 950})
                expect(page.locator(".guide.open")).to_have_count(is_open)
            story.start_initiative(fatima)
            story.greet(jan, fatima)
            story.ask(kees)
            story.answer(jan, kees)
            kees.presses("👍 Dit helpt")
            jan.sees("Kees bedankt je")
            group = story.Group(page)
            story.answer_in_group(group, story.Phone(page, story.NOOR), kees)
            assert Axe().run(page, "section[data-group]").violations_count == 0
            story.send_update(marieke, fatima, kees)
            fatima.presses("Schrijf terug")
            fatima.sees("dan stuur ik het door")
            page.screenshot(path=picture)
            assert troubles == []
            process.kill()
            page.close()

        with story.demo(folder) as (url, _):
            page = browser.new_page(viewport={"width": 390, "height": 844})  # a phone
            page.goto(url)
            fatima = story.Phone(page, story.FATIMA)
            fatima.sees("dan stuur ik het door")
            fatima.says("Gezellig, tot zaterdag!")
            fatima.sees("Je gebiedsmakelaar leest het")
            page.close()

    assert picture.stat().st_size > 50_000
