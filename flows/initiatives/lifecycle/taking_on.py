"""The municipality takes an initiative on, when its initiators want that."""

from __future__ import annotations

from functools import partial

from sqlmodel import col, select

from flows.commands import Done, Outcome, Refused, carries, carry
from flows.context import Around, Context
from flows.doors import act, action
from flows.initiatives.circle import guides, initiators, no_buttons
from flows.initiatives.events import pass_turn, sign_of_life
from flows.initiatives.lessons.lessons import titled
from flows.initiatives.lifecycle.lifecycle import LENGTH, end, not_now, way
from flows.initiatives.offers import View, offers
from flows.initiatives.presses import initiative_in
from flows.initiatives.telling import Group, tell_once
from flows.initiatives.verbs import AnswerTakeOn, OfferToTakeOn
from flows.people.names import name_of
from flows.permissions import Relation
from flows.talk import dialogue
from flows.talk.answers import Text
from flows.talk.ask import Ask
from flows.talk.message import Button, Rows
from flows.talk.replay import conversation
from storage.cards import Subject
from storage.endings import EndingOffer
from storage.initiatives import ENDED, Initiative, Side
from storage.lessons import Ending


@conversation("lifecycle.take_on", for_work=True)
async def take_on(ask: Ask) -> OfferToTakeOn:
    """Why; the initiators read it."""
    initiative_id = ask.given("initiative", int)
    title = await ask.once("title", partial(titled, initiative_id=initiative_id))
    reason = await ask("reason", Text(max_length=LENGTH), values={"title": title})
    await ask.review(values={"title": title})
    return OfferToTakeOn(initiative_id=initiative_id, reason=reason)


@carries(OfferToTakeOn)
async def carry_offer(context: Context, command: OfferToTakeOn) -> Outcome:
    """The initiators say yes or no; until then nothing changes. A new offer takes the place of the one before."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    if way(AnswerTakeOn, initiative.status) is None:
        return not_now(initiative)
    leading = await initiators(context, initiative)
    if not leading:
        return Refused(key="lifecycle.refused.nobody_leads", values={"other": initiative.title})
    if (earlier := await _offered(context, initiative)) is not None:
        earlier.answered_at = context.now
        context.session.add(earlier)
    context.session.add(
        EndingOffer(
            initiative_id=initiative.id or 0,
            ending=Ending.TAKEN_ON,
            reason=command.reason,
            offered_by=context.me.id or 0,
            offered_at=context.now,
        )
    )
    await context.session.flush()
    pass_turn(context, initiative, Side.RESIDENTS)
    group = Group(
        people=leading,
        key="lifecycle.take_on.asked",
        buttons=partial(_yes_or_no, initiative),
        values={"guide": name_of(context.me), "reason": command.reason},
    )
    await tell_once(context, initiative, [group])
    await context.say("lifecycle.take_on.waits")
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id)


@carries(AnswerTakeOn)
async def carry_answer(context: Context, command: AnswerTakeOn) -> Outcome:
    """With a no it stays theirs, and nobody minds."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    to = way(AnswerTakeOn, initiative.status)
    if to is None:
        return not_now(initiative)
    offer = await _offered(context, initiative)
    if offer is None:
        return Refused(key="lifecycle.refused.not_offered")
    offer.answered_at, offer.answered_by, offer.accepted = context.now, context.me.id, command.yes
    context.session.add(offer)
    await sign_of_life(context, initiative)
    if command.yes:
        await end(context, initiative, to, reason=offer.reason)
    else:
        leading = Group(
            people=await initiators(context, initiative), key="lifecycle.take_on.stays_yours", buttons=no_buttons
        )
        supporting = Group(
            people=await guides(context, initiative), key="lifecycle.take_on.refused", buttons=no_buttons
        )
        await tell_once(context, initiative, [leading, supporting])
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"yes": command.yes})


async def _offered(context: Context, initiative: Initiative) -> EndingOffer | None:
    query = select(EndingOffer).where(
        EndingOffer.initiative_id == initiative.id,
        EndingOffer.ending == Ending.TAKEN_ON,
        col(EndingOffer.answered_at).is_(None),
    )
    return (await context.session.exec(query)).first()


def _yes_or_no(initiative: Initiative, around: Around) -> Rows:
    return (
        (act(around.plain("lifecycle.buttons.take_it"), "i-takeon_yes", initiative.id or 0),),
        (act(around.plain("lifecycle.buttons.stays_ours"), "i-takeon_no", initiative.id or 0),),
    )


@offers(91)
def offer(view: View) -> list[Button]:
    """For the guide."""
    if view.ended or not view.is_(Relation.GUIDE):
        return []
    return [act(view.around.plain("lifecycle.buttons.take_on"), "i-takeon", view.initiative.id or 0)]


@action("i-takeon")
async def press_offer(context: Context, argument: str) -> None:
    """Offer it, perhaps."""
    initiative = await initiative_in(context, argument)
    if initiative is None:
        return
    if context.me.id not in (initiative.guide_id, initiative.deputy_id):
        context.note("common.not_allowed", alert=True)
    elif initiative.status in ENDED:
        await context.refuse(not_now(initiative))
    else:
        await dialogue.start(context, "lifecycle.take_on", {"initiative": initiative.id})


@action("i-takeon_yes")
async def press_yes(context: Context, argument: str) -> None:
    """Take it on."""
    await _press_answer(context, argument, yes=True)


@action("i-takeon_no")
async def press_no(context: Context, argument: str) -> None:
    """It stays ours."""
    await _press_answer(context, argument, yes=False)


async def _press_answer(context: Context, argument: str, *, yes: bool) -> None:
    initiative = await initiative_in(context, argument)
    if initiative is None:
        return
    outcome = await carry(context, AnswerTakeOn(initiative_id=initiative.id or 0, yes=yes))
    if isinstance(outcome, Refused):
        await context.refuse(outcome)
    else:
        await context.drop_pressed_buttons()
