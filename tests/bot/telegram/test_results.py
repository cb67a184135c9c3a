"""What is written down of a try."""

from datetime import UTC, datetime

import pytest

from bot.telegram.delivery import NotArrived
from bot.telegram.results import write
from storage.database import Database
from storage.outbox import OutboxKind, OutboxMessage, OutboxStatus, Priority
from tests.bot.telegram.test_sender import SQLITE

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@SQLITE
@pytest.mark.parametrize(
    ("priority", "attempts", "status"),
    [
        (Priority.REPLY, 10_000, OutboxStatus.WAITING),
        (Priority.NOTICE, 10, OutboxStatus.WAITING),  # Telegram is away for some minutes
        (Priority.NOTICE, 750, OutboxStatus.FAILED),
        (Priority.BROADCAST, 9, OutboxStatus.WAITING),
        (Priority.BROADCAST, 10, OutboxStatus.FAILED),
    ],
)
async def test_what_is_for_one_person_is_tried_far_longer_than_news(
    database: Database, priority: Priority, attempts: int, status: OutboxStatus
) -> None:
    row = OutboxMessage(chat_id=1, priority=priority, kind=OutboxKind.SEND, payload={}, attempts=attempts - 1)
    async with database.transaction() as session:
        session.add(row)
        await session.flush()

        await write(session, row, NotArrived(reason="Bad Gateway", parts_sent=0), began=AT, at=AT)

        assert row.status is status
