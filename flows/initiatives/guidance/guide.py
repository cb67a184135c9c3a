"""The guide: one named person of the team who supports the initiator, and talks with them through the bot."""

from __future__ import annotations

from functools import partial
from typing import TypedDict

from flows.cards import show_anew
from flows.commands import Done, Outcome, Refused, carries, carry
from flows.context import Context
from flows.doors import act, action, id_in, replies_to
from flows.initiatives import cards
from flows.initiatives.board import open_button
from flows.initiatives.circle import guides, initiators
from flows.initiatives.events import greeted, happened, move, pass_turn, sign_of_life
from flows.initiatives.guidance.deputies import candidates, least_busy
from flows.initiatives.partners.desk import write_as_partner
from flows.initiatives.relations import relations_to
from flows.initiatives.verbs import WriteToGuide, WriteToInitiator, WriteToInitiators
from flows.people.away import absence_of
from flows.people.names import name_of
from flows.people.teams import looks_after
from flows.permissions import Relation
from flows.talk import dialogue
from flows.talk.answers import Text
from flows.talk.ask import Ask
from flows.talk.incoming import Content
from flows.talk.incoming import Text as Written
from flows.talk.message import Message
from flows.talk.replay import conversation
from flows.verbs import Command
from storage.cards import Card, Subject
from storage.initiatives import ENDED, EventKind, Hearing, Initiative, InitiativeMessage, InitiativeStatus, Side
from storage.people import Person

LENGTH = 2000
"""Characters of a message between guide and initiator."""


async def appoint(
    context: Context, initiative: Initiative, *, tell: bool = True, not_again: Person | None = None
) -> None:
    """Give the initiative a guide: who of its team guides the fewest and is here; else the front desk, and so on.

    With nobody there it waits for who comes. `tell`: the initiators of what runs hear it. `not_again`: who just left.
    """
    people = await candidates(context, initiative, but=() if not_again is None else (not_again.id,))
    guide = await least_busy(context, people)
    initiative.guide_id, initiative.deputy_id = guide.id if guide else None, None
    context.session.add(initiative)
    await context.session.flush()
    await cards.refresh(context, initiative)
    if tell and guide is not None and initiative.status not in ENDED:
        await happened(context, initiative, EventKind.GUIDE_CHANGED)
        await introduce(context, initiative, guide)


async def introduce(context: Context, initiative: Initiative, guide: Person) -> None:
    """Tell the initiators who guides it from now on."""
    for initiator in await initiators(context, initiative):
        around = context.around_for(initiator)
        text = around.text(
            "initiative.guided_by",
            reference=initiative.reference,
            title=initiative.title,
            guide=name_of(guide),
            guide_title=around.guide_title,
        )
        button = act(around.plain("initiative.buttons.reply"), "i-reply", initiative.id or 0)
        message = Message(text=text, buttons=((button,),))
        await context.send(initiator, message, about=(Subject.INITIATIVE, initiative.id or 0))


class Which(TypedDict):
    """Which initiative it is, for who writes about it."""

    title: str
    initiators: list[str]
    """First names."""


async def which(context: Context, *, initiative_id: int) -> Which:
    """The initiative a conversation is about."""
    initiative = await context.session.get_one(Initiative, initiative_id)
    names = [person.first_name for person in await initiators(context, initiative)]
    return Which(title=initiative.title, initiators=names)


@conversation("initiative.write", for_work=True)
async def write(ask: Ask) -> WriteToInitiator:
    """The guide writes to the initiator."""
    initiative_id = ask.given("initiative", int)
    initiative = await ask.once("whom", partial(which, initiative_id=initiative_id))
    text = await ask("text", Text(max_length=LENGTH), values=initiative)
    await ask.review(values=initiative)
    return WriteToInitiator(initiative_id=initiative_id, text=text)


@conversation("initiative.reply")
async def reply(ask: Ask) -> WriteToGuide:
    """The initiator writes to the guide."""
    initiative_id = ask.given("initiative", int)
    initiative = await ask.once("whom", partial(which, initiative_id=initiative_id))
    text = await ask("text", Text(max_length=LENGTH), values=initiative)
    return WriteToGuide(initiative_id=initiative_id, text=text)


@action("i-write")
async def press_write(context: Context, argument: str) -> None:
    """The guide wants to write."""
    initiative = await _initiative(context, argument)
    if initiative is None or context.me.id not in (initiative.guide_id, initiative.deputy_id):
        context.note("common.not_allowed", alert=True)
        return
    await dialogue.start(context, "initiative.write", {"initiative": initiative.id})


@action("i-reply")
async def press_reply(context: Context, argument: str) -> None:
    """The initiator wants to write back."""
    initiative = await _initiative(context, argument)
    if initiative is None or not await _leads(context, initiative):
        context.note("common.gone", alert=True)
        return
    await dialogue.start(context, "initiative.reply", {"initiative": initiative.id})


@action("i-show")
async def press_show(context: Context, argument: str) -> None:
    """Show the card here, anew."""
    initiative = await _initiative(context, argument)
    if initiative is None or not (
        context.me.id in (initiative.guide_id, initiative.deputy_id)
        or await looks_after(context, context.me, initiative.team_code)
    ):
        context.note("common.not_allowed", alert=True)
        return
    refresh = partial(cards.refresh, context, initiative, changed=False, also=context.me)
    await show_anew(context, (Subject.INITIATIVE, initiative.id or 0), refresh)


@replies_to(Subject.INITIATIVE)
async def on_reply(context: Context, card: Card, content: Content) -> None:
    """A reply to a message about an initiative goes to the other one; who can't write is told what they can do."""
    initiative = await context.session.get_one(Initiative, card.subject_id)
    text = content.text.strip() if isinstance(content, Written) else ""
    command = await _reply(context, initiative, text)
    if command is None:
        look = open_button(context.around.plain("initiative.buttons.open"), initiative)
        reply = context.text("taking_part.cannot_reply", title=initiative.title)
        await context.reply(Message(text=reply, buttons=((look,),)))
        return
    if not 0 < len(text) <= LENGTH:
        await context.say("initiative.write_in_words", maximum=LENGTH)
        return
    outcome = await carry(context, command)
    if isinstance(outcome, Refused):
        await context.say(outcome.key, **outcome.values)


async def _reply(context: Context, initiative: Initiative, text: str) -> Command | None:
    """What the actor's words do, by what they are to the initiative."""
    number = initiative.id or 0
    relations = await relations_to(context, context.me, initiative)
    if Relation.INITIATOR in relations:
        return WriteToGuide(initiative_id=number, text=text)
    if relations & {Relation.GUIDE, Relation.TEAM}:
        return WriteToInitiator(initiative_id=number, text=text)
    if Relation.HELPER in relations:
        return WriteToInitiators(initiative_id=number, text=text)
    if Relation.PARTNER in relations:
        return await write_as_partner(context, initiative, text)
    return None


@carries(WriteToInitiator)
async def carry_to_initiator(context: Context, command: WriteToInitiator) -> Outcome:
    """The initiator reads it with the guide's name, and can write back. From the first on they explore together."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    leading = await initiators(context, initiative)
    if not leading:
        return Refused(key="passing_on.refused.nobody_leads")
    first = not await greeted(context, initiative)
    if initiative.status is InitiativeStatus.IDEA:  # who took the first step already is further
        await move(context, initiative, InitiativeStatus.EXPLORING)
    _keep(context, initiative, command.text, Hearing.INITIATORS)
    guide = await context.session.get(Person, initiative.guide_id) if initiative.guide_id else None
    for initiator in leading:
        around = context.around_for(initiator)
        text = around.text(
            "initiative.from_guide",
            reference=initiative.reference,
            title=initiative.title,
            text=command.text,
            guide=name_of(context.me),
            guide_title=around.guide_title,
            instead_of=name_of(guide) if guide is not None and guide.id != context.me.id else None,
        )
        button = act(around.plain("initiative.buttons.reply"), "i-reply", initiative.id or 0)
        message = Message(text=text, buttons=((button,),))
        await context.send(initiator, message, about=(Subject.INITIATIVE, initiative.id or 0))
    pass_turn(context, initiative, Side.RESIDENTS)
    if first:
        await happened(context, initiative, EventKind.GREETED)
        await cards.refresh(context, initiative)
    # Who is on paper doesn't read it: whoever guides was told to call or visit them.
    if read_by := [person.first_name for person in leading if person.telegram_id is not None]:
        await context.say("initiative.written", names=read_by)
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id)


@carries(WriteToGuide)
async def carry_to_guide(context: Context, command: WriteToGuide) -> Outcome:
    """The guide reads it; without a guide whoever looks after the team does."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    people = await guides(context, initiative)
    for person in people:
        around = context.around_for(person)
        text = around.text(
            "initiative.from_initiator",
            reference=initiative.reference,
            title=initiative.title,
            text=command.text,
            initiator=context.me.first_name,
        )
        button = act(around.plain("initiative.buttons.write"), "i-write", initiative.id or 0)
        buttons = ((button,),) if person.id in (initiative.guide_id, initiative.deputy_id) else ()
        message = Message(text=text, buttons=buttons)
        await context.send(person, message, about=(Subject.INITIATIVE, initiative.id or 0))
    _keep(context, initiative, command.text, Hearing.GUIDE)
    pass_turn(context, initiative, Side.MUNICIPALITY)
    await sign_of_life(context, initiative)
    absence = await absence_of(context, initiative.guide_id)
    if absence is not None and initiative.deputy_id is None:
        await context.say("absence.written", guide=name_of(people[0]), until=absence.until)
    else:
        await context.say("initiative.written_to_guide" if people else "initiative.nobody_yet")
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id)


def _keep(context: Context, initiative: Initiative, text: str, hearing: Hearing) -> None:
    context.session.add(
        InitiativeMessage(
            initiative_id=initiative.id or 0,
            author_id=context.me.id or 0,
            hearing=hearing,
            text=text,
            created_at=context.now,
        )
    )


async def _leads(context: Context, initiative: Initiative) -> bool:
    return any(person.id == context.me.id for person in await initiators(context, initiative))


async def _initiative(context: Context, argument: str) -> Initiative | None:
    number = id_in(argument)
    return None if number is None else await context.session.get(Initiative, number)
