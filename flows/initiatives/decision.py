"""The formal decision, where the route has one: it is asked, its term is watched, it has reasons, and a way to object.

Terms of the Algemene wet bestuursrecht (Awb): article 4:13 (a reasonable term to decide, at most eight weeks where the
ordinance names none), 6:7 and 6:8 (six weeks to object, from the day after the decision was announced).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TypedDict

from sqlmodel import col, select

from flows.commands import Done, Outcome, Refused, carries, carry
from flows.context import Around, Context
from flows.doors import act, action
from flows.initiatives import cards
from flows.initiatives.board import INSIDERS, facts, open_button
from flows.initiatives.circle import guides, initiators
from flows.initiatives.events import happened, move, pass_turn, sign_of_life
from flows.initiatives.lifecycle import Group, initiative_in, leads, not_now, open_decision, tell_once, way
from flows.initiatives.lifecycle import around as around_it
from flows.initiatives.offers import View, offers
from flows.initiatives.supporting import support, threshold
from flows.initiatives.verbs import AskAboutObjection, AskDecision, Decide
from flows.municipality.routes import RouteRules
from flows.people.names import name_of
from flows.people.teams import coordinators, watchers
from flows.permissions import Relation
from flows.talk import dialogue
from flows.talk.answers import Text
from flows.talk.ask import Ask
from flows.talk.choices import Choice, YesNo
from flows.talk.message import Button, Rows
from flows.talk.replay import conversation
from flows.timers import Again, on_time, plan, unplan
from storage.agreements import Decision, DecisionOutcome
from storage.cards import Subject
from storage.initiatives import ENDED, EventKind, Initiative, Side
from storage.people import Person
from storage.timers import TimerKind

WEEKS = 8
"""To decide, where the rules name no term (Awb 4:13)."""
WEEKS_TO_OBJECT = 6
"""Awb 6:7."""
REMIND_BEFORE = timedelta(days=7)
REMIND_AGAIN = timedelta(days=7)
"""After a term that was not kept: until there is a decision."""
LENGTH = 1200
"""Characters of the reasons, and of what can be done."""


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


# Asking


class Wanted(TypedDict):
    """What somebody should know before they ask."""

    title: str
    weeks: int
    by: str
    documents: list[str]


async def wanted(context: Context, *, initiative_id: int) -> Wanted:
    """Who decides, in how many weeks, and what must be there."""
    initiative = await context.session.get_one(Initiative, initiative_id)
    around = context.around
    rules = rules_of(around, initiative)
    return Wanted(
        title=initiative.title,
        weeks=(rules.answer_weeks if rules else None) or WEEKS,
        by=rules.decided_by.name_in(around.language) if rules and rules.decided_by else "",
        documents=[one.name_in(around.language) for one in rules.documents] if rules else [],
    )


@conversation("decision.ask")
async def ask_for(ask: Ask) -> AskDecision | None:
    """Is the plan complete?"""
    initiative_id = ask.given("initiative", int)
    known = await ask.once("wanted", partial(wanted, initiative_id=initiative_id))
    return AskDecision(initiative_id=initiative_id) if await ask("complete", YesNo(), values=known) else None


@carries(AskDecision)
async def carry_ask(context: Context, command: AskDecision) -> Outcome:
    """The term starts, once there are enough supporters; both sides hear until when it runs."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    around = context.around
    if initiative.status in ENDED:
        return not_now(initiative)
    rules = rules_of(around, initiative)
    if rules is None:
        return Refused(key="decision.refused.none_here")
    latest = await latest_decision(context, initiative)
    if latest is not None and latest.outcome is None:
        return Refused(key="decision.refused.asked", values={"due": latest.due_at})
    if latest is not None and latest.outcome is DecisionOutcome.GRANTED:
        return Refused(key="decision.refused.granted")
    needed, have = threshold(around, initiative), (await support(context, initiative)).total
    if needed is not None and have < needed:
        values = {"needed": needed, "have": have, "count": needed - have}
        return Refused(key="decision.refused.supporters", values=values)
    decision = Decision(
        initiative_id=initiative.id or 0,
        asked_at=context.now,
        due_at=due_after(around, rules.answer_weeks or WEEKS),
    )
    context.session.add(decision)
    await context.session.flush()
    remind_at = context.house.municipality.waking(max(decision.due_at - REMIND_BEFORE, context.now))
    await plan(context.session, TimerKind.DECISION, decision.id or 0, remind_at)
    await happened(context, initiative, EventKind.DECISION_ASKED, subject_id=decision.id)
    pass_turn(context, initiative, Side.MUNICIPALITY)
    if await leads(context, initiative):
        await sign_of_life(context, initiative)
    look = partial(_look, initiative)
    until = {"due": decision.due_at}
    groups = [
        Group(people=await initiators(context, initiative), key="decision.asked.yours", buttons=look, values=until),
        Group(
            people=[*await guides(context, initiative), context.me],
            key="decision.asked.guide",
            buttons=partial(_decide_button, initiative),
            values=until,
        ),
    ]
    await tell_once(context, initiative, groups)
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"decision": decision.id})


# The term


@on_time(TimerKind.DECISION)
async def watch(context: Context, decision_id: int) -> Again:
    """The guide is reminded before; when it is late all who can do something hear it, every week, and the initiators.

    Late is late: nobody is told that it will surely be fine.
    """
    decision = await context.session.get(Decision, decision_id)
    if decision is None or decision.outcome is not None:
        return None
    initiative = await context.session.get_one(Initiative, decision.initiative_id)
    if initiative.status in ENDED:
        return None
    button = partial(_decide_button, initiative)
    supporting = await guides(context, initiative)
    waking = context.house.municipality.waking
    if context.now <= decision.due_at:
        group = Group(people=supporting, key="decision.soon", buttons=button, values={"due": decision.due_at})
        await tell_once(context, initiative, [group])
        return waking(decision.due_at + timedelta(minutes=1)) - context.now
    days = max(1, (context.now - decision.due_at).days)
    values = {"due": decision.due_at, "count": days}
    above = [*await watchers(context, initiative.team_code), *await coordinators(context.session)]
    groups = [
        Group(people=await initiators(context, initiative), key="decision.late.yours", buttons=_nothing, values=values),
        Group(people=supporting, key="decision.late.guide", buttons=button, values=values),
        Group(people=above, key="decision.late.above", buttons=partial(_look, initiative), values=values),
    ]
    await tell_once(context, initiative, groups)
    return waking(context.now + REMIND_AGAIN) - context.now


# Deciding


async def titled(context: Context, *, initiative_id: int) -> str:
    """What the initiative is called."""
    return (await context.session.get_one(Initiative, initiative_id)).title


@conversation("decision.decide", for_work=True)
async def decide(ask: Ask) -> Decide:
    """What was decided, why, and what can be done and by whom."""
    initiative_id = ask.given("initiative", int)
    title = await ask.once("title", partial(titled, initiative_id=initiative_id))
    outcome = await ask("outcome", Choice(DecisionOutcome), values={"title": title})
    reasons = await ask("reasons", Text(max_length=LENGTH, min_length=10))
    possible = await ask("possible", Text(max_length=LENGTH, min_length=10))
    await ask.review(values={"title": title})
    return Decide(initiative_id=initiative_id, outcome=outcome, reasons=reasons, possible=possible)


@carries(Decide)
async def carry_decide(context: Context, command: Decide) -> Outcome:
    """The initiators read all of it; who helps and follows hears what came out. Granted: they can begin."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    if initiative.status in ENDED:
        return not_now(initiative)
    decision = await open_decision(context, initiative)
    if decision is None:
        return Refused(key="decision.refused.not_asked")
    if not command.reasons.strip() or not command.possible.strip():
        return Refused(key="decision.refused.bare")
    decision.outcome, decision.reasons, decision.possible = command.outcome, command.reasons, command.possible
    decision.decided_by, decision.decided_at = context.me.id, context.now
    context.session.add(decision)
    await context.session.flush()
    await unplan(context.session, TimerKind.DECISION, decision.id or 0)
    await happened(
        context, initiative, EventKind.DECIDED, subject_id=decision.id, details={"outcome": command.outcome.value}
    )
    to = way(Decide, initiative.status) if command.outcome is DecisionOutcome.GRANTED else None
    if to is not None:
        await move(context, initiative, to)
        await cards.refresh(context, initiative)
    pass_turn(context, initiative, Side.RESIDENTS)
    await _tell_decision(context, initiative, command)
    details = {"decision": decision.id, "outcome": command.outcome.value}
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details=details)


async def _tell_decision(context: Context, initiative: Initiative, command: Decide) -> None:
    rules = rules_of(context.around, initiative)
    by = rules.decided_by if rules else None
    for person in await initiators(context, initiative):
        around = context.around_for(person)
        values = {
            "by": by.name_in(around.language) if by else around.municipality.name,
            "reasons": command.reasons,
            "possible": command.possible,
            "guide": name_of(context.me),
        }
        group = Group(
            people=[person],
            key=f"decision.told.{command.outcome.value}",
            buttons=partial(_after_decision, initiative),
            values=values,
        )
        await tell_once(context, initiative, [group])
    leading = await initiators(context, initiative)
    others = _without(
        leading,
        [
            *await guides(context, initiative),
            *([] if initiative.hidden_at is not None else await around_it(context, initiative)),
            context.me,
        ],
    )
    key = f"decision.others.{command.outcome.value}"
    await tell_once(context, initiative, [Group(people=others, key=key, buttons=partial(_look, initiative))])


def _without(some: Sequence[Person], people: Sequence[Person]) -> list[Person]:
    numbers = {person.id for person in some}
    return [person for person in people if person.id not in numbers]


# Objecting


@carries(AskAboutObjection)
async def carry_objection(context: Context, command: AskAboutObjection) -> Outcome:
    """How, where and until when. Nobody of the municipality hears that it was asked."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    around = context.around
    query = select(Decision).where(Decision.initiative_id == initiative.id, col(Decision.decided_at).is_not(None))
    decision = (await context.session.exec(query.order_by(col(Decision.id).desc()))).first()
    if decision is None:
        return Refused(key="decision.refused.not_decided")
    decision.objected_at = decision.objected_at or context.now
    context.session.add(decision)
    rules = around.municipality.routes.get(initiative.route)
    own = rules.objection.name_in(around.language) if rules and rules.objection else None
    last = last_day_to_object(around, decision)
    contact = around.municipality.contact
    await context.say(
        "decision.objection.open" if around.today <= last else "decision.objection.over",
        title=initiative.title,
        last=last,
        own=own,
        municipality=around.municipality.name,
        address=contact.front_desk,
        phone=contact.phone,
        website=str(contact.website),
    )
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"decision": decision.id})


# The board


def _nothing(around: Around) -> Rows:
    return ()


def _look(initiative: Initiative, around: Around) -> Rows:
    return ((open_button(around.plain("initiative.buttons.open"), initiative),),)


def _decide_button(initiative: Initiative, around: Around) -> Rows:
    return ((act(around.plain("decision.buttons.decide"), "i-decide", initiative.id or 0),), *_look(initiative, around))


def _after_decision(initiative: Initiative, around: Around) -> Rows:
    return (
        (act(around.plain("decision.buttons.objection"), "i-objection", initiative.id or 0),),
        (act(around.plain("initiative.buttons.reply"), "i-reply", initiative.id or 0),),
    )


@offers(55)
def offer(view: View) -> list[Button]:
    """Where the route has a decision: both sides can ask it, the guide writes it down, the initiators can object."""
    if rules_of(view.around, view.initiative) is None:
        return []
    number, around = view.initiative.id or 0, view.around
    buttons: list[Button] = []
    if not view.ended and view.is_(Relation.INITIATOR, Relation.GUIDE):
        buttons.append(act(around.plain("decision.buttons.ask"), "i-decision", number))
    if not view.ended and view.is_(Relation.GUIDE):
        buttons.append(act(around.plain("decision.buttons.decide"), "i-decide", number))
    if view.is_(Relation.INITIATOR):
        buttons.append(act(around.plain("decision.buttons.objection"), "i-objection", number))
    return buttons


@facts(15)
async def on_board(context: Context, view: View) -> str | None:
    """The term counts in the open; what was decided is for all, why for who leads it and who supports them."""
    initiative, around = view.initiative, view.around
    if rules_of(around, initiative) is None:
        return None
    decision = await latest_decision(context, initiative)
    if decision is None or (decision.outcome is None and view.ended):
        return None
    if decision.outcome is None:
        late = (context.now - decision.due_at).days
        if context.now > decision.due_at:
            return around.text("decision.board.late", due=decision.due_at, count=max(1, late))
        return around.text("decision.board.asked", due=decision.due_at)
    inside = view.is_(*INSIDERS)
    return around.text(
        f"decision.board.{decision.outcome.value}",
        at=decision.decided_at,
        reasons=decision.reasons if inside else None,
        possible=decision.possible if inside else None,
    )


@action("i-decision")
async def press_ask(context: Context, argument: str) -> None:
    """Ask for it, perhaps."""
    initiative = await initiative_in(context, argument)
    if initiative is None:
        return
    if not (await leads(context, initiative) or context.me.id in (initiative.guide_id, initiative.deputy_id)):
        context.note("common.not_allowed", alert=True)
    elif initiative.status in ENDED:
        await context.refuse(not_now(initiative))
    elif rules_of(context.around, initiative) is None:
        context.note("decision.refused.none_here", alert=True)
    elif (decision := await open_decision(context, initiative)) is not None:
        context.note("decision.refused.asked", alert=True, due=decision.due_at)
    else:
        await dialogue.start(context, "decision.ask", {"initiative": initiative.id})


@action("i-decide")
async def press_decide(context: Context, argument: str) -> None:
    """Write down what was decided, perhaps."""
    initiative = await initiative_in(context, argument)
    if initiative is None:
        return
    if context.me.id not in (initiative.guide_id, initiative.deputy_id):
        context.note("common.not_allowed", alert=True)
    elif initiative.status in ENDED:
        await context.refuse(not_now(initiative))
    elif await open_decision(context, initiative) is None:
        context.note("decision.refused.not_asked", alert=True)
    else:
        await dialogue.start(context, "decision.decide", {"initiative": initiative.id})


@action("i-objection")
async def press_objection(context: Context, argument: str) -> None:
    """How does that work?"""
    initiative = await initiative_in(context, argument)
    if initiative is None:
        return
    outcome = await carry(context, AskAboutObjection(initiative_id=initiative.id or 0))
    if isinstance(outcome, Refused):
        await context.refuse(outcome)
