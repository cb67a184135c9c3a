"""The partner's side: join with an offer, decline with a reason, and write with initiators and guide."""

from __future__ import annotations

from functools import partial

from sqlmodel import col, select

from flows.cards import show_anew
from flows.commands import Done, Outcome, Refused, carries, carry
from flows.context import Context
from flows.doors import act, action, replies_to
from flows.initiatives.board import open_button, show
from flows.initiatives.circle import guides, initiators
from flows.initiatives.events import happened, sign_of_life
from flows.initiatives.offers import View, offers
from flows.initiatives.partners.card import (
    Share,
    button,
    card_buttons,
    partner_name,
    people_of,
    refresh_one,
)
from flows.initiatives.partners.involvement import involvement_of, shut
from flows.initiatives.partners.screen import pressed_about
from flows.initiatives.people.taking_part import closed, pressed
from flows.initiatives.relations import LET_IN, involvements, relations_to
from flows.initiatives.verbs import DeclineAsPartner, JoinAsPartner, WriteAsPartner, WriteToPartner
from flows.people.names import name_of
from flows.people.teams import grants_of
from flows.permissions import Relation
from flows.talk import dialogue
from flows.talk.answers import Text
from flows.talk.ask import Ask
from flows.talk.incoming import Content
from flows.talk.incoming import Text as Written
from flows.talk.message import Button, Message
from flows.talk.replay import conversation
from flows.verbs import Command
from storage.cards import Card, Subject
from storage.initiatives import ENDED, EventKind, Hearing, Initiative, InitiativeMessage
from storage.participation import Involvement, InvolvementStatus
from storage.people import Person, Role

LENGTH = 2000
"""Characters of a message."""
SHORT = 500
"""Characters of an offer or a reason."""


# Talks


async def about(context: Context, *, initiative_id: int, team: str) -> dict[str, str]:
    """The initiative and the partner a conversation is about."""
    initiative = await context.session.get_one(Initiative, initiative_id)
    return {"title": initiative.title, "partner": context.around.team(team)}


@conversation("partners.join", for_work=True)
async def join(ask: Ask) -> JoinAsPartner:
    """What do you offer?"""
    initiative_id, team = ask.given("initiative", int), ask.given("team", str)
    which = await ask.once("which", partial(about, initiative_id=initiative_id, team=team))
    remark = await ask("remark", Text(max_length=SHORT), values=which)
    return JoinAsPartner(initiative_id=initiative_id, team=team, remark=remark)


@conversation("partners.decline", for_work=True)
async def decline(ask: Ask) -> DeclineAsPartner:
    """Why not? The initiators read it."""
    initiative_id, team = ask.given("initiative", int), ask.given("team", str)
    which = await ask.once("which", partial(about, initiative_id=initiative_id, team=team))
    remark = await ask("remark", Text(max_length=SHORT), values=which)
    return DeclineAsPartner(initiative_id=initiative_id, team=team, remark=remark)


@conversation("partners.say", for_work=True)
async def say(ask: Ask) -> WriteAsPartner:
    """A partner writes to the initiators and the guide."""
    initiative_id, team = ask.given("initiative", int), ask.given("team", str)
    which = await ask.once("which", partial(about, initiative_id=initiative_id, team=team))
    return WriteAsPartner(
        initiative_id=initiative_id, team=team, text=await ask("text", Text(max_length=LENGTH), values=which)
    )


@conversation("partners.write")
async def write(ask: Ask) -> WriteToPartner:
    """An initiator or the guide writes to a partner."""
    initiative_id, team = ask.given("initiative", int), ask.given("team", str)
    which = await ask.once("which", partial(about, initiative_id=initiative_id, team=team))
    return WriteToPartner(
        initiative_id=initiative_id, team=team, text=await ask("text", Text(max_length=LENGTH), values=which)
    )


# Buttons


@offers(10)
def to_answer(view: View) -> list[Button]:
    """A partner opens its own card, with all it can do."""
    if view.ended or not view.is_(Relation.INVITED_PARTNER):
        return []
    return [act(view.around.plain("partners.buttons.own"), "i-p-own", view.initiative.id or 0)]


@action("i-p-own")
async def press_own(context: Context, argument: str) -> None:
    """Show the card of the actor's team, anew."""
    view = await pressed(context, argument)
    involvement = None if view is None else await _their_own(context, view.initiative)
    if view is None:
        return
    if involvement is None:
        context.note("partners.refused.not_in", alert=True)
    elif view.ended:
        await show(context, view)
    else:
        about = (Subject.INVOLVEMENT, involvement.id or 0)
        earlier = [card for card in await context.cards(*about) if card.person_id == context.me.id]
        await show_anew(context, about, partial(refresh_one, context, view.initiative, involvement, changed=False))
        for card in earlier:  # what it says must not stay behind when it isn't shared any more
            text = context.text("partners.card_below", reference=view.initiative.reference)
            await context.edit_card(card, Message(text=text))


@action("i-p-join")
async def press_join(context: Context, argument: str) -> None:
    """We join."""
    await _start(context, argument, "partners.join", InvolvementStatus.ASKED)


@action("i-p-decline")
async def press_decline(context: Context, argument: str) -> None:
    """We don't."""
    await _start(context, argument, "partners.decline", InvolvementStatus.ASKED)


@action("i-p-stop")
async def press_stop(context: Context, argument: str) -> None:
    """We joined, but can't any more."""
    await _start(context, argument, "partners.decline", InvolvementStatus.JOINED)


@action("i-p-say")
async def press_say(context: Context, argument: str) -> None:
    """We want to say something."""
    await _start(context, argument, "partners.say", InvolvementStatus.JOINED)


async def _start(context: Context, argument: str, name: str, wanted: InvolvementStatus) -> None:
    """The conversation, where the partner is as far as it asks for."""
    found = await pressed_about(context, argument)
    if found is None:
        return
    view, involvement = found
    if not await _is_theirs(context, involvement):
        context.note("partners.refused.not_in", alert=True)
    elif (refused := closed(view.initiative)) is not None:
        await context.refuse(refused)
    elif involvement.status is not wanted:
        already = involvement.status is InvolvementStatus.JOINED
        context.note("partners.refused.already" if already else "partners.refused.join_first", alert=True)
    else:
        await dialogue.start(context, name, {"initiative": view.initiative.id, "team": involvement.team_code})


@action("i-p-write")
async def press_write(context: Context, argument: str) -> None:
    """An initiator or the guide wants to write to a partner."""
    found = await pressed_about(context, argument)
    if found is None:
        return
    view, involvement = found
    if not view.is_(Relation.INITIATOR, Relation.GUIDE):
        context.note("common.not_allowed", alert=True)
    elif involvement.status not in LET_IN:
        context.note("partners.refused.not_let_in", alert=True)
    else:
        await dialogue.start(
            context, "partners.write", {"initiative": view.initiative.id, "team": involvement.team_code}
        )


@replies_to(Subject.INVOLVEMENT)
async def on_reply(context: Context, card: Card, content: Content) -> None:
    """A reply to what a partner or an initiator said goes to the other side."""
    involvement = await context.session.get(Involvement, card.subject_id)
    text = content.text.strip() if isinstance(content, Written) else ""
    if involvement is None:
        await context.say("common.gone")
        return
    if not 0 < len(text) <= LENGTH:
        await context.say("initiative.write_in_words", maximum=LENGTH)
        return
    initiative = await context.session.get_one(Initiative, involvement.initiative_id)
    command: Command = WriteToPartner(initiative_id=involvement.initiative_id, team=involvement.team_code, text=text)
    if not await relations_to(context, context.me, initiative) & {Relation.INITIATOR, Relation.GUIDE}:
        command = WriteAsPartner(initiative_id=involvement.initiative_id, team=involvement.team_code, text=text)
        if not await _is_theirs(context, involvement):
            await context.say("partners.refused.not_in")
            return
        if involvement.status is not InvolvementStatus.JOINED:
            buttons = card_buttons(context.around, initiative, involvement)
            await context.reply(Message(text=context.text("partners.refused.join_first"), buttons=buttons))
            return
    outcome = await carry(context, command)
    if isinstance(outcome, Refused):
        await context.say(outcome.key, **outcome.values)


async def write_as_partner(context: Context, initiative: Initiative, text: str) -> WriteAsPartner | None:
    """What a reply to the board means, of somebody whose team joined."""
    involvement = await _their_own(context, initiative)
    if involvement is None or involvement.status is not InvolvementStatus.JOINED:
        return None
    return WriteAsPartner(initiative_id=initiative.id or 0, team=involvement.team_code, text=text)


async def for_partner(context: Context, limit: int) -> list[Initiative]:
    """The initiatives that run, of which the actor's partner was let in; the newest first."""
    teams = [grant.team_code for grant in await grants_of(context.session, context.me) if grant.role is Role.PARTNER]
    let_in = select(Involvement.initiative_id).where(
        col(Involvement.team_code).in_(teams), col(Involvement.status).in_(LET_IN)
    )
    query = select(Initiative).where(
        col(Initiative.id).in_(let_in), col(Initiative.status).not_in(ENDED), col(Initiative.hidden_at).is_(None)
    )
    return list((await context.session.exec(query.order_by(col(Initiative.id).desc()).limit(limit))).all())


# Doing it


@carries(JoinAsPartner)
async def carry_join(context: Context, command: JoinAsPartner) -> Outcome:
    """The initiators and the guide hear who, and what they offer."""
    found = await _let_in(context, command.initiative_id, command.team)
    if isinstance(found, Refused):
        return found
    initiative, involvement = found
    if (refused := closed(initiative)) is not None:
        return refused
    if involvement.status is InvolvementStatus.JOINED:
        return Refused(key="partners.refused.already")
    if not 0 < len(command.remark) <= SHORT:
        return Refused(key="initiative.write_in_words", values={"maximum": SHORT}, ask_again="remark")
    involvement.status, involvement.remark = InvolvementStatus.JOINED, command.remark
    involvement.person_id = context.me.id
    context.session.add(involvement)
    await happened(context, initiative, EventKind.PARTNER_JOINED, details={"team": command.team})
    await _tell_both(context, initiative, involvement, "partners.joined", text=command.remark)
    await refresh_one(context, initiative, involvement)
    await context.say("partners.you_joined", title=initiative.title)
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"team": command.team})


@carries(DeclineAsPartner)
async def carry_decline(context: Context, command: DeclineAsPartner) -> Outcome:
    """The initiators hear why, and that their plan goes on; the partner sees nothing of it any more."""
    found = await _let_in(context, command.initiative_id, command.team)
    if isinstance(found, Refused):
        return found
    initiative, involvement = found
    if not 0 < len(command.remark) <= SHORT:
        return Refused(key="initiative.write_in_words", values={"maximum": SHORT}, ask_again="remark")
    stops = involvement.status is InvolvementStatus.JOINED
    involvement.remark, involvement.person_id = command.remark, context.me.id
    await shut(context, initiative, involvement, InvolvementStatus.DECLINED)
    key = "partners.stops" if stops else "partners.declines"
    await _tell_both(context, initiative, involvement, key, text=command.remark, writing=False)
    await context.say("partners.you_declined")
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"team": command.team, "joined": stops})


@carries(WriteAsPartner)
async def carry_say(context: Context, command: WriteAsPartner) -> Outcome:
    """The initiators and the guide read it, with who says it."""
    found = await _let_in(context, command.initiative_id, command.team)
    if isinstance(found, Refused):
        return found
    initiative, involvement = found
    if involvement.status is not InvolvementStatus.JOINED:
        return Refused(key="partners.refused.join_first")
    if (refused := closed(initiative)) is not None:
        return refused
    if not 0 < len(command.text) <= LENGTH:
        return Refused(key="initiative.write_in_words", values={"maximum": LENGTH}, ask_again="text")
    _keep(context, initiative, command.text, Hearing.INITIATORS)
    await _tell_both(context, initiative, involvement, "partners.from_partner", text=command.text)
    await context.say("partners.said")
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"team": command.team})


@carries(WriteToPartner)
async def carry_write(context: Context, command: WriteToPartner) -> Outcome:
    """Everybody of the partner reads it; from whom, as far as the initiator let them know."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    involvement = await involvement_of(context, initiative, command.team)
    if involvement is None or involvement.status not in LET_IN:
        return Refused(key="partners.refused.not_let_in")
    if (refused := closed(initiative)) is not None:
        return refused
    people = await people_of(context, involvement)
    if not people:
        return Refused(key="partners.refused.nobody", values={"partner": context.around.team(command.team)})
    if not 0 < len(command.text) <= LENGTH:
        return Refused(key="initiative.write_in_words", values={"maximum": LENGTH}, ask_again="text")
    leads = any(person.id == context.me.id for person in await initiators(context, initiative))
    known = Share.FIRST_NAME in involvement.shared and involvement.consented_by == context.me.id
    for person in people:
        around = context.around_for(person)
        if leads:
            who = context.me.first_name if known else around.plain("partners.an_initiator")
        else:
            who = around.plain("partners.the_guide", name=name_of(context.me), guide_title=around.guide_title)
        text = around.text("partners.to_partner", title=initiative.title, who=who, text=command.text)
        message = Message(text=text, buttons=card_buttons(around, initiative, involvement))
        await context.send(person, message, about=(Subject.INVOLVEMENT, involvement.id or 0))
    _keep(context, initiative, command.text, Hearing.PARTNERS)
    if leads:
        await sign_of_life(context, initiative)
    await context.say("partners.written", partner=context.around.team(command.team))
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"team": command.team})


async def _let_in(context: Context, initiative_id: int, team: str) -> tuple[Initiative, Involvement] | Refused:
    """The initiative and its partner, where the actor works for it."""
    initiative = await context.session.get_one(Initiative, initiative_id)
    involvement = await involvement_of(context, initiative, team)
    if involvement is None or not await _is_theirs(context, involvement):
        return Refused(key="common.not_allowed")
    return initiative, involvement


async def _is_theirs(context: Context, involvement: Involvement) -> bool:
    return any(person.id == context.me.id for person in await people_of(context, involvement))


async def _their_own(context: Context, initiative: Initiative) -> Involvement | None:
    """Of the actor's team; of several one that joined."""
    found = [one for one in await involvements(context, initiative) if await _is_theirs(context, one)]
    return next((one for one in found if one.status is InvolvementStatus.JOINED), found[0] if found else None)


async def _tell_both(
    context: Context, initiative: Initiative, involvement: Involvement, key: str, *, text: str, writing: bool = True
) -> None:
    """Say what the partner says to the initiators and the guide; with `writing` they can write back."""
    people: dict[int | None, Person] = {}
    for person in (*await initiators(context, initiative), *await guides(context, initiative)):
        if person.id != context.me.id:
            people[person.id] = person
    for person in people.values():
        around = context.around_for(person)
        said = around.text(
            key,
            title=initiative.title,
            reference=initiative.reference,
            who=name_of(context.me),
            partner=partner_name(around, involvement.team_code),
            guide_title=around.guide_title,
            text=text,
        )
        look = open_button(around.plain("initiative.buttons.open"), initiative)
        rows = ((button(around, "answer", involvement),), (look,)) if writing else ((look,),)
        of_partner, of_all = (Subject.INVOLVEMENT, involvement.id or 0), (Subject.INITIATIVE, initiative.id or 0)
        await context.send(person, Message(text=said, buttons=rows), about=of_partner if writing else of_all)


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
