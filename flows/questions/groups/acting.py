"""What is done in a team's group: buttons of cards, replies to cards, tying the group to a team and untying it.

Talks are for private chats: who begins one in the group goes on there. Who is in the group may be anybody; who may do
what is decided as everywhere (`flows.permissions`). Nothing is kept of who never opened the bot.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from flows.commands import Done, Outcome, Refused, carries, carry
from flows.context import Context, House, Toast
from flows.doors import ACTIONS, REPLIES, act, action
from flows.people.invitations import hashed
from flows.people.names import name_of
from flows.people.teams import coordinates
from flows.questions.desk import cards
from flows.questions.groups.topics import group_in, group_of, put, retire
from flows.questions.groups.verbs import LinkGroup, MakeGroupCode, UnlinkGroup
from flows.talk.incoming import BotAdded, BotRemoved, Command, Group, GroupMigrated, Incoming, Press
from flows.talk.message import Message
from storage.cards import Card, Subject
from storage.groups import GroupCode, TeamGroup, move_group
from storage.outbox import OutboxKind
from storage.people import Person
from storage.questions import OVER, Question

VALID = timedelta(days=1)
"""How long a code can be used."""
CODE_BYTES = 9
LINK, UNLINK = "koppel", "ontkoppel"


async def receive(house: House, session: AsyncSession, incoming: Incoming, group: Group, now: datetime) -> Toast | None:
    """Handle one thing that was done in a group. Gives the note for who pressed a button, if any."""
    nobody = Context(house=house, session=session, now=now, actor=None)
    match incoming.content:
        case GroupMigrated(new_chat_id=new):
            await _moved(nobody, group.chat_id, new)
            return None
        case BotAdded() as added:
            await _changed(nobody, group.chat_id, added)
            return None
        case BotRemoved():
            if (known := await group_in(nobody, group.chat_id)) is not None:
                await carry(nobody, UnlinkGroup(team=known.team_code, thrown_out=True))
            return None
    await _seen(nobody, group)
    person = await _known(session, incoming)
    context = Context(house=house, session=session, now=now, actor=person or _stranger(incoming))
    context.is_press = isinstance(incoming.content, Press)
    if person is None:
        await _open_the_bot_first(context, incoming, group)
    else:
        await _act(context, incoming, group)
    return context.toast


async def _known(session: AsyncSession, incoming: Incoming) -> Person | None:
    """Who it is, if we can write to them in private; locked, as in `flows.reception`."""
    query = select(Person).where(
        Person.telegram_id == incoming.telegram_id,
        col(Person.welcomed_at).is_not(None),
        col(Person.blocked_at).is_(None),
    )
    person = (await session.exec(query.with_for_update(key_share=True))).first()
    if person is not None:
        person.first_name, person.language_hint = incoming.first_name, incoming.language_hint
    return person


def _stranger(incoming: Incoming) -> Person:
    """Only to speak their language; this is kept nowhere, and may do nothing."""
    return Person(first_name=incoming.first_name, language_hint=incoming.language_hint)


async def _open_the_bot_first(context: Context, incoming: Incoming, group: Group) -> None:
    link = f"https://t.me/{context.house.bot_username}?start"
    match incoming.content:
        case Press():
            context.note("group.open_first_note", alert=True, bot=context.house.bot_username)
        case Command(name=name) if name not in (LINK, UNLINK):
            pass
        case _:
            await _say(context, group, "group.open_first", name=incoming.first_name, link=link)


async def _act(context: Context, incoming: Incoming, group: Group) -> None:
    match incoming.content:
        case Press(data=data):
            await _press(context, data)
        case Command(name="koppel", argument=code):
            command = LinkGroup(code=code, chat_id=group.chat_id, title=group.title, topics=group.is_forum)
            await _carry(context, group, command, "group.linked")
        case Command(name="ontkoppel"):
            known = await group_in(context, group.chat_id)
            if known is None:
                await _say(context, group, "group.refused.not_linked")
            else:
                await _carry(context, group, UnlinkGroup(team=known.team_code), "group.unlinked")
        case Command():
            pass  # another bot's, or for the private chat
        case content if incoming.reply_to is not None:
            query = select(Card).where(Card.chat_id == group.chat_id, Card.message_id == incoming.reply_to)
            card = (await context.session.exec(query)).first()
            if card is not None:
                await REPLIES[card.subject](context, card, content)


ON_CARDS = ("q-", "k-from")
"""What the buttons of a question's card begin with; all others belong in a private chat."""


async def _press(context: Context, data: str) -> None:
    match data.split(":", 2):
        case ["a", name, argument] if name.startswith(ON_CARDS) and (handle := ACTIONS.get(name)) is not None:
            await handle(context, argument)
            if context.toast is None:  # a talk began
                context.note("group.in_private", bot=context.house.bot_username)
        case _:
            context.note("talk.stale", alert=True)


async def _carry(context: Context, group: Group, command: LinkGroup | UnlinkGroup, done: str) -> None:
    outcome = await carry(context, command)
    if isinstance(outcome, Refused):
        await _say(context, group, outcome.key, **outcome.values)
    else:
        await _say(context, group, done, team=context.around.team(str(outcome.details["team"])))


async def _say(context: Context, group: Group, key: str, /, **values: object) -> None:
    message = Message(text=context.text(key, **values))
    await put(context, group.chat_id, OutboxKind.SEND, {**message.to_json(), "topic_id": group.topic_id})


async def _changed(context: Context, chat_id: int, added: BotAdded) -> None:
    """What we may do there is different; a question shows it as soon as something happens with it."""
    known = await group_in(context, chat_id)
    if known is not None:
        known.title, known.is_forum = added.title, added.is_forum
        known.topics = added.is_forum and added.may_manage_topics
        context.session.add(known)


async def _seen(context: Context, group: Group) -> None:
    """Telegram doesn't tell us that topics were turned on or off, but all that is done in the group shows it."""
    known = await group_in(context, group.chat_id)
    if known is not None and known.is_forum != group.is_forum:
        known.is_forum = known.topics = group.is_forum
        context.session.add(known)


async def _moved(context: Context, old: int, new: int) -> None:
    """What stood in the old group can't be changed any more: all that is open gets a card where the group is now."""
    await move_group(context.session, old, new)
    group = await group_in(context, new)
    if group is not None:
        await _show_all(context, group.team_code)


async def _open_questions(context: Context, team_code: str) -> list[Question]:
    query = select(Question).where(Question.team_code == team_code, col(Question.status).not_in(OVER))
    return list((await context.session.exec(query.order_by(col(Question.id)))).all())


async def _show_all(context: Context, team_code: str) -> None:
    for question in await _open_questions(context, team_code):
        await cards.refresh(context, question, changed=False)


@action("team-group")
async def press_groups(context: Context, argument: str) -> None:
    """For which team?"""
    if not await coordinates(context):
        context.note("common.coordinators_only", alert=True)
        return
    teams = context.around.municipality.teams
    rows = tuple((act(team.name, "group-code", team.code),) for team in teams)
    await context.reply(Message(text=context.text("group.which_team"), buttons=rows))


@action("group-code")
async def press_code(context: Context, argument: str) -> None:
    """A code for this team."""
    outcome = await carry(context, MakeGroupCode(team=argument))
    if isinstance(outcome, Refused):
        await context.refuse(outcome)


@carries(MakeGroupCode)
async def carry_code(context: Context, command: MakeGroupCode) -> Outcome:
    """Who asks for it reads what to do with it."""
    team = context.house.municipality.team(command.team)
    if team is None:
        return Refused(key="team.refused.no_team")
    code = secrets.token_urlsafe(CODE_BYTES)
    until = context.now + VALID
    context.session.add(
        GroupCode(code_hash=hashed(code), team_code=team.code, created_by_id=context.me.id or 0, expires_at=until)
    )
    await context.session.flush()
    bot = context.house.bot_username
    await context.say("group.code", team=team.name, bot=bot, code=code, until=until)
    return Done(details={"team": team.code}, shown_once=code)


@carries(LinkGroup)
async def carry_link(context: Context, command: LinkGroup) -> Outcome:
    """What is open gets a card in the group, and those in private lose their buttons. A code works once."""
    session = context.session
    query = select(GroupCode).where(GroupCode.code_hash == hashed(command.code)).with_for_update()
    code = (await session.exec(query)).first()
    if code is None or code.expires_at <= context.now:
        return Refused(key="group.refused.code")
    there = await group_in(context, command.chat_id)
    if there is not None and there.team_code != code.team_code:
        return Refused(key="group.refused.other_team", values={"team": context.around.team(there.team_code)})
    group = await group_of(context, code.team_code)
    if group is not None and group.chat_id != command.chat_id:
        await _leave(context, group)
        group = None
    group = group or TeamGroup(team_code=code.team_code, chat_id=command.chat_id, created_at=context.now)
    group.title, group.is_forum, group.topics = command.title, command.topics, command.topics
    group.linked_by_id = context.me.id
    session.add(group)
    await _tell_who_made(context, code, command.title)
    await session.delete(code)
    await session.flush()
    await _show_all(context, group.team_code)
    return Done(details={"team": group.team_code})


async def _tell_who_made(context: Context, code: GroupCode, title: str) -> None:
    """Who gave the code to a colleague knows where the questions go now."""
    if code.created_by_id == context.me.id:
        return
    person = await context.session.get_one(Person, code.created_by_id)
    around = context.around_for(person)
    team = around.team(code.team_code)
    text = around.text("group.linked_for_you", name=name_of(context.me), title=title, team=team)
    await context.send(person, Message(text=text))


@carries(UnlinkGroup)
async def carry_unlink(context: Context, command: UnlinkGroup) -> Outcome:
    """What is open goes back to everybody's private chat."""
    group = await group_of(context, command.team)
    if group is None:
        return Refused(key="group.refused.not_linked")
    await _leave(context, group, thrown_out=command.thrown_out)
    await _show_all(context, command.team)
    return Done(details={"team": command.team, "thrown_out": command.thrown_out})


async def _leave(context: Context, group: TeamGroup, *, thrown_out: bool = False) -> None:
    query = select(Card).where(
        Card.chat_id == group.chat_id, Card.subject == Subject.QUESTION, col(Card.person_id).is_(None), Card.live
    )
    for card in (await context.session.exec(query)).all():
        if thrown_out:
            card.live = False
            context.session.add(card)
        else:
            await retire(context, card)
    await context.session.delete(group)
    await context.session.flush()
