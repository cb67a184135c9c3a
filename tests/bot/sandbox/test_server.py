"""Starting, stopping, watching."""

import asyncio

import aiohttp
import pytest

from bot.sandbox import Account, Sandbox
from tests.bot.sandbox.conftest import TOKEN, Api


async def test_a_port_in_use_is_an_oserror(sandbox: Sandbox) -> None:
    other = Sandbox(token=TOKEN)

    with pytest.raises(OSError, match="address already in use"):
        await other.start(port=int(sandbox.url.rpartition(":")[2]))

    with pytest.raises(RuntimeError, match="no address before start"):
        _ = other.url
    await other.stop()


async def test_the_page_is_served(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    async with session.get(f"{sandbox.url}/") as response:
        assert (response.status, response.content_type) == (200, "text/html")


async def test_stopping_ends_open_event_streams(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    async with session.get(f"{sandbox.url}/client/events") as stream:
        await asyncio.wait_for(sandbox.stop(), 5)

        assert b"data: " not in await asyncio.wait_for(stream.content.read(), 5)


async def test_tests_can_wait_for_a_change(sandbox: Sandbox, api: Api, resident: Account) -> None:
    messages = sandbox.world.messages[resident.id]
    waiting = asyncio.create_task(sandbox.until(lambda: len(messages) == 3))
    other = sandbox.add_account(9, "Bram")
    with sandbox.subscribe(resident.id) as mine:
        await api("sendMessage", chat_id=resident.id, text="een")
        assert not waiting.done()
        sandbox.client.send_text(other.id, "niet van mij")
        await api("sendMessage", chat_id=resident.id, text="twee")

        heard = [await asyncio.wait_for(mine.get(), 5) for _ in range(2)]

    await asyncio.wait_for(waiting, 5)
    assert [event["message"]["text"] for event in heard if event] == ["een", "twee"]


async def test_a_subscription_ends_with_the_sandbox(sandbox: Sandbox, resident: Account) -> None:
    with sandbox.subscribe() as events:
        sandbox.client.send_text(resident.id, "Hoi")
        await sandbox.stop()

        assert [event["event"] async for event in events] == ["message"]


async def test_every_call_is_remembered(sandbox: Sandbox, api: Api, resident: Account) -> None:
    await api("sendMessage", chat_id=resident.id, text="Hoi")
    await api.refusal("sendmessage", chat_id=1, text="Hoi")
    await api.refusal("sendNothing")

    assert [call[:3] for call in sandbox.calls] == [
        ("sendMessage", {"chat_id": resident.id, "text": "Hoi"}, 200),
        ("sendMessage", {"chat_id": 1, "text": "Hoi"}, 400),
        ("sendNothing", {}, 404),
    ]
