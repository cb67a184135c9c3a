"""Work changes hands: somebody leaves or joins, and no question or initiative is left where nobody looks."""

from __future__ import annotations

from sqlalchemy import delete, update
from sqlmodel import col, select

from flows.context import Context
from flows.initiatives.guidance.deputies import look_again, replace
from flows.initiatives.guidance.guide import appoint
from flows.initiatives.partners import card as partner_card
from flows.initiatives.relations import LET_IN
from flows.people.teams import roles_of, teams_watched
from flows.questions.desk import cards as question_cards
from flows.questions.keeping import give, save
from flows.questions.routing.assigning import whose_turn
from flows.talk import dialogue
from flows.talk.replay import registered
from flows.timers import unplan
from storage.cards import Card, Subject
from storage.conversations import Conversation as Journal
from storage.initiatives import ENDED, Initiative
from storage.participation import Involvement
from storage.people import Absence, Person
from storage.questions import DONE, Question, QuestionStatus
from storage.timers import TimerKind


async def hand_back(context: Context, person: Person) -> None:
    """Give back what `person` had taken for teams they no longer look after: to the team, or to another guide."""
    session = context.session
    watched = await teams_watched(context, person)
    questions = select(Question).where(
        Question.assignee_id == person.id,
        col(Question.team_code).not_in(watched),
    )
    for question in (await session.exec(questions.order_by(col(Question.id)).with_for_update())).all():
        if question.status in DONE:
            question.assignee_id = None
        else:
            await give(context, question, None)
        await save(context, question)
    guided = select(Initiative).where(Initiative.guide_id == person.id, col(Initiative.team_code).not_in(watched))
    for initiative in (await session.exec(guided.order_by(col(Initiative.id)).with_for_update())).all():
        initiative.guide_id = None
        await appoint(context, initiative, not_again=person)
    await replace(context, person)
    if not await roles_of(session, person):
        await session.exec(delete(Absence).where(col(Absence.person_id) == person.id))
        await session.exec(update(Absence).where(col(Absence.replacement_id) == person.id).values(replacement_id=None))
        await unplan(session, TimerKind.ABSENCE, person.id or 0)
    await _retire_cards(context, person, watched)


async def drop_work(context: Context, person: Person) -> None:
    """Conversations about work go with the last role: they show what is no longer theirs to read.

    What somebody wrote themselves is given back.
    """
    names = [talk.name for talk in registered().values() if talk.for_work]
    query = select(Journal).where(Journal.person_id == person.id, col(Journal.name).in_(names))
    for journal in (await context.session.exec(query)).all():
        for card in await context.cards(Subject.CONVERSATION, journal.id or 0):
            await context.retire_card(card)
        await dialogue.give_words_back(context, person, journal)
        await context.session.delete(journal)
    await context.session.flush()


async def spread(context: Context) -> None:
    """Show what waits to whoever looks after it now: who joins or leaves the front desk may change it for all teams.

    In a team that works by turns, what waited for somebody to be there is theirs now.
    """
    session = context.session
    questions = select(Question).where(Question.status == QuestionStatus.OPEN).order_by(col(Question.id))
    for question in (await session.exec(questions.with_for_update())).all():
        if await whose_turn(context, question) is None:
            await question_cards.refresh(context, question, changed=False)
        else:
            await give(context, question, None)
            await save(context, question)
    initiatives = select(Initiative).where(col(Initiative.guide_id).is_(None)).order_by(col(Initiative.id))
    for initiative in (await session.exec(initiatives.with_for_update())).all():
        await appoint(context, initiative)
    await look_again(context)
    let_in = (
        select(Involvement, Initiative)
        .join(Initiative, col(Initiative.id) == col(Involvement.initiative_id))
        .where(col(Involvement.status).in_(LET_IN), col(Initiative.status).not_in(ENDED))
    )
    for involvement, initiative in (await session.exec(let_in.order_by(col(Involvement.id)))).all():
        await partner_card.refresh_one(context, initiative, involvement, changed=False)


async def _retire_cards(context: Context, person: Person, watched: list[str]) -> None:
    """What they no longer look after isn't theirs to follow either."""
    query = select(Card).where(Card.person_id == person.id, col(Card.live))
    for card in (await context.session.exec(query)).all():
        subject: Question | Initiative | None
        match card.subject:
            case Subject.QUESTION:
                subject = await context.session.get(Question, card.subject_id)
            case Subject.INITIATIVE:
                subject = await context.session.get(Initiative, card.subject_id)
                if subject is not None and person.id in (subject.guide_id, subject.deputy_id):
                    continue
            case Subject.INVOLVEMENT:
                await _partner_left(context, card)
                continue
            case Subject.PARTICIPANT | Subject.BROADCAST | Subject.CONVERSATION:
                continue
        if subject is None or subject.team_code not in watched:
            await context.retire_card(card)


async def _partner_left(context: Context, card: Card) -> None:
    """Who no longer works for a partner keeps nothing of what the partner was let see."""
    involvement = await context.session.get(Involvement, card.subject_id)
    initiative = None if involvement is None else await context.session.get(Initiative, involvement.initiative_id)
    if involvement is None or initiative is None:
        await context.retire_card(card)
    else:
        await partner_card.refresh_one(context, initiative, involvement, changed=False)
