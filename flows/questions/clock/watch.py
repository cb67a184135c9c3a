"""The clock of a question has come: what is due happens, and who has to know hears it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlmodel import select

from flows.context import Around, Context
from flows.doors import act
from flows.people.names import name_of
from flows.people.teams import above, coordinators, others_than_asker, watchers
from flows.questions.clock.moments import Event, moments, next_moment
from flows.questions.desk import cards
from flows.questions.desk.delivery import see
from flows.questions.desk.missed import tell_missed
from flows.questions.desk.passing_on import take_home
from flows.questions.desk.telling import holders, tell, tell_desk
from flows.questions.keeping import bring, give, give_draft_back, tell_asker, to_coordinators
from flows.questions.routing.route import IGNORED
from flows.questions.words import first_words
from flows.talk.message import Message, Rows
from flows.timers import Again, on_time
from storage.people import Person
from storage.questions import Question, QuestionStatus
from storage.timers import TimerKind

SOON = timedelta(minutes=1)


@on_time(TimerKind.QUESTION)
async def look(context: Context, question_id: int) -> Again:
    """Do what is due, one after the other; gives when to look again."""
    locked = select(Question).where(Question.id == question_id).with_for_update(skip_locked=True)
    question = (await context.session.exec(locked.execution_options(populate_existing=True))).first()
    if question is None:
        # Somebody is doing something with it, who may be waiting for this timer in turn: a moment later, then.
        return SOON if await context.session.get(Question, question_id) is not None else None
    municipality = context.house.municipality
    handled: set[Event] = set()
    while True:
        due = [one.event for one in moments(question, municipality) if one.at <= context.now]
        event = min((one for one in due if one not in handled), key=list(Event).index, default=None)
        if event is None:
            break
        handled.add(event)
        await _HAPPENS[event](context, question)
    context.session.add(question)
    await context.session.flush()
    await give_draft_back(context, question)
    await cards.refresh(context, question)
    at = next_moment(question, municipality)
    return None if at is None else max(at - context.now, SOON)


async def _not_accepted(context: Context, question: Question) -> None:
    """Back to where it came from: to who had it there, else to that team."""
    there = question.team_code
    await take_home(context, question)
    await _tell(context, question, "not_accepted", team=there)


async def _no_reply(context: Context, question: Question) -> None:
    """The desk may close it, or answer with what it knows."""
    await give(context, question, await _assignee(context, question))
    await _tell(context, question, "no_reply")


async def _snoozed(context: Context, question: Question) -> None:
    question.snoozed_until = None
    question.active_at = context.now
    await _tell(context, question, "snoozed")


async def _silent(context: Context, question: Question) -> None:
    """Who took it is busy, ill or gone: no blame, but it may not wait for that."""
    former = await _assignee(context, question)
    await give(context, question, None)
    next_one = await _assignee(context, question)  # who has heard that it is their turn
    if next_one is None:
        await _tell(context, question, "taken_back", besides=former)
    if former is not None:
        name = name_of(next_one) if next_one is not None else None
        await _tell(context, question, "taken_from_you", people=[former], name=name)


async def _ignored(context: Context, question: Question) -> None:
    """Nobody of the team took it: the front desk does, and then the coordinators. Without them it is asked again."""
    before, front_desk = question.team_code, context.house.municipality.front_desk.code
    if before != front_desk and await watchers(context, front_desk):
        question.routed_by = IGNORED
        await bring(context, question, front_desk)
        await _tell(context, question, "ignored", team=before)
    elif before == front_desk and await to_coordinators(context, question):
        await _tell(context, question, "ignored", people=others_than_asker(await above(context), question), team=before)
    else:
        question.active_at = context.now
        await _tell(context, question, "taken_back")


async def _near(context: Context, question: Question) -> None:
    question.warned_at = context.now
    await _tell(context, question, "near", new_date=True)


async def _over(context: Context, question: Question) -> None:
    """The resident hears once, from us, that we are late; the coordinators each working day."""
    first = question.escalated_at is None
    question.escalated_at = context.now
    people = await holders(context, question)
    known = {question.asker_id, *(one.id for one in people)}
    others = [one for one in await coordinators(context.session) if one.id not in known]
    await _tell(context, question, "over", new_date=True)
    await _tell(context, question, "over_above", people=others, names=[name_of(one) for one in people])
    if first:
        asker = await context.session.get_one(Person, question.asker_id)
        text = context.around_for(asker).text("desk.late_for_you", reference=question.reference)
        await tell_asker(context, question, text)


async def _arrived(context: Context, question: Question) -> None:
    """Whose it is hears what didn't reach the resident."""
    for letter in await see(context, question):
        await tell_missed(context, question, letter)


async def _forget(context: Context, question: Question) -> None:
    question.status = QuestionStatus.CLOSED


_HAPPENS = {
    Event.NOT_ACCEPTED: _not_accepted,
    Event.NO_REPLY: _no_reply,
    Event.SNOOZED: _snoozed,
    Event.SILENT: _silent,
    Event.IGNORED: _ignored,
    Event.NEAR: _near,
    Event.OVER: _over,
    Event.ARRIVED: _arrived,
    Event.FORGET: _forget,
}


async def _assignee(context: Context, question: Question) -> Person | None:
    return None if question.assignee_id is None else await context.session.get(Person, question.assignee_id)


async def _tell(
    context: Context,
    question: Question,
    what: str,
    *,
    people: Iterable[Person] | None = None,
    besides: Person | None = None,
    team: str | None = None,
    new_date: bool = False,
    **values: object,
) -> None:
    """A notice about a question, with the ways on: to these people, else to whose it is at the desk, but `besides`."""
    asked, number = await first_words(context, question, length=100), question.id or 0

    def notice(around: Around, person: Person) -> Message:
        text = around.text(
            f"desk.notice.{what}",
            reference=question.reference,
            asked=asked,
            due=question.due_at,
            **(values if team is None else {**values, "team": around.team(team)}),
        )
        rows: Rows = ((act(around.plain("desk.buttons.show"), "q-show", number),),)
        if new_date and person.id is not None and question.assignee_id == person.id:
            rows = (*rows, (act(around.plain("desk.buttons.new_date"), "q-new_date", number),))
        return Message(text=text, buttons=rows)

    if people is None:
        await tell_desk(context, question, notice, besides=besides)
        return
    for person in people:
        await tell(context, question, person, notice)
