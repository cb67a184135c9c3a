"""What came of a row, written down."""

import math
from datetime import datetime, timedelta
from random import uniform

import structlog
from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.telegram.delivery import Flooded, Moved, NotArrived, Outcome, Refused, Sent, TopicGone, Uncertain, Unreachable
from storage.cards import Card, Subject
from storage.groups import QuestionTopic, TeamGroup, move_group
from storage.outbox import OutboxKind, OutboxMessage, OutboxStatus, Priority
from storage.people import Person

MOST_ATTEMPTS = {Priority.NOTICE: 750, Priority.BROADCAST: 10}
"""After so many failures it is given up: news after eight minutes, what is for somebody after a week; a reply never."""
MOST_REPEATS = 5
"""A personal message that may have arrived so often is not sent once more."""
REPLY_WAITS, OTHER_WAITS = (0.5, 30.0), (1.0, 900.0)
"""Seconds before the second try and, after doubling, at most."""

log = structlog.get_logger()


def wait_before(attempts: int, *, is_reply: bool) -> float:
    """Seconds until the next try after `attempts` failures, somewhat blurred."""
    first, longest = REPLY_WAITS if is_reply else OTHER_WAITS
    return min(longest, first * 2.0 ** min(attempts - 1, 20)) * uniform(0.75, 1.0)


async def write(session: AsyncSession, row: OutboxMessage, outcome: Outcome, *, began: datetime, at: datetime) -> None:
    """Change the row, and what depends on it, in the caller's transaction. `began`: when the call was made."""
    match outcome:
        case Sent():
            row.status, row.error, row.sent_at = OutboxStatus.SENT, None, at
            row.message_id = outcome.message_id
            if row.kind is OutboxKind.SEND:
                await _mark_card(session, row)
            if row.kind is OutboxKind.MAKE_TOPIC:
                await _mark_topic(session, row, row.payload["question"], row.message_id)
        case Refused():
            row.status, row.error = OutboxStatus.FAILED, outcome.reason
            if outcome.expected and row.kind is OutboxKind.EDIT and row.card_id is not None:
                await _retire_card(session, row.card_id)
            if row.kind is OutboxKind.MAKE_TOPIC:
                await _without_topics(session, row.chat_id)
        case Moved():
            await _follow(session, row, outcome.chat_id)
        case TopicGone():
            card = await session.get(Card, row.card_id) if row.card_id is not None else None
            if card is not None and card.subject == Subject.QUESTION:
                await _mark_topic(session, row, card.subject_id, None)
            row.payload = {key: value for key, value in row.payload.items() if key != "topic_id"}
            _again(row, outcome.parts_sent, at)
        case Unreachable():
            await _close_line(session, row, outcome.reason, began, at)
        case Flooded():
            row.error = "too many messages"
            _again(row, outcome.parts_sent, at + outcome.retry_after)
        case NotArrived():
            row.attempts += 1
            if row.attempts >= MOST_ATTEMPTS.get(Priority(row.priority), math.inf):
                row.status, row.error = OutboxStatus.FAILED, outcome.reason
            else:
                _try_later(row, outcome, at)
        case Uncertain():
            row.attempts += 1
            is_repeatable = row.priority < Priority.BROADCAST or row.kind is not OutboxKind.SEND
            if is_repeatable and row.attempts <= MOST_REPEATS:
                _try_later(row, outcome, at)
            else:
                row.status, row.error = OutboxStatus.UNKNOWN, outcome.reason
    session.add(row)


def _try_later(row: OutboxMessage, outcome: NotArrived | Uncertain, at: datetime) -> None:
    row.error = outcome.reason
    seconds = wait_before(row.attempts, is_reply=row.priority == Priority.REPLY)
    _again(row, outcome.parts_sent, at + timedelta(seconds=seconds))


def _again(row: OutboxMessage, parts_sent: int, not_before: datetime) -> None:
    row.status, row.not_before = OutboxStatus.WAITING, not_before
    if parts_sent:
        row.payload = row.payload | {"parts_sent": parts_sent}


async def _mark_card(session: AsyncSession, row: OutboxMessage) -> None:
    card = await session.get(Card, row.card_id) if row.card_id is not None else None
    if card is not None:
        card.message_id = row.message_id
        session.add(card)


async def _mark_topic(session: AsyncSession, row: OutboxMessage, question_id: int, topic_id: int | None) -> None:
    topic = await session.get(QuestionTopic, (question_id, row.chat_id))
    if topic is not None:
        topic.topic_id = topic_id
        session.add(topic)


async def _without_topics(session: AsyncSession, chat_id: int) -> None:
    """No forum, or no right: what is told there goes straight in the group until that has changed."""
    group = (await session.exec(select(TeamGroup).where(TeamGroup.chat_id == chat_id))).first()
    if group is not None:
        group.topics = False
        session.add(group)


async def _follow(session: AsyncSession, row: OutboxMessage, new_chat_id: int) -> None:
    """All that waits for the group goes to where it is now; what was to be changed in the old one can't be."""
    if row.chat_id != new_chat_id:  # else the group itself has told us meanwhile
        old = row.chat_id
        row.chat_id = new_chat_id
        await session.flush()
        await move_group(session, old, new_chat_id)
    if row.kind in (OutboxKind.SEND, OutboxKind.MAKE_TOPIC):
        row.status = OutboxStatus.WAITING
    else:
        row.status, row.error = OutboxStatus.FAILED, "the group has moved"


async def _retire_card(session: AsyncSession, card_id: int) -> None:
    card = await session.get(Card, card_id)
    if card is not None:
        card.live = False
        session.add(card)


async def _close_line(session: AsyncSession, row: OutboxMessage, reason: str, began: datetime, at: datetime) -> None:
    """Nothing more goes there, and the person is marked, unless they may have come back since the call began.

    Who comes back is greeted in the transaction that notes it, so then something waits that was written later. All is
    tried again in its order: if it bounces too, they are gone after all.
    """
    if row.person_id is not None:  # a return that is being written down is waited for
        await session.exec(select(Person.id).where(Person.id == row.person_id).with_for_update(key_share=True))
    whose = (
        col(OutboxMessage.chat_id) == row.chat_id
        if row.person_id is None
        else col(OutboxMessage.person_id) == row.person_id
    )
    others = (whose, col(OutboxMessage.status) == OutboxStatus.WAITING, col(OutboxMessage.id) != row.id)
    later = select(OutboxMessage.id).where(*others, col(OutboxMessage.created_at) > began).limit(1)
    if (await session.exec(later)).first() is not None:
        row.attempts, row.error = row.attempts + 1, reason
        _again(row, 0, at + timedelta(seconds=wait_before(row.attempts, is_reply=True)))
        return
    row.status, row.error = OutboxStatus.FAILED, reason
    await session.flush()
    await session.exec(
        update(OutboxMessage)
        .where(*others)
        .values(status=OutboxStatus.FAILED, error=reason)
        .execution_options(synchronize_session=False)
    )
    if row.person_id is not None:
        await session.exec(
            update(Person)
            .where(col(Person.id) == row.person_id, col(Person.blocked_at).is_(None))
            .values(blocked_at=at)
            .execution_options(synchronize_session=False)
        )
