"""Messages between a helper and the initiators, passed on by the bot."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from sqlmodel import col, func, select

from flows.commands import Done, Outcome, Refused, carries, carry
from flows.context import Around, Context
from flows.doors import act, action, replies_to
from flows.initiatives.circle import initiators
from flows.initiatives.events import sign_of_life
from flows.initiatives.offers import View, offers
from flows.initiatives.people.taking_part import (
    called,
    helper_with,
    introduced,
    pressed,
    pressed_by_initiator,
    row_of,
    say_to,
    two_ids_in,
)
from flows.initiatives.verbs import WriteToHelper, WriteToInitiators
from flows.permissions import Relation
from flows.talk import dialogue
from flows.talk.answers import Text
from flows.talk.ask import Ask
from flows.talk.incoming import Content
from flows.talk.incoming import Text as Written
from flows.talk.message import Button, Rows
from flows.talk.replay import conversation
from flows.verbs import Command
from storage.cards import Card, Subject
from storage.initiatives import Hearing, Initiative, InitiativeMessage
from storage.participation import Participant, Participation
from storage.people import Person

LENGTH = 2000
"""Characters of a message between a helper and the initiators."""
A_DAY = 20
"""Messages of one helper to the initiators."""
DAY = timedelta(days=1)


@offers(22)
def to_write(view: View) -> list[Button]:
    """A helper writes to the initiators, while there are any."""
    if not view.is_(Relation.HELPER) or view.initiative.initiator_id is None:
        return []
    return [act(view.around.plain("passing_on.buttons.to_initiators"), "i-lead", view.initiative.id or 0)]


# Talks


async def with_title(context: Context, *, initiative_id: int) -> dict[str, str]:
    """The initiative a conversation is about."""
    return {"title": (await context.session.get_one(Initiative, initiative_id)).title}


async def whom(context: Context, *, initiative_id: int, participant_id: int) -> dict[str, str]:
    """The helper a conversation is with, as the actor may call them."""
    around = context.around
    found = await helper_with(context, initiative_id, participant_id)
    who = called(around, *found, context.me) if found else around.plain("passing_on.somebody")
    return {"who": who, **await with_title(context, initiative_id=initiative_id)}


@conversation("passing_on.to_initiators")
async def to_initiators(ask: Ask) -> WriteToInitiators:
    """A helper writes."""
    initiative_id = ask.given("initiative", int)
    what = await ask.once("what", partial(with_title, initiative_id=initiative_id))
    return WriteToInitiators(initiative_id=initiative_id, text=await ask("text", Text(max_length=LENGTH), values=what))


@conversation("passing_on.to_helper")
async def to_helper(ask: Ask) -> WriteToHelper:
    """An initiator writes to one helper."""
    initiative_id, participant_id = ask.given("initiative", int), ask.given("helper", int)
    what = await ask.once("whom", partial(whom, initiative_id=initiative_id, participant_id=participant_id))
    text = await ask("text", Text(max_length=LENGTH), values=what)
    return WriteToHelper(initiative_id=initiative_id, participant_id=participant_id, text=text)


# Buttons


@action("i-lead")
async def press_to_initiators(context: Context, argument: str) -> None:
    """A helper wants to write."""
    view = await pressed(context, argument)
    if view is None:
        return
    if not view.is_(Relation.HELPER):
        context.note("passing_on.refused.helpers_only", alert=True)
    elif view.initiative.initiator_id is None:
        context.note("passing_on.refused.nobody_leads", alert=True)
    else:
        await dialogue.start(context, "passing_on.to_initiators", {"initiative": view.initiative.id})


@action("i-helper")
async def press_to_helper(context: Context, argument: str) -> None:
    """An initiator wants to write to one helper."""
    ids = two_ids_in(argument)
    view = await pressed_by_initiator(context, str(ids[0]) if ids else "")
    if view is None or ids is None:
        return
    if await helper_with(context, *ids) is None:
        context.note("passing_on.refused.helper_gone", alert=True)
    else:
        await dialogue.start(context, "passing_on.to_helper", {"initiative": ids[0], "helper": ids[1]})


@replies_to(Subject.PARTICIPANT)
async def on_reply(context: Context, card: Card, content: Content) -> None:
    """A reply to what a helper or an initiator said goes to the other one."""
    if not isinstance(content, Written) or not 0 < len(content.text.strip()) <= LENGTH:
        await context.say("initiative.write_in_words", maximum=LENGTH)
        return
    row = await context.session.get(Participant, card.subject_id)
    text = content.text.strip()
    command: Command
    if row is None:
        await context.say("passing_on.refused.helper_gone")
        return
    if row.person_id == context.me.id:
        command = WriteToInitiators(initiative_id=row.initiative_id, text=text)
    elif await row_of(context, row.initiative_id, context.me.id, Participation.INITIATOR) is None:
        what = await with_title(context, initiative_id=row.initiative_id)
        await context.say("taking_part.cannot_reply", **what)
        return
    else:
        command = WriteToHelper(initiative_id=row.initiative_id, participant_id=row.id or 0, text=text)
    outcome = await carry(context, command)
    if isinstance(outcome, Refused):
        await context.say(outcome.key, **outcome.values)


# Doing it


@carries(WriteToInitiators)
async def carry_to_initiators(context: Context, command: WriteToInitiators) -> Outcome:
    """All initiators read it; each sees the name of the helper only when both agreed."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    row = await row_of(context, command.initiative_id, context.me.id, Participation.HELPER)
    if row is None:
        return Refused(key="passing_on.refused.helpers_only")
    leading = await initiators(context, initiative)
    if not leading:
        return Refused(key="passing_on.refused.nobody_leads")
    if not 0 < len(command.text) <= LENGTH:
        return Refused(key="initiative.write_in_words", values={"maximum": LENGTH})
    lately = select(func.count()).where(
        InitiativeMessage.initiative_id == initiative.id,
        InitiativeMessage.author_id == context.me.id,
        InitiativeMessage.hearing == Hearing.INITIATORS,
        col(InitiativeMessage.created_at) > context.now - DAY,
    )
    if (await context.session.exec(lately)).one() >= A_DAY:
        return Refused(key="passing_on.refused.often_today", values={"maximum": A_DAY})
    for initiator in leading:

        def buttons(around: Around, exchange: bool = initiator.id not in row.shown_by) -> Rows:
            ids = f"{initiative.id}-{row.id}"
            write = act(around.plain("passing_on.buttons.reply"), "i-helper", ids)
            names = act(around.plain("introducing.buttons.show"), "i-names", ids)
            return ((write,), (names,)) if exchange else ((write,),)

        who = called(context.around_for(initiator), row, context.me, initiator)
        await say_to(
            context,
            initiator,
            initiative,
            "passing_on.from_helper",
            buttons=buttons,
            helper=row,
            who=who,
            text=command.text,
        )
    await keep(context, initiative, Hearing.INITIATORS, command.text)
    away = all(initiator.blocked_at is not None for initiator in leading)
    key = f"passing_on.{'kept_for' if away else 'sent_to'}_initiators"
    await say_to(context, context.me, initiative, key, helper=row)
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id)


@carries(WriteToHelper)
async def carry_to_helper(context: Context, command: WriteToHelper) -> Outcome:
    """The helper reads it; from whom, only when both agreed."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    found = await helper_with(context, command.initiative_id, command.participant_id)
    if found is None:
        return Refused(key="passing_on.refused.helper_gone")
    if not 0 < len(command.text) <= LENGTH:
        return Refused(key="initiative.write_in_words", values={"maximum": LENGTH})
    row, helper = found

    def buttons(around: Around) -> Rows:
        write = act(around.plain("passing_on.buttons.reply"), "i-lead", initiative.id or 0)
        name = act(around.plain("introducing.buttons.show_mine"), "i-myname", initiative.id or 0)
        return ((write,),) if row.shown_to_initiators else ((write,), (name,))

    name = context.me.first_name if introduced(row, context.me) else None
    await say_to(
        context,
        helper,
        initiative,
        "passing_on.from_initiator",
        buttons=buttons,
        helper=row,
        name=name,
        text=command.text,
    )
    await keep(context, initiative, Hearing.PERSON, command.text, to=helper)
    await sign_of_life(context, initiative)
    key = "passing_on.kept_for_helper" if helper.blocked_at is not None else "passing_on.sent_to_helper"
    who = called(context.around, row, helper, context.me)
    await say_to(context, context.me, initiative, key, helper=row, who=who)
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"helper": row.id})


async def keep(
    context: Context, initiative: Initiative, hearing: Hearing, text: str, *, to: Person | None = None
) -> None:
    """Write a message down."""
    context.session.add(
        InitiativeMessage(
            initiative_id=initiative.id or 0,
            author_id=context.me.id or 0,
            hearing=hearing,
            to_id=to.id if to else None,
            text=text,
            created_at=context.now,
        )
    )
    await context.session.flush()
