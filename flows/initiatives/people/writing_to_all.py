"""An initiator writes to all helpers, or to all who follow too: not too often, and with a button to hear no more."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from functools import partial

from sqlmodel import col, select

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Around, Context
from flows.doors import act, action
from flows.initiatives.board import open_button
from flows.initiatives.circle import audience, initiators
from flows.initiatives.events import sign_of_life
from flows.initiatives.people.following import hush_button
from flows.initiatives.people.passing_on import keep, with_title
from flows.initiatives.people.taking_part import pressed_by_initiator, say_to
from flows.initiatives.verbs import WriteToMany
from flows.talk import dialogue
from flows.talk.answers import Surroundings, Text
from flows.talk.ask import Ask
from flows.talk.choices import Choice
from flows.talk.message import Message, Rows
from flows.talk.replay import conversation
from storage.cards import Subject
from storage.initiatives import Hearing, Initiative, InitiativeMessage
from storage.participation import Participation
from storage.people import Person

LENGTH = 1000
"""Characters."""
A_WEEK = 3
"""Messages of an initiative: people who get more stop listening."""
WEEK = timedelta(days=7)


class Many(StrEnum):
    """To whom initiators can write at once."""

    HELPERS = Hearing.HELPERS.value
    FOLLOWERS = Hearing.FOLLOWERS.value
    """And the helpers."""


async def hearers(context: Context, *, initiative_id: int, hearing: Many) -> int:
    """How many would get it."""
    initiative = await context.session.get_one(Initiative, initiative_id)
    return len(await _recipients(context, initiative, Hearing(hearing.value)))


@conversation("passing_on.to_many")
async def to_many(ask: Ask) -> WriteToMany:
    """To whom, what, and one last look."""
    initiative_id = ask.given("initiative", int)
    what = await ask.once("what", partial(with_title, initiative_id=initiative_id))
    many = await ask("hearing", Choice(Many), values=what)
    text = await ask("text", Text(max_length=LENGTH), values=what)
    count = await ask.once("count", partial(hearers, initiative_id=initiative_id, hearing=many), after=("hearing",))
    await ask.review(values={"count": count}, preview=partial(_preview, title=what["title"], text=text))
    return WriteToMany(initiative_id=initiative_id, hearing=Hearing(many.value), text=text)


def _preview(around: Surroundings, title: str, text: str) -> Message:
    button = act(around.plain("following.buttons.hush"), "i-preview")
    return Message(text=around.text("passing_on.to_all", title=title, text=text), buttons=((button,),))


@action("i-preview")
async def press_preview(context: Context, argument: str) -> None:
    """The button of a preview."""
    context.note("passing_on.only_preview")


@action("i-many")
async def press_to_many(context: Context, argument: str) -> None:
    """An initiator wants to write to all; whether that may be now is said before they write."""
    view = await pressed_by_initiator(context, argument)
    if view is None:
        return
    if view.initiative.hidden_at is not None:
        context.note("passing_on.refused.hidden", alert=True)
    elif not await _recipients(context, view.initiative, Hearing.FOLLOWERS):
        context.note("passing_on.refused.nobody", alert=True)
    elif (refused := await _too_often(context, view.initiative)) is not None:
        await context.refuse(refused)
    else:
        await dialogue.start(context, "passing_on.to_many", {"initiative": view.initiative.id})


@carries(WriteToMany)
async def carry_to_many(context: Context, command: WriteToMany) -> Outcome:
    """Everybody who wants to hear gets it, with a button to hear no more. The other initiators read it too."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    if initiative.hidden_at is not None:
        return Refused(key="passing_on.refused.hidden")
    if command.hearing not in (Hearing.HELPERS, Hearing.FOLLOWERS):
        return Refused(key="passing_on.refused.nobody")
    if not 0 < len(command.text) <= LENGTH:
        return Refused(key="initiative.write_in_words", values={"maximum": LENGTH})
    if (refused := await _too_often(context, initiative)) is not None:
        return refused
    people = await _recipients(context, initiative, command.hearing)
    if not people:
        return Refused(key="passing_on.refused.nobody_there", ask_again="hearing")
    helps = {person.id for person in await audience(context, initiative, [Participation.HELPER])}
    for person in people:

        def buttons(around: Around, may_reply: bool = person.id in helps) -> Rows:
            write = act(around.plain("passing_on.buttons.reply"), "i-lead", initiative.id or 0)
            look = open_button(around.plain("initiative.buttons.open"), initiative)
            return ((write if may_reply else look,), (hush_button(around, initiative),))

        await say_to(context, person, initiative, "passing_on.to_all", buttons=buttons, text=command.text)
    for initiator in await initiators(context, initiative):
        if initiator.id != context.me.id:
            await say_to(
                context,
                initiator,
                initiative,
                "passing_on.to_all_by",
                name=context.me.first_name,
                count=len(people),
                text=command.text,
            )
    await keep(context, initiative, command.hearing, command.text)
    await sign_of_life(context, initiative)
    await say_to(context, context.me, initiative, "passing_on.sent_to_all", count=len(people))
    return Done(
        subject=Subject.INITIATIVE,
        subject_id=initiative.id,
        details={"hearing": command.hearing, "recipients": len(people)},
    )


async def _recipients(context: Context, initiative: Initiative, hearing: Hearing) -> list[Person]:
    """Who wants to hear and can be reached: to who returns much later it would be old news."""
    kinds = [Participation.HELPER] if hearing is Hearing.HELPERS else [Participation.HELPER, Participation.FOLLOWER]
    return [person for person in await audience(context, initiative, kinds) if person.blocked_at is None]


async def _too_often(context: Context, initiative: Initiative) -> Refused | None:
    query = (
        select(InitiativeMessage.created_at)
        .where(
            InitiativeMessage.initiative_id == initiative.id,
            col(InitiativeMessage.hearing).in_((Hearing.HELPERS, Hearing.FOLLOWERS)),
            col(InitiativeMessage.created_at) > context.now - WEEK,
        )
        .order_by(col(InitiativeMessage.created_at))
    )
    lately = (await context.session.exec(query)).all()
    if len(lately) < A_WEEK:
        return None
    values = {"maximum": A_WEEK, "when": lately[-A_WEEK] + WEEK}
    return Refused(key="passing_on.refused.often", values=values)
