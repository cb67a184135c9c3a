"""Somebody is called otherwise from now on, also where their name stands already."""

from __future__ import annotations

from sqlmodel import case, col, or_, select

from flows.context import Context
from flows.questions.desk import cards
from storage.cards import Card, Subject
from storage.people import Person
from storage.questions import Question, QuestionMessage, QuestionStatus


async def call(context: Context, person: Person, name: str) -> None:
    """Under answers stands this name; the cards of questions that name them follow at once."""
    person.display_name = name
    context.session.add(person)
    await context.session.flush()
    said = select(QuestionMessage.question_id).where(QuestionMessage.author_id == person.id)
    theirs = or_(Question.assignee_id == person.id, Question.handed_by_id == person.id, col(Question.id).in_(said))
    # What goes along with another question stands on the card of that one; what went along once has its own again.
    goes_along = col(Question.status) == QuestionStatus.MERGED
    naming = select(case((goes_along, col(Question.merged_into_id)), else_=col(Question.id))).where(theirs)
    shown = select(Card.subject_id).where(Card.subject == Subject.QUESTION, col(Card.live))
    query = select(Question).where(col(Question.id).in_(naming), col(Question.id).in_(shown)).order_by(col(Question.id))
    for question in (await context.session.exec(query.with_for_update())).all():
        await cards.refresh(context, question)
