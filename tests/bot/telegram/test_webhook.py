"""The webhook: only Telegram gets in, and 200 means committed."""

from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot

from bot.sandbox import Account, Sandbox
from bot.telegram import webhook
from bot.telegram.intake import Intake
from bot.telegram.sender import Sender
from storage.database import Database
from tests.bot.telegram.conftest import TOKEN, Recorder, heard
from tests.bot.telegram.test_intake import all_in, away, message, texts_of
from tests.bot.telegram.test_sender import SQLITE


@pytest.fixture
async def url(database: Database, bot: Bot, reception: Recorder, sender: Sender) -> AsyncIterator[str]:
    """The base of our own address."""
    intake = Intake(database, bot, reception, wake=sender.wake)
    app = web.Application()
    app.router.add_post(webhook.path(TOKEN), webhook.handler(intake, TOKEN))
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def post(url: str, body: bytes | dict[str, Any], secret: str | None = None) -> int:
    """The status of a POST to the webhook, with the right secret unless another is given."""
    headers = {webhook.HEADER: webhook.secret(TOKEN) if secret is None else secret}
    sent: dict[str, Any] = {"data": BytesIO(body)} if isinstance(body, bytes) else {"json": body}
    async with (
        aiohttp.ClientSession() as session,
        session.post(url + webhook.path(TOKEN), headers=headers, **sent) as response,
    ):
        return response.status


async def test_what_telegram_brings_is_answered_in_order(
    sandbox: Sandbox, bot: Bot, url: str, fatma: Account, kees: Account, reception: Recorder
) -> None:
    sandbox.faults.duplicate(3)
    await webhook.set_webhook(bot, url)
    for n in range(10):
        sandbox.client.send_text(fatma.id, f"{n}")
    sandbox.client.send_text(kees.id, "hallo")

    await all_in(sandbox)
    await sandbox.until(lambda: len(heard(sandbox, fatma)) == 10)

    assert heard(sandbox, fatma) == [f"gehoord: {n}" for n in range(10)]
    assert len(await texts_of(reception)) == 11


@SQLITE
@pytest.mark.parametrize("secret", ["", "verkeerd", "é", webhook.path(TOKEN).rpartition("/")[2]])
async def test_who_does_not_know_the_secret_is_refused(
    url: str, fatma: Account, reception: Recorder, secret: str
) -> None:
    assert await post(url, message(fatma, 1, "hallo"), secret) == 403
    assert reception.received == []


@SQLITE
@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{", 400), (b"[]", 400), (b"x" * (webhook.LARGEST_BODY + 1), 413), ({"update_id": 5, "telepathy": {}}, 200)],
)
async def test_what_is_no_update_is_refused_and_what_is_unknown_acknowledged(
    url: str, body: bytes | dict[str, Any], status: int
) -> None:
    assert await post(url, body) == status


async def test_telegram_must_bring_it_again_while_the_database_is_away(
    database: Database, url: str, fatma: Account, reception: Recorder
) -> None:
    async with away(database):
        assert await post(url, message(fatma, 1, "hallo")) == 503

    assert await post(url, message(fatma, 1, "hallo")) == 200
    assert await texts_of(reception) == ["hallo"]


def test_path_and_secret_are_stable_unlike_each_other_and_do_not_show_the_token() -> None:
    path, secret = webhook.path(TOKEN), webhook.secret(TOKEN)

    assert (path, secret) == (webhook.path(TOKEN), webhook.secret(TOKEN))
    assert secret not in path
    assert TOKEN.partition(":")[2] not in path + secret
    assert webhook.path("123456:other") != path
