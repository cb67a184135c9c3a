"""A message bounces in the very second in which somebody comes back: whichever is written down first."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.telegram.delivery import Unreachable
from bot.telegram.results import write
from flows.reception import Reception
from flows.talk.incoming import Blocked, Incoming
from storage.database import Database
from storage.outbox import BLOCKED, OutboxMessage, OutboxStatus, Priority
from storage.people import Person
from tests.bot.telegram.conftest import outbox
from tests.flows.talk.chat import opened
from tests.flows.talk.play import NOW, house

SANNE = 5_000_000_001
SECOND = timedelta(seconds=1)
BACK = NOW + timedelta(hours=1)
WAITING, FAILED = OutboxStatus.WAITING, OutboxStatus.FAILED


@pytest.fixture
async def written(database: Database) -> OutboxMessage:
    """A notice for Sanne, who has blocked the bot, as we know."""
    await opened(database, house())
    async with database.transaction() as session:
        person = Person(telegram_id=SANNE, first_name="Sanne", blocked_at=NOW, welcomed_at=NOW)
        session.add(person)
        await session.flush()
        row = OutboxMessage(
            chat_id=SANNE,
            person_id=person.id,
            priority=Priority.NOTICE,
            payload={"text": "Het antwoord"},
            created_at=NOW,
        )
        session.add(row)
    return row


async def comes_back(database: Database) -> None:
    """Sanne takes it back."""
    back = Incoming(
        chat_id=SANNE, telegram_id=SANNE, first_name="Sanne", language_hint="nl", content=Blocked(blocked=False)
    )
    async with database.transaction() as session:
        await Reception(house=house()).receive(session, back, BACK)


async def bounces(database: Database, row: OutboxMessage, began: datetime) -> None:
    """Telegram says that a call that was made then can't reach her."""
    async with database.transaction() as session:
        here = await session.get_one(OutboxMessage, row.id)
        await write(session, here, Unreachable(reason=BLOCKED), began=began, at=BACK + SECOND * 5)


async def now(database: Database) -> tuple[bool, list[OutboxStatus]]:
    """Whether she is marked, and how her messages are: the notice, then the greeting."""
    async with database.transaction() as session:
        person = await session.get_one(Person, 1)
    return person.blocked_at is not None, [row.status for row in await outbox(database)]


async def test_a_call_from_before_the_return_does_not_mark_who_is_back(
    database: Database, written: OutboxMessage
) -> None:
    await comes_back(database)
    await bounces(database, written, BACK - SECOND)

    assert await now(database) == (False, [WAITING, WAITING])
    notice, _ = await outbox(database)
    assert notice.not_before is not None
    assert notice.not_before > BACK


async def test_a_call_that_bounced_before_the_return_is_made_again_after_it(
    database: Database, written: OutboxMessage
) -> None:
    await bounces(database, written, BACK - SECOND)
    assert await now(database) == (True, [FAILED])
    await comes_back(database)

    assert await now(database) == (False, [WAITING, WAITING])


async def test_a_call_from_after_the_return_marks_who_went_away_again(
    database: Database, written: OutboxMessage
) -> None:
    await comes_back(database)
    await bounces(database, written, BACK + SECOND)

    assert await now(database) == (True, [FAILED, FAILED])
