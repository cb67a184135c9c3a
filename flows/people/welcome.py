"""The first meeting: who we are, what we keep, never a BSN, and where you live if you want to say it."""

from __future__ import annotations

from sqlmodel import select

from flows.commands import Done, Outcome, Refused, carries, carry
from flows.context import Context
from flows.doors import StartHandler, starts
from flows.menu import send_menu
from flows.people.invitations import hashed
from flows.questions.asking.ask import offer
from flows.talk import dialogue
from flows.talk.answers import Skippable
from flows.talk.ask import Ask
from flows.talk.incoming import Content, Location, Photo, Text, Voice
from flows.talk.places import DistrictAnswer
from flows.talk.replay import conversation
from flows.talk.screen import title_of
from flows.verbs import AcceptInvitation, FinishWelcome
from storage.conversations import Conversation as Journal
from storage.conversations import ConversationStatus
from storage.people import Invitation


@conversation("welcome", can_leave=False)
async def meet(ask: Ask) -> FinishWelcome:
    """One question, which may be skipped."""
    return FinishWelcome(district=await ask("district", Skippable(DistrictAnswer())))


async def welcome(context: Context, argument: str, *, first: Content | None = None) -> None:
    """`/start`, or the very first thing somebody does: then nothing they said is lost.

    `argument` may be a code: an invitation to work here, or that of a link. Who is known is brought to where they were.
    """
    known = context.me.welcomed_at is not None
    if not known:
        await greet(context)
    if argument and (link := starts(argument)) is not None and not await _is_invitation(context, argument):
        await _follow_link(context, *link, known=known)
        return
    if argument:
        outcome = await carry(context, AcceptInvitation(code=argument))
        if isinstance(outcome, Refused):
            await context.refuse(outcome)
        else:
            await _met(context)
            await send_menu(context, "menu.worker")
            return
    if isinstance(first, Text | Photo | Voice | Location):
        await _met(context)
        await offer(context, first)
    elif not known and await dialogue.active(context) is None:
        await dialogue.start(context, "welcome")
    else:
        await _where_they_were(context)


async def _follow_link(context: Context, handle: StartHandler, rest: str, *, known: bool) -> None:
    """Do what the link is for; then the welcome goes on, or what was on the screen is shown again."""
    before = await dialogue.active(context)
    await handle(context, rest)
    journal = await dialogue.active(context)
    if journal is None and not known:
        await dialogue.start(context, "welcome")
    elif journal is not None and before is not None and journal.id == before.id:
        await dialogue.advance(context, journal)
    elif journal is not None and not known and before is None:  # where they live can wait for what the link began
        waits = Journal(
            person_id=context.me.id or 0, name="welcome", status=ConversationStatus.PARKED, created_at=context.now
        )
        context.session.add(waits)
        await context.session.flush()


async def _is_invitation(context: Context, code: str) -> bool:
    """Whether it was made to give a role, used or not: such a code may begin as those of links do."""
    query = select(Invitation.id).where(Invitation.code_hash == hashed(code))
    return (await context.session.exec(query)).first() is not None


async def greet(context: Context) -> None:
    """Who we are and what we keep; whatever somebody does first, they read this before it."""
    await context.say("welcome.hello", name=context.me.first_name, municipality=context.house.municipality.name)


async def _where_they_were(context: Context) -> None:
    journal = await dialogue.active(context)
    if journal is not None:
        await context.say("welcome.where_you_were", title=title_of(journal.name, context.around))
        await dialogue.advance(context, journal)
    elif not await dialogue.offer_parked(context):
        await send_menu(context, "menu.again", first=await dialogue.ways_on(context))


async def _met(context: Context) -> None:
    context.me.welcomed_at = context.me.welcomed_at or context.now
    context.session.add(context.me)
    await context.session.flush()


@carries(FinishWelcome)
async def carry_finish(context: Context, command: FinishWelcome) -> Outcome:
    """From now on they are known."""
    if command.district is not None:
        context.me.district_code = command.district
    await _met(context)
    await send_menu(context, "menu.first")
    return Done()
