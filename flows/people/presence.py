"""Somebody blocks the bot, or returns."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import and_, or_
from sqlmodel import col, select

from flows.context import Context
from flows.people.handover import hand_back, spread
from flows.people.teams import lock_teams
from flows.questions.clock.moments import wind
from flows.questions.desk.delivery import renew, send_again
from storage.cards import Card, Subject
from storage.initiatives import Initiative
from storage.outbox import OutboxKind, OutboxMessage, OutboxStatus, Priority
from storage.participation import Involvement, Participant
from storage.people import Person
from storage.questions import HELD, Question

MISSED = timedelta(days=30)
"""How far back what was missed is still sent."""


async def went_away(context: Context) -> None:
    """They blocked the bot: mark it, and give their open work back, for nobody looks at it now."""
    person = context.me
    await lock_teams(context.session)
    if person.blocked_at is None:  # else a message that bounced told us first
        person.blocked_at = context.now
        context.session.add(person)
        await context.session.flush()
    await hand_back(context, person)
    await spread(context)


async def stayed_away(context: Context) -> None:
    """Give back the work of those we only know from bounced messages to be gone, such as deleted accounts."""
    claimed = select(Question.assignee_id).where(col(Question.status).in_(HELD))
    guided = select(Initiative.guide_id).where(col(Initiative.guide_id).is_not(None))
    deputies = select(Initiative.deputy_id).where(col(Initiative.deputy_id).is_not(None))
    gone = select(Person).where(
        col(Person.blocked_at).is_not(None),
        or_(col(Person.id).in_(claimed), col(Person.id).in_(guided), col(Person.id).in_(deputies)),
    )
    people = (await context.session.exec(gone.order_by(col(Person.id)))).all()
    for person in people:
        await hand_back(context, person)
    if people:
        await spread(context)


async def came_back(context: Context) -> None:
    """They are here again: nothing they had was lost."""
    person = context.me
    await lock_teams(context.session)
    person.blocked_at = None
    context.session.add(person)
    await context.session.flush()
    await context.say("welcome.back", name=person.first_name)
    await _send_what_was_missed(context)
    await spread(context)


async def _send_what_was_missed(context: Context) -> None:
    """Answers and notices that bounced, for whatever reason, are sent now; updates are not, they are old news.

    Nor is what was for somebody at work: that went to others, and what still waits is shown by `spread`.
    """
    me = context.me.id
    asked = select(Question.id).where(Question.asker_id == me)
    started = select(Participant.initiative_id).where(Participant.person_id == me)
    with_partners = select(Involvement.id).where(col(Involvement.initiative_id).in_(started))
    own = select(Card.id).where(
        Card.person_id == me,
        or_(
            and_(col(Card.subject) == Subject.QUESTION, col(Card.subject_id).in_(asked)),
            and_(col(Card.subject) == Subject.INITIATIVE, col(Card.subject_id).in_(started)),
            col(Card.subject) == Subject.PARTICIPANT,
            and_(col(Card.subject) == Subject.INVOLVEMENT, col(Card.subject_id).in_(with_partners)),
        ),
        col(Card.live).is_(False),
    )
    query = (
        select(OutboxMessage, Card)
        .outerjoin(Card, col(Card.id) == col(OutboxMessage.card_id))
        .where(
            OutboxMessage.person_id == me,
            OutboxMessage.status == OutboxStatus.FAILED,
            OutboxMessage.kind == OutboxKind.SEND,
            col(OutboxMessage.priority) < int(Priority.BROADCAST),
            col(OutboxMessage.created_at) > context.now - MISSED,
            or_(col(OutboxMessage.card_id).is_(None), col(OutboxMessage.card_id).in_(own)),
        )
        .order_by(col(OutboxMessage.id))
    )
    missed = (await context.session.exec(query)).all()
    about = {card.subject_id for _, card in missed if card is not None and card.subject == Subject.QUESTION}
    locked = select(Question).where(col(Question.id).in_(about)).order_by(col(Question.id)).with_for_update()
    found = await context.session.exec(locked.execution_options(populate_existing=True))
    questions = {one.id: one for one in found.all()}
    for row, card in missed:
        if card is not None and card.subject == Subject.QUESTION:
            send_again(context, questions[card.subject_id], card, row)
        else:
            renew(context, row)
    for question in questions.values():
        await wind(context, question)
