"""For whom an update is."""

from __future__ import annotations

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.broadcasts import Audience
from storage.people import Person, ThemeFollower


def belongs(audience: Audience, code: str | None) -> list[ColumnElement[bool]]:
    """The conditions on a person: in the audience, reachable, and updates not stopped."""
    conditions: list[ColumnElement[bool]] = [
        col(Person.telegram_id).is_not(None),
        col(Person.blocked_at).is_(None),
        col(Person.updates_on).is_(True),
    ]
    match audience:
        case Audience.ALL:
            pass
        case Audience.DISTRICT:
            conditions.append(col(Person.district_code) == code)
        case Audience.THEME:
            followers = select(ThemeFollower.person_id).where(ThemeFollower.theme_code == code)
            conditions.append(col(Person.id).in_(followers))
    return conditions


async def count(session: AsyncSession, audience: Audience, code: str | None) -> int:
    """How many would get it now."""
    query = select(func.count()).select_from(Person).where(*belongs(audience, code))
    return (await session.exec(query)).one()
