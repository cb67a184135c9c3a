"""Whether what the desk said reached the resident: looked at until that is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlmodel import col, select

from flows.context import Context
from storage.cards import Card, Subject
from storage.outbox import BLOCKED, DELETED, OutboxKind, OutboxMessage, OutboxStatus
from storage.people import Person
from storage.questions import MessageKind, Question, QuestionMessage

ARRIVES = timedelta(minutes=1)
"""How long after something was said it is seen whether it arrived: nearly everything has, by then."""
AGAIN = timedelta(minutes=10)
"""How long after that what is still under way is looked at once more."""
SAID = (MessageKind.ANSWER, MessageKind.ASK_BACK, MessageKind.NEW_DATE, MessageKind.CLOSE)


class Arrival(StrEnum):
    """How far something is that was said to the resident."""

    UNDERWAY = "underway"
    ARRIVED = "arrived"
    UNSURE = "unsure"
    """It may have arrived."""
    BLOCKED = "blocked"
    """They blocked the bot; it goes by itself when they return."""
    DELETED = "deleted"
    """Their account is no longer there."""
    REFUSED = "refused"
    """It was refused for another reason, or the line was broken for too long."""

    @classmethod
    def of(cls, row: OutboxMessage) -> Arrival:
        """How far that row of the outbox is."""
        match row.status:
            case OutboxStatus.WAITING | OutboxStatus.SENDING:
                return cls.UNDERWAY
            case OutboxStatus.SENT:
                return cls.ARRIVED
            case OutboxStatus.UNKNOWN:
                return cls.UNSURE
        return {BLOCKED: cls.BLOCKED, DELETED: cls.DELETED}.get(row.error or "", cls.REFUSED)


BY_HAND = (Arrival.UNSURE, Arrival.REFUSED)
"""What the desk may let go once more."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """Something that was said to the resident, and how far it is."""

    card: Card
    row: OutboxMessage
    message: QuestionMessage | None
    """What of the talk it carried."""

    @property
    def arrival(self) -> Arrival:
        """How far it is."""
        return Arrival.of(self.row)


async def letters(context: Context, question: Question) -> list[Letter]:
    """All that was said to who asked and is still in the outbox, oldest first."""
    query = (
        select(Card, OutboxMessage, QuestionMessage)
        .join(OutboxMessage, col(OutboxMessage.card_id) == col(Card.id))
        .outerjoin(QuestionMessage, col(QuestionMessage.card_id) == col(Card.id))
        .where(Card.subject == Subject.QUESTION, Card.subject_id == question.id)
        .where(Card.person_id == question.asker_id, col(Card.live).is_(False), OutboxMessage.kind == OutboxKind.SEND)
        .order_by(col(Card.id))
    )
    found = await context.session.exec(query)
    return [Letter(card=card, row=row, message=message) for card, row, message in found.all()]


async def delivery(context: Context, question: Question) -> Arrival | None:
    """How far the last thing the desk said to the resident is; None: nothing was sent that can be followed.

    What is on its way to who has blocked the bot is known not to arrive.
    """
    said = [one for one in await letters(context, question) if one.message is not None and one.message.kind in SAID]
    if not said:
        return None
    asker = await context.session.get_one(Person, question.asker_id)
    underway = said[-1].arrival is Arrival.UNDERWAY
    return Arrival.BLOCKED if underway and asker.blocked_at is not None else said[-1].arrival


def follow(context: Context, question: Question, card: Card) -> None:
    """See later whether it arrived; who calls winds the question's clock."""
    card.followed = True
    soon = context.now + ARRIVES
    question.arrives_by = min(question.arrives_by or soon, soon)
    context.session.add_all([card, question])


def send_again(context: Context, question: Question, card: Card, row: OutboxMessage) -> None:
    """What didn't arrive goes as if it were new; who calls winds the question's clock."""
    renew(context, row)
    follow(context, question, card)


def renew(context: Context, row: OutboxMessage) -> None:
    """It waits to be sent, as if it were new."""
    row.status, row.error, row.attempts, row.not_before = OutboxStatus.WAITING, None, 0, None
    context.session.add(row)


async def see(context: Context, question: Question) -> list[Letter]:
    """What has come to an end since the last look; the rest is looked at again."""
    ended: list[Letter] = []
    question.arrives_by = None
    for letter in await letters(context, question):
        if letter.card.followed and letter.arrival is Arrival.UNDERWAY:
            question.arrives_by = context.now + AGAIN
        elif letter.card.followed:
            letter.card.followed = False
            context.session.add(letter.card)
            ended.append(letter)
    context.session.add(question)
    return ended
