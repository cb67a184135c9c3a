"""One thing somebody did comes in, and goes to who handles it; all in the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from flows import features
from flows.context import Context, House, Toast
from flows.doors import ACTIONS, BOT_COMMANDS, REPLIES
from flows.people.presence import came_back, went_away
from flows.people.welcome import greet, welcome
from flows.questions.asking.ask import offer
from flows.questions.asking.warning import warn
from flows.questions.groups import acting
from flows.talk import buttons, dialogue
from flows.talk.incoming import (
    Blocked,
    Command,
    Content,
    Edited,
    Incoming,
    Location,
    Photo,
    Press,
    Text,
    Unsupported,
    Voice,
)
from flows.talk.message import Message
from flows.talk.replay import registered
from storage.cards import Card, Subject
from storage.people import Person

features.load()


@dataclass(frozen=True, kw_only=True)
class Reception:
    """Lives as long as the process, and keeps nothing about anybody."""

    house: House

    async def receive(self, session: AsyncSession, incoming: Incoming, now: datetime) -> Toast | None:
        """Handle one incoming thing: state and outgoing messages are written, nothing is sent.

        Gives the note for who pressed a button, if any.
        """
        if incoming.group is not None:
            return await acting.receive(self.house, session, incoming, incoming.group, now)
        person, is_new = await _person(session, incoming, now)
        content = incoming.content
        context = Context(house=self.house, session=session, now=now, actor=person)
        if isinstance(content, Press):
            context.is_press = True
            context.pressed = content.message_id
            context.stray = content.stray
        if isinstance(content, Blocked) and content.blocked:
            await went_away(context)
            return None
        if person.blocked_at is not None:
            await came_back(context)
        if not isinstance(content, Blocked):
            await _route(context, incoming, is_new=is_new)
        return context.toast

    async def apologise(self, session: AsyncSession, incoming: Incoming, now: datetime) -> None:
        """Tell somebody that what they just did went wrong on our side."""
        if incoming.group is not None:  # others would read it, and who it is may not be known
            return
        person, _ = await _person(session, incoming, now)
        context = Context(house=self.house, session=session, now=now, actor=person)
        await context.reply(Message(text=context.text("common.failed")))


async def _person(session: AsyncSession, incoming: Incoming, now: datetime) -> tuple[Person, bool]:
    """Who it is, locked until the end of the transaction: things of one person happen one after the other."""
    # key_share: others may point at them meanwhile, else two who write to each other's chats wait for one another.
    query = select(Person).where(Person.telegram_id == incoming.telegram_id).with_for_update(key_share=True)
    person = (await session.exec(query)).first()
    is_new = person is None
    if person is None:
        person = Person(telegram_id=incoming.telegram_id, created_at=now)
        session.add(person)
    person.first_name = incoming.first_name
    person.language_hint = incoming.language_hint
    await session.flush()
    return person, is_new


async def _route(context: Context, incoming: Incoming, *, is_new: bool) -> None:
    content = incoming.content
    match content:
        case Command(name="start", argument=argument):
            await welcome(context, argument)
        case Command(name=name, argument=argument):
            if is_new:
                await greet(context)
            await _command(context, name, argument)
        case Press(data=data):
            await _press(context, data)
        case _ if is_new:
            await welcome(context, "", first=content)
        case Edited():
            await context.say("common.edited_in_talk" if await dialogue.active(context) else "common.edited")
        case _:
            await _words(context, incoming.reply_to, content)


async def _command(context: Context, name: str, argument: str) -> None:
    conversation = next((one for one in registered().values() if one.command == name), None)
    if conversation is not None:
        await dialogue.start(context, conversation.name)
        return
    command = BOT_COMMANDS.get(name)
    if command is None:
        await context.say("common.unknown_command")
        await _show_again(context)
        return
    await command.handle(context, argument)
    if command.shows_again:
        await _show_again(context)


async def _show_again(context: Context) -> None:
    """The question that was on the screen, again below what was said in between."""
    if (journal := await dialogue.active(context)) is not None:
        await dialogue.advance(context, journal)


async def _press(context: Context, data: str) -> None:
    if (pressed := buttons.read(data)) is not None:
        await dialogue.press(context, pressed)
        return
    match data.split(":", 2):
        case ["m", command]:
            await _command(context, command, "")
        case ["a", name, argument] if (handle := ACTIONS.get(name)) is not None:
            await handle(context, argument)
        case _:
            context.note("talk.stale", alert=True)


async def _words(context: Context, reply_to: int | None, content: Content) -> None:
    """Not a command and not a button: a reply to a card, an answer, or the start of a question."""
    await warn(context, content, replying=reply_to is not None)
    if reply_to is not None and (card := await _card(context, reply_to)) is not None:
        await REPLIES[card.subject](context, card, content)
        return
    journal = await dialogue.active(context)
    if journal is not None:
        await dialogue.receive(context, journal, content)
        return
    match content:
        case Text() | Photo() | Voice() | Location():
            await offer(context, content)
        case Unsupported():
            await context.say("common.unsupported")
        case _:
            await context.say("common.not_understood")


async def _card(context: Context, message_id: int) -> Card | None:
    query = select(Card).where(
        Card.chat_id == context.me.telegram_id,
        Card.message_id == message_id,
        Card.subject != Subject.CONVERSATION,  # a reply to a question is its answer
    )
    return (await context.session.exec(query)).first()
