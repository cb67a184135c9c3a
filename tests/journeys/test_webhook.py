"""The same house when Telegram brings the updates."""

import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.telegram import webhook
from tests.journeys.asking import answers, asks
from tests.journeys.town import TOKEN, Town, town_with


@pytest.fixture
async def town(database_url: str) -> AsyncIterator[Town]:
    """A town with a webhook."""
    with capture_logs() as logged:
        async with town_with(database_url, webhook_port=free_port()) as town:
            yield town
            await town.check(logged)


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_a_question_and_its_answer_by_webhook(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")

    await asks(fatima)
    await answers(jan, "Morgen komt de wagen.")
    await fatima.sees("Morgen komt de wagen.")
    await fatima.presses("👍 Dit helpt")
    await fatima.toast("🙏 Doorgegeven!")
    await jan.sees("🙏 Fatima bedankt je")

    methods = {call.method for call in town.sandbox.calls}
    assert "setWebhook" in methods
    assert "getUpdates" not in methods
    (wanted,) = (call.parameters for call in town.sandbox.calls if call.method == "setWebhook")
    assert "drop_pending_updates" not in wanted


async def test_who_does_not_know_the_secret_brings_nothing(town: Town) -> None:
    fatima = await town.resident("Fatima")
    who = {"id": fatima.id, "is_bot": False, "first_name": "Fatima"}
    chat = {"id": fatima.id, "type": "private"}
    update = {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": chat, "from": who, "text": "gestolen"}}

    async with aiohttp.ClientSession() as session:
        for headers in ({}, {webhook.HEADER: "raden"}):
            async with session.post(town.app.url + webhook.path(TOKEN), json=update, headers=headers) as response:
                assert response.status == 403
    await fatima.sees_nothing_new()
