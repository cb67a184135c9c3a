"""Following an initiative, also by a link that anybody may pass on; and wanting its messages, or not."""

from __future__ import annotations

from sqlmodel import col, select

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Around, Context, House
from flows.doors import act, action, id_in, start_code
from flows.initiatives.board import facts, may_see, open_button, seen, show
from flows.initiatives.circle import initiators
from flows.initiatives.offers import View, offers
from flows.initiatives.people.taking_part import add, carry_or_say, closed, pressed, row_of, rows_of, say_to, take_away
from flows.initiatives.verbs import FollowInitiative, HearInitiative
from flows.permissions import Relation
from flows.talk.message import Button, Message, Rows
from storage.cards import Subject
from storage.initiatives import Initiative
from storage.participation import Participant, Participation

START = "f"
"""What the code of a link to follow begins with; the reference follows."""
HEARERS = (Relation.HELPER, Relation.FOLLOWER, Relation.SUPPORTER)


def follow_link(house: House, initiative: Initiative) -> str:
    """The link with which anybody opens the bot and follows this initiative."""
    return f"https://t.me/{house.bot_username}?start={START}{initiative.reference}"


def hush_button(around: Around, initiative: Initiative) -> Button:
    """One tap, and there are no more messages of this initiative."""
    return act(around.plain("following.buttons.hush"), "i-hush", initiative.id or 0)


def _hear_button(around: Around, initiative: Initiative) -> Button:
    return act(around.plain("following.buttons.hear"), "i-hear", initiative.id or 0)


def _follow_button(around: Around, initiative: Initiative) -> Button:
    return act(around.plain("following.buttons.follow"), "i-follow", initiative.id or 0)


@offers(40, at_work=86)
def to_follow(view: View) -> list[Button]:
    """Follow what runs; no more is always possible."""
    if view.is_(Relation.FOLLOWER):
        return [act(view.around.plain("following.buttons.unfollow"), "i-unfollow", view.initiative.id or 0)]
    if view.ended or view.initiative.hidden_at is not None or view.is_(Relation.INITIATOR, Relation.HELPER):
        return []
    return [_follow_button(view.around, view.initiative)]


@offers(80)
def to_hear(view: View) -> list[Button]:
    """Who takes part chooses whether messages come."""
    if not view.is_(*HEARERS) or view.is_(Relation.INITIATOR):
        return []
    return [act(view.around.plain("following.buttons.hearing"), "i-hearing", view.initiative.id or 0)]


@facts(60)
async def hears(context: Context, view: View) -> str | None:
    """What somebody may have forgotten: that they stopped the messages."""
    rows = await rows_of(context, view.initiative, context.me)
    return view.around.text("following.hushed") if rows and not all(row.updates_on for row in rows) else None


@start_code(START)
async def by_link(context: Context, rest: str) -> None:
    """Follow at once: that is what the link is for."""
    query = select(Initiative).where(col(Initiative.reference) == rest.upper())
    if (number := id_in(rest)) is not None:
        query = select(Initiative).where(Initiative.id == number)
    initiative = (await context.session.exec(query)).first()
    view = None if initiative is None else await seen(context, initiative)
    if view is None or not may_see(view):
        await context.say("common.gone")
    elif view.is_(Relation.INITIATOR, Relation.HELPER, Relation.FOLLOWER) or closed(view.initiative) is not None:
        await show(context, view)
    else:
        await carry_or_say(context, FollowInitiative(initiative_id=view.initiative.id or 0, follow=True))


@action("i-follow")
async def press_follow(context: Context, argument: str) -> None:
    """Follow."""
    if (view := await pressed(context, argument)) is not None:
        await carry_or_say(context, FollowInitiative(initiative_id=view.initiative.id or 0, follow=True))


@action("i-unfollow")
async def press_unfollow(context: Context, argument: str) -> None:
    """No more."""
    if (view := await pressed(context, argument)) is not None:
        await carry_or_say(context, FollowInitiative(initiative_id=view.initiative.id or 0, follow=False))


@action("i-hearing")
async def press_hearing(context: Context, argument: str) -> None:
    """How it is, and the button for the other way."""
    view = await _hearer(context, argument)
    if view is None:
        return
    on = all(row.updates_on for row in await rows_of(context, view.initiative, context.me))
    button = (hush_button if on else _hear_button)(view.around, view.initiative)
    key = "following.hears" if on else "following.hushed"
    await context.reply(Message(text=context.text(key), buttons=((button,),)))


@action("i-hush")
async def press_hush(context: Context, argument: str) -> None:
    """The button under every message to many."""
    if (view := await _hearer(context, argument)) is not None:
        await carry_or_say(context, HearInitiative(initiative_id=view.initiative.id or 0, on=False))


@action("i-hear")
async def press_hear(context: Context, argument: str) -> None:
    """Taking that back."""
    if (view := await _hearer(context, argument)) is not None:
        await carry_or_say(context, HearInitiative(initiative_id=view.initiative.id or 0, on=True))


async def _hearer(context: Context, argument: str) -> View | None:
    number = id_in(argument)
    initiative = None if number is None else await context.session.get(Initiative, number)
    view = None if initiative is None else await seen(context, initiative)
    if view is None or not view.is_(*HEARERS):
        context.note("following.refused.nothing_comes", alert=True)
        return None
    return view


@carries(FollowInitiative)
async def carry_follow(context: Context, command: FollowInitiative) -> Outcome:
    """They hear how it goes, or no more; either can be undone with the button below."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    follows = await row_of(context, command.initiative_id, context.me.id, Participation.FOLLOWER) is not None
    if follows is command.follow:
        return Refused(key=f"following.refused.{'already' if follows else 'not_yet'}")
    if command.follow:
        if (refused := closed(initiative)) is not None:
            return refused
        if any(person.id == context.me.id for person in await initiators(context, initiative)):
            return Refused(key="following.refused.leads")
        row = await add(context, initiative, context.me, Participation.FOLLOWER)
        row.updates_on = True
        context.session.add(row)
    else:
        await take_away(context, initiative, context.me, Participation.FOLLOWER)

    def buttons(around: Around) -> Rows:
        if not command.follow:
            return ((_follow_button(around, initiative),),)
        undo = act(around.plain("following.buttons.unfollow"), "i-unfollow", initiative.id or 0)
        help_too = act(around.plain("helping.buttons.help"), "i-help", initiative.id or 0)
        return (help_too,), (open_button(around.plain("initiative.buttons.open"), initiative),), (undo,)

    key = f"following.{'followed' if command.follow else 'unfollowed'}"
    await say_to(context, context.me, initiative, key, buttons=buttons)
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"follow": command.follow})


@carries(HearInitiative)
async def carry_hear(context: Context, command: HearInitiative) -> Outcome:
    """Messages come or don't, in whatever ways somebody takes part; the button below undoes it."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    for row in await rows_of(context, initiative, context.me):
        row.updates_on = command.on
        context.session.add(row)
    await context.session.flush()

    def buttons(around: Around) -> Rows:
        return (((hush_button if command.on else _hear_button)(around, initiative),),)

    key = f"following.{'heard' if command.on else 'hush'}"
    await say_to(context, context.me, initiative, key, buttons=buttons)
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"on": command.on})


async def follows_of(context: Context, *, limit: int) -> list[Initiative]:
    """What the actor helps with or follows, the newest first; what they lead isn't among it."""
    me = context.me.id
    leads = select(Participant.initiative_id).where(
        Participant.person_id == me, Participant.kind == Participation.INITIATOR
    )
    other = select(Participant.initiative_id).where(
        Participant.person_id == me, col(Participant.kind).in_((Participation.HELPER, Participation.FOLLOWER))
    )
    query = (
        select(Initiative)
        .where(col(Initiative.id).in_(other), col(Initiative.id).not_in(leads), col(Initiative.hidden_at).is_(None))
        .order_by(col(Initiative.id).desc())
        .limit(limit)
    )
    return list((await context.session.exec(query)).all())
