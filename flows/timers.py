"""What has to happen at a time, done when it is time: what speaks to people unasked waits for the quiet hours' end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from flows.context import Context, House
from storage.database import Database
from storage.timers import Timer, TimerKind

log = structlog.get_logger()

Again = timedelta | None
"""After how long the same timer is due again; None: it is done."""


Handler = Callable[[Context, int], Awaitable[Again]]

_HANDLERS: dict[TimerKind, Handler] = {}
_AT_ANY_HOUR: set[TimerKind] = set()


def on_time(kind: TimerKind, *, at_any_hour: bool = False) -> Callable[[Handler], Handler]:
    """Register what happens when a timer of that kind is due; the handler gets its subject's number.

    What is due in the quiet hours waits until they are over, whenever it was planned for and however long the bot was
    away: who registers needn't think of it, and counts from the moment at which it happens. `at_any_hour`: it sends
    nobody anything they aren't waiting for, so it needn't wait.
    """

    def register(handler: Handler) -> Handler:
        _HANDLERS[kind] = handler
        if at_any_hour:
            _AT_ANY_HOUR.add(kind)
        return handler

    return register


def handled() -> dict[TimerKind, bool]:
    """What somebody registered for, and whether it waits in the quiet hours (the tests ask for all)."""
    return {kind: kind not in _AT_ANY_HOUR for kind in _HANDLERS}


async def plan(session: AsyncSession, kind: TimerKind, subject_id: int, due_at: datetime) -> None:
    """Have it happen at `due_at`; what was planned of that kind for the subject moves there."""
    query = select(Timer).where(Timer.kind == kind, Timer.subject_id == subject_id)
    timer = (await session.exec(query)).first() or Timer(kind=kind, subject_id=subject_id, due_at=due_at)
    timer.due_at, timer.attempts = due_at, 0
    session.add(timer)
    await session.flush()


async def unplan(session: AsyncSession, kind: TimerKind, subject_id: int) -> None:
    """It needn't happen any more."""
    await session.exec(delete(Timer).where(col(Timer.kind) == kind, col(Timer.subject_id) == subject_id))


async def run_due(database: Database, house: House, now: datetime) -> int:
    """Do all that is due and needn't wait, each in a transaction of its own; gives how many were done."""
    done = 0
    while await _run_one(database, house, now):
        done += 1
    return done


async def _run_one(database: Database, house: House, now: datetime) -> bool:
    query = select(Timer).where(col(Timer.due_at) <= now).order_by(col(Timer.due_at)).limit(1)
    if house.municipality.is_quiet(now):
        query = query.where(col(Timer.kind).in_(_AT_ANY_HOUR))
    timer_id = attempts = 0
    kind: TimerKind | None = None
    try:
        async with database.transaction() as session:
            timer = (await session.exec(query.with_for_update(skip_locked=True))).first()
            if timer is None:
                return False
            timer_id, attempts, kind = timer.id or 0, timer.attempts, timer.kind
            context = Context(house=house, session=session, now=now, actor=None)
            again = await _HANDLERS[timer.kind](context, timer.subject_id)
            if again is None:
                await session.delete(timer)
            else:
                timer.due_at, timer.attempts = now + again, 0
                session.add(timer)
    except Exception as exc:
        if kind is None:
            raise
        log.error("a timer failed; it is tried again later", kind=kind, error=type(exc).__name__, attempts=attempts + 1)
        async with database.transaction() as session:
            failed = await session.get(Timer, timer_id)
            if failed is not None:
                failed.attempts += 1
                failed.due_at = now + timedelta(minutes=min(2**failed.attempts, 60))
                session.add(failed)
    return True
