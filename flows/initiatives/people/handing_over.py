"""Handing over and leaving: an initiative stays with people who want it, and one that nobody leads says so."""

from __future__ import annotations

from functools import partial

from sqlmodel import col, select

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Around, Context
from flows.doors import act, action
from flows.initiatives import cards
from flows.initiatives.board import facts, open_button
from flows.initiatives.circle import audience, guides, initiators, tell
from flows.initiatives.events import happened, sign_of_life
from flows.initiatives.offers import View, offers
from flows.initiatives.people.following import follow_link
from flows.initiatives.people.inviting import lead_along
from flows.initiatives.people.taking_part import (
    called,
    carry_or_say,
    closed,
    helping,
    pressed,
    pressed_by_initiator,
    row_of,
    rows_of,
    say_to,
    take_away,
)
from flows.initiatives.verbs import HandOver, LeaveInitiative, TakeOver
from flows.permissions import Relation
from flows.talk import dialogue
from flows.talk.ask import Ask
from flows.talk.choices import OneOf, YesNo
from flows.talk.message import Button, Rows
from flows.talk.replay import conversation
from storage.cards import Subject
from storage.initiatives import ENDED, EventKind, Initiative
from storage.participation import Participant, Participation
from storage.people import Person

MAY_LEAD = (Relation.HELPER, Relation.FOLLOWER)


@offers(5)
def to_take(view: View) -> list[Button]:
    """What nobody leads is taken over by who helps or follows."""
    if view.ended or view.initiative.initiator_id is not None or not view.is_(*MAY_LEAD):
        return []
    return [act(view.around.plain("handing_over.buttons.take"), "i-take", view.initiative.id or 0)]


@facts(5)
async def seeks(context: Context, view: View) -> str | None:
    """That it seeks somebody; or that the viewer was asked to be the first contact."""
    if view.ended:
        return None
    if view.initiative.initiator_id is None:
        link = follow_link(context.house, view.initiative) if view.is_(Relation.GUIDE, Relation.TEAM) else None
        return view.around.text("handing_over.seeks", may=view.is_(*MAY_LEAD), link=link)
    if await _asked(context, view.initiative, context.me) is not None:
        return view.around.text("handing_over.you_are_asked")
    return None


# Talks


async def candidates(context: Context, *, initiative_id: int) -> dict[str, str]:
    """Who can be asked, by the number of their row: other initiators by name, helpers as the actor may call them."""
    initiative = await context.session.get_one(Initiative, initiative_id)
    found: dict[str, str] = {}
    for person in await initiators(context, initiative):
        row = await row_of(context, initiative_id, person.id, Participation.INITIATOR)
        if row is not None and person.id not in (context.me.id, initiative.initiator_id) and person.blocked_at is None:
            found[str(row.id)] = person.first_name
    for row, person in await helping(context, initiative):
        if person.blocked_at is None:
            found[str(row.id)] = called(context.around, row, person, context.me)
    return found


@conversation("handing_over.hand")
async def hand(ask: Ask) -> HandOver:
    """To whom, and are you sure?"""
    initiative_id = ask.given("initiative", int)
    people = await ask.once("people", partial(candidates, initiative_id=initiative_id))
    who = await ask("who", OneOf(people))
    await ask.review()
    return HandOver(initiative_id=initiative_id, participant_id=int(who))


async def about_taking(context: Context, *, initiative_id: int) -> dict[str, str]:
    """The initiative, and the name that others would see."""
    initiative = await context.session.get_one(Initiative, initiative_id)
    return {"title": initiative.title, "name": context.me.first_name}


@conversation("handing_over.take")
async def take(ask: Ask) -> TakeOver:
    """Do you want to? Then people see your name."""
    initiative_id = ask.given("initiative", int)
    what = await ask.once("what", partial(about_taking, initiative_id=initiative_id))
    return TakeOver(initiative_id=initiative_id, yes=await ask("sure", YesNo(), values=what))


async def about_leaving(context: Context, *, initiative_id: int) -> dict[str, str | bool]:
    """The initiative, and whether anybody else leads it."""
    initiative = await context.session.get_one(Initiative, initiative_id)
    return {"title": initiative.title, "alone": len(await initiators(context, initiative)) == 1}


@conversation("handing_over.leave")
async def leave(ask: Ask) -> LeaveInitiative | None:
    """Are you sure, and what happens then?"""
    initiative_id = ask.given("initiative", int)
    what = await ask.once("what", partial(about_leaving, initiative_id=initiative_id))
    return LeaveInitiative(initiative_id=initiative_id) if await ask("sure", YesNo(), values=what) else None


# Buttons


@action("i-hand")
async def press_hand(context: Context, argument: str) -> None:
    """Somebody else becomes the first contact."""
    view = await _leading(context, argument)
    if view is None:
        return
    if not await candidates(context, initiative_id=view.initiative.id or 0):
        context.note("handing_over.refused.nobody", alert=True)
    else:
        await dialogue.start(context, "handing_over.hand", {"initiative": view.initiative.id})


@action("i-leave")
async def press_leave(context: Context, argument: str) -> None:
    """An initiator leaves."""
    if (view := await _leading(context, argument)) is not None:
        await dialogue.start(context, "handing_over.leave", {"initiative": view.initiative.id})


@action("i-take")
async def press_take(context: Context, argument: str) -> None:
    """Yes, I will: after reading what that means."""
    view = await pressed(context, argument)
    if view is None:
        return
    if (refused := await _may_not_take(context, view.initiative)) is not None:
        await context.refuse(refused)
    elif view.is_(Relation.INITIATOR):  # they are seen already
        await carry_or_say(context, TakeOver(initiative_id=view.initiative.id or 0))
    elif view.is_(*MAY_LEAD):
        await dialogue.start(context, "handing_over.take", {"initiative": view.initiative.id})
    else:
        context.note("handing_over.refused.follow_first", alert=True)


@action("i-notake")
async def press_no(context: Context, argument: str) -> None:
    """Rather not."""
    view = await pressed(context, argument)
    if view is None:
        return
    if not view.is_(Relation.INITIATOR, *MAY_LEAD):
        context.note("handing_over.refused.not_asked", alert=True)
    elif await carry_or_say(context, TakeOver(initiative_id=view.initiative.id or 0, yes=False)):
        await context.drop_pressed_buttons()


async def _leading(context: Context, argument: str) -> View | None:
    view = await pressed_by_initiator(context, argument)
    if view is None:
        return None
    if view.ended and (refused := closed(view.initiative)) is not None:
        await context.refuse(refused)
        return None
    return view


# Doing it


@carries(HandOver)
async def carry_hand_over(context: Context, command: HandOver) -> Outcome:
    """They are asked; until they say yes nothing changes. Who was asked before is no longer."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    if initiative.status in ENDED:
        return Refused(key="taking_part.refused.ended", values={"title": initiative.title})
    row = await context.session.get(Participant, command.participant_id)
    if row is None or row.initiative_id != command.initiative_id:
        return Refused(key="handing_over.refused.gone")
    if row.person_id in (context.me.id, initiative.initiator_id):
        return Refused(key="handing_over.refused.is_first")
    if row.kind not in (Participation.INITIATOR, Participation.HELPER):
        return Refused(key="handing_over.refused.gone")
    await _forget_asked(context, initiative)
    row.asked_to_lead_at = context.now
    context.session.add(row)
    await context.session.flush()
    person = await context.session.get_one(Person, row.person_id)

    def buttons(around: Around) -> Rows:
        yes = act(around.plain("handing_over.buttons.take"), "i-take", initiative.id or 0)
        return (yes,), (act(around.plain("handing_over.buttons.no"), "i-notake", initiative.id or 0),)

    helper = row if row.kind is Participation.HELPER else None
    await say_to(context, person, initiative, "handing_over.asked", buttons=buttons, helper=helper)
    await sign_of_life(context, initiative)
    who = person.first_name if helper is None else called(context.around, row, person, context.me)
    await say_to(context, context.me, initiative, "handing_over.waits", who=who)
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"participant": row.id})


@carries(TakeOver)
async def carry_take_over(context: Context, command: TakeOver) -> Outcome:
    """Who says yes leads from now on; who handed over stays an initiator until they leave."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    if (refused := await _may_not_take(context, initiative)) is not None:
        return refused
    asked = await _asked(context, initiative, context.me)
    before = await initiators(context, initiative)
    if not command.yes:
        if asked is not None:
            await _say_no(context, initiative, asked, before)
        await say_to(context, context.me, initiative, "handing_over.said_no")
        return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"yes": False})
    was_vacant = initiative.initiator_id is None
    await _forget_asked(context, initiative)
    initiative.initiator_id = context.me.id
    context.session.add(initiative)
    if all(person.id != context.me.id for person in before):
        await lead_along(context, initiative, context.me)
    else:
        await sign_of_life(context, initiative)
        await cards.refresh(context, initiative)

    def buttons(around: Around) -> Rows:
        return ((open_button(around.plain("initiative.buttons.open"), initiative),),)

    await say_to(context, context.me, initiative, "handing_over.taken", buttons=buttons)
    others = [person for person in before if person.id != context.me.id]
    guiding = [person for person in await guides(context, initiative) if person not in others]
    name = context.me.first_name
    await tell(context, initiative, [*others, *guiding], "handing_over.taken_by", buttons=buttons, name=name)
    if was_vacant:
        people = await audience(context, initiative, [Participation.HELPER, Participation.FOLLOWER])
        await tell(context, initiative, people, "handing_over.somebody_took", buttons=buttons)
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"yes": True})


@carries(LeaveInitiative)
async def carry_leave(context: Context, command: LeaveInitiative) -> Outcome:
    """Another initiator becomes the first contact. With none left, who helps and follows is asked, and the guide."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    if initiative.status in ENDED:
        return Refused(key="taking_part.refused.ended", values={"title": initiative.title})
    await take_away(context, initiative, context.me, Participation.INITIATOR)
    for row, _ in await helping(context, initiative):
        if context.me.id in row.shown_by:
            row.shown_by = [one for one in row.shown_by if one != context.me.id]
            context.session.add(row)
    left = await initiators(context, initiative)
    if initiative.initiator_id == context.me.id:
        reachable = [person for person in left if person.blocked_at is None] or left
        initiative.initiator_id = reachable[0].id if reachable else None
        context.session.add(initiative)
    await happened(context, initiative, EventKind.INITIATOR_LEFT)
    await cards.refresh(context, initiative)

    def follow(around: Around) -> Rows:
        return ((act(around.plain("following.buttons.follow"), "i-follow", initiative.id or 0),),)

    def look(around: Around) -> Rows:
        return ((open_button(around.plain("initiative.buttons.open"), initiative),),)

    def take_it(around: Around) -> Rows:
        return (
            (act(around.plain("handing_over.buttons.take"), "i-take", initiative.id or 0),),
            *look(around),
        )

    await say_to(context, context.me, initiative, "handing_over.left", buttons=follow)
    guiding = [person for person in await guides(context, initiative) if person not in left]
    name = context.me.first_name
    if left:
        await tell(context, initiative, [*left, *guiding], "handing_over.left_by", buttons=look, name=name)
        return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"left": len(left)})
    people = await audience(context, initiative, [Participation.HELPER, Participation.FOLLOWER])
    await tell(context, initiative, people, "handing_over.who_takes_over", buttons=take_it)
    await tell(context, initiative, guiding, "handing_over.nobody_leads", buttons=look, name=name, asked=len(people))
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"left": 0, "asked": len(people)})


async def _asked(context: Context, initiative: Initiative, person: Person) -> Participant | None:
    rows = await rows_of(context, initiative, person)
    return next((row for row in rows if row.asked_to_lead_at is not None), None)


async def _may_not_take(context: Context, initiative: Initiative) -> Refused | None:
    """Why the actor can't become the first contact now."""
    if initiative.status in ENDED:
        return Refused(key="taking_part.refused.ended", values={"title": initiative.title})
    if context.me.id in (initiative.guide_id, initiative.deputy_id):
        return Refused(key="inviting.refused.guides", values={"guide_title": context.around.guide_title})
    if initiative.initiator_id is None or await _asked(context, initiative, context.me) is not None:
        return None
    return Refused(key="handing_over.refused.not_asked")


async def _say_no(context: Context, initiative: Initiative, asked: Participant, leading: list[Person]) -> None:
    asked.asked_to_lead_at = None
    context.session.add(asked)
    await context.session.flush()
    for initiator in leading:
        if initiator.id != context.me.id:
            helps = asked.kind is Participation.HELPER
            around = context.around_for(initiator)
            who = called(around, asked, context.me, initiator) if helps else context.me.first_name
            await say_to(context, initiator, initiative, "handing_over.declined", who=who)


async def _forget_asked(context: Context, initiative: Initiative) -> None:
    query = select(Participant).where(
        Participant.initiative_id == initiative.id, col(Participant.asked_to_lead_at).is_not(None)
    )
    for row in (await context.session.exec(query)).all():
        row.asked_to_lead_at = None
        context.session.add(row)
    await context.session.flush()
