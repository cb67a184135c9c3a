"""Rows of the outbox made ready to go: a broadcast gets its words, an edit the message it is about."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.telegram.delivery import Parcel
from bot.telegram.sent_log import name_of
from bot.telegram.trouble import describe
from flows.talk.message import Message
from storage.cards import Card, Subject
from storage.groups import QuestionTopic
from storage.outbox import OutboxKind, OutboxMessage, OutboxStatus, Priority

AFTER_ITS_CARD = timedelta(seconds=0.3)
"""How long an edit that overtook the card itself waits for it."""

log = structlog.get_logger()

RenderBroadcast = Callable[[AsyncSession, OutboxMessage], Awaitable[Message]]
"""The words of a broadcast for the person the row is for."""

IsSilent = Callable[[AsyncSession, OutboxMessage, datetime], Awaitable[bool]]
"""Whether what the row sends at that moment arrives without a sound."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """A row on its way."""

    row_id: int
    row_name: str
    """As the log of what was sent calls it."""
    chat_id: int
    priority: int
    attempts: int
    parcel: Parcel

    @property
    def is_bulk(self) -> bool:
        """Whether it is one of a broadcast."""
        return self.priority >= Priority.BROADCAST


async def rings(session: AsyncSession, row: OutboxMessage, at: datetime) -> bool:
    """Nothing is silent."""
    return False


async def prepare(
    session: AsyncSession, ids: list[int], render: RenderBroadcast, is_silent: IsSilent = rings, *, at: datetime
) -> list[Job]:
    """The rows as jobs, in this order; broadcasts are marked as being sent. What can't go now is left out."""
    if not ids:
        return []
    rows = await session.exec(select(OutboxMessage).where(col(OutboxMessage.id).in_(ids)))
    by_id = {row.id: row for row in rows}
    jobs = [await _job(session, by_id[row_id], render, is_silent, at) for row_id in ids if row_id in by_id]
    return [job for job in jobs if job is not None]


async def _job(
    session: AsyncSession, row: OutboxMessage, render: RenderBroadcast, is_silent: IsSilent, at: datetime
) -> Job | None:
    assert row.id is not None
    message_id = row.payload.get("message_id")
    if row.card_id is not None and row.kind is not OutboxKind.SEND:
        message_id = await _message_of(session, row.card_id)
        if message_id is None and await _is_card_on_its_way(session, row.card_id):
            row.not_before = at + AFTER_ITS_CARD
            return None
    payload = row.payload
    if row.broadcast_id is not None:
        try:
            payload = payload | (await render(session, row)).to_json()
        except Exception as exc:
            row.status, row.error = OutboxStatus.FAILED, describe(exc)
            log.error("a broadcast can't be put into words", row=row.id, reason=row.error)
            return None
    if row.priority >= Priority.BROADCAST:
        row.status = OutboxStatus.SENDING
    return Job(
        row_id=row.id,
        row_name=name_of(row.id, row.created_at),
        chat_id=row.chat_id,
        priority=row.priority,
        attempts=row.attempts,
        parcel=Parcel(
            chat_id=row.chat_id,
            kind=row.kind,
            payload=payload,
            message_id=message_id,
            topic_id=await _topic_of(session, row),
            silent=row.kind is OutboxKind.SEND and await is_silent(session, row, at),
            parts_sent=row.payload.get("parts_sent", 0),
            reply_to=await _message_of(session, row.payload.get("replies_to")),
        ),
    )


async def _message_of(session: AsyncSession, card_id: int | None) -> int | None:
    card = await session.get(Card, card_id) if card_id is not None else None
    return None if card is None else card.message_id


async def _topic_of(session: AsyncSession, row: OutboxMessage) -> int | None:
    """The topic of the question a row is about, once it is made; or the one in which somebody is answered."""
    if row.chat_id >= 0:  # a private chat
        return None
    question_id = row.payload.get("question")
    if row.card_id is not None:
        card = await session.get_one(Card, row.card_id)
        question_id = card.subject_id if card.subject == Subject.QUESTION else None
    if question_id is None:
        given: int | None = row.payload.get("topic_id")
        return given
    topic = await session.get(QuestionTopic, (question_id, row.chat_id))
    return None if topic is None else topic.topic_id


async def _is_card_on_its_way(session: AsyncSession, card_id: int) -> bool:
    query = select(OutboxMessage.id).where(
        OutboxMessage.card_id == card_id,
        OutboxMessage.kind == OutboxKind.SEND,
        col(OutboxMessage.status).in_([OutboxStatus.WAITING, OutboxStatus.SENDING]),
    )
    return (await session.exec(query.limit(1))).first() is not None
