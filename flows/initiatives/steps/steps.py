"""The small steps of an initiative: who does what by when, and a word the day before."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import col, func, select

from flows.context import Context
from flows.initiatives.events import happened
from flows.initiatives.steps.rhythm import plan_rhythm
from flows.municipality import Municipality
from flows.timers import plan
from storage.initiatives import ENDED, EventKind, Initiative
from storage.participation import Participant, Participation
from storage.people import Person
from storage.steps import Step, StepStatus
from storage.timers import Timer, TimerKind

LENGTH = 300
"""Characters of a step, and of the sentence about how it went: with a picture they fit under it together."""
MORNING = time(9)
"""When people are reminded, where the quiet hours are over by then."""


async def first_step(context: Context, initiative: Initiative, text: str) -> None:
    """Plan what an initiative begins with: its initiator does it, within what counts as small here."""
    days = context.house.municipality.small_steps.days
    by = today(context) + timedelta(days=days)
    await add_step(context, initiative, text, by=by, owner_id=initiative.initiator_id)
    await plan_rhythm(context, initiative)


async def take_along(context: Context) -> None:
    """Initiatives that began before there were steps get their first one, and are asked how it goes."""
    asked = select(Timer.subject_id).where(Timer.kind == TimerKind.RHYTHM)
    query = select(Initiative).where(col(Initiative.status).not_in(ENDED), col(Initiative.id).not_in(asked))
    for initiative in (await context.session.exec(query.order_by(col(Initiative.id)))).all():
        stepped = await context.session.exec(select(Step.id).where(Step.initiative_id == initiative.id))
        if stepped.first() is None:
            await first_step(context, initiative, initiative.first_step)
        await plan_rhythm(context, initiative)


async def add_step(
    context: Context, initiative: Initiative, text: str, *, by: date | None, owner_id: int | None
) -> Step:
    """A step more, on the timeline too, with its reminder."""
    step = Step(initiative_id=initiative.id or 0, owner_id=owner_id, text=text, by=by, created_at=context.now)
    context.session.add(step)
    await context.session.flush()
    await happened(context, initiative, EventKind.STEP_PLANNED, subject_id=step.id)
    await plan_reminder(context, step)
    return step


async def plan_reminder(context: Context, step: Step) -> None:
    """Have its owner reminded; a step without a day waits until somebody does it."""
    if step.by is not None:
        at = next_word(context.house.municipality, step.by, context.now)
        await plan(context.session, TimerKind.STEP, step.id or 0, at)


def next_word(municipality: Municipality, by: date, now: datetime) -> datetime:
    """When something is said about a step for that day: the day before, or else on the day, or else the day after."""
    at = (morning(municipality, by + timedelta(days=days)) for days in (-1, 0, 1))
    return next((one for one in at if one > now), now)


def morning(municipality: Municipality, day: date) -> datetime:
    """The moment on a day at which people may be reminded, in UTC."""
    return datetime.combine(day, MORNING, municipality.zone).astimezone(UTC)


def today(context: Context) -> date:
    """The day it is in the municipality."""
    return context.now.astimezone(context.house.municipality.zone).date()


async def open_steps(context: Context, initiative: Initiative) -> list[Step]:
    """What is to be done, soonest first; what has no day comes last."""
    query = select(Step).where(Step.initiative_id == initiative.id, Step.status == StepStatus.PLANNED)
    steps = (await context.session.exec(query)).all()
    return sorted(steps, key=lambda step: (step.by or date.max, step.id))


async def count_done(context: Context, initiative: Initiative) -> int:
    """How many steps were done."""
    query = select(func.count()).where(Step.initiative_id == initiative.id, Step.status == StepStatus.DONE)
    return (await context.session.exec(query)).one()


async def doers(context: Context, initiative: Initiative) -> set[int]:
    """Who can do a step: the initiators and helpers who are there. A step of anybody else is nobody's again."""
    query = (
        select(Participant.person_id)
        .join(Person, col(Person.id) == col(Participant.person_id))
        .where(
            Participant.initiative_id == initiative.id,
            col(Participant.kind).in_((Participation.INITIATOR, Participation.HELPER)),
            col(Person.blocked_at).is_(None),
        )
    )
    return set((await context.session.exec(query)).all())


async def owner_of(context: Context, initiative: Initiative, step: Step) -> int | None:
    """Who does it, as long as they are there."""
    return step.owner_id if step.owner_id in await doers(context, initiative) else None


async def step_of(context: Context, initiative_id: int, step_id: int) -> Step | None:
    """The step with that number, if it is one of this initiative."""
    step = await context.session.get(Step, step_id)
    return step if step is not None and step.initiative_id == initiative_id else None
