"""What ended long ago is forgotten, as `/privacy` promises. Lessons stay: there is nothing about anybody in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Table, and_, delete, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from flows.people.same_person import forget_unless_needed
from storage.agreements import Agreement, Decision
from storage.cards import Card, Subject
from storage.conversations import Conversation
from storage.initiatives import ENDED, Initiative
from storage.moments import PaperClaim
from storage.outbox import OutboxMessage
from storage.participation import Involvement, Participant
from storage.people import Person
from storage.search import SearchDocument, SearchKind
from storage.steps import Step
from storage.tables import METADATA
from storage.timers import Timer, TimerKind

AT_ONCE = 100
"""The rest goes an hour later: nobody waits for it."""
INITIATIVES: Table = Initiative.__table__  # type: ignore[attr-defined]


async def forget_ended(session: AsyncSession, before: datetime) -> int:
    """Delete the initiatives that ended before `before`, with all that belongs to them; gives how many."""
    over = and_(col(Initiative.status).in_(ENDED), col(Initiative.ended_at) < before)
    chosen = select(Initiative.id).where(over).order_by(col(Initiative.id)).limit(AT_ONCE)
    old = [number for number in (await session.exec(chosen.with_for_update(skip_locked=True))).all() if number]
    if not old:
        return 0
    on_paper = select(PaperClaim.person_id).join(Person, col(Person.id) == col(PaperClaim.person_id))
    on_paper = on_paper.where(col(PaperClaim.initiative_id).in_(old), col(Person.telegram_id).is_(None))
    written_down = set((await session.exec(on_paper)).all())
    await _journals(session, old)
    await _timers(session, old)
    subject, number = col(Card.subject), col(Card.subject_id)
    taking_part = select(Participant.id).where(col(Participant.initiative_id).in_(old))
    partners = select(Involvement.id).where(col(Involvement.initiative_id).in_(old))
    cards = select(Card.id).where(
        or_(
            and_(subject == Subject.INITIATIVE, number.in_(old)),
            and_(subject == Subject.PARTICIPANT, number.in_(taking_part)),
            and_(subject == Subject.INVOLVEMENT, number.in_(partners)),
        )
    )
    await session.exec(delete(OutboxMessage).where(col(OutboxMessage.card_id).in_(cards)))
    await session.exec(delete(Card).where(col(Card.id).in_(cards)))
    found = and_(col(SearchDocument.kind) == SearchKind.INITIATIVE, col(SearchDocument.document_id).in_(old))
    await session.exec(delete(SearchDocument).where(found))
    await _rows(session, old)
    await session.exec(delete(Initiative).where(col(Initiative.id).in_(old)))
    await forget_unless_needed(session, written_down)
    session.expire_all()
    return len(old)


async def _journals(session: AsyncSession, old: Sequence[int]) -> None:
    """Conversations about one of them that somebody laid aside."""
    for journal in (await session.exec(select(Conversation))).all():
        if journal.answers.get("initiative", {}).get("value") in old:
            await session.delete(journal)
    await session.flush()


async def _timers(session: AsyncSession, old: Sequence[int]) -> None:
    """Of the initiatives and their parts; most were unplanned when they ended."""
    kind, subject = col(Timer.kind), col(Timer.subject_id)
    parts = (
        (TimerKind.STEP, select(Step.id).where(col(Step.initiative_id).in_(old))),
        (TimerKind.AGREEMENT, select(Agreement.id).where(col(Agreement.initiative_id).in_(old))),
        (TimerKind.DECISION, select(Decision.id).where(col(Decision.initiative_id).in_(old))),
    )
    own = and_(kind.in_((TimerKind.RHYTHM, TimerKind.LESSON)), subject.in_(old))
    await session.exec(
        delete(Timer).where(or_(own, *(and_(kind == one, subject.in_(numbers)) for one, numbers in parts)))
    )


async def _rows(session: AsyncSession, old: Sequence[int]) -> None:
    """Whatever belongs to an initiative goes with it; what only points to one points to nothing from now on."""
    for table in reversed(METADATA.sorted_tables):
        for column in table.columns:
            if not any(key.column.table is INITIATIVES for key in column.foreign_keys):
                continue
            of_old = column.in_(old)
            statement = update(table).where(of_old).values({column.name: None}) if column.nullable else None
            await session.exec(delete(table).where(of_old) if statement is None else statement)
