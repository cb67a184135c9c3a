"""Saying that it can begin, that it is done, or that it stops."""

from __future__ import annotations

from functools import partial

from sqlmodel import col, select

from flows.commands import Done, Outcome, Refused, carries, carry
from flows.context import Context
from flows.doors import act, action
from flows.initiatives import cards
from flows.initiatives.board import facts
from flows.initiatives.events import pass_turn, sign_of_life
from flows.initiatives.lessons.lessons import titled
from flows.initiatives.lifecycle.decision_rules import open_decision, rules_of
from flows.initiatives.lifecycle.lifecycle import LENGTH, announce, begins, end, leads, not_now, way
from flows.initiatives.offers import View, offers
from flows.initiatives.presses import initiative_in, start_for_leaders
from flows.initiatives.verbs import BeginInitiative, FinishInitiative, StopInitiative
from flows.permissions import Relation
from flows.talk.answers import Text
from flows.talk.ask import Ask
from flows.talk.choices import YesNo
from flows.talk.message import Button
from flows.talk.replay import conversation
from storage.agreements import Frame
from storage.cards import Subject
from storage.initiatives import Initiative, InitiativeStatus, Route, Side

S = InitiativeStatus


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
    """No frame is needed. Where one lies ready, or a decision is asked, that comes first.

    Where the route has a decision, only the guide can say that it goes without.
    """
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    to = way(BeginInitiative, initiative.status)
    if to is None:
        return not_now(initiative)
    if await _frame_waits(context, initiative):
        return Refused(key="lifecycle.refused.frame")
    if await open_decision(context, initiative) is not None:
        return Refused(key="lifecycle.refused.decision")
    if rules_of(context.around, initiative) and context.me.id not in (initiative.guide_id, initiative.deputy_id):
        return Refused(key="lifecycle.refused.without_decision", values={"guide_title": context.around.guide_title})
    await begins(context, initiative, to)
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


async def _frame_waits(context: Context, initiative: Initiative) -> bool:
    query = select(Frame).where(Frame.initiative_id == initiative.id).order_by(col(Frame.version).desc())
    frame = (await context.session.exec(query)).first()
    return frame is not None and frame.confirmed_at is None


# The board


@offers(25)
def offer_to_begin(view: View) -> list[Button]:
    """Both sides can say that it can begin; where the route has a decision, the guide alone."""
    sides = {Relation.GUIDE} if rules_of(view.around, view.initiative) else {Relation.INITIATOR, Relation.GUIDE}
    if way(BeginInitiative, view.initiative.status) is None or not view.is_(*sides):
        return []
    return [act(view.around.plain("lifecycle.buttons.begin"), "i-begin", view.initiative.id or 0)]


@offers(38)
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
    """When it ended; why is for the initiators and the guide, as who wrote it was told."""
    initiative = view.initiative
    if not view.ended or initiative.ended_at is None:
        return None
    reason = initiative.end_reason if view.is_(Relation.INITIATOR, Relation.GUIDE) else None
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
