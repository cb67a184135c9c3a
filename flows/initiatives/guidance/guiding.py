"""Who guides an initiative, on the board; and a colleague who takes the guiding over."""

from __future__ import annotations

from functools import partial

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Context
from flows.doors import act, action
from flows.initiatives import cards
from flows.initiatives.board import INSIDERS, facts, open_button
from flows.initiatives.circle import initiators
from flows.initiatives.events import happened
from flows.initiatives.guidance.guide import introduce
from flows.initiatives.offers import View, offers
from flows.initiatives.people.taking_part import closed, pressed
from flows.initiatives.verbs import BecomeGuide
from flows.people.away import absence_of
from flows.people.names import name_of
from flows.permissions import Relation
from flows.talk import dialogue
from flows.talk.ask import Ask
from flows.talk.choices import YesNo
from flows.talk.message import Button, Message
from flows.talk.replay import conversation
from storage.cards import Subject
from storage.initiatives import EventKind, Initiative
from storage.people import Person

CLOSE = (*INSIDERS, Relation.HELPER, Relation.PARTNER)
"""Who hears that the guide is away; to others that is nothing."""


@facts(15)
async def who_guides(context: Context, view: View) -> str | None:
    """The guide by name, and until when they are away."""
    around, initiative = view.around, view.initiative
    if view.ended:
        return None
    guide, deputy = [
        await context.session.get(Person, number) if number else None
        for number in (initiative.guide_id, initiative.deputy_id)
    ]
    absence = await absence_of(context, initiative.guide_id) if view.is_(*CLOSE) else None
    return around.text(
        "guiding.board",
        guide=name_of(guide) if guide else None,
        guide_title=around.guide_title,
        until=absence.until if absence else None,
        deputy=name_of(deputy) if deputy and absence else None,
    )


@offers(32)
def to_talk(view: View) -> list[Button]:
    """The initiators and their guide write to each other."""
    around, number = view.around, view.initiative.id or 0
    if view.ended:
        return []
    if view.is_(Relation.INITIATOR):
        return [act(around.plain("initiative.buttons.to_guide", guide_title=around.guide_title), "i-reply", number)]
    if view.is_(Relation.GUIDE) and view.initiative.initiator_id is not None:
        return [act(around.plain("initiative.buttons.write"), "i-write", number)]
    return []


@offers(60, at_work=20)
def to_guide(view: View) -> list[Button]:
    """A colleague of the team can take it over."""
    if view.ended or not view.is_(Relation.TEAM) or view.is_(Relation.GUIDE, Relation.INITIATOR):
        return []
    return [act(view.around.plain("guiding.buttons.take"), "i-guide", view.initiative.id or 0)]


@conversation("guiding.take", for_work=True)
async def take(ask: Ask) -> BecomeGuide | None:
    """Are you sure? The initiators hear it."""
    initiative_id = ask.given("initiative", int)
    what = await ask.once("what", partial(_what, initiative_id=initiative_id))
    return BecomeGuide(initiative_id=initiative_id) if await ask("sure", YesNo(), values=what) else None


async def _what(context: Context, *, initiative_id: int) -> dict[str, str]:
    initiative = await context.session.get_one(Initiative, initiative_id)
    guide = await context.session.get(Person, initiative.guide_id) if initiative.guide_id else None
    return {"title": initiative.title, "guide": name_of(guide) if guide else ""}


@action("i-guide")
async def press_take(context: Context, argument: str) -> None:
    """I'll guide it from now on."""
    view = await pressed(context, argument)
    if view is None:
        return
    if not view.is_(Relation.TEAM):
        context.note("common.not_allowed", alert=True)
    elif (refused := await _unfit(context, view.initiative)) is not None:
        await context.refuse(refused)
    else:
        await dialogue.start(context, "guiding.take", {"initiative": view.initiative.id})


async def _unfit(context: Context, initiative: Initiative) -> Refused | None:
    if initiative.guide_id == context.me.id:
        return Refused(key="guiding.refused.already")
    if any(person.id == context.me.id for person in await initiators(context, initiative)):
        return Refused(key="guiding.refused.leads")
    if await absence_of(context, context.me.id) is not None:
        return Refused(key="guiding.refused.away")
    return closed(initiative)


@carries(BecomeGuide)
async def carry_become(context: Context, command: BecomeGuide) -> Outcome:
    """The initiators hear who it is now, and so do who guided it and who stood in."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    if (refused := await _unfit(context, initiative)) is not None:
        return refused
    before = {number for number in (initiative.guide_id, initiative.deputy_id) if number not in (None, context.me.id)}
    initiative.guide_id, initiative.deputy_id = context.me.id, None
    context.session.add(initiative)
    await happened(context, initiative, EventKind.GUIDE_CHANGED)
    await cards.refresh(context, initiative)
    await introduce(context, initiative, context.me)
    for number in sorted(number for number in before if number is not None):
        person = await context.session.get_one(Person, number)
        around = context.around_for(person)
        text = around.text(
            "guiding.taken_from_you", title=initiative.title, reference=initiative.reference, name=name_of(context.me)
        )
        await context.send(person, Message(text=text), about=(Subject.INITIATIVE, initiative.id or 0))
    look = open_button(context.around.plain("initiative.buttons.open"), initiative)
    text = context.text("guiding.taken", title=initiative.title)
    about = (Subject.INITIATIVE, initiative.id or 0)
    await context.send(context.me, Message(text=text, buttons=((look,),)), about=about)
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id)
