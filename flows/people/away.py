"""Who works here and is away at the moment, and until when."""

from __future__ import annotations

from datetime import date

from sqlmodel import col, select

from flows.context import Context
from storage.people import Absence


def today(context: Context) -> date:
    """The day it is in the municipality."""
    return context.now.astimezone(context.house.municipality.zone).date()


async def absence_of(context: Context, person_id: int | None) -> Absence | None:
    """What somebody said about being away; None for who is here."""
    absence = None if person_id is None else await context.session.get(Absence, person_id)
    return absence if absence is not None and absence.until > today(context) else None


async def away(context: Context) -> dict[int, Absence]:
    """All who are away now, by their number."""
    query = select(Absence).where(col(Absence.until) > today(context)).order_by(col(Absence.person_id))
    return {absence.person_id: absence for absence in (await context.session.exec(query)).all()}
