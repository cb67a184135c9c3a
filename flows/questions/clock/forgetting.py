"""Questions of long ago are deleted, with all that refers to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from flows.questions.desk.mailing import forget_mail_about
from storage.cards import Card, Subject
from storage.conversations import Conversation
from storage.groups import QuestionTopic
from storage.outbox import OutboxMessage
from storage.questions import DONE, AnswerDraft, Question, QuestionMessage, ThinkingAlong
from storage.timers import Timer, TimerKind


async def forget_questions(session: AsyncSession, before: datetime) -> int:
    """Delete questions that wait for nobody and in which nothing was said since `before`; gives how many."""
    last = (
        select(QuestionMessage.question_id)
        .group_by(col(QuestionMessage.question_id))
        .having(func.max(QuestionMessage.created_at) < before)
    )
    done = col(Question.status).in_(DONE)
    chosen = select(Question.id).where(done, col(Question.id).in_(last)).with_for_update(skip_locked=True)
    old = list((await session.exec(chosen)).all())
    if not old:
        return 0
    for journal in (await session.exec(select(Conversation))).all():
        if journal.answers.get("question", {}).get("value") in old:
            await session.delete(journal)
    await session.flush()
    # Others that came from one, or went along with one, stay.
    await session.exec(update(Question).where(col(Question.linked_id).in_(old)).values(linked_id=None))
    await session.exec(update(Question).where(col(Question.merged_into_id).in_(old)).values(merged_into_id=None))
    for table in (AnswerDraft, ThinkingAlong, QuestionTopic, QuestionMessage):
        await session.exec(delete(table).where(col(table.question_id).in_(old)))
    await forget_mail_about(session, old)
    await session.exec(delete(Timer).where(col(Timer.kind) == TimerKind.QUESTION, col(Timer.subject_id).in_(old)))
    cards = select(Card.id).where(Card.subject == Subject.QUESTION, col(Card.subject_id).in_(old))
    await session.exec(delete(OutboxMessage).where(col(OutboxMessage.card_id).in_(cards)))
    await session.exec(delete(Card).where(col(Card.id).in_(cards)))
    await session.exec(delete(Question).where(col(Question.id).in_(old)))
    return len(old)
