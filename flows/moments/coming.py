"""The moments that are to come, told where people look around: one line each, and a way to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from flows.context import Context
from flows.doors import act
from flows.talk.message import Rows
from storage.moments import Moment

GOES_ON = timedelta(hours=1)
"""How long it is still told after it began; how long people stay is nowhere written."""
IN_THE_BOT = 3
"""More is a wall of text."""


async def coming(context: Context, district: str | None, most: int) -> Sequence[Moment]:
    """The soonest of a district (its code) and of the whole municipality; without one only the latter."""
    where = col(Moment.district_code).is_(None) | (col(Moment.district_code) == district)
    return await _soonest(context, most, where)


async def coming_anywhere(context: Context, most: int) -> Sequence[Moment]:
    """The soonest of all."""
    return await _soonest(context, most)


async def _soonest(context: Context, most: int, *where: ColumnElement[bool]) -> Sequence[Moment]:
    query = (
        select(Moment)
        .where(col(Moment.cancelled_at).is_(None), col(Moment.starts_at) > context.now - GOES_ON, *where)
        .order_by(col(Moment.starts_at), col(Moment.id))
        .limit(most)
    )
    return (await context.session.exec(query)).all()


def lines(context: Context, moments: Sequence[Moment]) -> str:
    """What, when and where, as HTML; empty when there is none."""
    return "\n".join(context.text("moment.line", title=one.title, place=one.place, at=one.starts_at) for one in moments)


def ways_in(context: Context, moments: Sequence[Moment]) -> Rows:
    """A button for each."""
    return tuple(
        (act(context.around.plain("moment.buttons.see", title=one.title)[:60], "mo-see", one.id or 0),)
        for one in moments
    )
