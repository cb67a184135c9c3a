"""Somebody is away: the questions they have are somebody's who is here, or the team's."""

from __future__ import annotations

from sqlmodel import col, select

from flows.context import Context
from flows.doors import act
from flows.people.away import here_instead
from flows.people.names import name_of
from flows.questions.keeping import hand_on, save
from flows.questions.relations import may_have
from flows.talk.message import Message
from storage.people import Person
from storage.questions import HELD, Question

SHOWN = 10
"""Questions with a button of their own in one message."""


async def cover_questions(context: Context, person: Person) -> None:
    """What `person` has goes to who replaces them, or who replaces that one; else back to the team.

    Who gets questions this way hears it in one message; the team sees the cards.
    """
    session = context.session
    instead = await here_instead(context, person)
    query = select(Question).where(Question.assignee_id == person.id, col(Question.status).in_(HELD))
    given: list[Question] = []
    for question in (await session.exec(query.order_by(col(Question.id)).with_for_update())).all():
        fits = instead is not None and await may_have(context, instead, question)
        await hand_on(context, question, instead if fits else None)
        await save(context, question)
        if fits:
            given.append(question)
    if instead is None or not given:
        return
    around = context.around_for(instead)
    text = around.text("absence.questions", name=name_of(person), references=[one.reference for one in given])
    rows = tuple((act(one.reference, "q-show", one.id or 0),) for one in given[:SHOWN])
    await context.send(instead, Message(text=text, buttons=rows))
