"""The questions that go along with another, and get its answer."""

from __future__ import annotations

from sqlmodel import col, select

from flows.context import Context
from storage.questions import Question, QuestionStatus


async def along_with(context: Context, question: Question, *, lock: bool = False) -> list[Question]:
    """Those that go along with it, oldest first. `lock`: to change them in this transaction."""
    query = select(Question).where(Question.merged_into_id == question.id, Question.status == QuestionStatus.MERGED)
    query = query.order_by(col(Question.id))
    return list((await context.session.exec(query.with_for_update() if lock else query)).all())
