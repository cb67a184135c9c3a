"""What a moment is to everybody: its link, when it is over, who came through its code and what came of that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from flows.context import Context
from flows.municipality import Municipality
from flows.people.invitations import link_to
from storage.initiatives import Initiative
from storage.moments import Moment, MomentGuest
from storage.people import Person
from storage.questions import Question

START = "b"
"""What the code of a link to a moment begins with: of "buurtmoment"."""
OF_IT = timedelta(days=1)
"""What guests begin from so long before it to so long after it counts as come of it."""
DAY_BEFORE, HOURS_BEFORE = timedelta(days=1), timedelta(hours=2)
"""When guests are reminded: who asks late hears it shortly before."""


def link_of(context: Context, moment: Moment) -> str:
    """The link in the QR code."""
    return link_to(context, f"{START}{moment.code}")


def is_over(context: Context, moment: Moment) -> bool:
    """From the next day on; how long people stay is nowhere written."""
    zone = context.house.municipality.zone
    return context.now.astimezone(zone).date() > moment.starts_at.astimezone(zone).date()


def remind_at(municipality: Municipality, moment: Moment, now: datetime) -> datetime | None:
    """When guests who ask for it now are reminded: never in the quiet hours; None: it is too late for that."""
    at = (municipality.waking(moment.starts_at - ahead) for ahead in (DAY_BEFORE, HOURS_BEFORE))
    return next((one for one in at if now < one < moment.starts_at), None)


@dataclass(frozen=True, kw_only=True)
class Came:
    """What came of a moment, in numbers."""

    guests: int
    """Who scanned, once per person."""
    initiatives: int
    questions: int


async def came_of(context: Context, moment: Moment) -> Came:
    """Who scanned, and what they started around it."""
    session = context.session
    guests = select(MomentGuest.person_id).where(MomentGuest.moment_id == moment.id)
    around = (moment.starts_at - OF_IT, moment.starts_at + OF_IT)
    started = select(func.count()).select_from(Initiative).where(col(Initiative.initiator_id).in_(guests))
    asked = select(func.count()).select_from(Question).where(col(Question.asker_id).in_(guests))
    return Came(
        guests=(await session.exec(select(func.count()).select_from(guests.subquery()))).one(),
        initiatives=(await session.exec(started.where(col(Initiative.created_at).between(*around)))).one(),
        questions=(await session.exec(asked.where(col(Question.created_at).between(*around)))).one(),
    )


async def guests_of(context: Context, moment: Moment) -> list[tuple[MomentGuest, Person]]:
    """Who scanned, the first on top."""
    query = (
        select(MomentGuest, Person)
        .join(Person, col(Person.id) == col(MomentGuest.person_id))
        .where(MomentGuest.moment_id == moment.id)
        .order_by(col(MomentGuest.id))
    )
    return list((await context.session.exec(query)).all())


async def forget_moments(session: AsyncSession, before: datetime) -> None:
    """Delete the moments from before then, and who was there."""
    old = select(Moment.id).where(col(Moment.starts_at) < before)
    await session.exec(delete(MomentGuest).where(col(MomentGuest.moment_id).in_(old)))
    await session.exec(delete(Moment).where(col(Moment.starts_at) < before))
