"""Who was asked to think along with a question."""

from __future__ import annotations

from sqlmodel import col, select

from flows.context import Context
from storage.people import Person, RoleGrant
from storage.questions import Question, ThinkingAlong


async def thinkers(context: Context, question: Question) -> list[Person]:
    """Who was asked to think along, in the order of asking."""
    query = (
        select(Person)
        .join(ThinkingAlong, col(ThinkingAlong.person_id) == col(Person.id))
        .where(ThinkingAlong.question_id == question.id, col(Person.blocked_at).is_(None))
        .where(col(Person.id).in_(select(RoleGrant.person_id)))  # who left reads nothing more
        .order_by(col(ThinkingAlong.created_at), col(Person.id))
    )
    return list((await context.session.exec(query)).all())
