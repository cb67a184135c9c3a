"""Where a formal decision is taken, and its terms.

Terms of the Algemene wet bestuursrecht (Awb): article 4:13 (a reasonable term to decide, at most eight weeks where the
ordinance names none), 6:7 and 6:8 (six weeks to object, from the day after the decision was announced).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlmodel import col, select

from flows.context import Around, Context
from flows.doors import act
from flows.initiatives.telling import look_at
from flows.municipality.routes import RouteRules
from flows.talk.message import Rows
from storage.agreements import Decision
from storage.initiatives import Initiative

WEEKS = 8
"""To decide, where the rules name no term (Awb 4:13)."""
WEEKS_TO_OBJECT = 6
"""Awb 6:7."""


def rules_of(around: Around, initiative: Initiative) -> RouteRules | None:
    """The rules of its route, where those have a formal decision."""
    rules = around.municipality.routes.get(initiative.route)
    return rules if rules is not None and rules.decided_by is not None else None


def due_after(around: Around, weeks: int) -> datetime:
    """The end of the last day of a term of `weeks` from today; on a day off the next working day is the last."""
    calendar, day = around.municipality.calendar, around.today + timedelta(weeks=weeks)
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, time(23, 59), tzinfo=around.municipality.zone).astimezone(around.now.tzinfo)


def last_day_to_object(around: Around, decision: Decision) -> date:
    """The last day of six weeks that begin on the day after the decision."""
    at = decision.decided_at or decision.asked_at
    return at.astimezone(around.municipality.zone).date() + timedelta(weeks=WEEKS_TO_OBJECT)


async def latest_decision(context: Context, initiative: Initiative) -> Decision | None:
    """The one that is asked, or else was taken last."""
    query = select(Decision).where(Decision.initiative_id == initiative.id)
    return (await context.session.exec(query.order_by(col(Decision.id).desc()))).first()


async def open_decision(context: Context, initiative: Initiative) -> Decision | None:
    """The formal decision that was asked and not taken yet."""
    query = select(Decision).where(Decision.initiative_id == initiative.id, col(Decision.outcome).is_(None))
    return (await context.session.exec(query.order_by(col(Decision.id).desc()))).first()


def decide_buttons(initiative: Initiative, around: Around) -> Rows:
    """For the guide: write it down, or look first."""
    decide = act(around.plain("decision.buttons.decide"), "i-decide", initiative.id or 0)
    return ((decide,), *look_at(initiative, around))
