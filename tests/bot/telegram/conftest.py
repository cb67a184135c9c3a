"""A sandbox, the bot on our own transport, and a house that writes down who came in and answers."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import Bot

from bot.sandbox import Account, Sandbox
from bot.telegram.request import Transport, make_bot
from bot.telegram.sender import Sender
from flows.talk.incoming import Incoming, Press, Text
from flows.talk.message import Message
from storage.broadcasts import Audience, Broadcast
from storage.database import Database
from storage.outbox import OutboxMessage, OutboxStatus, Priority
from storage.people import Person
from tests.bot.telegram.running import running

TOKEN = "123456:telegram-tests"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(token=TOKEN)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def transport() -> AsyncIterator[Transport]:
    transport = Transport(read_timeout=1)
    await transport.initialize()
    yield transport
    await transport.shutdown()


@pytest.fixture
async def bot(sandbox: Sandbox, transport: Transport) -> Bot:
    bot = make_bot(TOKEN, sandbox.url, transport)
    await bot.initialize()
    return bot


@pytest.fixture
def fatma(sandbox: Sandbox) -> Account:
    return started(sandbox, 5_000_000_001, "Fatma")


@pytest.fixture
def kees(sandbox: Sandbox) -> Account:
    return started(sandbox, 5_000_000_002, "Kees")


def started(sandbox: Sandbox, id: int, first_name: str) -> Account:
    """Somebody who has started the bot; nothing waits for it."""
    account = sandbox.add_account(id, first_name)
    sandbox.client.send_text(account.id, "/start")
    sandbox.world.updates.drop()
    return account


def heard(sandbox: Sandbox, account: Account) -> list[str]:
    """What the bot has said to somebody, in order."""
    mine = [m for m in sandbox.world.messages[account.id].values() if m["from"]["is_bot"]]
    return [str(message.get("text", message.get("caption", ""))) for message in mine]


async def arrived(sandbox: Sandbox) -> None:
    """Return once the calls have come in for which faults were ordered."""
    while sandbox.faults.orders:  # noqa: ASYNC110 - an order tells nobody that it is used
        await asyncio.sleep(0.01)


@dataclass(frozen=True)
class Toast:
    text: str
    alert: bool = False


@dataclass
class Recorder:
    """A reception that answers everybody with what they did, and fails when they write "kapot"."""

    received: list[Incoming] = field(default_factory=list)
    failures: int = 0

    async def receive(self, session: AsyncSession, incoming: Incoming, now: datetime) -> Toast | None:
        content = incoming.content
        said = content.text if isinstance(content, Text) else type(content).__name__
        session.add(reply(incoming.chat_id, f"gehoord: {said}"))
        await session.flush()
        if said.startswith("kapot"):
            self.failures += 1
            raise KeyError(said)
        self.received.append(incoming)
        return Toast("genoteerd") if isinstance(content, Press) else None

    async def apologise(self, session: AsyncSession, incoming: Incoming, now: datetime) -> None:
        session.add(reply(incoming.chat_id, "sorry"))


def reply(chat_id: int, text: str, **more: Any) -> OutboxMessage:
    """A row for somebody who looks at the screen."""
    return OutboxMessage(chat_id=chat_id, payload=Message(text=text).to_json(), priority=Priority.REPLY, **more)


def notice(chat_id: int, text: str, **more: Any) -> OutboxMessage:
    """A row for something that happened."""
    return OutboxMessage(chat_id=chat_id, payload=Message(text=text).to_json(), priority=Priority.NOTICE, **more)


@pytest.fixture
def reception() -> Recorder:
    return Recorder()


async def render(session: AsyncSession, row: OutboxMessage) -> Message:
    """The words of a broadcast, the same for everybody."""
    broadcast = await session.get(Broadcast, row.broadcast_id)
    assert broadcast is not None
    return Message(text=broadcast.text)


async def add(database: Database, *rows: OutboxMessage) -> list[int]:
    """Put rows in the outbox; their ids."""
    async with database.transaction() as session:
        for row in rows:  # one by one: their order is the order of the ids
            session.add(row)
            await session.flush()
    return [row.id for row in rows if row.id is not None]


async def add_broadcast(database: Database, text: str, chats: list[int]) -> list[int]:
    """A broadcast to these chats; the ids of its rows."""
    async with database.transaction() as session:
        author = Person(telegram_id=1, first_name="Carla")
        session.add(author)
        await session.flush()
        assert author.id is not None
        broadcast = Broadcast(author_id=author.id, text=text, audience=Audience.ALL, recipients=len(chats))
        session.add(broadcast)
        await session.flush()
        broadcast_id = broadcast.id
    rows = [OutboxMessage(chat_id=chat, priority=Priority.BROADCAST, broadcast_id=broadcast_id) for chat in chats]
    return await add(database, *rows)


async def outbox(database: Database) -> list[OutboxMessage]:
    """All rows, by id."""
    async with database.transaction() as session:
        return list(await session.exec(select(OutboxMessage).order_by("id")))


async def statuses(database: Database) -> list[OutboxStatus]:
    """How far each row is, by id."""
    return [row.status for row in await outbox(database)]


@pytest.fixture
async def sender(database: Database, bot: Bot) -> AsyncIterator[Sender]:
    """A sender at work."""
    sender = Sender(database, bot, render)
    async with running(sender):
        yield sender
