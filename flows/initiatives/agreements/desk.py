"""Talking about agreements: the list, each with its buttons, and what is asked before something is done."""

from __future__ import annotations

from functools import partial
from typing import TypedDict

from sqlmodel import col, select

from flows.commands import Refused, carry
from flows.context import Context
from flows.doors import act, action, id_in
from flows.initiatives.agreements.agreements import LENGTH, agreement_of
from flows.initiatives.agreements.card import buttons, card_text, open_agreements, state_of
from flows.initiatives.agreements.rules import Act, refusal
from flows.initiatives.agreements.turns import side_of
from flows.initiatives.board import INSIDERS, facts, seen
from flows.initiatives.offers import View, offers
from flows.initiatives.pairs import pair_in
from flows.initiatives.verbs import (
    AnswerMove,
    CallBroken,
    ConfirmAgreement,
    KeepAgreement,
    MoveAgreement,
    ProposeAgreement,
    RefuseAgreement,
)
from flows.permissions import Relation
from flows.talk import dialogue
from flows.talk.answers import Text
from flows.talk.ask import Ask
from flows.talk.choices import Choice
from flows.talk.dates import Date
from flows.talk.message import Button, Message
from flows.talk.replay import conversation
from flows.verbs import InitiativeCommand
from storage.agreements import Agreement, AgreementStatus
from storage.cards import Subject
from storage.initiatives import Initiative, Part, Side

SHOWN = 5
"""Lines on the board; the rest is a button away."""
BOTH_SIDES = (Relation.INITIATOR, Relation.GUIDE)


class About(TypedDict):
    """Which agreement a conversation is about."""

    title: str
    agreement: str


async def about(context: Context, *, initiative_id: int, agreement_id: int) -> About:
    """The same, looked up."""
    initiative = await context.session.get_one(Initiative, initiative_id)
    agreement = await context.session.get_one(Agreement, agreement_id)
    return About(title=initiative.title, agreement=agreement.text)


async def titled(context: Context, *, initiative_id: int) -> str:
    """What the initiative is called."""
    return (await context.session.get_one(Initiative, initiative_id)).title


@conversation("agreement.propose")
async def propose(ask: Ask) -> ProposeAgreement:
    """Who does what by when."""
    initiative_id = ask.given("initiative", int)
    title = await ask.once("title", partial(titled, initiative_id=initiative_id))
    text = await ask("what", Text(max_length=LENGTH), values={"title": title})
    side = await ask("side", Choice(Side))
    by = await ask("by", Date(earliest=0))
    await ask.review()
    return ProposeAgreement(initiative_id=initiative_id, text=text, side=side, by=by)


@conversation("agreement.refuse")
async def refuse(ask: Ask) -> RefuseAgreement:
    """Why not?"""
    initiative_id, agreement_id = ask.given("initiative", int), ask.given("agreement", int)
    which = await ask.once("which", partial(about, initiative_id=initiative_id, agreement_id=agreement_id))
    reason = await ask("reason", Text(max_length=LENGTH), values={"agreement": which["agreement"]})
    return RefuseAgreement(initiative_id=initiative_id, agreement_id=agreement_id, reason=reason)


@conversation("agreement.move")
async def move(ask: Ask) -> MoveAgreement:
    """Which day, and why."""
    initiative_id, agreement_id = ask.given("initiative", int), ask.given("agreement", int)
    which = await ask.once("which", partial(about, initiative_id=initiative_id, agreement_id=agreement_id))
    by = await ask("by", Date(earliest=0), values={"agreement": which["agreement"]})
    reason = await ask("reason", Text(max_length=LENGTH))
    await ask.review()
    return MoveAgreement(initiative_id=initiative_id, agreement_id=agreement_id, by=by, reason=reason)


@conversation("agreement.broken")
async def broken(ask: Ask) -> CallBroken:
    """What went wrong; it says who reads that."""
    initiative_id, agreement_id = ask.given("initiative", int), ask.given("agreement", int)
    which = await ask.once("which", partial(about, initiative_id=initiative_id, agreement_id=agreement_id))
    reason = await ask("reason", Text(max_length=LENGTH), values={"agreement": which["agreement"]})
    await ask.review()
    return CallBroken(initiative_id=initiative_id, agreement_id=agreement_id, reason=reason)


@action("i-agreements")
async def press_agreements(context: Context, argument: str) -> None:
    """All that is open, each a message with what the viewer can do with it."""
    view = await _view(context, id_in(argument))
    if view is None or not view.is_(*INSIDERS):
        context.note("common.gone", alert=True)
        return
    initiative, around = view.initiative, view.around
    side = None if view.ended else side_of(view.relations)
    rows = () if side is None else ((act(around.plain("agreement.buttons.new"), "i-ag-new", initiative.id or 0),),)
    found = await open_agreements(context, initiative)
    for agreement in found:
        message = Message(text=card_text(around, agreement, context.me, side), buttons=buttons(around, agreement, side))
        await context.send(context.me, message, about=(Subject.INITIATIVE, initiative.id or 0))
    text = around.text("agreement.list", title=initiative.title, count=len(found))
    await context.send(context.me, Message(text=text, buttons=rows), about=(Subject.INITIATIVE, initiative.id or 0))


@action("i-ag-new")
async def press_new(context: Context, argument: str) -> None:
    """Propose one."""
    view = await _view(context, id_in(argument))
    if view is None or not view.is_(*BOTH_SIDES):
        context.note("common.not_allowed", alert=True)
    elif view.ended:
        context.note("agreement.refused.ended", alert=True)
    else:
        await dialogue.start(context, "agreement.propose", {"initiative": view.initiative.id})


@action("i-ag-yes")
async def press_yes(context: Context, argument: str) -> None:
    """Agreed."""
    if (pair := await _pair(context, argument)) is not None:
        await _do(context, ConfirmAgreement(initiative_id=pair[0], agreement_id=pair[1]), pair)


@action("i-ag-kept")
async def press_kept(context: Context, argument: str) -> None:
    """Done."""
    if (pair := await _pair(context, argument)) is not None:
        await _do(context, KeepAgreement(initiative_id=pair[0], agreement_id=pair[1]), pair)


@action("i-ag-move_yes")
async def press_move_yes(context: Context, argument: str) -> None:
    """The later day is fine."""
    if (pair := await _pair(context, argument)) is not None:
        await _do(context, AnswerMove(initiative_id=pair[0], agreement_id=pair[1], yes=True), pair)


@action("i-ag-move_no")
async def press_move_no(context: Context, argument: str) -> None:
    """The old day stays."""
    if (pair := await _pair(context, argument)) is not None:
        await _do(context, AnswerMove(initiative_id=pair[0], agreement_id=pair[1], yes=False), pair)


@action("i-ag-no")
async def press_no(context: Context, argument: str) -> None:
    """No, or take the own proposal back."""
    await _talk(context, argument, Act.REFUSE, "agreement.refuse")


@action("i-ag-move")
async def press_move(context: Context, argument: str) -> None:
    """Another day."""
    await _talk(context, argument, Act.MOVE, "agreement.move")


@action("i-ag-broken")
async def press_broken(context: Context, argument: str) -> None:
    """It was not kept."""
    await _talk(context, argument, Act.CALL_BROKEN, "agreement.broken")


async def _do(context: Context, command: InitiativeCommand, pair: tuple[int, int]) -> None:
    """Carry it out, and show on the message that was pressed how it stands now."""
    outcome = await carry(context, command)
    if isinstance(outcome, Refused):
        await context.refuse(outcome)
        return
    view = await _view(context, pair[0])
    agreement = None if view is None else await agreement_of(context, view.initiative, pair[1])
    if view is None or agreement is None:
        return
    side = side_of(view.relations)
    await context.edit_pressed(
        Message(text=card_text(view.around, agreement, context.me, side), buttons=buttons(view.around, agreement, side))
    )


async def _talk(context: Context, argument: str, deed: Act, name: str) -> None:
    """Begin the conversation, unless what it leads to can't be done any more."""
    pair = await _pair(context, argument)
    view = None if pair is None else await _view(context, pair[0])
    agreement = None if pair is None or view is None else await agreement_of(context, view.initiative, pair[1])
    if view is None or agreement is None:
        return
    side = side_of(view.relations)
    why = refusal(agreement, deed, side, context.around.today) if side is not None else "common.not_allowed"
    if view.ended:
        why = "agreement.refused.ended"
    if why is not None:
        context.note(why, alert=True)
        return
    await dialogue.start(context, name, {"initiative": view.initiative.id, "agreement": agreement.id})


@offers(40)
def offer_agreements(view: View) -> list[Button]:
    """One button for who leads and supports it."""
    if view.ended or not view.is_(*INSIDERS):
        return []
    return [act(view.around.plain("agreement.buttons.open"), "i-agreements", view.initiative.id or 0)]


@facts(50)
async def agreements_on_board(context: Context, view: View) -> str | None:
    """What is agreed and how it stands, in a line each; for others only when the initiators made it public."""
    around, initiative = view.around, view.initiative
    if not view.is_(*INSIDERS) and Part.AGREEMENTS not in initiative.public:
        return None
    query = select(Agreement).where(
        Agreement.initiative_id == initiative.id, Agreement.status != AgreementStatus.REFUSED
    )
    if not view.is_(*INSIDERS):
        query = query.where(Agreement.status != AgreementStatus.PROPOSED)
    found = (await context.session.exec(query.order_by(col(Agreement.by), col(Agreement.id)))).all()
    if not found:
        return None
    side = side_of(view.relations)
    waiting = [one for one in found if one.status is not AgreementStatus.KEPT]
    lines = [
        around.text(
            "agreement.line",
            text=one.text,
            doer=around.plain(f"agreement.doer.{'yours' if side is one.side else one.side}"),
            by=one.by,
            status=around.plain(f"agreement.status.{state_of(one, around)}"),
        )
        for one in waiting[:SHOWN]
    ]
    heading = around.text("agreement.board", kept=len(found) - len(waiting), more=max(0, len(waiting) - SHOWN))
    return "\n".join([heading, *lines])


async def _pair(context: Context, argument: str) -> tuple[int, int] | None:
    pair = pair_in(argument)
    initiative = None if pair is None else await context.session.get(Initiative, pair[0])
    if pair is None or initiative is None or await agreement_of(context, initiative, pair[1]) is None:
        context.note("common.gone", alert=True)
        return None
    return pair


async def _view(context: Context, number: int | None) -> View | None:
    initiative = None if number is None else await context.session.get(Initiative, number)
    return None if initiative is None else await seen(context, initiative)
