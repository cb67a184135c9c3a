"""Bad days: nothing personal gets lost, no broadcast comes twice, and one chat's trouble stays its own."""

import asyncio
import time
from collections.abc import Callable
from functools import partial
from random import Random

import pytest
from sqlalchemy import delete
from sqlmodel import select
from structlog.testing import capture_logs
from telegram import Bot

from bot.sandbox import Account, Sandbox
from bot.telegram.sender import Sender
from storage.database import Database
from storage.leases import Lease
from storage.outbox import BLOCKED, DELETED, OutboxMessage, OutboxStatus
from storage.people import Person
from tests.bot.telegram.conftest import (
    add,
    add_broadcast,
    arrived,
    heard,
    notice,
    outbox,
    render,
    reply,
    started,
    statuses,
)
from tests.bot.telegram.running import running
from tests.bot.telegram.test_sender import SQLITE


@SQLITE
async def test_what_surely_did_not_arrive_is_sent_again(
    database: Database, sandbox: Sandbox, sender: Sender, fatma: Account
) -> None:
    sandbox.faults.error(500, "sendMessage", chat_id=fatma.id)
    await add(database, reply(fatma.id, "een"), reply(fatma.id, "twee"))

    await sender.until_idle()

    assert heard(sandbox, fatma) == ["een", "twee"]
    first, second = await outbox(database)
    assert (first.status, first.attempts, first.error) == (OutboxStatus.SENT, 1, None)
    assert second.attempts == 0


@SQLITE
@pytest.mark.parametrize("how", ["drop", "accept_then_drop"])
async def test_a_reply_that_may_have_arrived_is_sent_again(
    database: Database, sandbox: Sandbox, sender: Sender, fatma: Account, how: str
) -> None:
    getattr(sandbox.faults, how)("sendMessage")
    await add(database, reply(fatma.id, "antwoord"))

    await sender.until_idle()

    assert heard(sandbox, fatma) == ["antwoord"] * (2 if how == "accept_then_drop" else 1)
    assert await statuses(database) == [OutboxStatus.SENT]


@SQLITE
async def test_an_answer_that_takes_too_long_counts_as_may_have_arrived(
    database: Database, sandbox: Sandbox, sender: Sender, fatma: Account
) -> None:
    sandbox.faults.delay(1.5, "sendMessage")  # our patience in these tests is one second
    await add_broadcast(database, "nieuws", [fatma.id])

    await sender.until_idle()

    assert await statuses(database) == [OutboxStatus.UNKNOWN]


async def test_a_broadcast_that_may_have_arrived_is_unknown_and_never_sent_twice(
    database: Database, sandbox: Sandbox, sender: Sender, fatma: Account, kees: Account
) -> None:
    sandbox.faults.accept_then_drop("sendMessage", chat_id=fatma.id)
    await add_broadcast(database, "nieuws", [fatma.id, kees.id])

    await sender.until_idle()

    assert heard(sandbox, fatma) == ["nieuws"]
    assert heard(sandbox, kees) == ["nieuws"]
    assert await statuses(database) == [OutboxStatus.UNKNOWN, OutboxStatus.SENT]


@SQLITE
async def test_a_broadcast_that_surely_did_not_arrive_is_sent_again(
    database: Database, sandbox: Sandbox, sender: Sender, fatma: Account
) -> None:
    sandbox.faults.error(502, "sendMessage")
    await add_broadcast(database, "nieuws", [fatma.id])

    await sender.until_idle()

    assert heard(sandbox, fatma) == ["nieuws"]
    assert await statuses(database) == [OutboxStatus.SENT]


@SQLITE
async def test_a_chat_that_is_told_to_wait_does_not_hold_up_the_others(
    database: Database, sandbox: Sandbox, sender: Sender, fatma: Account, kees: Account
) -> None:
    sandbox.faults.flood(3, "sendMessage", chat_id=fatma.id)
    await add(database, *[reply(chat, f"{n}") for n in range(5) for chat in (fatma.id, kees.id)])

    began = time.monotonic()
    sender.wake()
    await sandbox.until(lambda: len(heard(sandbox, kees)) == 5)
    kees_took = time.monotonic() - began
    assert heard(sandbox, fatma) == []
    await sender.until_idle()

    assert kees_took < 2.9
    assert time.monotonic() - began > 3
    assert heard(sandbox, fatma) == [f"{n}" for n in range(5)]
    calls = [call for call in sandbox.calls if str(call.parameters.get("chat_id")) == str(fatma.id)]
    assert [call.status for call in calls] == [429, *[200] * 5]


@pytest.mark.parametrize("why", [BLOCKED, DELETED])
async def test_somebody_who_blocked_the_bot_or_is_gone_is_marked_and_gets_nothing_more(
    database: Database, sandbox: Sandbox, sender: Sender, fatma: Account, kees: Account, why: str
) -> None:
    async with database.transaction() as session:
        person = Person(telegram_id=fatma.id, first_name="Fatma")
        session.add(person)
    if why == BLOCKED:
        sandbox.client.block(fatma.id, True)
    else:
        sandbox.faults.error(403, "sendMessage", description="Forbidden: user is deactivated", chat_id=fatma.id)
    await add(
        database,
        reply(fatma.id, "een", person_id=person.id),
        notice(fatma.id, "twee", person_id=person.id),
        reply(kees.id, "drie"),
    )

    await sender.until_idle()

    assert await statuses(database) == [OutboxStatus.FAILED, OutboxStatus.FAILED, OutboxStatus.SENT]
    async with database.transaction() as session:
        marked = await session.get_one(Person, person.id)
        rows = await session.exec(select(OutboxMessage).where(OutboxMessage.person_id == person.id))
    assert marked.blocked_at is not None
    assert [row.error for row in rows] == [why, why]
    assert len([call for call in sandbox.calls if str(call.parameters.get("chat_id")) == str(fatma.id)]) == 1


@SQLITE
async def test_a_text_telegram_refuses_fails_once_without_quoting_it_and_the_next_one_goes(
    database: Database, sandbox: Sandbox, sender: Sender, fatma: Account
) -> None:
    with capture_logs() as logs:
        await add(database, reply(fatma.id, "<geheim>x"), reply(fatma.id, "goed"))
        await sender.until_idle()

    assert heard(sandbox, fatma) == ["goed"]
    refused, _ = await outbox(database)
    assert refused.status is OutboxStatus.FAILED
    assert "an't parse entities" in (refused.error or "")
    assert "geheim" not in str(refused.error) + str(logs)
    assert [line["log_level"] for line in logs] == ["error"]


@SQLITE
async def test_a_row_nobody_can_read_fails_and_the_next_one_goes(
    database: Database, sandbox: Sandbox, sender: Sender, fatma: Account
) -> None:
    broken = reply(fatma.id, "x")
    broken.payload = {"buttons": 3}
    await add(database, broken, reply(fatma.id, "goed"))

    await sender.until_idle()

    assert heard(sandbox, fatma) == ["goed"]
    assert await statuses(database) == [OutboxStatus.FAILED, OutboxStatus.SENT]


async def test_broadcast_rows_a_crash_left_half_way_are_unknown(
    database: Database, bot: Bot, sandbox: Sandbox, fatma: Account, kees: Account
) -> None:
    ids = await add_broadcast(database, "nieuws", [fatma.id, kees.id])
    sandbox.faults.delay(2, "sendMessage", chat_id=fatma.id)
    first = Sender(database, bot, render)
    crashing = asyncio.create_task(first.run())
    await arrived(sandbox)
    while await statuses(database) != [OutboxStatus.SENDING, OutboxStatus.SENT]:  # noqa: ASYNC110 - a row tells nobody
        await asyncio.sleep(0.01)
    crashing.cancel()  # as a kill does: what is on its way has no one to write its end down
    await asyncio.wait([crashing])
    async with database.transaction() as session:
        await session.exec(delete(Lease))  # it would lapse in time; don't wait for it here
    assert await statuses(database) == [OutboxStatus.SENDING, OutboxStatus.SENT]

    async with running(sender := Sender(database, bot, render)):
        await sender.until_idle()

    assert [row.id for row in await outbox(database) if row.status is OutboxStatus.UNKNOWN] == ids[:1]
    assert len(heard(sandbox, fatma)) <= 1
    assert heard(sandbox, kees) == ["nieuws"]


@SQLITE
async def test_a_bad_line_is_tried_by_one_broadcast_at_a_time(
    database: Database, sandbox: Sandbox, sender: Sender
) -> None:
    people = [started(sandbox, 6_000_000_000 + n, "Inwoner") for n in range(10)]
    sandbox.faults.error(502, "sendMessage", times=4)
    await add_broadcast(database, "nieuws", [person.id for person in people])

    await sender.until_idle()

    assert await statuses(database) == [OutboxStatus.SENT] * 10
    assert max(row.attempts for row in await outbox(database)) <= 2


@SQLITE
async def test_replies_wait_until_telegram_is_back(database: Database, bot: Bot, sandbox: Sandbox) -> None:
    fatma = started(sandbox, 5_000_000_001, "Fatma")
    sandbox.faults.drop(times=2)
    await add(database, reply(fatma.id, "een"), reply(fatma.id, "twee"))

    async with running(sender := Sender(database, bot, render)):
        await sender.until_idle()

    assert heard(sandbox, fatma) == ["een", "twee"]


async def test_order_holds_over_a_restart_while_a_chat_must_wait(
    database: Database, bot: Bot, sandbox: Sandbox, fatma: Account
) -> None:
    sandbox.faults.flood(1, "sendMessage")
    await add(database, reply(fatma.id, "een"), reply(fatma.id, "twee"))
    async with running(Sender(database, bot, render)):
        await sandbox.until(lambda: any(call.status == 429 for call in sandbox.calls))

    async with running(sender := Sender(database, bot, render)):
        await sender.until_idle()

    assert heard(sandbox, fatma) == ["een", "twee"]


@SQLITE
async def test_on_any_bad_day_everybody_hears_every_reply_in_order_and_news_at_most_once(
    database: Database, bot: Bot, sandbox: Sandbox
) -> None:
    luck = Random(7)
    people = [started(sandbox, 6_000_000_000 + n, "Inwoner") for n in range(10)]
    faults = sandbox.faults
    bad_things: list[Callable[..., None]] = [faults.drop, faults.accept_then_drop]
    bad_things += [partial(faults.error, 502), partial(faults.flood, 1)]
    for _ in range(12):
        luck.choice(bad_things)("sendMessage", chat_id=luck.choice(people).id)
    await add_broadcast(database, "nieuws", [person.id for person in people])

    for part in range(2):  # with a restart in between
        async with running(sender := Sender(database, bot, render)):
            for n in range(4 * part, 4 * part + 4):
                await add(database, *[reply(person.id, f"{n}") for person in people])
                sender.wake()
                await asyncio.sleep(luck.random() / 10)
            if part:
                await sender.until_idle()

    for person in people:
        said = heard(sandbox, person)
        assert said.count("nieuws") <= 1
        assert list(dict.fromkeys(text for text in said if text != "nieuws")) == [f"{n}" for n in range(8)]
    assert OutboxStatus.FAILED not in await statuses(database)
