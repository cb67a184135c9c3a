"""Reminding both sides of an agreement alike, and passing on what is not kept."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlmodel import col, or_, select

from flows.context import Context
from flows.initiatives.agreements.card import announce
from flows.initiatives.agreements.turns import awaited
from flows.initiatives.events import happened, pass_turn
from flows.municipality import Municipality
from flows.people.teams import coordinators, watchers
from flows.timers import Again, on_time, plan, unplan
from storage.agreements import Agreement, AgreementStatus
from storage.initiatives import ENDED, EventKind, Initiative, Side
from storage.people import Person
from storage.timers import TimerKind

AHEAD = -2
"""Days from its day: still time to do it, or to ask for another day."""
LATE = 1
"""The day has passed: whose it is says how it is, the other side may say that it was not kept."""
TOO_LATE = 4
"""Who is above the owner hears it. After four days there was at least one working day, whatever the weekend."""
STAGES = ((AHEAD, "ahead"), (0, "today"), (LATE, "late"), (TOO_LATE, "too_late"))
"""When the clock says something about what was agreed, in days from its day; the last one passes it on."""
UNANSWERED = 3
"""Days after which who has to answer a proposal is asked once more."""
AT = time(9)
"""In the morning, so that something can still be done that day."""
BUSY = timedelta(minutes=1)
"""Somebody does something with the initiative just now."""


def stage_on(agreement: Agreement, today: date) -> str | None:
    """What is to be said on that day: the last stage that began; None: nothing yet."""
    passed = (today - agreement.by).days
    return next((word for days, word in reversed(STAGES) if days <= passed), None)


def next_moment(agreement: Agreement, municipality: Municipality, now: datetime) -> datetime | None:
    """When the clock looks at it again; None: never."""
    today = now.astimezone(municipality.zone).date()
    if agreement.status is AgreementStatus.PROPOSED:
        days = [agreement.created_at.astimezone(municipality.zone).date() + timedelta(days=UNANSWERED)]
    elif agreement.status is AgreementStatus.AGREED:
        days = [agreement.by + timedelta(days=days) for days, _ in STAGES]
    else:
        return None
    day = next((day for day in days if day > today), None)
    return None if day is None else datetime.combine(day, AT, municipality.zone)


async def watch(context: Context, agreement: Agreement) -> None:
    """Plan when the clock looks at it, as it is now; nothing is planned for what is settled."""
    moment = next_moment(agreement, context.house.municipality, context.now)
    if moment is None:
        await unplan(context.session, TimerKind.AGREEMENT, agreement.id or 0)
    else:
        await plan(context.session, TimerKind.AGREEMENT, agreement.id or 0, moment)


async def due_for(context: Context, person: Person, limit: int) -> list[Agreement]:
    """What the municipality agreed to, in what `person` guides, and that is to be done by now or soon."""
    soon = context.around_for(person).today - timedelta(days=AHEAD)
    query = (
        select(Agreement)
        .join(Initiative, col(Initiative.id) == col(Agreement.initiative_id))
        .where(
            Agreement.side == Side.MUNICIPALITY,
            col(Agreement.status).in_([AgreementStatus.AGREED, AgreementStatus.BROKEN]),
            col(Agreement.by) <= soon,
            col(Initiative.status).not_in(ENDED),
            or_(col(Initiative.guide_id) == person.id, col(Initiative.deputy_id) == person.id),
        )
    )
    return list((await context.session.exec(query.order_by(col(Agreement.by)).limit(limit))).all())


@on_time(TimerKind.AGREEMENT)
async def look(context: Context, agreement_id: int) -> Again:
    """Say to both sides what there is to say today."""
    session, municipality = context.session, context.house.municipality
    agreement = await session.get(Agreement, agreement_id)
    if agreement is None:
        return None
    # Who acts has the initiative and then touches this timer; the clock has the timer: it must not wait for them.
    initiative = await session.get(
        Initiative, agreement.initiative_id, with_for_update={"skip_locked": True}, populate_existing=True
    )
    if initiative is None:
        return BUSY
    await session.refresh(agreement)
    if initiative.status in ENDED or agreement.status not in (AgreementStatus.PROPOSED, AgreementStatus.AGREED):
        return None
    if agreement.status is AgreementStatus.PROPOSED:
        if (side := awaited([agreement])) is not None:
            await announce(context, initiative, agreement, "unanswered", to=(side,))
        return None
    stage = stage_on(agreement, context.now.astimezone(municipality.zone).date())
    if stage == "too_late":
        await not_kept(context, initiative, agreement)
        return None
    if stage is not None:
        await announce(context, initiative, agreement, stage)
    following = next_moment(agreement, municipality, context.now)
    return None if following is None else following - context.now


async def not_kept(context: Context, initiative: Initiative, agreement: Agreement, reason: str | None = None) -> None:
    """It was broken: who is above the owner hears it, and its owner is to say something.

    What the municipality doesn't keep goes to the guide's team and the coordinators. What residents don't is between
    them and the guide.
    """
    agreement.status, agreement.settled_at = AgreementStatus.BROKEN, context.now
    if reason is not None or agreement.new_by is None:
        agreement.remark = reason  # the reason for a day that is still asked for stays with it
    context.session.add(agreement)
    await happened(
        context,
        initiative,
        EventKind.AGREEMENT_BROKEN,
        subject_id=agreement.id,
        details={"side": agreement.side.value, "called": reason is not None},
    )
    pass_turn(context, initiative, agreement.side)
    above: list[Person] = []
    if agreement.side is Side.MUNICIPALITY:
        above = [*await watchers(context, initiative.team_code), *await coordinators(context.session)]
    await announce(context, initiative, agreement, "broken", also=above)
