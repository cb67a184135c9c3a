"""Somebody who works here is away until a day: who they guide hears it, and who helps meanwhile."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from flows.commands import Done, Outcome, Refused, carries, carry
from flows.context import Context
from flows.doors import act, action
from flows.initiatives.guidance.deputies import come_back, stand_in
from flows.people.away import absence_of, away, today
from flows.people.covering import cover_questions
from flows.people.handover import spread
from flows.people.names import name_of
from flows.people.teams import WORKERS, grants_of, lock_teams, members, roles_of
from flows.talk import dialogue
from flows.talk.answers import Skippable
from flows.talk.ask import Ask
from flows.talk.choices import OneOf
from flows.talk.dates import Date
from flows.talk.message import Message
from flows.talk.replay import conversation
from flows.timers import Again, on_time, plan, unplan
from flows.verbs import EndAbsence, SetAbsence
from storage.people import Absence, Person
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


async def colleagues(context: Context) -> dict[str, str]:
    """Who works in a team of the actor's and is here: their number and name."""
    gone = await away(context)
    found: dict[str, str] = {}
    for grant in await grants_of(context.session, context.me):
        for person in await members(context.session, grant.team_code) if grant.team_code else ():
            if person.id != context.me.id and person.id not in gone and person.telegram_id is not None:
                found[str(person.id)] = name_of(person)
    return found


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


@carries(SetAbsence)
async def carry_set(context: Context, command: SetAbsence) -> Outcome:
    """Kept with a clock for the day; the initiatives they guide get a deputy at once."""
    session, me = context.session, context.me
    if not today(context) < command.until <= today(context) + timedelta(days=LONGEST):
        return Refused(key="absence.refused.day", ask_again="until")
    if command.replacement_id is not None and str(command.replacement_id) not in await colleagues(context):
        return Refused(key="absence.refused.replacement", ask_again="replacement")
    await lock_teams(session)
    absence = await session.get(Absence, me.id) or Absence(person_id=me.id or 0, until=command.until)
    absence.until, absence.replacement_id, absence.created_at = command.until, command.replacement_id, context.now
    session.add(absence)
    await session.flush()
    await plan(session, TimerKind.ABSENCE, me.id or 0, _begin_of(context, command.until))
    around = context.around
    button = act(around.plain("absence.buttons.back"), "absence-end")
    text = around.text("absence.kept", until=command.until, guide_title=around.guide_title)
    await context.reply(Message(text=text, buttons=((button,),)))
    await stand_in(context, me)
    await cover_questions(context, me)
    await spread(context)  # what nobody has yet: when the whole team is away, others see it
    return Done(details={"until": command.until.isoformat(), "replacement": command.replacement_id})


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
        return _begin_of(context, absence.until) - context.now
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


def _begin_of(context: Context, day: date) -> datetime:
    """When that day begins in the municipality, in UTC."""
    return datetime.combine(day, time(), context.house.municipality.zone).astimezone(UTC)
