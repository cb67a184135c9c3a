"""Helping: with hands, tools, knowledge or space. The initiators see a name only when both sides want that."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from functools import partial
from textwrap import shorten

from sqlmodel import col, func, select

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Around, Context
from flows.doors import act, action
from flows.initiatives.board import facts, open_button
from flows.initiatives.circle import initiators
from flows.initiatives.events import happened
from flows.initiatives.offers import View, offers
from flows.initiatives.people.introducing import introduce
from flows.initiatives.people.taking_part import (
    add,
    called,
    closed,
    introduced,
    next_number,
    offers_of,
    pressed,
    row_of,
    say_to,
    take_away,
)
from flows.initiatives.verbs import JoinInitiative, OfferHelp, WithdrawHelp
from flows.permissions import Relation
from flows.talk import dialogue
from flows.talk.answers import Skippable, Text
from flows.talk.ask import Ask
from flows.talk.choices import Choices, YesNo
from flows.talk.message import Button, Rows
from flows.talk.replay import conversation
from storage.audit import AuditEntry
from storage.cards import Subject
from storage.initiatives import EventKind, Initiative
from storage.participation import Participation

LENGTH = 500
"""Characters that a helper says about it."""
A_DAY = 5
"""Changes of what somebody offers."""


class Offer(StrEnum):
    """What somebody can do for an initiative."""

    HANDS = "hands"
    TOOLS = "tools"
    KNOWLEDGE = "knowledge"
    SPACE = "space"


@offers(30, at_work=85)
def to_help(view: View) -> list[Button]:
    """Help what runs; who helps can change what they do, and stop."""
    around, number = view.around, view.initiative.id or 0
    if view.is_(Relation.HELPER):
        change = [] if view.ended else [act(around.plain("helping.buttons.change"), "i-help", number)]
        return [*change, act(around.plain("helping.buttons.stop"), "i-unhelp", number)]
    if view.ended or view.is_(Relation.INITIATOR) or view.initiative.hidden_at is not None:
        return []
    return [act(around.plain("helping.buttons.help"), "i-help", number)]


@facts(50)
async def your_help(context: Context, view: View) -> str | None:
    """What a helper said they do, and who leads, where both want that known."""
    row = await row_of(context, view.initiative.id or 0, context.me.id, Participation.HELPER)
    if row is None:
        return None
    leading = [one for one in await initiators(context, view.initiative) if introduced(row, one)]
    return view.around.text(
        "helping.yours",
        number=row.number or row.id,
        offers=offers_of(view.around, row),
        names=[one.first_name for one in leading],
    )


@conversation("helping.offer")
async def offer(ask: Ask) -> OfferHelp:
    """With what, something about it, and may they see your name?"""
    initiative_id = ask.given("initiative", int)
    what = await ask.once("what", partial(what_it_is, initiative_id=initiative_id))
    offers = await ask("offers", Choices(Offer), values=what)
    text = await ask("text", Skippable(Text(max_length=LENGTH)))
    show_name = await ask("show_name", YesNo(), values=what)
    await ask.review(values=what)
    return OfferHelp(
        initiative_id=initiative_id, offers=tuple(one.value for one in offers), text=text, show_name=show_name
    )


@conversation("helping.stop")
async def stop(ask: Ask) -> WithdrawHelp | None:
    """Are you sure?"""
    initiative_id = ask.given("initiative", int)
    what = await ask.once("what", partial(what_it_is, initiative_id=initiative_id))
    return WithdrawHelp(initiative_id=initiative_id) if await ask("sure", YesNo(), values=what) else None


async def what_it_is(context: Context, *, initiative_id: int) -> dict[str, str]:
    """The initiative a conversation is about, and the actor's name as others would see it."""
    initiative = await context.session.get_one(Initiative, initiative_id)
    return {"title": initiative.title, "name": context.me.first_name}


@action("i-help")
async def press_help(context: Context, argument: str) -> None:
    """Offer help, or change it."""
    view = await pressed(context, argument)
    if view is None:
        return
    if (refused := _unfit(view)) is not None:
        await context.refuse(refused)
        return
    await dialogue.start(context, "helping.offer", {"initiative": view.initiative.id})


@action("i-unhelp")
async def press_stop(context: Context, argument: str) -> None:
    """Stop helping."""
    view = await pressed(context, argument)
    if view is None:
        return
    if view.is_(Relation.HELPER):
        await dialogue.start(context, "helping.stop", {"initiative": view.initiative.id})
    else:
        context.note("helping.refused.not_yet", alert=True)


def _unfit(view: View) -> Refused | None:
    if view.is_(Relation.INITIATOR):
        return Refused(key="helping.refused.leads")
    return closed(view.initiative)


@carries(JoinInitiative)
async def carry_join(context: Context, command: JoinInitiative) -> Outcome:
    """They say what they can do. Nobody hears anything of it, nor of their own plan, before they have."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    if any(person.id == context.me.id for person in await initiators(context, initiative)):
        return Refused(key="helping.refused.leads")
    if (refused := closed(initiative)) is not None:
        return refused
    words = shorten(command.words, LENGTH, placeholder=" …")
    await dialogue.go_over(context, "initiative.start", "helping.offer", {"initiative": initiative.id}, {"text": words})
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id)


@carries(OfferHelp)
async def carry_offer(context: Context, command: OfferHelp) -> Outcome:
    """The initiators hear it at once, and can write back through the bot."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    leading = await initiators(context, initiative)
    if any(person.id == context.me.id for person in leading):
        return Refused(key="helping.refused.leads")
    if (refused := closed(initiative)) is not None:
        return refused
    if not command.offers or not set(command.offers) <= set(Offer) or len(command.text or "") > LENGTH:
        return Refused(key="helping.refused.offers", ask_again="offers")
    if await _changed_today(context, initiative) >= A_DAY:
        return Refused(key="helping.refused.often", values={"maximum": A_DAY})
    is_new = await row_of(context, command.initiative_id, context.me.id, Participation.HELPER) is None
    row = await add(context, initiative, context.me, Participation.HELPER)
    row.offers = [one.value for one in Offer if one.value in command.offers]
    row.offer_text = command.text
    agrees_now = command.show_name and not row.shown_to_initiators
    row.shown_to_initiators = command.show_name
    if is_new:
        row.number = await next_number(context, initiative)
        row.updates_on = True
        await take_away(context, initiative, context.me, Participation.FOLLOWER)  # helpers hear all followers do
        await happened(context, initiative, EventKind.HELPER_JOINED)
    context.session.add(row)
    await context.session.flush()
    for initiator in leading:
        around = context.around_for(initiator)

        def buttons(around: Around, exchange: bool = initiator.id not in row.shown_by) -> Rows:
            ids = f"{initiative.id}-{row.id}"
            write = act(around.plain("passing_on.buttons.reply"), "i-helper", ids)
            names = act(around.plain("introducing.buttons.show"), "i-names", ids)
            return ((write,), (names,)) if exchange else ((write,),)

        await say_to(
            context,
            initiator,
            initiative,
            "helping.new" if is_new else "helping.changed",
            buttons=buttons,
            helper=row,
            who=called(around, row, context.me, initiator),
            offers=offers_of(around, row),
            text=row.offer_text,
            wants=row.shown_to_initiators and not introduced(row, initiator),
        )

    for initiator in leading if agrees_now else []:
        if introduced(row, initiator):
            await introduce(context, initiative, row, context.me, initiator)

    def open_it(around: Around) -> Rows:
        return ((open_button(around.plain("initiative.buttons.open"), initiative),),)

    key = "helping.offered" if leading else "helping.offered_without_initiator"
    await say_to(context, context.me, initiative, key, buttons=open_it, helper=row)
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"offers": row.offers})


async def _changed_today(context: Context, initiative: Initiative) -> int:
    """How often the actor did: each time the initiators are told."""
    query = select(func.count()).where(
        AuditEntry.command == OfferHelp.__name__,
        AuditEntry.actor_id == context.me.id,
        AuditEntry.subject_id == initiative.id,
        col(AuditEntry.at) > context.now - timedelta(days=1),
    )
    return (await context.session.exec(query)).one()


@carries(WithdrawHelp)
async def carry_withdraw(context: Context, command: WithdrawHelp) -> Outcome:
    """What they said is deleted; what they would do is free again. The initiators hear it."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    row = await row_of(context, command.initiative_id, context.me.id, Participation.HELPER)
    if row is None:
        return Refused(key="helping.refused.not_yet")
    for initiator in await initiators(context, initiative):
        who = called(context.around_for(initiator), row, context.me, initiator)
        await say_to(context, initiator, initiative, "helping.left", who=who)
    await take_away(context, initiative, context.me, Participation.HELPER)

    def buttons(around: Around) -> Rows:
        return ((open_button(around.plain("initiative.buttons.open"), initiative),),)

    await say_to(context, context.me, initiative, "helping.stopped", buttons=buttons)
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id)
