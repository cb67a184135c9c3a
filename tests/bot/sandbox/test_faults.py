"""Bad days to order."""

import asyncio
import time
from collections.abc import Callable

import aiohttp
import pytest

from bot.sandbox import Account, Faults, Sandbox
from tests.bot.sandbox.conftest import Api


async def test_a_dropped_call_did_nothing(sandbox: Sandbox, api: Api, resident: Account) -> None:
    sandbox.faults.drop("sendMessage")

    with pytest.raises(aiohttp.ClientError):
        await api("sendMessage", chat_id=resident.id, text="Hoi")

    assert len(sandbox.world.messages[resident.id]) == 1
    assert sandbox.calls[-1].status == 0
    assert (await api("sendMessage", chat_id=resident.id, text="Hoi"))["text"] == "Hoi"


async def test_an_accepted_call_may_stay_without_answer(sandbox: Sandbox, api: Api, resident: Account) -> None:
    sandbox.faults.accept_then_drop("sendMessage")

    with pytest.raises(aiohttp.ClientError):
        await api("sendMessage", chat_id=resident.id, text="Hoi")

    assert [m["text"] for m in sandbox.world.messages[resident.id].values()] == ["/start", "Hoi"]


@pytest.mark.parametrize(
    ("order", "status", "description"),
    [
        (lambda faults: faults.error(500), 500, "Internal Server Error"),
        (lambda faults: faults.error(502), 502, "Bad Gateway"),
        (
            lambda faults: faults.error(403, description="Forbidden: user is deactivated"),
            403,
            "Forbidden: user is deactivated",
        ),
        (lambda faults: faults.flood(7), 429, "Too Many Requests: retry after 7"),
    ],
)
async def test_refusals_that_pass(
    sandbox: Sandbox,
    api: Api,
    resident: Account,
    order: Callable[[Faults], None],
    status: int,
    description: str,
) -> None:
    order(sandbox.faults)

    got, answer = await api.answer("sendMessage", chat_id=resident.id, text="Hoi")

    assert (got, answer["error_code"], answer["description"]) == (status, status, description)
    assert answer.get("parameters") == ({"retry_after": 7} if status == 429 else None)
    assert len(sandbox.world.messages[resident.id]) == 1
    await api("sendMessage", chat_id=resident.id, text="Hoi")


async def test_a_delay_goes_with_another_fault(sandbox: Sandbox, api: Api, resident: Account) -> None:
    sandbox.faults.delay(0.2)
    sandbox.faults.error(500)
    began = time.monotonic()

    assert (await api.refusal("getMe"))[0] == 500
    assert time.monotonic() - began >= 0.2


async def test_a_fault_holds_for_its_method_chat_and_number_of_calls(
    sandbox: Sandbox, api: Api, resident: Account
) -> None:
    other = sandbox.add_account(9, "Bram")
    sandbox.client.send_text(other.id, "/start")
    sandbox.faults.error(500, "sendMessage", times=2, chat_id=other.id)

    async def statuses(chat_id: int, times: int) -> list[int]:
        return [(await api.answer("sendMessage", chat_id=chat_id, text="Hoi"))[0] for _ in range(times)]

    assert (await api.answer("getMe"))[0] == 200
    assert await statuses(resident.id, 2) == [200, 200]
    assert await statuses(other.id, 3) == [500, 500, 200]


async def test_a_good_day_can_be_had_again(sandbox: Sandbox, api: Api, resident: Account) -> None:
    sandbox.faults.error(500, times=99)
    sandbox.faults.duplicate(99)

    sandbox.faults.clear()

    await api("getMe")
    sandbox.client.send_text(resident.id, "een")
    assert len(await api("getUpdates")) == 1


async def test_updates_come_twice_or_in_another_order(sandbox: Sandbox, api: Api, resident: Account) -> None:
    def texts(updates: list[dict[str, dict[str, str]]]) -> list[str]:
        return [update["message"]["text"] for update in updates]

    sandbox.client.send_text(resident.id, "een")
    sandbox.client.send_text(resident.id, "twee")

    sandbox.faults.duplicate()
    assert texts(await api("getUpdates")) == ["een", "een", "twee"]
    sandbox.faults.reorder()
    assert texts(await api("getUpdates")) == ["twee", "een"]
    sandbox.faults.duplicate(later=True)
    updates = await api("getUpdates")
    assert texts(updates) == ["een", "twee"]
    assert texts(await api("getUpdates", offset=updates[1]["update_id"] + 1)) == ["een"]
    assert await api("getUpdates") == []


async def test_above_the_rate_a_bot_must_wait(sandbox: Sandbox, api: Api, resident: Account) -> None:
    sandbox.rates.overall = 3

    statuses = [(await api.answer("sendMessage", chat_id=resident.id, text="Hoi"))[0] for _ in range(5)]
    _, answer = await api.answer("sendMessage", chat_id=resident.id, text="Hoi")

    assert statuses == [200, 200, 200, 429, 429]
    assert answer["parameters"] == {"retry_after": 1}
    assert (await api.answer("getMe"))[0] == 200
    await asyncio.sleep(1.05)
    assert (await api.answer("sendMessage", chat_id=resident.id, text="Hoi"))[0] == 200


async def test_a_chat_has_a_rate_of_its_own(sandbox: Sandbox, api: Api, resident: Account) -> None:
    other = sandbox.add_account(9, "Bram")
    sandbox.client.send_text(other.id, "/start")
    sandbox.rates.per_chat = 0.5

    first = await api.answer("sendMessage", chat_id=resident.id, text="Hoi")
    second = await api.answer("sendMessage", chat_id=resident.id, text="Hoi")
    elsewhere = await api.answer("sendMessage", chat_id=other.id, text="Hoi")

    assert (first[0], second[0], elsewhere[0]) == (200, 429, 200)
    assert second[1]["parameters"] == {"retry_after": 2}
