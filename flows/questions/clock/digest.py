"""In the morning: what waits, to who works here and is here; only where something does."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from sqlmodel import col, select

from flows.context import Context
from flows.doors import go
from flows.municipality import Municipality
from flows.people.away import away
from flows.people.teams import others_than_asker, watchers
from flows.questions.clock.moments import is_over
from flows.questions.desk.mailing import is_reached_by_mail, put_notice
from flows.talk.message import Message
from flows.timers import Again, on_time
from storage.people import Person
from storage.questions import AT_THE_DESK, Question, QuestionStatus
from storage.timers import TimerKind

STALE = timedelta(hours=2)
"""So long after its time, such as when the bot was away, nobody needs it any more: they have seen their work."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Questions that wait for one person, what is due first first."""

    mine: list[Question] = field(default_factory=list)
    team: list[Question] = field(default_factory=list)
    """Nobody of their teams has taken these."""

    def late(self, now: datetime) -> int:
        """How many of both should have had an answer."""
        return sum(is_over(one, now) for one in (*self.mine, *self.team))


@on_time(TimerKind.DIGEST)
async def tell_all(context: Context, _subject: int) -> Again:
    """Tell everybody their own; gives when to do it again."""
    municipality = context.house.municipality
    today = municipality.today(context.now)
    is_fresh = context.now < _at(municipality, context.now) + STALE
    if is_fresh and municipality.calendar.is_working_day(today):
        for person_id, waiting in sorted((await all_waiting(context)).items()):
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


async def all_waiting(context: Context) -> dict[int, Waiting]:
    """What waits for whom, by their number; only who is here and has something."""
    found: dict[int, Waiting] = defaultdict(Waiting)
    gone = await away(context)
    query = select(Question).where(col(Question.status).in_(AT_THE_DESK))
    looking: dict[tuple[str, bool], list[Person]] = {}
    for question in (await context.session.exec(query.order_by(col(Question.due_at), col(Question.id)))).all():
        if question.status == QuestionStatus.CLAIMED:
            if question.assignee_id is not None and question.assignee_id not in gone:
                found[question.assignee_id].mine.append(question)
            continue
        team, raised = question.team_code, question.raised_at is not None
        if (team, raised) not in looking:
            looking[team, raised] = await watchers(context, team, raised=raised)
        for person in others_than_asker(looking[team, raised], question):
            if person.id not in gone:
                found[person.id or 0].team.append(question)
    return found


async def _tell(context: Context, person: Person, waiting: Waiting) -> None:
    if is_reached_by_mail(context, person):
        await put_notice(context, person.id or 0, None)
    if person.blocked_at is not None:
        return
    around = context.around_for(person)
    text = around.text("work.digest", mine=len(waiting.mine), team=len(waiting.team), late=waiting.late(context.now))
    await context.send(person, Message(text=text, buttons=((go(around.plain("menu.buttons.werk"), "werk"),),)))
