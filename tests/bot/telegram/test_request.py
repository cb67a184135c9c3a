"""The wire: what went wrong, and whether the request may have arrived."""

import asyncio
import socket
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, TimedOut

from bot.sandbox import Account, Sandbox
from bot.telegram.request import FloodError, MaybeArrived, ServerError, Transport, make_bot
from tests.bot.sandbox.pictures import png
from tests.bot.telegram.conftest import TOKEN


async def test_text_and_files_arrive(bot: Bot, sandbox: Sandbox, fatma: Account) -> None:
    said = await bot.send_message(fatma.id, "Één & <twee>")
    shown = await bot.send_photo(fatma.id, png(4, 4), caption="plaatje")

    assert said.text == "Één & <twee>"
    assert shown.photo[-1].width == 4
    assert await (await bot.get_file(shown.photo[-1].file_id)).download_as_bytearray() == png(4, 4)


async def test_nobody_listens(transport: Transport) -> None:
    with socket.socket() as taken:  # bound but not listening: refused, and nobody else gets the port
        taken.bind(("127.0.0.1", 0))
        bot = make_bot(TOKEN, f"http://127.0.0.1:{taken.getsockname()[1]}", transport)

        with pytest.raises(NetworkError) as caught:
            await bot.get_me()

    assert not isinstance(caught.value, MaybeArrived)
    assert "telegram-tests" not in str(caught.value)
    assert caught.value.__cause__ is None


async def test_no_such_host(transport: Transport) -> None:
    bot = make_bot(TOKEN, "http://nergens.invalid", transport)

    with pytest.raises(NetworkError) as caught:
        await bot.get_me()

    assert not isinstance(caught.value, MaybeArrived)


async def test_the_connection_breaks_after_sending(bot: Bot, sandbox: Sandbox, fatma: Account) -> None:
    sandbox.faults.accept_then_drop("sendMessage")

    with pytest.raises(MaybeArrived):
        await bot.send_message(fatma.id, "hallo")


async def test_no_answer_in_time(bot: Bot, sandbox: Sandbox, fatma: Account) -> None:
    sandbox.faults.delay(1, "sendMessage")

    with pytest.raises(MaybeArrived) as caught:
        await bot.send_message(fatma.id, "hallo", read_timeout=0.1)

    assert isinstance(caught.value, TimedOut)


async def test_a_call_may_be_given_more_time_than_the_default(bot: Bot, sandbox: Sandbox, fatma: Account) -> None:
    sandbox.faults.delay(1.2, "sendMessage")  # the default in these tests is one second

    assert await bot.send_message(fatma.id, "hallo", read_timeout=5)


async def test_no_connection_in_time_means_nothing_arrived(sandbox: Sandbox, fatma: Account) -> None:
    sandbox.faults.delay(0.4, "getMe")
    async with Transport(connections=1, connect_timeout=0.05) as narrow:
        bot = make_bot(TOKEN, sandbox.url, narrow)
        first = asyncio.create_task(bot.get_me())  # holds the only connection
        await asyncio.sleep(0.1)

        with pytest.raises(TimedOut) as caught:
            await bot.send_message(fatma.id, "hallo")

        await first
    assert not isinstance(caught.value, MaybeArrived)
    assert "sendMessage" not in [call.method for call in sandbox.calls]


async def test_too_much_tells_how_long_to_wait(bot: Bot, sandbox: Sandbox, fatma: Account) -> None:
    sandbox.faults.flood(7, "sendMessage")

    with pytest.raises(FloodError) as caught:
        await bot.send_message(fatma.id, "hallo")

    assert caught.value.retry_after == timedelta(seconds=7)


@pytest.mark.parametrize("status", [500, 502])
async def test_telegram_is_out_of_order(bot: Bot, sandbox: Sandbox, fatma: Account, status: int) -> None:
    sandbox.faults.error(status, "sendMessage")

    with pytest.raises(ServerError) as caught:
        await bot.send_message(fatma.id, "hallo")

    assert not isinstance(caught.value, MaybeArrived)


async def test_refusals_stay_ptbs(bot: Bot, sandbox: Sandbox, fatma: Account, transport: Transport) -> None:
    with pytest.raises(BadRequest):
        await bot.send_message(fatma.id, "<b>", parse_mode="HTML")
    sandbox.client.block(fatma.id, True)
    with pytest.raises(Forbidden):
        await bot.send_message(fatma.id, "hallo")
    await bot.set_webhook("https://example.org/x")
    with pytest.raises(Conflict):
        await bot.get_updates()
    with pytest.raises(InvalidToken):
        await make_bot("123456:wrong", sandbox.url, transport).get_me()


async def test_opening_and_closing_twice_is_fine(sandbox: Sandbox) -> None:
    transport = Transport()
    with pytest.raises(RuntimeError, match="initialize"):
        await transport.do_request(sandbox.url, "GET")
    await transport.initialize()
    await transport.initialize()
    await transport.shutdown()
    await transport.shutdown()
    await transport.initialize()
    status, _ = await transport.do_request(f"{sandbox.url}/client/state", "GET")
    await transport.shutdown()

    assert status == 200
