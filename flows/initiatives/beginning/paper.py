"""Somebody who works here writes an initiative down for a resident without Telegram, who is then called or visited."""

from __future__ import annotations

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Context, without_channel
from flows.doors import act, action
from flows.initiatives.beginning.claiming import hand_out
from flows.initiatives.beginning.start import Instead, begin, plan_of
from flows.initiatives.board import open_button
from flows.initiatives.circle import guides
from flows.initiatives.guidance.guide import appoint
from flows.initiatives.partners.proposing import propose_partners
from flows.initiatives.verbs import Plan, StartForSomebody
from flows.people.names import name_of
from flows.people.teams import COORDINATORS, WORKERS, roles_of
from flows.talk import dialogue
from flows.talk.answers import Text
from flows.talk.ask import Ask
from flows.talk.choices import YesNo
from flows.talk.message import Button, Message
from flows.talk.replay import conversation
from storage.cards import Subject
from storage.initiatives import Initiative
from storage.participation import Participant
from storage.people import Person

NAME = 40
"""Characters of a first name."""


def write_button(label: str) -> Button:
    """A button that begins it."""
    return act(label, "paper")


@action("paper")
async def press_write(context: Context, argument: str) -> None:
    """Write one down."""
    if await roles_of(context.session, context.me) & {*WORKERS, *COORDINATORS}:
        await dialogue.start(context, "initiative.paper")
    else:
        context.note("work.not_yours", alert=True)


@conversation("initiative.paper", for_work=True)
async def write_down(ask: Ask) -> StartForSomebody | Instead | None:
    """Who it is, whether they agree that it is written down, and then as a resident tells it themself."""
    first_name = await ask("first_name", Text(max_length=NAME, min_length=1))
    if not await ask("consent", YesNo(), values={"name": first_name}, after=("first_name",), shown=False):
        return None
    plan = await plan_of(ask, home=None, offer_alike=False)
    if not isinstance(plan, Plan):
        return plan
    await ask.review()
    return StartForSomebody(first_name=first_name, plan=plan)


@carries(StartForSomebody)
async def carry_start(context: Context, command: StartForSomebody) -> Outcome:
    """It has a reference, a team and a guide like any other; who wrote it down gets a code to hand over."""
    name = command.first_name.strip()
    if not 0 < len(name) <= NAME:
        return Refused(key="paper.refused.name", ask_again="first_name")
    # Nobody to send news to: updates are off until there is a channel.
    person = Person(first_name=name, updates_on=False, created_at=context.now)
    context.session.add(person)
    await context.session.flush()
    initiative = await begin(context, command.plan, person)
    await appoint(context, initiative, tell=False)
    guide = await context.session.get(Person, initiative.guide_id) if initiative.guide_id else None
    around = context.around
    text = around.text(
        "paper.started",
        name=name,
        title=initiative.title,
        reference=initiative.reference,
        guide=name_of(guide) if guide else None,
        guide_title=around.guide_title,
        team=around.team(initiative.team_code),
        by=initiative.respond_by,
    )
    look = open_button(around.plain("initiative.buttons.open"), initiative)
    await context.send(
        context.me, Message(text=text, buttons=((look,),)), about=(Subject.INITIATIVE, initiative.id or 0)
    )
    code = await hand_out(context, initiative, person)
    await propose_partners(context, initiative)
    return Done(
        subject=Subject.INITIATIVE,
        subject_id=initiative.id,
        details={"team": initiative.team_code, "route": initiative.route.value},
        shown_once=code,
    )


@without_channel
async def call_or_visit(context: Context, person: Person, message: Message, about: tuple[Subject, int]) -> None:
    """What an initiator on paper should hear goes to who guides the initiative: call or visit them."""
    subject, number = about
    if subject is Subject.PARTICIPANT:
        row = await context.session.get(Participant, number)
        number = row.initiative_id if row is not None else 0
    elif subject is not Subject.INITIATIVE:
        return
    initiative = await context.session.get(Initiative, number)
    if initiative is None:
        return
    # Who guides and does this knows best when to call; else whoever stands in for them now.
    does_it = context.actor is not None and context.actor.id in (initiative.guide_id, initiative.deputy_id)
    for guide in [context.me] if does_it else await guides(context, initiative):
        around = context.around_for(guide)
        text = around.text(
            "paper.call_or_visit", name=person.first_name, title=initiative.title, reference=initiative.reference
        )
        look = open_button(around.plain("initiative.buttons.open"), initiative)
        told = Message(text=f"{text}\n\n{message.text}", buttons=((look,),), photo=message.photo)
        await context.send(guide, told, about=(Subject.INITIATIVE, initiative.id or 0))
