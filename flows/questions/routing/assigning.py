"""Within a team: open to all, or to who is here and has least to do."""

from __future__ import annotations

from sqlmodel import col, func, select

from flows.context import Context
from flows.people.teams import here, members
from flows.talk.message import Message
from storage.cards import Subject
from storage.people import Person
from storage.questions import HELD, Question


async def whose_turn(context: Context, question: Question) -> Person | None:
    """Whose it is in a team that works by turns: neither who had it, who passed it on nor who asked it.

    None: it is open to all.
    """
    team = context.house.municipality.team(question.team_code)
    if team is None or not team.assigns_by_load:
        return None
    unfit = {*question.passed_over, question.handed_by_id, question.asker_id}
    people = [one for one in await here(context, await members(context.session, team.code)) if one.id not in unfit]
    load = await _load(context, people)
    return min(people, key=lambda one: load[one.id or 0], default=None)


async def tell_turn(context: Context, question: Question, person: Person) -> None:
    """It is theirs without their asking; the card follows when it is saved."""
    around = context.around_for(person)
    text = around.text("routing.assigned", reference=question.reference, team=around.team(question.team_code))
    await context.send(person, Message(text=text), about=(Subject.QUESTION, question.id or 0))


async def _load(context: Context, people: list[Person]) -> dict[int, tuple[int, int]]:
    """For each: how many questions they have, and which was the last they ever got; smallest is whose turn it is."""
    ids = [one.id for one in people]
    having = select(Question.assignee_id, func.count()).where(
        col(Question.assignee_id).in_(ids), col(Question.status).in_(HELD)
    )
    counts = dict((await context.session.exec(having.group_by(col(Question.assignee_id)))).all())
    last = select(Question.assignee_id, func.max(Question.id)).where(col(Question.assignee_id).in_(ids))
    latest = dict((await context.session.exec(last.group_by(col(Question.assignee_id)))).all())
    return {one or 0: (int(counts.get(one) or 0), int(latest.get(one) or 0)) for one in ids}
