"""Leading together: a personal link, a yes of who opens it, and a yes of who sent it."""

from __future__ import annotations

import secrets
from datetime import timedelta
from functools import partial

from sqlmodel import select

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Around, Context
from flows.doors import act, action, start_code
from flows.initiatives import cards
from flows.initiatives.board import open_button, seen, show
from flows.initiatives.circle import guides, initiators, tell
from flows.initiatives.events import happened, sign_of_life
from flows.initiatives.people.taking_part import (
    add,
    carry_or_say,
    closed,
    pressed_by_initiator,
    row_of,
    say_to,
    take_away,
    two_ids_in,
)
from flows.initiatives.verbs import AcceptInitiatorInvitation, ConfirmInitiator, InviteInitiator
from flows.people.invitations import hashed, link_to
from flows.talk import dialogue
from flows.talk.ask import Ask
from flows.talk.choices import YesNo
from flows.talk.message import Rows
from flows.talk.replay import conversation
from storage.cards import Subject
from storage.initiatives import EventKind, Initiative, Part
from storage.participation import InitiativeInvitation, Participation
from storage.people import Person

START = "i"
"""What the code of an invitation begins with."""
VALID = timedelta(days=14)
"""How long a link can be used."""
CODE_BYTES = 16
"""128 bits: not to be guessed."""
OTHER_KINDS = (Participation.HELPER, Participation.FOLLOWER, Participation.SUPPORTER)


async def lead_along(context: Context, initiative: Initiative, person: Person) -> None:
    """From now on `person` is an initiator. Whatever else they were to it is in that."""
    await add(context, initiative, person, Participation.INITIATOR)
    # Only names of who chose that are public: together they can choose it again.
    initiative.public = [part for part in initiative.public if part != Part.FIRST_NAME]
    await take_away(context, initiative, person, *OTHER_KINDS)
    if initiative.initiator_id is None:
        initiative.initiator_id = person.id
    context.session.add(initiative)
    await happened(context, initiative, EventKind.INITIATOR_JOINED)
    await sign_of_life(context, initiative)
    await cards.refresh(context, initiative)


@action("i-invite")
async def press_invite(context: Context, argument: str) -> None:
    """Make a link to send to somebody."""
    if (view := await pressed_by_initiator(context, argument)) is not None:
        await carry_or_say(context, InviteInitiator(initiative_id=view.initiative.id or 0))


@carries(InviteInitiator)
async def carry_invite(context: Context, command: InviteInitiator) -> Outcome:
    """The initiator gets a message to pass on; one person can use it."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    if (refused := closed(initiative)) is not None:
        return refused
    code = START + secrets.token_urlsafe(CODE_BYTES)
    invitation = InitiativeInvitation(
        initiative_id=command.initiative_id,
        code_hash=hashed(code),
        created_by=context.me.id or 0,
        created_at=context.now,
        expires_at=context.now + VALID,
    )
    context.session.add(invitation)
    await context.session.flush()
    link = link_to(context, code)
    await say_to(context, context.me, initiative, "inviting.made", until=invitation.expires_at)
    await context.say("inviting.pass_on", title=initiative.title, link=link)
    await sign_of_life(context, initiative)
    details = {"invitation": invitation.id}
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details=details, shown_once=code)


@start_code(START)
async def by_link(context: Context, rest: str) -> None:
    """Somebody opened the link: do they want to?"""
    code = START + rest
    found = await _usable(context, code)
    if isinstance(found, Refused):
        await context.refuse(found)
        return
    initiative = await context.session.get_one(Initiative, found.initiative_id)
    if await row_of(context, found.initiative_id, context.me.id, Participation.INITIATOR) is not None:
        await context.say("inviting.refused.leads")
        await show(context, await seen(context, initiative))
    else:
        await dialogue.start(context, "inviting.accept", {"code": code})


@conversation("inviting.accept")
async def accept(ask: Ask) -> AcceptInitiatorInvitation | None:
    """Do you want to lead this too? And then people see your first name."""
    code = ask.given("code", str)
    what = await ask.once("what", partial(_what, code=code))
    yes = await ask("sure", YesNo(), values=what)
    return AcceptInitiatorInvitation(code=code) if yes else None


async def _what(context: Context, *, code: str) -> dict[str, str]:
    query = select(Initiative.title).join(InitiativeInvitation).where(InitiativeInvitation.code_hash == hashed(code))
    return {"title": (await context.session.exec(query)).first() or "", "name": context.me.first_name}


async def _usable(context: Context, code: str) -> InitiativeInvitation | Refused:
    """The invitation with that code, locked, or why it can't be used."""
    query = select(InitiativeInvitation).where(InitiativeInvitation.code_hash == hashed(code)).with_for_update()
    invitation = (await context.session.exec(query)).first()
    if invitation is None:
        return Refused(key="inviting.refused.unknown")
    if invitation.accepted_by == context.me.id and invitation.confirmed_at is None and invitation.declined_at is None:
        return Refused(key="inviting.refused.waits")
    if invitation.accepted_at is not None or invitation.declined_at is not None:
        return Refused(key="inviting.refused.used")
    if invitation.expires_at <= context.now:
        return Refused(key="inviting.refused.expired")
    initiative = await context.session.get_one(Initiative, invitation.initiative_id)
    return closed(initiative) or invitation


@carries(AcceptInitiatorInvitation)
async def carry_accept(context: Context, command: AcceptInitiatorInvitation) -> Outcome:
    """Who sent the link hears the first name, and says whether it is who they meant."""
    found = await _usable(context, command.code)
    if isinstance(found, Refused):
        return found
    initiative = await context.session.get_one(Initiative, found.initiative_id)
    leading = await initiators(context, initiative)
    if any(person.id == context.me.id for person in leading):
        return Refused(key="inviting.refused.leads")
    if context.me.id in (initiative.guide_id, initiative.deputy_id):
        return Refused(key="inviting.refused.guides", values={"guide_title": context.around.guide_title})
    if not leading:
        return Refused(key="inviting.refused.nobody_leads")
    found.accepted_by, found.accepted_at = context.me.id, context.now
    context.session.add(found)
    await context.session.flush()

    def buttons(around: Around) -> Rows:
        ids = f"{initiative.id}-{found.id}"
        yes = act(around.plain("inviting.buttons.yes"), "i-confirm", ids)
        return (yes,), (act(around.plain("inviting.buttons.no"), "i-decline", ids),)

    # Who made the link knows who they sent it to; where they have gone, any initiator decides.
    makers = [person for person in leading if person.id == found.created_by and person.blocked_at is None]
    await tell(context, initiative, makers or leading, "inviting.confirm", buttons=buttons, name=context.me.first_name)
    await context.say("inviting.accepted", title=initiative.title)
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"invitation": found.id})


@action("i-confirm")
async def press_confirm(context: Context, argument: str) -> None:
    """That is who was meant."""
    await _answer(context, argument, yes=True)


@action("i-decline")
async def press_decline(context: Context, argument: str) -> None:
    """It isn't."""
    await _answer(context, argument, yes=False)


async def _answer(context: Context, argument: str, *, yes: bool) -> None:
    ids = two_ids_in(argument)
    view = await pressed_by_initiator(context, str(ids[0]) if ids else "")
    if view is None or ids is None:
        return
    command = ConfirmInitiator(initiative_id=ids[0], invitation_id=ids[1], yes=yes)
    if await carry_or_say(context, command):
        await context.drop_pressed_buttons()


@carries(ConfirmInitiator)
async def carry_confirm(context: Context, command: ConfirmInitiator) -> Outcome:
    """Then they lead together, with the same say."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    query = select(InitiativeInvitation).where(
        InitiativeInvitation.id == command.invitation_id,
        InitiativeInvitation.initiative_id == command.initiative_id,
    )
    invitation = (await context.session.exec(query.with_for_update())).first()
    if invitation is None or invitation.accepted_by is None:
        return Refused(key="common.gone")
    if invitation.confirmed_at is not None or invitation.declined_at is not None:
        return Refused(key="inviting.refused.answered")
    if (refused := closed(initiative)) is not None:
        return refused
    person = await context.session.get_one(Person, invitation.accepted_by)
    if person.id in (initiative.guide_id, initiative.deputy_id):
        return Refused(key="inviting.refused.they_guide", values={"name": person.first_name})
    leading = await initiators(context, initiative)
    details = {"invitation": invitation.id, "yes": command.yes}

    def buttons(around: Around) -> Rows:
        return ((open_button(around.plain("initiative.buttons.open"), initiative),),)

    if not command.yes:
        invitation.declined_at = context.now
        context.session.add(invitation)
        await say_to(context, person, initiative, "inviting.declined", buttons=buttons)
        await context.say("inviting.not_confirmed", name=person.first_name)
        return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details=details)
    invitation.confirmed_at = context.now
    context.session.add(invitation)
    if person not in leading:
        await lead_along(context, initiative, person)
    names = [one.first_name for one in leading if one.id != person.id]
    await say_to(context, person, initiative, "inviting.joined", buttons=buttons, names=names)
    await context.say("inviting.confirmed", name=person.first_name, title=initiative.title)
    leading_too = [one for one in leading if one.id != person.id]
    await tell(context, initiative, leading_too, "inviting.leads_along", name=person.first_name)
    await tell(context, initiative, await guides(context, initiative), "inviting.leads_along", name=person.first_name)
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details=details)
