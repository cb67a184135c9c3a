"""Once an hour: delete what has served and what we promised (`/privacy`) not to keep; free the work of who is gone."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from flows.context import Context
from flows.initiatives.lifecycle.forgetting import forget_ended
from flows.moments.moment import forget_moments
from flows.people.handover import spread
from flows.people.presence import stayed_away
from flows.questions.clock.forgetting import forget_questions
from flows.questions.desk.mailing import KEPT, forget_mail
from flows.timers import on_time
from storage.cards import Card, Subject
from storage.conversations import Conversation
from storage.knowledge import ArticleSearch
from storage.outbox import OutboxMessage, OutboxStatus
from storage.timers import TimerKind
from storage.updates import FailedUpdate, SeenUpdate

UPDATES_KEPT = timedelta(days=7)
"""Telegram repeats an update for at most 24 hours (https://core.telegram.org/bots/api#getting-updates)."""
MONTH = timedelta(days=365.25 / 12)
AGAIN = timedelta(hours=1)
MESSAGES_KEPT = timedelta(days=30)
"""What was sent; until then it helps to find out what somebody saw."""


@on_time(TimerKind.HOUSEKEEPING)
async def tidy(context: Context, _subject: int) -> timedelta:
    """Do it all, by day, as it may bring work to people; gives when to do it again."""
    session = context.session
    limit = context.now - context.house.municipality.privacy.months_kept * MONTH
    await session.exec(delete(SeenUpdate).where(col(SeenUpdate.seen_at) < context.now - UPDATES_KEPT))
    await _delete_messages(session, context.now - MESSAGES_KEPT)
    await session.exec(delete(FailedUpdate).where(col(FailedUpdate.failed_at) < context.now - MESSAGES_KEPT))
    await session.exec(delete(Conversation).where(col(Conversation.updated_at) < limit))
    await forget_mail(session, context.now - KEPT)
    await forget_questions(session, limit)
    await forget_ended(session, limit)
    await session.exec(delete(ArticleSearch).where(col(ArticleSearch.at) < limit))
    await forget_moments(session, limit)
    await _delete_cards_of_questions_asked(session)
    await stayed_away(context)
    await spread(context)  # whatever happened, nothing waits where nobody looks
    return AGAIN


async def _delete_messages(session: AsyncSession, before: datetime) -> None:
    over = col(OutboxMessage.status).in_((OutboxStatus.SENT, OutboxStatus.FAILED, OutboxStatus.UNKNOWN))
    await session.exec(delete(OutboxMessage).where(over, col(OutboxMessage.created_at) < before))


async def _delete_cards_of_questions_asked(session: AsyncSession) -> None:
    """Cards that stood for a question on somebody's screen, once no message in the outbox needs them."""
    used = select(OutboxMessage.card_id).where(col(OutboxMessage.card_id).is_not(None))
    over = or_(col(Card.live).is_(False), col(Card.subject_id).not_in(select(Conversation.id)))
    await session.exec(delete(Card).where(col(Card.subject) == Subject.CONVERSATION, over, col(Card.id).not_in(used)))
