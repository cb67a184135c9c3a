"""Once an hour: delete what has served and what we promised (`/privacy`) not to keep; free the work of who is gone."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from flows.context import Context
from flows.initiatives.lifecycle.forgetting import forget_ended
from flows.moments.moment import forget_moments
from flows.people.handover import spread
from flows.people.presence import stayed_away
from flows.questions.mailing import KEPT, forget_mail, forget_mail_about
from flows.timers import on_time
from storage.cards import Card, Subject
from storage.conversations import Conversation
from storage.knowledge import ArticleSearch
from storage.outbox import OutboxMessage, OutboxStatus
from storage.questions import Question, QuestionMessage, QuestionStatus
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
    await _delete_questions(session, limit)
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


async def _delete_questions(session: AsyncSession, before: datetime) -> None:
    """Questions that wait for nobody and in which nothing was said since `before`."""
    last = (
        select(QuestionMessage.question_id)
        .group_by(col(QuestionMessage.question_id))
        .having(func.max(QuestionMessage.created_at) < before)
    )
    done = col(Question.status).in_((QuestionStatus.ANSWERED, QuestionStatus.CLOSED))
    chosen = select(Question.id).where(done, col(Question.id).in_(last)).with_for_update(skip_locked=True)
    old = list((await session.exec(chosen)).all())
    if not old:
        return
    for journal in (await session.exec(select(Conversation))).all():
        if journal.answers.get("question", {}).get("value") in old:
            await session.delete(journal)
    await session.flush()
    cards = select(Card.id).where(Card.subject == Subject.QUESTION, col(Card.subject_id).in_(old))
    await session.exec(delete(OutboxMessage).where(col(OutboxMessage.card_id).in_(cards)))
    await session.exec(delete(Card).where(col(Card.id).in_(cards)))
    await forget_mail_about(session, old)
    await session.exec(delete(QuestionMessage).where(col(QuestionMessage.question_id).in_(old)))
    await session.exec(delete(Question).where(col(Question.id).in_(old)))


async def _delete_cards_of_questions_asked(session: AsyncSession) -> None:
    """Cards that stood for a question on somebody's screen, once no message in the outbox needs them."""
    used = select(OutboxMessage.card_id).where(col(OutboxMessage.card_id).is_not(None))
    over = or_(col(Card.live).is_(False), col(Card.subject_id).not_in(select(Conversation.id)))
    await session.exec(delete(Card).where(col(Card.subject) == Subject.CONVERSATION, over, col(Card.id).not_in(used)))
