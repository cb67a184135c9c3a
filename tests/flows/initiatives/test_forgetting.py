"""What ended long ago goes, whole; what runs stays, and so does what was learned."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Table
from sqlmodel import select

from flows.initiatives.lifecycle.forgetting import forget_ended
from flows.opening import open_house
from storage.agreements import Agreement, Decision, Frame, Say
from storage.cards import Card, Subject
from storage.conversations import Conversation
from storage.database import Database
from storage.endings import EndingOffer
from storage.initiatives import EventKind, Initiative, InitiativeEvent, InitiativeMessage, InitiativeStatus, Side
from storage.lessons import Ending, Lesson
from storage.moderation import Report
from storage.moments import PaperClaim
from storage.outbox import OutboxKind, OutboxMessage, Priority
from storage.participation import InitiativeInvitation, Involvement, PaperSupport, Participant, Participation
from storage.people import Person
from storage.questions import Question
from storage.search import SearchDocument, SearchKind
from storage.steps import Step
from storage.tables import METADATA
from storage.timers import Timer, TimerKind
from tests.flows.talk.play import house

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=800)
BEFORE = NOW - timedelta(days=365)
OLD, RUNNING = 1, 2


def initiative(number: int, status: InitiativeStatus, **values: Any) -> Initiative:
    return Initiative(
        id=number,
        reference=f"I-2023-000{number}",
        initiator_id=1,
        title="Bloemen",
        idea="Bloemen planten",
        first_step="Zaaien",
        status=status,
        team_code="buitenruimte",
        respond_by=NOW,
        created_at=LONG_AGO,
        **values,
    )


def belonging(number: int) -> list[Any]:
    """One row of everything that can belong to an initiative or point to it."""
    return [
        Participant(initiative_id=number, person_id=1, kind=Participation.INITIATOR),
        InitiativeInvitation(initiative_id=number, code_hash=f"i{number}", created_by=1, expires_at=NOW),
        PaperSupport(initiative_id=number, count=3, entered_by=1),
        Involvement(initiative_id=number, team_code="jeugdteam"),
        Step(id=number, initiative_id=number, text="Zaaien"),
        Frame(initiative_id=number, fixed="a", yours="b", together="c", say=Say.INFORM, written_by=1),
        Agreement(initiative_id=number, text="Water", side=Side.MUNICIPALITY, by=date(2023, 1, 1), proposed_by=1),
        Decision(initiative_id=number, due_at=NOW),
        EndingOffer(initiative_id=number, ending=Ending.MERGED, into_id=number, reason="Samen", offered_by=1),
        InitiativeMessage(initiative_id=number, author_id=1, text="Dag!"),
        InitiativeEvent(initiative_id=number, kind=EventKind.STARTED),
        Report(initiative_id=number, text="Er staat een naam in"),
        PaperClaim(initiative_id=number, code_hash=f"p{number}", person_id=1, created_by=1, expires_at=NOW),
        SearchDocument(kind=SearchKind.INITIATIVE, document_id=number, shown={"bloem": 1}, whole={"bloem": 1}),
        Timer(kind=TimerKind.RHYTHM, subject_id=number, due_at=NOW),
        Timer(kind=TimerKind.STEP, subject_id=number, due_at=NOW),
        Conversation(person_id=number, name="lesson.share", answers={"initiative": {"value": number}}),
        Lesson(
            initiative_id=number,
            municipality="Elzermeer",
            subject="Bloemen",
            ending=Ending.DONE,
            worked="Samen",
            did_not="",
            tip="Begin klein",
            learned_on=date(2023, 1, 1),
        ),
        Question(
            initiative_id=number, reference=f"V-2023-000{number}", asker_id=1, team_code="buitenruimte", due_at=NOW
        ),
    ]


def pointing() -> list[tuple[Table, Any]]:
    """Every column of the house that points to an initiative."""
    return [
        (table, column)
        for table in METADATA.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "initiatives" for key in column.foreign_keys)
    ]


@pytest.fixture
async def filled(database: Database) -> Database:
    async with database.transaction() as session:
        await open_house(session, house().municipality, NOW)
        session.add_all([Person(id=1, telegram_id=1, first_name="Fatima"), Person(id=2, first_name="Kees")])
        await session.flush()
        session.add(initiative(OLD, InitiativeStatus.DONE, ended_at=LONG_AGO))
        await session.flush()
        session.add(initiative(RUNNING, InitiativeStatus.UNDER_WAY, merged_into_id=OLD))
        await session.flush()
        for number in (OLD, RUNNING):
            card = Card(subject=Subject.INITIATIVE, subject_id=number, person_id=1, chat_id=1)
            session.add_all([*belonging(number), card])
            await session.flush()
            session.add(
                OutboxMessage(
                    chat_id=1, priority=Priority.NOTICE, kind=OutboxKind.SEND, payload={"text": "Dag"}, card_id=card.id
                )
            )
    return database


async def count(database: Database, column: Any, number: int) -> int:
    async with database.transaction() as session:
        connection = await session.connection()
        return len((await connection.execute(select(column).where(column == number))).all())


async def rows(database: Database, table: type[Any]) -> list[Any]:
    async with database.transaction() as session:
        return list((await session.exec(select(table))).all())


async def test_all_that_belongs_to_it_goes_and_nothing_of_another(filled: Database) -> None:
    for table, column in pointing():
        assert await count(filled, column, OLD), f"add a row of {table.name} ({column.name}) to this test"

    async with filled.transaction() as session:
        assert await forget_ended(session, BEFORE) == 1

    for _, column in pointing():
        assert await count(filled, column, OLD) == 0
        assert await count(filled, column, RUNNING) == (0 if column.name == "merged_into_id" else 1)
    assert {one.id for one in await rows(filled, Initiative)} == {RUNNING}
    assert {one.subject_id for one in await rows(filled, Card)} == {RUNNING}
    assert {one.subject_id for one in await rows(filled, Timer) if one.subject_id} == {RUNNING}
    assert {one.document_id for one in await rows(filled, SearchDocument)} == {RUNNING}
    assert {one.person_id for one in await rows(filled, Conversation)} == {RUNNING}
    assert len(await rows(filled, OutboxMessage)) == 1
    for kept in (Lesson, Question):
        assert {one.initiative_id for one in await rows(filled, kept)} == {None, RUNNING}


@pytest.mark.parametrize("ended", [None, BEFORE + timedelta(days=1)])
async def test_what_runs_or_ended_lately_stays(database: Database, ended: datetime | None) -> None:
    async with database.transaction() as session:
        await open_house(session, house().municipality, NOW)
        session.add(Person(id=1, first_name="Fatima"))
        await session.flush()
        status = InitiativeStatus.STOPPED if ended else InitiativeStatus.UNDER_WAY
        session.add(initiative(OLD, status, ended_at=ended))
        await session.flush()

        assert await forget_ended(session, BEFORE) == 0
