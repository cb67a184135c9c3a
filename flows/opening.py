"""What is done once at every start, before anybody is received."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from flows.initiatives.finding.alike import index_missing
from flows.municipality import Municipality
from flows.questions.clock.digest import next_digest
from storage.municipality import District, Organisation, Team, Theme
from storage.timers import Timer, TimerKind


async def open_house(session: AsyncSession, municipality: Municipality, now: datetime) -> None:
    """Copy the municipality's words into the database, plan the tidying up, and index what isn't yet."""
    await _copy(session, Organisation, {one.code: {"name": one.name} for one in municipality.organisations})
    await session.flush()
    await _copy(session, District, {one.code: {"name": one.name} for one in municipality.districts})
    await _copy(session, Theme, {one.code: {"name": str(one.name)} for one in municipality.themes})
    teams = {one.code: {"name": one.name, "organisation_code": one.organisation} for one in municipality.teams}
    await _copy(session, Team, teams)
    for kind in (TimerKind.HOUSEKEEPING, TimerKind.ARTICLES):
        if (await session.exec(select(Timer).where(Timer.kind == kind))).first() is None:
            session.add(Timer(kind=kind, due_at=now))
    if (await session.exec(select(Timer).where(Timer.kind == TimerKind.DIGEST))).first() is None:
        session.add(Timer(kind=TimerKind.DIGEST, due_at=next_digest(municipality, now)))
    await session.flush()
    await index_missing(session, municipality)


async def _copy(session: AsyncSession, table: type[Any], wanted: dict[str, dict[str, str | None]]) -> None:
    """Rows for `wanted` by code; rows that left the file stay, not active, as others point at them."""
    rows = {row.code: row for row in (await session.exec(select(table))).all()}
    for code, row in rows.items():
        row.active = code in wanted
        for name, value in wanted.get(code, {}).items():
            setattr(row, name, value)
        session.add(row)
    session.add_all(table(code=code, **values) for code, values in wanted.items() if code not in rows)
