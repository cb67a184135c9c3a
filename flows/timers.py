"""What has to happen at a time, done when it is time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog
from sqlmodel import col, select

from flows.broadcasts.delivery import show_progress
from flows.context import Context, House
from flows.housekeeping import tidy
from flows.talk.dialogue import REMIND_AFTER
from flows.talk.message import Message
from flows.talk.replay import find
from flows.talk.screen import go_on_or_not, title_of
from storage.conversations import Conversation as Journal
from storage.conversations import ConversationStatus
from storage.database import Database
from storage.people import Person
from storage.timers import Timer, TimerKind

log = structlog.get_logger()

Again = timedelta | None
"""After how long the same timer is due again; None: it is done."""


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
            again = await HANDLERS[timer.kind](context, timer.subject_id)
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


async def remind(context: Context, journal_id: int) -> Again:
    """One friendly question about a conversation that lies; never a second."""
    journal = await context.session.get(Journal, journal_id, with_for_update=True)
    if journal is None or journal.reminded or journal.status == ConversationStatus.BROKEN:
        return None
    if (lies := context.now - journal.updated_at) < REMIND_AFTER:
        return REMIND_AFTER - lies
    person = await context.session.get_one(Person, journal.person_id)
    if person.blocked_at is not None or find(journal.name) is None:
        return None
    journal.reminded = True
    context.session.add(journal)
    around = context.around_for(person)
    text = around.text("talk.reminder", title=title_of(journal.name, around))
    await context.send(person, Message(text=text, buttons=go_on_or_not(journal_id, around)))
    return None


HANDLERS: dict[TimerKind, Callable[[Context, int], Awaitable[Again]]] = {
    TimerKind.DRAFT_REMINDER: remind,
    TimerKind.BROADCAST_PROGRESS: show_progress,
    TimerKind.HOUSEKEEPING: tidy,
}
