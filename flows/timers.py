"""What has to happen at a time, done when it is time."""

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


def on_time(kind: TimerKind) -> Callable[[Handler], Handler]:
    """Register what happens when a timer of that kind is due; the handler gets its subject's number."""

    def register(handler: Handler) -> Handler:
        _HANDLERS[kind] = handler
        return handler

    return register


def is_handled(kind: TimerKind) -> bool:
    """Whether somebody registered for it (the tests ask for all)."""
    return kind in _HANDLERS


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
    """Do all that is due, each in a transaction of its own; gives how many were done."""
    done = 0
    while await _run_one(database, house, now):
        done += 1
    return done


async def _run_one(database: Database, house: House, now: datetime) -> bool:
    query = select(Timer).where(col(Timer.due_at) <= now).order_by(col(Timer.due_at)).limit(1)
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
