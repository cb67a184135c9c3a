"""Updates are pushed until the bot takes them."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox import Account, Sandbox
from tests.bot.sandbox.conftest import Api


class Receiver:
    """A bot's webhook: notes what is pushed, answers with the statuses it is told, else 200."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.statuses: deque[int] = deque()
        self.gate = asyncio.Event()
        self.gate.set()
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        await self.gate.wait()
        self.got.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        return web.Response(status=self.statuses.popleft() if self.statuses else 200)

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.got]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def all_taken(sandbox: Sandbox) -> None:
    async with asyncio.timeout(30):
        await sandbox.until(lambda: not sandbox.world.updates.pending)


async def test_what_waited_and_what_comes_is_pushed_in_order(
    sandbox: Sandbox, api: Api, resident: Account, receiver: Receiver
) -> None:
    sandbox.client.send_text(resident.id, "een")
    sandbox.client.send_text(resident.id, "twee")

    await api("setWebhook", url=receiver.url, secret_token="geheim")
    sandbox.client.send_text(resident.id, "drie")
    await all_taken(sandbox)

    assert receiver.texts() == ["een", "twee", "drie"]
    assert receiver.secrets == ["geheim"] * 3


async def test_a_push_is_repeated_until_it_is_taken_and_others_wait_their_turn(
    sandbox: Sandbox, api: Api, resident: Account, receiver: Receiver
) -> None:
    sandbox.pusher.first_pause = 0.01
    receiver.statuses.extend([500, 302, 404, 204])
    await api("setWebhook", url=receiver.url)

    sandbox.client.send_text(resident.id, "een")
    sandbox.client.send_text(resident.id, "twee")
    await all_taken(sandbox)

    assert receiver.texts() == ["een", "een", "een", "een", "twee"]
    info = await api("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 404 Not Found"
    assert info["pending_update_count"] == 0


async def test_a_bot_that_is_down_gets_everything_when_it_is_back(
    sandbox: Sandbox, api: Api, resident: Account, receiver: Receiver, unused_tcp_port: int
) -> None:
    await api("setWebhook", url=f"http://127.0.0.1:{unused_tcp_port}/hook")
    sandbox.client.send_text(resident.id, "een")
    async with asyncio.timeout(30):
        await sandbox.until(lambda: sandbox.world.webhook.target.last_error_message)

    await api("setWebhook", url=receiver.url)
    await all_taken(sandbox)

    assert receiver.texts() == ["een"]


async def test_one_slow_chat_does_not_stop_another(
    sandbox: Sandbox, api: Api, resident: Account, receiver: Receiver
) -> None:
    other = sandbox.add_account(9, "Bram")
    sandbox.pusher.first_pause = 60
    receiver.statuses.append(500)
    await api("setWebhook", url=receiver.url)

    sandbox.client.send_text(resident.id, "blijft hangen")
    async with asyncio.timeout(30):
        await sandbox.until(lambda: sandbox.world.webhook.target.last_error_message)
        sandbox.client.send_text(other.id, "gaat door")
        await sandbox.until(lambda: len(sandbox.world.updates.pending) == 1)

    assert receiver.texts() == ["blijft hangen", "gaat door"]


async def test_a_deleted_webhook_gets_nothing_more(
    sandbox: Sandbox, api: Api, resident: Account, receiver: Receiver
) -> None:
    receiver.gate.clear()
    await api("setWebhook", url=receiver.url)
    sandbox.client.send_text(resident.id, "een")

    await api("deleteWebhook")
    receiver.gate.set()

    assert [update["message"]["text"] for update in await api("getUpdates")] == ["een"]
    assert (await api("getWebhookInfo"))["url"] == ""


async def test_dropping_what_waits_can_be_seen(sandbox: Sandbox, api: Api, resident: Account) -> None:
    sandbox.client.send_text(resident.id, "een")

    await api("deleteWebhook", drop_pending_updates=True)

    assert await api("getUpdates") == []
    assert sandbox.calls[0][:3] == ("deleteWebhook", {"drop_pending_updates": True}, 200)


async def test_duplicated_and_reordered_pushes(
    sandbox: Sandbox, api: Api, resident: Account, receiver: Receiver
) -> None:
    for word in ("een", "twee", "drie"):
        sandbox.client.send_text(resident.id, word)
    sandbox.faults.reorder()
    sandbox.faults.duplicate()

    await api("setWebhook", url=receiver.url)
    await all_taken(sandbox)

    assert receiver.texts() == ["drie", "drie", "een", "twee"]


async def test_a_push_comes_again_after_it_was_taken(
    sandbox: Sandbox, api: Api, resident: Account, receiver: Receiver
) -> None:
    sandbox.faults.duplicate(later=True)
    sandbox.client.send_text(resident.id, "een")
    sandbox.client.send_text(resident.id, "twee")

    await api("setWebhook", url=receiver.url)
    async with asyncio.timeout(30):
        while len(receiver.got) < 3:  # noqa: ASYNC110 -- the sandbox counts this one as taken already
            await asyncio.sleep(0.01)

    assert receiver.texts() == ["een", "twee", "een"]
