"""From an idea to an ending: which command moves an initiative where, and who hears it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import and_, delete, or_
from sqlmodel import col, select

from flows.commands import Done, Outcome, Refused, carries, carry
from flows.context import Around, Context
from flows.doors import act, action, id_in
from flows.initiatives import cards
from flows.initiatives.board import INSIDERS, facts, open_button
from flows.initiatives.circle import audience, guides, helpers, initiators
from flows.initiatives.events import move, pass_turn, sign_of_life
from flows.initiatives.lessons import ask_for_lesson, lesson_buttons, titled
from flows.initiatives.offers import View, offers
from flows.initiatives.relations import involvements
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
from flows.people.teams import watchers
from flows.permissions import Relation
from flows.talk import dialogue
from flows.talk.answers import Text
from flows.talk.ask import Ask
from flows.talk.choices import YesNo
from flows.talk.message import Button, Message, Rows
from flows.talk.replay import conversation
from flows.verbs import Command
from storage.agreements import Agreement, Decision, Frame
from storage.cards import Subject
from storage.endings import EndingOffer
from storage.initiatives import ENDED, Initiative, InitiativeStatus, Route, Side
from storage.participation import InvolvementStatus, Participation
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

LENGTH = 500
"""Characters of a reason."""


def way(command: type[Command], status: InitiativeStatus) -> InitiativeStatus | None:
    """Where `command` brings an initiative from `status`; None: nowhere."""
    return WAYS.get(command, {}).get(status)


# Telling


@dataclass(frozen=True, kw_only=True)
class Group:
    """People who hear the same: `key` is the text, which knows title, reference and `values`."""

    people: Sequence[Person]
    key: str
    buttons: Callable[[Around], Rows]
    values: Mapping[str, object] = field(default_factory=dict)


async def tell_once(
    context: Context, initiative: Initiative, groups: Sequence[Group], *, actor_too: bool = True
) -> None:
    """Everybody in these groups hears it once, in their language: in the first group they are in."""
    told: set[int | None] = set() if actor_too or context.actor is None else {context.actor.id}
    for group in groups:
        for person in group.people:
            if person.id in told:
                continue
            told.add(person.id)
            around = context.around_for(person)
            text = around.text(group.key, title=initiative.title, reference=initiative.reference, **group.values)
            message = Message(text=text, buttons=group.buttons(around))
            await context.send(person, message, about=(Subject.INITIATIVE, initiative.id or 0))


async def partners(context: Context, initiative: Initiative) -> list[Person]:
    """Who looks after the teams of partners that joined."""
    joined = [one for one in await involvements(context, initiative) if one.status is InvolvementStatus.JOINED]
    return [person for one in joined for person in await watchers(context, one.team_code)]


async def around(context: Context, initiative: Initiative) -> list[Person]:
    """Partners, helpers and followers; somebody may be in it twice."""
    return [
        *await partners(context, initiative),
        *await helpers(context, initiative),
        *await audience(context, initiative, {Participation.FOLLOWER}),
    ]


async def announce(
    context: Context,
    initiative: Initiative,
    *,
    reason: str | None = None,
    into: Initiative | None = None,
    actor_too: bool = True,
) -> None:
    """Tell everybody concerned where it stands now. The reason is for the initiators and their guide only.

    Of one that is hidden the others don't hear.
    """
    status = initiative.status.value
    asked = initiative.status in (S.DONE, S.STOPPED, S.TAKEN_ON)
    look = partial(_look_at, into or initiative)
    known = {"into": into.title if into else "", "into_reference": into.reference if into else ""}
    acting = [context.actor] if context.actor is not None else []
    leading = partial(lesson_buttons, initiative) if asked else look
    yours, others = f"lifecycle.told.{status}.yours", f"lifecycle.told.{status}.others"
    with_reason = {**known, "reason": reason}
    without = {**known, "reason": None}
    around_it = [] if initiative.hidden_at is not None else await around(context, initiative)
    await tell_once(
        context,
        initiative,
        [
            Group(people=await initiators(context, initiative), key=yours, buttons=leading, values=with_reason),
            Group(people=await guides(context, initiative), key=others, buttons=look, values=with_reason),
            Group(people=[*around_it, *acting], key=others, buttons=look, values=without),
        ],
        actor_too=actor_too,
    )


def _look_at(initiative: Initiative, around: Around) -> Rows:
    return ((open_button(around.plain("initiative.buttons.open"), initiative),),)


# Moving


async def got_under_way(context: Context, initiative: Initiative) -> None:
    """The first step is done; does nothing where that doesn't move it (any more). Who did it isn't told."""
    to = way(FinishStep, initiative.status)
    if to is not None:
        await move(context, initiative, to)
        await cards.refresh(context, initiative)
        await announce(context, initiative, actor_too=False)


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
    await announce(context, initiative, reason=reason or None, into=into)
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
        group = Group(people=people, key="lifecycle.merge.lapsed", buttons=partial(_look_at, waiting), values=values)
        await tell_once(context, waiting, [group])
    await context.session.flush()


# Beginning, finishing, stopping


@conversation("lifecycle.finish")
async def finish(ask: Ask) -> FinishInitiative | None:
    """Has it happened?"""
    initiative_id = ask.given("initiative", int)
    title = await ask.once("title", partial(titled, initiative_id=initiative_id))
    return (
        FinishInitiative(initiative_id=initiative_id) if await ask("sure", YesNo(), values={"title": title}) else None
    )


@conversation("lifecycle.stop")
async def stop(ask: Ask) -> StopInitiative:
    """Why; the initiators and their guide read it."""
    initiative_id = ask.given("initiative", int)
    title = await ask.once("title", partial(titled, initiative_id=initiative_id))
    reason = await ask("reason", Text(max_length=LENGTH), values={"title": title})
    await ask.review(values={"title": title})
    return StopInitiative(initiative_id=initiative_id, reason=reason)


@carries(BeginInitiative)
async def carry_begin(context: Context, command: BeginInitiative) -> Outcome:
    """No frame is needed. Where one lies ready, or a decision is asked, that comes first."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    to = way(BeginInitiative, initiative.status)
    if to is None:
        return not_now(initiative)
    if await _frame_waits(context, initiative):
        return Refused(key="lifecycle.refused.frame")
    if await open_decision(context, initiative) is not None:
        return Refused(key="lifecycle.refused.decision")
    await move(context, initiative, to)
    done = select(Step.id).where(Step.initiative_id == initiative.id, Step.status == StepStatus.DONE)
    further = way(FinishStep, to) if (await context.session.exec(done)).first() is not None else None
    if further is not None:
        await move(context, initiative, further)
    if await leads(context, initiative):
        await sign_of_life(context, initiative)
    pass_turn(context, initiative, Side.RESIDENTS)
    await cards.refresh(context, initiative)
    await announce(context, initiative)
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id)


@carries(FinishInitiative)
async def carry_finish(context: Context, command: FinishInitiative) -> Outcome:
    """It happened."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    to = way(FinishInitiative, initiative.status)
    if to is None:
        return not_now(initiative)
    await sign_of_life(context, initiative)
    await end(context, initiative, to, reason="")
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id)


@carries(StopInitiative)
async def carry_stop(context: Context, command: StopInitiative) -> Outcome:
    """It ends earlier, and that is fine: what was learned counts."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    to = way(StopInitiative, initiative.status)
    if to is None:
        return not_now(initiative)
    await sign_of_life(context, initiative)
    await end(context, initiative, to, reason=command.reason)
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id)


def not_now(initiative: Initiative) -> Refused:
    """The button is from before: it has ended, or is further."""
    word = "ended" if initiative.status in ENDED else "further"
    return Refused(key=f"lifecycle.refused.{word}", values={"title": initiative.title})


async def leads(context: Context, initiative: Initiative) -> bool:
    """Whether the actor is an initiator of it."""
    return any(person.id == context.me.id for person in await initiators(context, initiative))


async def open_decision(context: Context, initiative: Initiative) -> Decision | None:
    """The formal decision that was asked and not taken yet."""
    query = select(Decision).where(Decision.initiative_id == initiative.id, col(Decision.outcome).is_(None))
    return (await context.session.exec(query.order_by(col(Decision.id).desc()))).first()


async def _frame_waits(context: Context, initiative: Initiative) -> bool:
    query = select(Frame).where(Frame.initiative_id == initiative.id).order_by(col(Frame.version).desc())
    frame = (await context.session.exec(query)).first()
    return frame is not None and frame.confirmed_at is None


# The board


@offers(20)
def offer_to_begin(view: View) -> list[Button]:
    """Both sides can say that it can begin."""
    if way(BeginInitiative, view.initiative.status) is None or not view.is_(Relation.INITIATOR, Relation.GUIDE):
        return []
    return [act(view.around.plain("lifecycle.buttons.begin"), "i-begin", view.initiative.id or 0)]


@offers(60)
def offer_to_finish(view: View) -> list[Button]:
    """Who leads it can say that it happened; early only where nobody has to agree to anything first."""
    early = view.initiative.status in (S.IDEA, S.EXPLORING) and view.initiative.route is not Route.JUST_DO_IT
    if view.ended or early or not view.is_(Relation.INITIATOR):
        return []
    return [act(view.around.plain("lifecycle.buttons.finish"), "i-finish", view.initiative.id or 0)]


@offers(95)
def offer_to_stop(view: View) -> list[Button]:
    """Last of all."""
    if view.ended or not view.is_(Relation.INITIATOR):
        return []
    return [act(view.around.plain("lifecycle.buttons.stop"), "i-stop", view.initiative.id or 0)]


@offers(10)
def offer_the_other(view: View) -> list[Button]:
    """It goes on there."""
    into = view.initiative.merged_into_id
    if view.initiative.status is not S.MERGED or into is None:
        return []
    return [act(view.around.plain("lifecycle.buttons.go_there"), "i-open", into)]


@facts(5)
async def ending(context: Context, view: View) -> str | None:
    """When it ended; why is for the initiators and who supports them."""
    initiative = view.initiative
    if not view.ended or initiative.ended_at is None:
        return None
    reason = initiative.end_reason if view.is_(*INSIDERS) else None
    return view.around.text("lifecycle.ended", at=initiative.ended_at, reason=reason or None)


@action("i-begin")
async def press_begin(context: Context, argument: str) -> None:
    """It can begin."""
    initiative = await initiative_in(context, argument)
    if initiative is None:
        return
    outcome = await carry(context, BeginInitiative(initiative_id=initiative.id or 0))
    if isinstance(outcome, Refused):
        await context.refuse(outcome)


@action("i-finish")
async def press_finish(context: Context, argument: str) -> None:
    """It happened, perhaps."""
    await start_for_leaders(context, argument, "lifecycle.finish")


@action("i-stop")
async def press_stop(context: Context, argument: str) -> None:
    """Stop, perhaps."""
    await start_for_leaders(context, argument, "lifecycle.stop")


async def start_for_leaders(context: Context, argument: str, name: str) -> None:
    """Begin a conversation about a running initiative, for who leads it; else a note says why not."""
    initiative = await initiative_in(context, argument)
    if initiative is None:
        return
    if not await leads(context, initiative):
        context.note("lifecycle.refused.initiators_only", alert=True)
    elif initiative.status in ENDED:
        await context.refuse(not_now(initiative))
    else:
        await dialogue.start(context, name, {"initiative": initiative.id})


async def initiative_in(context: Context, argument: str) -> Initiative | None:
    """The initiative of a button; a note where there is none."""
    number = id_in(argument)
    initiative = None if number is None else await context.session.get(Initiative, number)
    if initiative is None:
        context.note("common.gone", alert=True)
    return initiative
