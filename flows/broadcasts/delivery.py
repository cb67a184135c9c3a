"""The copies of an update, how each looks, and how far it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import insert, literal
from sqlalchemy import select as sql_select
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from flows.broadcasts.audience import belongs
from flows.context import Around, Context, House
from flows.doors import act, replies_to
from flows.questions.asking.ask import offer
from flows.talk.answers import Surroundings
from flows.talk.incoming import Content, Location, Photo, Text, Voice
from flows.talk.message import Message
from flows.timers import on_time
from storage.broadcasts import Broadcast
from storage.cards import Card, Subject
from storage.columns import now
from storage.outbox import OutboxKind, OutboxMessage, OutboxStatus, Priority
from storage.people import Person
from storage.timers import Timer, TimerKind

LOOK_AGAIN = timedelta(seconds=3)
"""Between two looks at how far it is."""


def message_for(around: Surroundings, text: str, photo: str | None) -> Message:
    """The update as a resident sees it, with the quiet way to stop them."""
    stop = act(around.plain("broadcast.buttons.stop"), "stop-updates")
    words = around.text("broadcast.copy", municipality=around.municipality.name, text=text)
    return Message(text=words, photo=photo, buttons=((stop,),))


async def render_copy(house: House, session: AsyncSession, row: OutboxMessage) -> Message:
    """A copy in the outbox as the message it stands for, in the language of who gets it."""
    broadcast = await session.get_one(Broadcast, row.broadcast_id)
    person = await session.get_one(Person, row.person_id)
    return message_for(house.around(house.language_of(person), now()), broadcast.text, broadcast.photo)


async def copies(context: Context, broadcast: Broadcast) -> None:
    """Put a copy for everybody in the outbox, in one statement."""
    outbox: Any = OutboxMessage.__table__  # type: ignore[attr-defined]
    same = {
        "priority": int(Priority.BROADCAST),
        "kind": OutboxKind.SEND,
        "payload": {},
        "broadcast_id": broadcast.id,
        "status": OutboxStatus.WAITING,
        "attempts": 0,
        "created_at": context.now,
    }
    people = (
        sql_select(
            col(Person.telegram_id),
            col(Person.id),
            *(literal(value, outbox.c[name].type) for name, value in same.items()),
        )
        .where(*belongs(broadcast.audience, broadcast.audience_code))
        .order_by(col(Person.id))
    )
    await context.session.exec(insert(OutboxMessage).from_select(["chat_id", "person_id", *same], people))


async def watch(context: Context, broadcast: Broadcast) -> None:
    """Look in a moment how far it is."""
    context.session.add(
        Timer(
            kind=TimerKind.BROADCAST_PROGRESS,
            subject_id=broadcast.id or 0,
            due_at=context.now + LOOK_AGAIN,
        )
    )


@on_time(TimerKind.BROADCAST_PROGRESS, at_any_hour=True)
async def show_progress(context: Context, broadcast_id: int) -> timedelta | None:
    """Bring the author's card up to date; gives when to look again, None once all copies have gone."""
    broadcast = await context.session.get_one(Broadcast, broadcast_id)
    query = select(OutboxMessage.status, func.count()).where(OutboxMessage.broadcast_id == broadcast_id)
    counts = dict((await context.session.exec(query.group_by(col(OutboxMessage.status)))).all())
    before = (broadcast.sent, broadcast.failed, broadcast.unknown)
    broadcast.sent = counts.get(OutboxStatus.SENT, 0)
    broadcast.failed = counts.get(OutboxStatus.FAILED, 0)
    broadcast.unknown = counts.get(OutboxStatus.UNKNOWN, 0)
    waiting = counts.get(OutboxStatus.WAITING, 0) + counts.get(OutboxStatus.SENDING, 0)
    if waiting == 0:
        broadcast.finished_at = context.now
    context.session.add(broadcast)
    if before != (broadcast.sent, broadcast.failed, broadcast.unknown) or waiting == 0:
        for card in await context.cards(Subject.BROADCAST, broadcast_id):
            author = await context.session.get_one(Person, card.person_id)
            await context.edit_card(card, progress_message(context.around_for(author), broadcast, waiting=waiting))
    return LOOK_AGAIN if waiting else None


def progress_message(around: Around, broadcast: Broadcast, *, waiting: int) -> Message:
    """How far it is, or how it ended."""
    done = broadcast.recipients - waiting
    tenths = done * 10 // broadcast.recipients if broadcast.recipients else 10
    return Message(
        text=around.text(
            "broadcast.progress" if waiting else "broadcast.finished",
            bar="▰" * tenths + "▱" * (10 - tenths),
            done=done,
            recipients=broadcast.recipients,
            sent=broadcast.sent,
            failed=broadcast.failed,
            unknown=broadcast.unknown,
        )
    )


@replies_to(Subject.BROADCAST)
async def on_reply(context: Context, card: Card, content: Content) -> None:
    """Words under a progress card are words like any other."""
    if isinstance(content, Text | Photo | Voice | Location):
        await offer(context, content)
    else:
        await context.say("common.unsupported")
