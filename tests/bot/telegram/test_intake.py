"""Updates come in whole, once and in order; what fails is kept and said, what can't be kept is not acknowledged."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select
from structlog.testing import capture_logs
from telegram import Bot

from bot.sandbox import Account, Sandbox
from bot.telegram.errors import OutageError, TokenError
from bot.telegram.intake import Intake
from bot.telegram.polling import Polling
from bot.telegram.request import Transport, make_bot
from bot.telegram.sender import Sender
from flows.talk.incoming import Blocked, Edited, Text
from storage.database import Database
from storage.updates import FailedUpdate, SeenUpdate
from tests.bot.telegram.conftest import Recorder, heard, outbox
from tests.bot.telegram.running import polled
from tests.bot.telegram.test_sender import SQLITE


@pytest.fixture
def intake(database: Database, bot: Bot, reception: Recorder, sender: Sender) -> Intake:
    return Intake(database, bot, reception, wake=sender.wake)


@pytest.fixture
async def polling(intake: Intake, bot: Bot, transport: Transport) -> AsyncIterator[Polling]:
    """Polling at work."""
    polling = Polling(intake, bot, transport, hold=1)
    async with polled(polling):
        yield polling


async def all_in(sandbox: Sandbox) -> None:
    """Return once every update is acknowledged."""
    async with asyncio.timeout(30):
        await sandbox.until(lambda: not sandbox.world.updates.pending)


async def texts_of(reception: Recorder) -> list[str]:
    return [one.content.text for one in reception.received if isinstance(one.content, Text)]


async def test_what_somebody_writes_is_answered(
    sandbox: Sandbox, polling: Polling, fatma: Account, reception: Recorder
) -> None:
    sandbox.client.send_text(fatma.id, "hallo")

    async with asyncio.timeout(30):
        await sandbox.until(lambda: heard(sandbox, fatma) == ["gehoord: hallo"])

    (incoming,) = reception.received
    assert (incoming.chat_id, incoming.telegram_id, incoming.first_name) == (fatma.id, fatma.id, "Fatma")


async def test_one_person_is_heard_in_order_however_the_updates_come(
    sandbox: Sandbox, polling: Polling, fatma: Account, reception: Recorder
) -> None:
    sandbox.faults.reorder(3)
    sandbox.faults.duplicate(5)
    sandbox.faults.duplicate(2, later=True)
    for n in range(20):
        sandbox.client.send_text(fatma.id, f"{n}")

    await all_in(sandbox)
    await asyncio.sleep(1.2)  # the late duplicates come with the next, empty, answer

    assert await texts_of(reception) == [f"{n}" for n in range(20)]


async def test_a_repeat_is_acknowledged_and_does_nothing(
    database: Database, intake: Intake, fatma: Account, reception: Recorder
) -> None:
    update = message(fatma, 7, "hallo")

    await intake.handle(update)
    await intake.handle(update)

    assert await texts_of(reception) == ["hallo"]
    assert len(await outbox(database)) == 1


async def test_an_update_is_not_acknowledged_before_its_commit(
    database: Database, sandbox: Sandbox, polling: Polling, fatma: Account
) -> None:
    async with busy(database):
        sandbox.client.send_text(fatma.id, "hallo")
        await asyncio.sleep(0.3)
        assert len(sandbox.world.updates.pending) == 1

    await all_in(sandbox)


async def test_a_press_is_always_answered_also_when_it_comes_twice(
    sandbox: Sandbox, polling: Polling, bot: Bot, intake: Intake, fatma: Account, reception: Recorder
) -> None:
    said = await bot.send_message(fatma.id, "knop")
    sandbox.faults.duplicate()
    query_id = sandbox.client.press(fatma.id, said.message_id, "x")

    await all_in(sandbox)
    await intake.drain()

    answers = [call for call in sandbox.calls if call.method == "answerCallbackQuery"]
    assert [answer.parameters["callback_query_id"] for answer in answers] == [query_id] * 2
    assert answers[0].parameters["text"] == "genoteerd"
    assert len(reception.received) == 1


async def test_what_keeps_failing_is_kept_apologised_for_and_followed_by_the_next(
    database: Database, sandbox: Sandbox, polling: Polling, fatma: Account, reception: Recorder
) -> None:
    with capture_logs() as logs:
        sandbox.client.send_text(fatma.id, "kapot geheim, bel 06 12345678")
        sandbox.client.send_text(fatma.id, "heel")
        async with asyncio.timeout(30):
            await sandbox.until(lambda: heard(sandbox, fatma) == ["sorry", "gehoord: heel"])

    assert reception.failures == 3
    async with database.transaction() as session:
        (failed,) = await session.exec(select(FailedUpdate))
        seen = (await session.exec(select(SeenUpdate.update_id))).all()
    assert failed.payload["message"]["text"] == "kapot geheim, bel [phone]"
    assert failed.payload["message"]["from"].keys().isdisjoint({"last_name", "username"})
    assert failed.attempts == 3
    assert failed.error.startswith("KeyError at bot/telegram/intake.py:")
    assert failed.update_id in seen
    assert "geheim" not in str(logs)
    assert {line["log_level"] for line in logs} == {"warning", "error"}


async def test_an_update_telegram_made_wrong_is_kept_too(database: Database, intake: Intake, fatma: Account) -> None:
    await intake.handle({"update_id": 8, "message": {"chat": {"id": fatma.id, "type": "private"}, "text": "x"}})

    async with database.transaction() as session:
        (failed,) = await session.exec(select(FailedUpdate))
    assert failed.update_id == 8
    assert "updates.py" in failed.error


async def test_characters_no_database_keeps_are_left_out(
    database: Database, intake: Intake, fatma: Account, reception: Recorder
) -> None:
    await intake.handle(message(fatma, 9, "a\x00b\ud800c"))
    await intake.handle(message(fatma, 10, "kapot\x00"))

    assert await texts_of(reception) == ["abc"]
    async with database.transaction() as session:
        (failed,) = await session.exec(select(FailedUpdate))
    assert failed.payload["message"]["text"] == "kapot"


async def test_draining_waits_for_what_is_being_carried_out(
    database: Database, intake: Intake, fatma: Account, reception: Recorder
) -> None:
    async with busy(database):
        handling = asyncio.create_task(intake.handle(message(fatma, 12, "hallo")))
        draining = asyncio.create_task(intake.drain())
        await asyncio.sleep(0.1)
        assert not draining.done()

    await draining
    await handling
    assert await texts_of(reception) == ["hallo"]


async def test_kinds_and_fields_that_do_not_exist_yet_hurt_nobody(
    sandbox: Sandbox, polling: Polling, fatma: Account, reception: Recorder
) -> None:
    sandbox.client.queue_update({"telepathy": {"from": fatma.user(), "thought": "hm"}})
    odd = message(fatma, 0, "hallo")["message"]
    sandbox.client.queue_update({"message": {**odd, "aura": {"colour": 3}}, "mood": "good"})

    await all_in(sandbox)

    assert await texts_of(reception) == ["hallo"]


async def test_blocking_coming_back_and_editing_are_told(
    sandbox: Sandbox, polling: Polling, fatma: Account, reception: Recorder
) -> None:
    said = sandbox.client.send_text(fatma.id, "hallo")
    await all_in(sandbox)
    sandbox.client.edit(fatma.id, said["message_id"], "dag")
    await all_in(sandbox)
    sandbox.client.block(fatma.id, True)
    await all_in(sandbox)
    sandbox.client.block(fatma.id, False)
    await all_in(sandbox)

    assert [one.content for one in reception.received[1:]] == [
        Edited(message_id=said["message_id"], text="dag"),
        Blocked(blocked=True),
        Blocked(blocked=False),
    ]


async def test_updates_wait_while_the_database_is_away(
    database: Database, sandbox: Sandbox, intake: Intake, polling: Polling, fatma: Account, reception: Recorder
) -> None:
    async with away(database):
        with pytest.raises(OutageError):
            await intake.handle(message(fatma, 11, "uit"))
        sandbox.client.send_text(fatma.id, "hallo")
        await asyncio.sleep(0.5)
        assert len(sandbox.world.updates.pending) == 1
        assert reception.received == []

    await all_in(sandbox)
    assert await texts_of(reception) == ["hallo"]
    async with asyncio.timeout(30):
        await sandbox.until(lambda: heard(sandbox, fatma) == ["gehoord: hallo"])
    async with database.transaction() as session:
        assert (await session.exec(select(FailedUpdate))).all() == []


@SQLITE
async def test_bad_days_of_telegram_are_waited_out(
    sandbox: Sandbox, polling: Polling, fatma: Account, reception: Recorder
) -> None:
    sandbox.faults.drop("getUpdates")
    sandbox.faults.error(502, "getUpdates")
    sandbox.faults.flood(1, "getUpdates")
    sandbox.client.send_text(fatma.id, "hallo")

    await all_in(sandbox)

    assert await texts_of(reception) == ["hallo"]


@SQLITE
async def test_a_webhook_of_before_is_taken_away(sandbox: Sandbox, intake: Intake, bot: Bot, fatma: Account) -> None:
    await bot.set_webhook("https://example.org/old")
    transport = Transport()
    await transport.initialize()
    async with polled(Polling(intake, bot, transport, hold=1)):
        sandbox.client.send_text(fatma.id, "hallo")
        await all_in(sandbox)
    await transport.shutdown()

    assert (await bot.get_webhook_info()).url == ""
    (call,) = [call for call in sandbox.calls if call.method == "deleteWebhook"]
    assert not call.parameters.get("drop_pending_updates")


@SQLITE
async def test_a_second_process_with_the_same_token_is_told_of(
    sandbox: Sandbox, polling: Polling, intake: Intake, bot: Bot, transport: Transport
) -> None:
    with capture_logs() as logs:
        stop = asyncio.Event()
        second = asyncio.create_task(Polling(intake, bot, transport, hold=1).run(stop))
        while not any("another process" in line["event"] for line in logs):  # noqa: ASYNC110 - a log tells nobody
            await asyncio.sleep(0.01)
        stop.set()
        await second

    conflicts = [line for line in logs if "another process" in line["event"]]
    assert len(conflicts) == 1


@SQLITE
async def test_a_wrong_token_ends_it_with_what_to_do(
    database: Database, sandbox: Sandbox, bot: Bot, transport: Transport, reception: Recorder
) -> None:
    wrong = make_bot("123456:wrong", sandbox.url, transport)
    intake = Intake(database, bot, reception, wake=lambda: None)

    with pytest.raises(TokenError, match="BotFather"):
        await Polling(intake, wrong, transport).run(asyncio.Event())


def message(account: Account, update_id: int, said: str) -> dict[str, Any]:
    """An update as Telegram makes it."""
    return {
        "update_id": update_id,
        "message": {
            "message_id": 1000 + update_id,
            "date": 1_760_000_000,
            "chat": account.chat(),
            "from": account.user(),
            "text": said,
        },
    }


@asynccontextmanager
async def busy(database: Database) -> AsyncIterator[None]:
    """Somebody else writes for a while: our own transactions wait."""
    async with database.transaction() as session:
        if not database.is_sqlite:
            await session.exec(text("LOCK TABLE seen_updates"))  # type: ignore[call-overload]
        yield


@asynccontextmanager
async def away(database: Database) -> AsyncIterator[None]:
    """The database can't be reached for a while: its file isn't one, or its server lets nobody in."""
    if database.file is not None:
        hidden = database.file.with_suffix(".hidden")
        moved = [(Path(f"{database.file}{tail}"), Path(f"{hidden}{tail}")) for tail in ("", "-wal", "-shm")]
        async with database.engine.connect() as connection:  # the only one: nobody else is at work now
            await connection.invalidate()
            for file, aside in moved:
                if file.exists():
                    file.rename(aside)
            database.file.mkdir()
        try:
            yield
        finally:
            database.file.rmdir()
            for file, aside in moved:
                if aside.exists():
                    aside.rename(file)
        return
    name = database.url.database
    server = Database(database.url.set(database="postgres").render_as_string(hide_password=False))
    async with server.engine.connect() as connection:
        admin = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await admin.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
        await admin.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"))
        try:
            yield
        finally:
            await admin.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"))
    await server.close()
