"""From an idea to an ending: which command moves an initiative where, and who hears it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from sqlalchemy import and_, delete, or_
from sqlmodel import col, select

from flows.commands import Refused
from flows.context import Context
from flows.initiatives import cards
from flows.initiatives.circle import guides, initiators
from flows.initiatives.events import move
from flows.initiatives.lessons.asking import ask_for_lesson, lesson_buttons
from flows.initiatives.telling import Group, around_it, look_at, tell_once
from flows.initiatives.verbs import (
    AgreeToMerge,
    AnswerTakeOn,
    BeginInitiative,
    ConfirmFrame,
    Decide,
    FinishInitiative,
    FinishStep,
    StopInitiative,
    WriteToInitiator,
)
from flows.verbs import Command
from storage.agreements import Agreement, Decision
from storage.endings import EndingOffer
from storage.initiatives import ENDED, Initiative, InitiativeStatus, Route
from storage.people import Person
from storage.steps import Step, StepStatus
from storage.timers import Timer, TimerKind

S = InitiativeStatus

WAYS: Mapping[type[Command], Mapping[InitiativeStatus, InitiativeStatus]] = {
    WriteToInitiator: {S.IDEA: S.EXPLORING},  # the guide's greeting
    ConfirmFrame: {S.IDEA: S.AGREED, S.EXPLORING: S.AGREED},
    BeginInitiative: {S.IDEA: S.AGREED, S.EXPLORING: S.AGREED},
    Decide: {S.IDEA: S.AGREED, S.EXPLORING: S.AGREED},  # when it is granted
    FinishStep: {S.AGREED: S.UNDER_WAY},
    FinishInitiative: {S.IDEA: S.DONE, S.EXPLORING: S.DONE, S.AGREED: S.DONE, S.UNDER_WAY: S.DONE},
    StopInitiative: {S.IDEA: S.STOPPED, S.EXPLORING: S.STOPPED, S.AGREED: S.STOPPED, S.UNDER_WAY: S.STOPPED},
    AgreeToMerge: {S.IDEA: S.MERGED, S.EXPLORING: S.MERGED, S.AGREED: S.MERGED, S.UNDER_WAY: S.MERGED},  # with a yes
    AnswerTakeOn: {S.IDEA: S.TAKEN_ON, S.EXPLORING: S.TAKEN_ON, S.AGREED: S.TAKEN_ON, S.UNDER_WAY: S.TAKEN_ON},  # yes
}
"""Command by status: where it goes. What isn't here doesn't move it; after an ending nothing does. Who may give a
command is in `flows.permissions`. Nobody needs a permission to have done something: done can follow on anything."""

AT_ONCE: Mapping[Route, Mapping[type[Command], Mapping[InitiativeStatus, InitiativeStatus]]] = {
    Route.JUST_DO_IT: {FinishStep: {S.IDEA: S.UNDER_WAY, S.EXPLORING: S.UNDER_WAY}},
}
"""What a route has besides: where nobody has to agree first, who does the first step is under way."""

LENGTH = 500
"""Characters of a reason."""


def way(command: type[Command], status: InitiativeStatus, route: Route | None = None) -> InitiativeStatus | None:
    """Where `command` brings an initiative from `status`, on `route`; None: nowhere."""
    sooner = {} if route is None else AT_ONCE.get(route, {}).get(command, {})
    return WAYS.get(command, {}).get(status) or sooner.get(status)


async def announce(
    context: Context,
    initiative: Initiative,
    *,
    reason: str | None = None,
    into: Initiative | None = None,
    actor_too: bool = True,
    but: Iterable[Person] = (),
) -> None:
    """Tell everybody concerned where it stands now. The reason is for the initiators and their guide only.

    Of one that is hidden the others don't hear. `but`: who heard it already.
    """
    status = initiative.status.value
    asked = initiative.status in (S.DONE, S.STOPPED, S.TAKEN_ON)
    look = partial(look_at, into or initiative)
    known = {"into": into.title if into else "", "into_reference": into.reference if into else ""}
    acting = [context.actor] if context.actor is not None else []
    leading = partial(lesson_buttons, initiative) if asked else look
    yours, others = f"lifecycle.told.{status}.yours", f"lifecycle.told.{status}.others"
    with_reason = {**known, "reason": reason}
    without = {**known, "reason": None}
    others_people = [] if initiative.hidden_at is not None else await around_it(context, initiative)
    await tell_once(
        context,
        initiative,
        [
            Group(people=await initiators(context, initiative), key=yours, buttons=leading, values=with_reason),
            Group(people=await guides(context, initiative), key=others, buttons=look, values=with_reason),
            Group(people=[*others_people, *acting], key=others, buttons=look, values=without),
        ],
        actor_too=actor_too,
        but=but,
    )


# Moving


async def begins(context: Context, initiative: Initiative, to: InitiativeStatus) -> None:
    """It moves to `to`: they can begin. Where a step is done already, they are under way."""
    await move(context, initiative, to)
    done = select(Step.id).where(Step.initiative_id == initiative.id, Step.status == StepStatus.DONE)
    further = way(FinishStep, to)
    if further is not None and (await context.session.exec(done)).first() is not None:
        await move(context, initiative, further)


async def got_under_way(context: Context, initiative: Initiative, *, but: Iterable[Person] = ()) -> None:
    """The first step is done; does nothing where that doesn't move it (any more).

    Who did it isn't told, nor is who heard already (`but`).
    """
    to = way(FinishStep, initiative.status, initiative.route)
    if to is not None:
        await move(context, initiative, to)
        await cards.refresh(context, initiative)
        await announce(context, initiative, actor_too=False, but=but)


async def end(
    context: Context, initiative: Initiative, to: InitiativeStatus, *, reason: str, into: Initiative | None = None
) -> None:
    """It is over: nothing is asked of anybody any more, and nothing is deleted. All hear it."""
    await move(context, initiative, to)
    initiative.ended_at, initiative.end_reason = context.now, reason
    initiative.merged_into_id = into.id if into else None
    initiative.asleep_since = None
    context.session.add(initiative)
    await context.session.flush()
    await _unplan_all(context, initiative)
    if initiative.status in (S.DONE, S.STOPPED, S.TAKEN_ON):
        await ask_for_lesson(context, initiative)
    await cards.refresh(context, initiative)
    # Who says yes to going on together leads the other one, and hears it about that one.
    await announce(context, initiative, reason=reason or None, into=into, actor_too=into is None)
    await _let_offers_lapse(context, initiative)


async def _unplan_all(context: Context, initiative: Initiative) -> None:
    """What was to happen to it, to its steps, agreements and decisions, doesn't."""
    kind, subject = col(Timer.kind), col(Timer.subject_id)
    parts = (
        (TimerKind.STEP, select(Step.id).where(Step.initiative_id == initiative.id)),
        (TimerKind.AGREEMENT, select(Agreement.id).where(Agreement.initiative_id == initiative.id)),
        (TimerKind.DECISION, select(Decision.id).where(Decision.initiative_id == initiative.id)),
    )
    own = and_(kind == TimerKind.RHYTHM, subject == initiative.id)
    of_parts = (and_(kind == one, subject.in_(numbers)) for one, numbers in parts)
    await context.session.exec(delete(Timer).where(or_(own, *of_parts)))


async def _let_offers_lapse(context: Context, initiative: Initiative) -> None:
    """What waited for an answer doesn't any more; who wanted to go on together with this one hears why."""
    query = select(EndingOffer).where(
        or_(col(EndingOffer.initiative_id) == initiative.id, col(EndingOffer.into_id) == initiative.id),
        col(EndingOffer.answered_at).is_(None),
    )
    for offer in (await context.session.exec(query)).all():
        offer.answered_at = context.now
        context.session.add(offer)
        if offer.initiative_id == initiative.id:
            continue
        waiting = await context.session.get_one(Initiative, offer.initiative_id)
        people = await initiators(context, waiting)
        values = {"other": initiative.title}
        group = Group(people=people, key="lifecycle.merge.lapsed", buttons=partial(look_at, waiting), values=values)
        await tell_once(context, waiting, [group])
    await context.session.flush()


# What commands share


def not_now(initiative: Initiative) -> Refused:
    """The button is from before: it has ended, or is further."""
    word = "ended" if initiative.status in ENDED else "further"
    return Refused(key=f"lifecycle.refused.{word}", values={"title": initiative.title})


async def leads(context: Context, initiative: Initiative) -> bool:
    """Whether the actor is an initiator of it."""
    return any(person.id == context.me.id for person in await initiators(context, initiative))
