"""The card of a question in the group of its team, in a topic of its own where that can be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlmodel import col, select

from flows.context import Around, Context
from flows.questions.words import first_words
from flows.talk.message import Message
from storage.cards import Card, Subject
from storage.groups import QuestionTopic, TeamGroup
from storage.outbox import OutboxKind, OutboxMessage, Priority
from storage.people import Person
from storage.questions import OVER, Question

FIRST_WORDS = 40
"""Characters of the question in the name of its topic."""

Render = Callable[[Around], Message]
"""Makes the card in the language of the group."""


async def group_of(context: Context, team_code: str) -> TeamGroup | None:
    """The group in which a team works, if it has one."""
    return await context.session.get(TeamGroup, team_code)


async def group_in(context: Context, chat_id: int) -> TeamGroup | None:
    """The team's group with that id."""
    return (await context.session.exec(select(TeamGroup).where(TeamGroup.chat_id == chat_id))).first()


async def around_in(context: Context, group: TeamGroup) -> Around:
    """The house as who tied the group sees it: one language for everybody there."""
    person = await context.session.get(Person, group.linked_by_id) if group.linked_by_id else None
    catalogue = context.house.catalogue
    language = catalogue.closest(None) if person is None else context.house.language_of(person)
    return context.house.around(language, context.now)


async def show(context: Context, question: Question, render: Render, *, changed: bool = True) -> TeamGroup | None:
    """Bring the card of a question in its team's group up to date, and its topic: made, closed or opened again.

    A card in the group of another team, which had the question before, loses its buttons. Gives the group where the
    card is new. `changed`: a card that is there is shown anew.
    """
    group = await group_of(context, question.team_code)
    cards = await group_cards(context, question)
    chat_id = None if group is None else group.chat_id
    for card in cards:
        if card.chat_id != chat_id:
            await retire(context, card)
            await _close(context, question, card.chat_id)
    if group is None:
        return None
    is_done = question.status in OVER
    card_there = next((card for card in cards if card.chat_id == group.chat_id), None)
    if card_there is None and is_done:
        return None
    message = render(await around_in(context, group))
    if not is_done and await open_topic(context, question, group) and card_there is not None:
        await retire(context, card_there)  # it goes on in its topic
        card_there = None
    if card_there is None:
        await send(context, group.chat_id, question, message, live=True)
        return group
    if changed and not await context.says(card_there, message.to_json()):
        await put(context, group.chat_id, OutboxKind.EDIT, message.to_json(), card=card_there)
    if is_done:
        await _close(context, question, group.chat_id)
    return None


async def group_cards(context: Context, question: Question) -> list[Card]:
    """The live cards of a question in groups."""
    query = select(Card).where(
        Card.subject == Subject.QUESTION,
        Card.subject_id == question.id,
        col(Card.person_id).is_(None),
        Card.live,
    )
    return list((await context.session.exec(query.order_by(col(Card.id)))).all())


async def open_topic(context: Context, question: Question, group: TeamGroup) -> bool:
    """The question has an open topic, where the group has topics. Gives whether it is a new one."""
    topic = await context.session.get(QuestionTopic, (question.id, group.chat_id))
    if topic is not None and topic.closed:
        topic.closed = False
        context.session.add(topic)
        await put(context, group.chat_id, OutboxKind.REOPEN_TOPIC, {"question": question.id})
    if topic is not None or not group.topics:
        return False
    context.session.add(QuestionTopic(question_id=question.id or 0, chat_id=group.chat_id))
    words = await first_words(context, question, length=FIRST_WORDS)
    name = f"{question.reference} · {words}" if words else question.reference
    await put(context, group.chat_id, OutboxKind.MAKE_TOPIC, {"question": question.id, "name": name})
    return True


async def send(context: Context, chat_id: int, question: Question, message: Message, *, live: bool = False) -> None:
    """Say something about a question in a group, in its topic; a reply to it is a reply to the question."""
    card = Card(subject=Subject.QUESTION, subject_id=question.id or 0, person_id=None, chat_id=chat_id, live=live)
    context.session.add(card)
    await context.session.flush()
    await put(context, chat_id, OutboxKind.SEND, message.to_json(), card=card)


async def retire(context: Context, card: Card) -> None:
    """Take the buttons off a group's card; it no longer changes along."""
    card.live = False
    context.session.add(card)
    await put(context, card.chat_id, OutboxKind.EDIT, {"buttons": []}, card=card)


async def put(
    context: Context, chat_id: int, kind: OutboxKind, payload: dict[str, Any], *, card: Card | None = None
) -> None:
    """Have something done in a group. What changes there goes first: somebody may be looking at it."""
    now_seen = kind is OutboxKind.EDIT or "topic_id" in payload
    context.session.add(
        OutboxMessage(
            chat_id=chat_id,
            priority=Priority.REPLY if now_seen else Priority.NOTICE,
            kind=kind,
            payload=payload,
            card_id=card.id if card else None,
            created_at=context.now,
        )
    )
    await context.session.flush()


async def _close(context: Context, question: Question, chat_id: int) -> None:
    topic = await context.session.get(QuestionTopic, (question.id, chat_id))
    if topic is not None and not topic.closed:
        topic.closed = True
        context.session.add(topic)
        await put(context, chat_id, OutboxKind.CLOSE_TOPIC, {"question": question.id})
