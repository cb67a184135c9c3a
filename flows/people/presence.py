"""Somebody blocks the bot, or returns."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update
from sqlmodel import col

from flows.context import Context
from flows.people.handover import hand_back, spread
from storage.outbox import BLOCKED, OutboxKind, OutboxMessage, OutboxStatus, Priority

MISSED = timedelta(days=30)
"""How far back what was missed is still sent."""


async def went_away(context: Context) -> None:
    """They blocked the bot: mark it, and give their open work back, for nobody looks at it now."""
    person = context.me
    if person.blocked_at is not None:
        return
    person.blocked_at = context.now
    context.session.add(person)
    await context.session.flush()
    await hand_back(context, person)
    await spread(context)


async def came_back(context: Context) -> None:
    """They are here again: nothing they had was lost."""
    person = context.me
    person.blocked_at = None
    context.session.add(person)
    await context.session.flush()
    await context.say("welcome.back", name=person.first_name)
    await _send_what_was_missed(context)
    await spread(context)


async def _send_what_was_missed(context: Context) -> None:
    """Answers and notices that bounced are sent now; updates are not, they are old news."""
    await context.session.exec(
        update(OutboxMessage)
        .where(
            col(OutboxMessage.person_id) == context.me.id,
            col(OutboxMessage.status) == OutboxStatus.FAILED,
            col(OutboxMessage.error) == BLOCKED,
            col(OutboxMessage.kind) == OutboxKind.SEND,
            col(OutboxMessage.priority) < int(Priority.BROADCAST),
            col(OutboxMessage.created_at) > context.now - MISSED,
        )
        .values(status=OutboxStatus.WAITING, error=None, attempts=0, not_before=None)
    )
