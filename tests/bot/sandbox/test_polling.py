"""getUpdates: nothing is forgotten before the offset says so."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.sandbox import Account, Sandbox
from tests.bot.sandbox.conftest import Api


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


def write(sandbox: Sandbox, account: Account, *words: str) -> None:
    for word in words:
        sandbox.client.send_text(account.id, word)


async def waiting(sandbox: Sandbox, call: Callable[..., Awaitable[Any]]) -> asyncio.Task[Any]:
    """A long poll that has arrived and waits; what it wants to hear of shows that it has."""
    poll = asyncio.ensure_future(call("getUpdates", timeout=50, allowed_updates=["message"]))
    while sandbox.world.updates.allowed != ["message"]:
        assert not poll.done()
        await asyncio.sleep(0.01)
    return poll


async def test_updates_stay_until_the_offset_passes_them(sandbox: Sandbox, api: Api, resident: Account) -> None:
    write(sandbox, resident, "een", "twee", "drie")

    first = await api("getUpdates")
    again = await api("getUpdates", offset=first[0]["update_id"])
    later = await api("getUpdates", offset=first[1]["update_id"])
    last = await api("getUpdates", offset=first[2]["update_id"] + 1)

    assert texts(first) == texts(again) == ["een", "twee", "drie"]
    assert texts(later) == ["twee", "drie"]
    assert last == []
    assert not sandbox.world.updates.pending


async def test_update_ids_rise_one_by_one(sandbox: Sandbox, api: Api, resident: Account) -> None:
    write(sandbox, resident, "een", "twee")

    one, two = await api("getUpdates")

    assert two["update_id"] == one["update_id"] + 1


async def test_an_old_offset_brings_nothing_back(sandbox: Sandbox, api: Api, resident: Account) -> None:
    write(sandbox, resident, "een", "twee")
    one, two = await api("getUpdates")
    await api("getUpdates", offset=two["update_id"])

    assert texts(await api("getUpdates", offset=one["update_id"])) == ["twee"]


async def test_a_negative_offset_keeps_the_last_ones(sandbox: Sandbox, api: Api, resident: Account) -> None:
    write(sandbox, resident, "een", "twee", "drie")

    assert texts(await api("getUpdates", offset=-2)) == ["twee", "drie"]
    assert texts(await api("getUpdates")) == ["twee", "drie"]


@pytest.mark.parametrize(("limit", "got"), [(1, 1), (2, 2), (0, 1), (1000, 3)])
async def test_the_limit_is_kept_within_bounds(
    sandbox: Sandbox, api: Api, resident: Account, limit: int, got: int
) -> None:
    write(sandbox, resident, "een", "twee", "drie")

    assert len(await api("getUpdates", limit=limit)) == got


async def test_a_poll_waits_for_what_comes(sandbox: Sandbox, api: Api, resident: Account) -> None:
    poll = await waiting(sandbox, api)
    assert not poll.done()

    write(sandbox, resident, "hallo")

    assert texts(await asyncio.wait_for(poll, 30)) == ["hallo"]


async def test_a_poll_ends_empty_after_its_time(api: Api, resident: Account) -> None:
    began = time.monotonic()

    assert await api("getUpdates", timeout=1) == []
    assert time.monotonic() - began > 0.9


async def test_a_second_poll_ends_the_first(sandbox: Sandbox, api: Api, resident: Account) -> None:
    first = await waiting(sandbox, api.refusal)
    second = asyncio.create_task(api("getUpdates", timeout=50))

    assert await asyncio.wait_for(first, 30) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    write(sandbox, resident, "hallo")
    assert texts(await asyncio.wait_for(second, 30)) == ["hallo"]


async def test_setting_a_webhook_ends_polling(sandbox: Sandbox, api: Api, resident: Account) -> None:
    poll = await waiting(sandbox, api.refusal)

    await api("setWebhook", url="https://example.org/")

    assert await asyncio.wait_for(poll, 30) == (409, "Conflict: terminated by setWebhook request")
    assert (await api.refusal("getUpdates"))[0] == 409
    await api("deleteWebhook")
    assert await api("getUpdates") == []


async def test_stopping_lets_a_waiting_poll_go(sandbox: Sandbox, api: Api, resident: Account) -> None:
    poll = await waiting(sandbox, api)

    await asyncio.wait_for(sandbox.stop(), 30)

    assert await poll == []


async def test_only_the_kinds_that_are_wanted_are_kept(sandbox: Sandbox, api: Api, resident: Account) -> None:
    await api("getUpdates", allowed_updates=["callback_query", "my_chat_member"])
    await api("getUpdates")  # the wish holds until another one comes

    write(sandbox, resident, "ongehoord")
    sandbox.client.block(resident.id, True)
    (update,) = await api("getUpdates", allowed_updates=[])
    sandbox.client.block(resident.id, False)
    write(sandbox, resident, "gehoord")

    assert "my_chat_member" in update
    assert texts((await api("getUpdates"))[2:]) == ["gehoord"]
