"""Which rows of the outbox go next: by priority, in order within a chat, one at a time in a chat."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.telegram.pace import Pace
from storage.outbox import OutboxMessage, Priority

WINDOW = 2000
"""So many waiting replies and notices are looked at in one round; more wait for the next."""
BATCH_TIME = 0.1
"""Seconds between two looks at the broadcasts."""
IS_WAITING = text("outbox.status = 'waiting'")
"""Literal, because neither database uses the index on waiting rows for a bound value."""


@dataclass(kw_only=True)
class Picked:
    """What goes now, and after how many seconds it is worth looking again."""

    personal: list[int] = field(default_factory=list)
    bulk: list[int] = field(default_factory=list)
    look_again: float = 1.0


async def pick(
    session: AsyncSession, pace: Pace, *, busy: Set[int], slots: int, bulk_slots: int, at: datetime
) -> Picked:
    """Choose at most `slots` rows, of which `bulk_slots` broadcasts, for chats that aren't `busy`."""
    picked = Picked()
    taken = await _pick_personal(session, pace, picked, busy | pace.paused_chats(), slots, at)
    room = min(slots - len(picked.personal), bulk_slots)
    await _pick_bulk(session, pace, picked, taken | pace.resting_chats(), room, at)
    return picked


async def _pick_personal(
    session: AsyncSession, pace: Pace, picked: Picked, skipped: Set[int], slots: int, at: datetime
) -> set[int]:
    query = (
        select(
            col(OutboxMessage.id),
            col(OutboxMessage.chat_id),
            col(OutboxMessage.priority),
            col(OutboxMessage.error).is_not(None),
            col(OutboxMessage.not_before),
        )
        .where(IS_WAITING, col(OutboxMessage.priority) < Priority.BROADCAST)
        .order_by(col(OutboxMessage.priority), col(OutboxMessage.id))
        .limit(WINDOW)
    )
    taken, resting = set(skipped), pace.resting_chats()
    room = pace.paced_room()
    for row_id, chat_id, priority, was_tried, not_before in await _rows(session, query):
        if chat_id in taken:
            continue
        if not_before is not None and not_before > at:
            picked.look_again = min(picked.look_again, (not_before - at).total_seconds())
            if was_tried:  # on its way but for a failure: the next ones in the chat don't overtake it
                taken.add(chat_id)
            continue
        taken.add(chat_id)
        if priority > Priority.REPLY:
            if room < 1 or chat_id in resting:
                picked.look_again = min(picked.look_again, pace.next_room())
                continue
            room -= 1
        if len(picked.personal) < slots:
            picked.personal.append(row_id)
    return taken


async def _pick_bulk(
    session: AsyncSession, pace: Pace, picked: Picked, skipped: Set[int], slots: int, at: datetime
) -> None:
    room = min(pace.bulk_room() - len(picked.personal), slots)
    if room < 1:
        picked.look_again = min(picked.look_again, max(pace.next_room(), BATCH_TIME))
        return
    query = (
        select(col(OutboxMessage.id), col(OutboxMessage.chat_id))
        .where(IS_WAITING, col(OutboxMessage.priority) >= Priority.BROADCAST, _is_due(at))
        .order_by(col(OutboxMessage.id))
        .limit(min(room + len(skipped), WINDOW))
    )
    taken = set(skipped)
    rows = await _rows(session, query)
    for row_id, chat_id in rows:
        if len(picked.bulk) >= room:
            break
        if chat_id not in taken:
            taken.add(chat_id)
            picked.bulk.append(row_id)
    if rows:
        picked.look_again = min(picked.look_again, max(pace.next_room(), BATCH_TIME))


async def _rows(session: AsyncSession, query: Select[*tuple[Any, ...]]) -> Sequence[Any]:
    # SQLModel's own select() has no types for five columns, nor for a nullable one.
    return (await session.exec(query)).all()  # type: ignore[call-overload, no-any-return]


def _is_due(at: datetime) -> ColumnElement[bool]:
    not_before = col(OutboxMessage.not_before)
    return or_(not_before.is_(None), not_before <= at)
