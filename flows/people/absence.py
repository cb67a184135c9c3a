"""Somebody who works here is away until a day: who they guide hears it, and who helps meanwhile.

They say so themselves, or a coordinator does: of who is ill, or works without Telegram.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from sqlmodel import col, select

from flows.commands import Done, Outcome, Refused, carries, carry
from flows.context import Around, Context
from flows.doors import act, action
from flows.initiatives.guidance.deputies import come_back, stand_in
from flows.people.away import absence_of, away, today
from flows.people.covering import cover_questions
from flows.people.handover import spread
from flows.people.invitations import for_coordinators
from flows.people.names import name_of
from flows.people.teams import WORKERS, grants_of, lock_teams, members, roles_of
from flows.talk import dialogue
from flows.talk.answers import Skippable
from flows.talk.ask import Ask
from flows.talk.choices import OneOf
from flows.talk.dates import Date
from flows.talk.message import Message, Rows
from flows.talk.replay import conversation
from flows.timers import Again, on_time, plan, unplan
from flows.verbs import EndAbsence, EndAbsenceFor, SetAbsence, SetAbsenceFor
from storage.people import Absence, Person, RoleGrant
from storage.timers import TimerKind

LONGEST = 366
"""Days; who is away longer hands the work over."""


@conversation("absence.set", for_work=True)
async def set_absence(ask: Ask) -> SetAbsence:
    """Until when, and who helps meanwhile."""
    until = await ask("until", Date(earliest=1, latest=LONGEST))
    found = await ask.once("colleagues", colleagues)
    chosen = await ask("replacement", Skippable(OneOf(found))) if found else None
    await ask.review()
    return SetAbsence(until=until, replacement_id=None if chosen is None else int(chosen))


@conversation("absence.set_for", for_work=True, back_to="team")
async def set_absence_for(ask: Ask) -> SetAbsenceFor:
    """Who, until when, and who helps meanwhile."""
    people = await ask.once("workers", workers)
    who = await ask("who", OneOf(people))
    name = {"name": people[who]}
    until = await ask("until", Date(earliest=1, latest=LONGEST), values=name)
    found = await ask.once("colleagues", partial(colleagues, of=int(who)), after=("who",))
    chosen = await ask("replacement", Skippable(OneOf(found)), after=("who",)) if found else None
    await ask.review()
    return SetAbsenceFor(person_id=int(who), until=until, replacement_id=None if chosen is None else int(chosen))


@conversation("absence.end_for", for_work=True, back_to="team")
async def end_absence_for(ask: Ask) -> EndAbsenceFor:
    """Who is back?"""
    return EndAbsenceFor(person_id=int(await ask("who", OneOf(await ask.once("absent", absent)))))


async def colleagues(context: Context, *, of: int | None = None) -> dict[str, str]:
    """Who works in a team of somebody's, else of the actor's, and is here: their number and name."""
    whose = context.me if of is None else await context.session.get_one(Person, of)
    gone = await away(context)
    found: dict[str, str] = {}
    for grant in await grants_of(context.session, whose):
        for person in await members(context.session, grant.team_code) if grant.team_code else ():
            if person.id != whose.id and person.id not in gone and person.telegram_id is not None:
                found[str(person.id)] = name_of(person)
    return found


async def workers(context: Context) -> dict[str, str]:
    """Who works in a team: their number, and their name, with until when they are away already."""
    gone = await away(context)
    query = select(Person).join(RoleGrant, col(RoleGrant.person_id) == col(Person.id))
    query = query.where(col(RoleGrant.role).in_(WORKERS)).order_by(col(Person.id)).distinct()
    return {str(one.id): called(context.around, one, gone) for one in (await context.session.exec(query)).all()}


async def absent(context: Context) -> dict[str, str]:
    """Those of them who are away."""
    gone = await away(context)
    return {number: name for number, name in (await workers(context)).items() if int(number) in gone}


def called(around: Around, person: Person, gone: Mapping[int, Absence]) -> str:
    """Their name, with until when they are away."""
    absence = gone.get(person.id or 0)
    return around.plain("absence.in_team", name=name_of(person), until=absence.until) if absence else name_of(person)


@action("absence")
async def press_absence(context: Context, argument: str) -> None:
    """I am away, or longer than I said."""
    if await roles_of(context.session, context.me) & set(WORKERS):
        await dialogue.start(context, "absence.set")
    else:
        context.note("common.not_allowed", alert=True)


@action("absence-end")
async def press_end(context: Context, argument: str) -> None:
    """I am back."""
    outcome = await carry(context, EndAbsence())
    if isinstance(outcome, Refused):
        await context.refuse(outcome)
    else:
        await context.drop_pressed_buttons()


@action("team-absent")
async def press_absent(context: Context, argument: str) -> None:
    """Somebody else is away."""
    await for_coordinators(context, "absence.set_for")


@action("team-back")
async def press_back(context: Context, argument: str) -> None:
    """Somebody else is back."""
    await for_coordinators(context, "absence.end_for")


@carries(SetAbsence)
async def carry_set(context: Context, command: SetAbsence) -> Outcome:
    """Who says so of themself is told what happens now."""
    outcome = await _begin(context, context.me, command)
    if isinstance(outcome, Done):
        around = context.around
        text = around.text("absence.kept", until=command.until, guide_title=around.guide_title)
        await context.reply(Message(text=text, buttons=_back_again(around)))
    return outcome


@carries(SetAbsenceFor)
async def carry_set_for(context: Context, command: SetAbsenceFor) -> Outcome:
    """Whom it is said of hears it too, and can say that it isn't so."""
    person = await _worker(context, command.person_id)
    if person is None:
        return Refused(key="common.gone")
    outcome = await _begin(context, person, command)
    if isinstance(outcome, Done):
        await context.say("absence.kept_for", name=name_of(person), until=command.until)
        around = context.around_for(person)
        text = around.text("absence.set_for_you", name=name_of(context.me), until=command.until)
        await context.send(person, Message(text=text, buttons=_back_again(around)))
    return outcome


@carries(EndAbsenceFor)
async def carry_end_for(context: Context, command: EndAbsenceFor) -> Outcome:
    """Back, as far as a coordinator knows."""
    await lock_teams(context.session)
    person = await _worker(context, command.person_id)
    if person is None or await absence_of(context, person.id) is None:
        return Refused(key="common.gone")
    await _end(context, person)
    await context.say("absence.ended_for", name=name_of(person))
    return Done(details={"person": person.id})


async def _worker(context: Context, person_id: int) -> Person | None:
    person = await context.session.get(Person, person_id)
    return person if person is not None and await roles_of(context.session, person) & set(WORKERS) else None


def _back_again(around: Around) -> Rows:
    return ((act(around.plain("absence.buttons.back"), "absence-end"),),)


async def _begin(context: Context, person: Person, command: SetAbsence) -> Outcome:
    """Kept with a clock for the day; the initiatives they guide get a deputy at once."""
    session, number = context.session, person.id or 0
    if not today(context) < command.until <= today(context) + timedelta(days=LONGEST):
        return Refused(key="absence.refused.day", ask_again="until")
    if command.replacement_id is not None and str(command.replacement_id) not in await colleagues(context, of=number):
        return Refused(key="absence.refused.replacement", ask_again="replacement")
    await lock_teams(session)
    absence = await session.get(Absence, number) or Absence(person_id=number, until=command.until)
    absence.until, absence.replacement_id, absence.created_at = command.until, command.replacement_id, context.now
    session.add(absence)
    await session.flush()
    await plan(session, TimerKind.ABSENCE, number, _day_begins(context, command.until))
    await stand_in(context, person)
    await cover_questions(context, person)
    await spread(context)  # what nobody has yet: when the whole team is away, others see it
    return Done(details={"person": number, "until": command.until.isoformat(), "replacement": command.replacement_id})


@carries(EndAbsence)
async def carry_end(context: Context, command: EndAbsence) -> Outcome:
    """Back, earlier than they said."""
    await lock_teams(context.session)
    if await absence_of(context, context.me.id) is None:
        return Refused(key="absence.refused.here")
    await _end(context, context.me)
    return Done()


@on_time(TimerKind.ABSENCE)
async def on_the_day(context: Context, person_id: int) -> Again:
    """The day has come."""
    await lock_teams(context.session)
    absence = await context.session.get(Absence, person_id)
    if absence is None:
        return None
    if absence.until > today(context):
        return _day_begins(context, absence.until) - context.now
    await _end(context, await context.session.get_one(Person, person_id))
    return None


async def _end(context: Context, person: Person) -> None:
    session = context.session
    if (absence := await session.get(Absence, person.id)) is not None:
        await session.delete(absence)
    await session.flush()
    if context.actor is not None:  # else the clock does it, and takes its timer away
        await unplan(session, TimerKind.ABSENCE, person.id or 0)
    guided = await come_back(context, person)
    text = context.around_for(person).text("absence.welcome", titles=[one.title for one in guided])
    await context.send(person, Message(text=text))
    await spread(context)


def _day_begins(context: Context, day: date) -> datetime:
    """When that day begins in the municipality, in UTC."""
    return datetime.combine(day, time(), context.house.municipality.zone).astimezone(UTC)
