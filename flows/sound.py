"""Whether a message makes a sound. Nothing is held back for the night: it comes at once, but wakes nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from flows.context import House
from storage.outbox import OutboxMessage, Priority

AT_HAND = timedelta(minutes=15)
"""So long after they did something with the bot, somebody still has their phone in their hand."""


async def is_silent(house: House, session: AsyncSession, row: OutboxMessage, at: datetime) -> bool:
    """Whether a row of the outbox, sent `at` that moment, arrives without a sound.

    In the quiet hours all does but answers to who does something now, and what is for one person who did so a moment
    ago: they are talking with each other. A group is never one person, and an update to many is no talk.
    """
    if row.priority == Priority.REPLY or not house.municipality.is_quiet(at):
        return False
    if row.priority == Priority.BROADCAST or row.person_id is None:
        return True
    # Whatever somebody does is answered, so the answers tell when they did something.
    answers = select(OutboxMessage.id).where(
        OutboxMessage.person_id == row.person_id,
        OutboxMessage.priority == Priority.REPLY,
        col(OutboxMessage.created_at) > at - AT_HAND,
    )
    return (await session.exec(answers.limit(1))).first() is None
