"""`stuur demo`: one command, one page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import aiohttp

from tests.process.running import Process, command, until


async def state(url: str) -> dict[str, Any]:
    """What the page shows."""
    async with aiohttp.ClientSession() as http, http.get(f"{url}/client/state") as answer:
        shown: dict[str, Any] = await answer.json()
        return shown


def said(shown: dict[str, Any]) -> list[tuple[int, str]]:
    """Everything in all chats."""
    return [
        (message["message_id"], message.get("text", ""))
        for account in shown["accounts"]
        for message in account["messages"]
    ]


async def address(process: Process) -> str:
    """Where the page is."""
    line = await process.wrote("http://")
    return line[line.index("http://") :].split()[0].rstrip(".,")


async def all_greeted(process: Process) -> str:
    """Wait until everybody on the page has heard something; where it is."""
    url = await address(process)

    async def have_heard() -> bool:
        shown = await state(url)
        return all(any(m["from"]["is_bot"] for m in one["messages"]) for one in shown["accounts"])

    await until(have_heard)
    return url


async def test_it_prints_where_the_page_is_and_serves_it(tmp_path: Path) -> None:
    async with Process(tmp_path, "demo", "--no-browser", "--port", "0", "--keep", str(tmp_path / "spel")) as process:
        url = await all_greeted(process)
        async with aiohttp.ClientSession() as http, http.get(url) as page:
            assert page.status == 200
            assert "<html" in await page.text()
        shown = await state(url)

        assert len(shown["accounts"]) == 5
        assert [group["title"] for group in shown["groups"]] == ["Klantcontact"]
        assert await process.stop() == 0
    assert process.err == ""


async def test_after_a_kill_the_same_messages_are_on_the_page(tmp_path: Path) -> None:
    async with Process(tmp_path, "demo", "--no-browser", "--port", "0", "--keep", str(tmp_path / "spel")) as process:
        url = await all_greeted(process)
        fatima = (await state(url))["accounts"][0]["id"]
        async with aiohttp.ClientSession() as http:
            await http.post(f"{url}/client/accounts/{fatima}/messages", json={"text": "/help"})

        async def is_quiet() -> bool:
            before = said(await state(url))
            return any("/help" in text for _, text in before) and before == said(await state(url))

        await until(is_quiet)
        before = said(await state(url))
        await process.kill()
        (tmp_path / "stdout.txt").unlink()
        await process.start()

        shown = await state(await address(process))
        after = said(shown)

        assert len(shown["groups"]) == 1
        assert after[: len(before)] == before or set(before) <= set(after)


async def test_two_demos_do_not_share_a_port(tmp_path: Path) -> None:
    first, second = tmp_path / "een", tmp_path / "twee"
    first.mkdir()
    second.mkdir()
    async with Process(first, "demo", "--no-browser", "--port", "0") as process:
        port = (await address(process)).rsplit(":", 1)[1].rstrip("/")

        ended = await command(second, "demo", "--no-browser", "--port", port)

    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert port in ended.err


async def test_a_folder_with_other_things_is_not_emptied(tmp_path: Path) -> None:
    (tmp_path / "vakantie.txt").write_text("foto's")

    ended = await command(tmp_path, "demo", "--no-browser", "--port", "0", "--keep", str(tmp_path), "--fresh")

    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert (tmp_path / "vakantie.txt").exists()
