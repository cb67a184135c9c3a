"""A formal decision, where the route has one: it is asked, and taken with reasons and what can be done."""

from __future__ import annotations

from functools import partial
from typing import TypedDict

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Around, Context
from flows.doors import act
from flows.initiatives import cards
from flows.initiatives.circle import guides, initiators
from flows.initiatives.events import happened, pass_turn, sign_of_life
from flows.initiatives.lessons.lessons import titled
from flows.initiatives.lifecycle.decision_rules import (
    WEEKS,
    decide_buttons,
    due_after,
    latest_decision,
    open_decision,
    rules_of,
)
from flows.initiatives.lifecycle.decision_term import watch_over
from flows.initiatives.lifecycle.lifecycle import begins, leads, not_now, way
from flows.initiatives.people.supporting import support, threshold
from flows.initiatives.telling import Group, around_it, look_at, tell_once
from flows.initiatives.verbs import AskDecision, Decide
from flows.people.names import name_of
from flows.talk.answers import Text
from flows.talk.ask import Ask
from flows.talk.choices import Choice, YesNo
from flows.talk.message import Rows
from flows.talk.replay import conversation
from flows.timers import unplan
from storage.agreements import Decision, DecisionOutcome
from storage.cards import Subject
from storage.initiatives import ENDED, EventKind, Initiative, Side
from storage.timers import TimerKind

LENGTH = 1200
"""Characters of the reasons, and of what can be done."""


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
    await watch_over(context, decision)
    await happened(context, initiative, EventKind.DECISION_ASKED, subject_id=decision.id)
    pass_turn(context, initiative, Side.MUNICIPALITY)
    if await leads(context, initiative):
        await sign_of_life(context, initiative)
    look = partial(look_at, initiative)
    until = {"due": decision.due_at}
    groups = [
        Group(people=await initiators(context, initiative), key="decision.asked.yours", buttons=look, values=until),
        Group(
            people=[*await guides(context, initiative), context.me],
            key="decision.asked.guide",
            buttons=partial(decide_buttons, initiative),
            values=until,
        ),
    ]
    await tell_once(context, initiative, groups)
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"decision": decision.id})


# Deciding


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
        await begins(context, initiative, to)
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
            buttons=partial(_after_decision, initiative, command.outcome),
            values=values,
        )
        await tell_once(context, initiative, [group])
    leading = {person.id for person in await initiators(context, initiative)}
    others = [
        *await guides(context, initiative),
        *([] if initiative.hidden_at is not None else await around_it(context, initiative)),
        context.me,
    ]
    fresh = [person for person in others if person.id not in leading]
    key = f"decision.others.{command.outcome.value}"
    await tell_once(context, initiative, [Group(people=fresh, key=key, buttons=partial(look_at, initiative))])


def _after_decision(initiative: Initiative, outcome: DecisionOutcome, around: Around) -> Rows:
    """A yes leads on to what there is to do; otherwise to the guide, who thinks along. Objecting comes last."""
    reply = (act(around.plain("initiative.buttons.reply"), "i-reply", initiative.id or 0),)
    on = look_at(initiative, around) if outcome is DecisionOutcome.GRANTED else ()
    return (*on, reply, (act(around.plain("decision.buttons.objection"), "i-objection", initiative.id or 0),))
