"""Work changes hands: somebody leaves or joins, and no question or initiative is left where nobody looks."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import col, select

from flows.context import Context
from flows.initiatives import cards as initiative_cards
from flows.initiatives.guide import appoint
from flows.questions import cards as question_cards
from storage.initiatives import Initiative
from storage.people import Person
from storage.questions import Question, QuestionStatus


async def hand_back(context: Context, person: Person) -> None:
    """Give back all that `person` had taken: questions to the team, initiatives to another guide."""
    session = context.session
    questions = select(Question).where(
        Question.assignee_id == person.id, col(Question.status).in_((QuestionStatus.CLAIMED, QuestionStatus.ANSWERED))
    )
    for question in (await session.exec(questions.with_for_update())).all():
        question.assignee_id = None
        if question.status == QuestionStatus.CLAIMED:
            question.status = QuestionStatus.OPEN
        session.add(question)
        await session.flush()
        await question_cards.refresh(context, question)
    guided = select(Initiative).where(Initiative.guide_id == person.id).with_for_update()
    for initiative in (await session.exec(guided)).all():
        initiative.guide_id = None
        await appoint(context, initiative, not_again=person)


async def spread(context: Context, team_codes: Iterable[str]) -> None:
    """Show the open work of these teams to whoever looks after them now, and no longer to others."""
    session = context.session
    codes = list(team_codes)
    questions = select(Question).where(
        col(Question.team_code).in_(codes), col(Question.status).in_((QuestionStatus.OPEN, QuestionStatus.CLAIMED))
    )
    for question in (await session.exec(questions.order_by(col(Question.id)).with_for_update())).all():
        await question_cards.refresh(context, question)
    initiatives = select(Initiative).where(col(Initiative.team_code).in_(codes)).order_by(col(Initiative.id))
    for initiative in (await session.exec(initiatives.with_for_update())).all():
        if initiative.guide_id is None:
            await appoint(context, initiative)
        else:
            await initiative_cards.refresh(context, initiative)
