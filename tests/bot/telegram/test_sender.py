"""The outbox reaches people: in order, by priority, at a fitting speed, as the right calls."""

import asyncio
import time

import pytest
from telegram import Bot

from bot.sandbox import Account, Sandbox
from bot.telegram.sender import Sender
from flows.talk.message import Button, Message
from storage.cards import Card, Subject
from storage.database import Database
from storage.outbox import OutboxKind, OutboxMessage, OutboxStatus, Priority
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

SQLITE = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
"""For what takes its time, and is the same on every database."""


async def test_a_reply_goes_out_when_the_sender_is_woken(
    database: Database, sandbox: Sandbox, sender: Sender, fatma: Account
) -> None:
    await add(database, reply(fatma.id, "Hallo <b>Fatma</b>"))

    sender.wake()
    await sandbox.until(lambda: heard(sandbox, fatma))
    await sender.until_idle()

    assert heard(sandbox, fatma) == ["Hallo Fatma"]
    (row,) = await outbox(database)
    assert row.status is OutboxStatus.SENT
    assert row.message_id == max(sandbox.world.messages[fatma.id])
    assert row.sent_at is not None


@SQLITE
async def test_a_row_is_found_when_nobody_wakes_the_sender(
    database: Database, sandbox: Sandbox, sender: Sender, fatma: Account
) -> None:
    await asyncio.sleep(0.1)
    await add(database, reply(fatma.id, "Hallo"))

    async with asyncio.timeout(30):
        await sandbox.until(lambda: heard(sandbox, fatma))


async def test_one_chat_hears_everything_in_order(
    database: Database, sandbox: Sandbox, sender: Sender, fatma: Account, kees: Account
) -> None:
    rows = [reply(chat, f"{n}") for n in range(20) for chat in (fatma.id, kees.id)]
    await add(database, *rows)

    await sender.until_idle()

    assert heard(sandbox, fatma) == [f"{n}" for n in range(20)]
    assert heard(sandbox, kees) == [f"{n}" for n in range(20)]


async def test_a_reply_goes_before_a_notice_that_was_there_first(
    database: Database, bot: Bot, sandbox: Sandbox, fatma: Account
) -> None:
    await add(database, notice(fatma.id, "bericht"), reply(fatma.id, "antwoord"))

    sender = Sender(database, bot, render)
    async with running(sender):
        await sender.until_idle()

    assert heard(sandbox, fatma) == ["antwoord", "bericht"]


async def test_chats_go_side_by_side(
    database: Database, sandbox: Sandbox, sender: Sender, fatma: Account, kees: Account
) -> None:
    sandbox.faults.delay(0.5, "sendMessage", chat_id=fatma.id)
    await add(database, reply(fatma.id, "langzaam"), reply(kees.id, "snel"))

    began = time.monotonic()
    sender.wake()
    await sandbox.until(lambda: heard(sandbox, kees))

    assert time.monotonic() - began < 0.4
    assert heard(sandbox, fatma) == []


@SQLITE
async def test_a_reply_overtakes_a_broadcast_under_way(
    database: Database, bot: Bot, sandbox: Sandbox, fatma: Account
) -> None:
    people = [started(sandbox, 6_000_000_000 + n, "Inwoner") for n in range(40)]
    await add_broadcast(database, "nieuws", [person.id for person in people])
    sender = Sender(database, bot, render, broadcast_rate=20)

    async with running(sender):
        await sandbox.until(lambda: any(heard(sandbox, person) for person in people))
        await add(database, reply(fatma.id, "antwoord"))
        sender.wake()
        await sandbox.until(lambda: heard(sandbox, fatma))
        told = sum(bool(heard(sandbox, person)) for person in people)
        await sender.until_idle()

    assert told < 20
    assert all(heard(sandbox, person) == ["nieuws"] for person in people)


@SQLITE
async def test_a_broadcast_keeps_to_its_rate(database: Database, bot: Bot, sandbox: Sandbox) -> None:
    people = [started(sandbox, 6_000_000_000 + n, "Inwoner") for n in range(60)]
    await add_broadcast(database, "nieuws", [person.id for person in people])
    # Twice what the pace lets go at once: on a busy machine two such tenths of a second may arrive together.
    sandbox.rates.overall, sandbox.rates.overall_burst = 55, 20
    sender = Sender(database, bot, render, broadcast_rate=50)

    began = time.monotonic()
    async with running(sender):
        await sender.until_idle()
    took = time.monotonic() - began

    assert await statuses(database) == [OutboxStatus.SENT] * 60
    assert took > 1.0
    assert [call.status for call in sandbox.calls if call.status == 429] == []


@SQLITE
async def test_notices_in_one_chat_come_apart_and_replies_at_once(
    database: Database, bot: Bot, sandbox: Sandbox, fatma: Account, kees: Account
) -> None:
    await add(database, *[notice(fatma.id, f"{n}") for n in range(2)], *[reply(kees.id, f"{n}") for n in range(10)])
    # Three seconds here, because on a busy machine ten replies may take more than one.
    sender = Sender(database, bot, render, per_chat=3)

    began = time.monotonic()
    async with running(sender):
        await sandbox.until(lambda: len(heard(sandbox, kees)) == 10)
        noticed = heard(sandbox, fatma)
        await sender.until_idle()
        took = time.monotonic() - began

    assert noticed == ["0"]
    assert heard(sandbox, fatma) == ["0", "1"]
    assert took > 2.9


async def test_a_photo_goes_with_its_caption_and_buttons(
    database: Database, bot: Bot, sandbox: Sandbox, sender: Sender, fatma: Account
) -> None:
    photo = await known_photo(bot, fatma)
    message = Message(text="<i>Zo</i> ziet het eruit", photo=photo, buttons=((Button(label="Mooi", data="m"),),))
    await add(database, OutboxMessage(chat_id=fatma.id, payload=message.to_json()))

    await sender.until_idle()

    shown = list(sandbox.world.messages[fatma.id].values())[-1]
    assert shown["caption"] == "Zo ziet het eruit"
    assert shown["reply_markup"]["inline_keyboard"] == [[{"text": "Mooi", "callback_data": "m"}]]


async def test_a_photo_with_too_long_a_caption_goes_before_its_text(
    database: Database, bot: Bot, sandbox: Sandbox, sender: Sender, fatma: Account
) -> None:
    photo = await known_photo(bot, fatma)
    text = "woord " * 200
    await add(database, OutboxMessage(chat_id=fatma.id, payload=Message(text=text, photo=photo).to_json()))

    await sender.until_idle()

    first, second = list(sandbox.world.messages[fatma.id].values())[-2:]
    assert "photo" in first
    assert "caption" not in first
    assert second["text"] == text.strip()


async def test_a_location_goes_before_its_text(
    database: Database, sandbox: Sandbox, sender: Sender, fatma: Account
) -> None:
    await add(database, OutboxMessage(chat_id=fatma.id, payload=Message(text="Hier", location=(52.1, 5.1)).to_json()))

    await sender.until_idle()

    first, second = list(sandbox.world.messages[fatma.id].values())[-2:]
    assert first["location"]["latitude"] == pytest.approx(52.1)
    assert second["text"] == "Hier"


async def test_a_text_that_is_too_long_goes_in_pieces(
    database: Database, sandbox: Sandbox, sender: Sender, fatma: Account
) -> None:
    text = "\n".join(f"<b>regel {n}</b> van een lang verhaal" for n in range(400))
    await add(database, reply(fatma.id, text))

    await sender.until_idle()

    pieces = heard(sandbox, fatma)
    assert len(pieces) > 1
    assert "\n".join(pieces) == "\n".join(f"regel {n} van een lang verhaal" for n in range(400))


async def test_pieces_that_went_are_not_sent_again_after_a_failure(
    database: Database, sandbox: Sandbox, sender: Sender, fatma: Account
) -> None:
    sandbox.faults.error(502, "sendMessage")
    await add(database, OutboxMessage(chat_id=fatma.id, payload=Message(text="Hier", location=(52.1, 5.1)).to_json()))

    await sender.until_idle()

    kinds = ["location" in message for message in sandbox.world.messages[fatma.id].values()][-2:]
    assert kinds == [True, False]
    assert len([call for call in sandbox.calls if call.method == "sendLocation"]) == 1


async def test_a_card_is_remembered_and_edited(
    database: Database, sandbox: Sandbox, sender: Sender, fatma: Account
) -> None:
    card_id = await add_card(database, fatma)
    text = Message(text="open", buttons=((Button(label="Oppakken", data="c"),),))
    await add(
        database, OutboxMessage(chat_id=fatma.id, payload=text.to_json(), card_id=card_id, priority=Priority.NOTICE)
    )
    # An edit that overtakes the card itself waits for it.
    await add(
        database,
        OutboxMessage(
            chat_id=fatma.id, payload={"text": "opgepakt"}, card_id=card_id, kind=OutboxKind.EDIT, priority=0
        ),
    )

    await sender.until_idle()

    assert heard(sandbox, fatma) == ["opgepakt"]
    assert await statuses(database) == [OutboxStatus.SENT] * 2
    async with database.transaction() as session:
        card = await session.get(Card, card_id)
    assert card is not None
    assert card.message_id == max(sandbox.world.messages[fatma.id])


async def test_buttons_alone_are_replaced_and_a_message_deleted(
    database: Database, sandbox: Sandbox, sender: Sender, fatma: Account
) -> None:
    buttons = ((Button(label="Ja", data="j"),),)
    await add(database, OutboxMessage(chat_id=fatma.id, payload=Message(text="Zeker?", buttons=buttons).to_json()))
    await sender.until_idle()
    (row,) = await outbox(database)

    await add(database, OutboxMessage(chat_id=fatma.id, kind=OutboxKind.EDIT, payload={"message_id": row.message_id}))
    await sender.until_idle()
    assert row.message_id is not None
    assert "reply_markup" not in sandbox.world.messages[fatma.id][row.message_id]

    await add(database, OutboxMessage(chat_id=fatma.id, kind=OutboxKind.DELETE, payload={"message_id": row.message_id}))
    await sender.until_idle()
    assert heard(sandbox, fatma) == []
    assert await statuses(database) == [OutboxStatus.SENT] * 3


async def test_an_edit_that_changes_nothing_is_fine(
    database: Database, sandbox: Sandbox, sender: Sender, fatma: Account
) -> None:
    await add(database, reply(fatma.id, "zelfde"))
    await sender.until_idle()
    (row,) = await outbox(database)
    payload = {"text": "zelfde", "message_id": row.message_id}

    await add(database, OutboxMessage(chat_id=fatma.id, kind=OutboxKind.EDIT, payload=payload))
    await sender.until_idle()

    assert await statuses(database) == [OutboxStatus.SENT] * 2


async def test_a_card_whose_message_is_gone_is_live_no_more(
    database: Database, sandbox: Sandbox, sender: Sender, fatma: Account
) -> None:
    card_id = await add_card(database, fatma, message_id=99999)

    await add(
        database,
        OutboxMessage(chat_id=fatma.id, payload={"text": "x"}, card_id=card_id, kind=OutboxKind.EDIT),
    )
    await sender.until_idle()

    assert await statuses(database) == [OutboxStatus.FAILED]
    async with database.transaction() as session:
        card = await session.get(Card, card_id)
    assert card is not None
    assert not card.live


async def test_draining_finishes_what_is_on_its_way_and_starts_nothing_new(
    database: Database, bot: Bot, sandbox: Sandbox, fatma: Account
) -> None:
    sandbox.faults.delay(0.3, "sendMessage")
    await add(database, reply(fatma.id, "een"), reply(fatma.id, "twee"))
    sender = Sender(database, bot, render)
    task = asyncio.create_task(sender.run())
    await arrived(sandbox)

    await sender.drain()
    await task

    assert heard(sandbox, fatma) == ["een"]
    assert await statuses(database) == [OutboxStatus.SENT, OutboxStatus.WAITING]


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
async def test_two_senders_on_one_database_say_everything_once(
    database: Database, bot: Bot, sandbox: Sandbox, fatma: Account
) -> None:
    await add(database, *[reply(fatma.id, f"{n}") for n in range(10)])
    first, second = Sender(database, bot, render), Sender(database, bot, render)

    async with running(first), running(second):
        await first.until_idle()

    assert heard(sandbox, fatma) == [f"{n}" for n in range(10)]


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
async def test_another_sender_takes_over_when_the_first_stops(
    database: Database, bot: Bot, sandbox: Sandbox, fatma: Account
) -> None:
    first, second = Sender(database, bot, render), Sender(database, bot, render)
    async with running(second):
        async with running(first):
            await add(database, reply(fatma.id, "een"))
            await first.until_idle()
        await add(database, reply(fatma.id, "twee"))
        async with asyncio.timeout(30):
            await second.until_idle()

    assert heard(sandbox, fatma) == ["een", "twee"]


async def known_photo(bot: Bot, account: Account) -> str:
    """A picture Telegram has seen before."""
    from tests.bot.sandbox.pictures import png

    message = await bot.send_photo(account.id, png(4, 4))
    return message.photo[-1].file_id


async def add_card(database: Database, account: Account, message_id: int | None = None) -> int:
    async with database.transaction() as session:
        person = Person(telegram_id=account.id, first_name=account.first_name)
        session.add(person)
        await session.flush()
        assert person.id is not None
        card = Card(
            subject=Subject.QUESTION, subject_id=1, person_id=person.id, chat_id=account.id, message_id=message_id
        )
        session.add(card)
        await session.flush()
        assert card.id is not None
        return card.id
