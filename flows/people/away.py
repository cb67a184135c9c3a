"""Who works here and is away at the moment, and until when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlmodel import col, select

from storage.people import Absence, Person

if TYPE_CHECKING:
    from flows.context import Context


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


async def here_instead(context: Context, person: Person) -> Person | None:
    """`person` themself when they are here, else who replaces them, or who replaces that one, and so on.

    None: nobody who is here and can be reached.
    """
    gone = await away(context)
    asked: set[int] = set()
    at: Person | None = person
    while at is not None and at.id not in asked:
        asked.add(at.id or 0)
        absence = gone.get(at.id or 0)
        if absence is None:
            return at if at.blocked_at is None else None
        at = await context.session.get(Person, absence.replacement_id) if absence.replacement_id else None
    return None
