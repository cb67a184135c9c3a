"""In the morning: what waits, to who works here and is here; only where something does."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlmodel import col, select

from flows.context import Context
from flows.doors import go
from flows.municipality import Municipality
from flows.people.away import away
from flows.people.teams import watchers
from flows.talk.message import Message
from flows.timers import Again, on_time
from storage.people import Person
from storage.questions import Question, QuestionStatus
from storage.timers import TimerKind

STALE = timedelta(hours=2)
"""So long after its time, such as when the bot was away, nobody needs it any more: they have seen their work."""


@dataclass(kw_only=True)
class Waiting:
    """Numbers of questions, for one person."""

    mine: int = 0
    team: int = 0
    """Nobody of their teams has taken these."""
    late: int = 0
    """Of both."""


@on_time(TimerKind.DIGEST)
async def tell_all(context: Context, _subject: int) -> Again:
    """Tell everybody their own; gives when to do it again."""
    municipality = context.house.municipality
    today = municipality.today(context.now)
    is_fresh = context.now < _at(municipality, context.now) + STALE
    if is_fresh and municipality.calendar.is_working_day(today):
        for person_id, waiting in sorted((await counted(context)).items()):
            await _tell(context, await context.session.get_one(Person, person_id), waiting)
    return next_digest(municipality, max(context.now, _at(municipality, context.now))) - context.now


def next_digest(municipality: Municipality, now: datetime) -> datetime:
    """The first time for it after `now`, in UTC."""
    at = _at(municipality, now)
    while at <= now or not municipality.calendar.is_working_day(municipality.today(at)):
        noon = datetime.combine(municipality.today(at) + timedelta(days=1), time(12), municipality.zone)
        at = _at(municipality, noon)
    return at


def _at(municipality: Municipality, day: datetime) -> datetime:
    """The time for it on the day it is there at `day`, in UTC."""
    moment = datetime.combine(municipality.today(day), municipality.questions.digest, municipality.zone)
    return moment.astimezone(UTC)


async def counted(context: Context) -> dict[int, Waiting]:
    """What waits for whom, by their number; only who is here and has something."""
    found: dict[int, Waiting] = defaultdict(Waiting)
    gone = await away(context)
    query = select(Question.assignee_id, Question.team_code, Question.status, Question.due_at).where(
        col(Question.status).in_((QuestionStatus.OPEN, QuestionStatus.CLAIMED))
    )
    looking: dict[str, list[int]] = {}
    for assignee, team, status, due in (await context.session.exec(query)).all():
        late = int(due < context.now)
        if status == QuestionStatus.CLAIMED:
            if assignee is not None and assignee not in gone:
                found[assignee].mine += 1
                found[assignee].late += late
            continue
        if team not in looking:
            looking[team] = [one.id or 0 for one in await watchers(context, team) if one.id not in gone]
        for person_id in looking[team]:
            found[person_id].team += 1
            found[person_id].late += late
    return found


async def _tell(context: Context, person: Person, waiting: Waiting) -> None:
    if person.blocked_at is not None:
        return
    around = context.around_for(person)
    text = around.text("work.digest", mine=waiting.mine, team=waiting.team, late=waiting.late)
    await context.send(person, Message(text=text, buttons=((go(around.plain("menu.buttons.werk"), "werk"),),)))
