"""Within a team: open to all, or to who is here and has least to do."""

from __future__ import annotations

from sqlmodel import col, func, select

from flows.context import Context
from flows.people.away import away
from flows.people.teams import members
from flows.talk.message import Message
from storage.cards import Subject
from storage.people import Person
from storage.questions import Question, QuestionStatus

HAVING = (QuestionStatus.CLAIMED, QuestionStatus.WAITING)


async def assign(context: Context, question: Question) -> None:
    """In a team that works that way it is somebody's at once, and they hear it; in others it stays open to all.

    Their card follows with `save`.
    """
    team = context.house.municipality.team(question.team_code)
    if team is None or not team.assigns_by_load:
        return
    gone = await away(context)
    here = [one for one in await members(context.session, team.code) if one.id not in gone]
    here = [one for one in here if one.id != question.asker_id]
    if not here:
        return
    load = await _load(context, here)
    chosen = min(here, key=lambda one: load[one.id or 0])
    question.assignee_id, question.status = chosen.id, QuestionStatus.CLAIMED
    question.active_at = context.now
    context.session.add(question)
    await context.session.flush()
    around, number = context.around_for(chosen), question.id or 0
    text = around.text("routing.assigned", reference=question.reference, team=team.name)
    await context.send(chosen, Message(text=text), about=(Subject.QUESTION, number))


async def _load(context: Context, people: list[Person]) -> dict[int, tuple[int, int]]:
    """For each: how many questions they have, and which was the last they ever got; smallest is whose turn it is."""
    ids = [one.id for one in people]
    having = select(Question.assignee_id, func.count()).where(
        col(Question.assignee_id).in_(ids), col(Question.status).in_(HAVING)
    )
    counts = dict((await context.session.exec(having.group_by(col(Question.assignee_id)))).all())
    last = select(Question.assignee_id, func.max(Question.id)).where(col(Question.assignee_id).in_(ids))
    latest = dict((await context.session.exec(last.group_by(col(Question.assignee_id)))).all())
    return {one or 0: (int(counts.get(one) or 0), int(latest.get(one) or 0)) for one in ids}
