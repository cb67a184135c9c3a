"""A question of long ago goes with all that is about it; what is about another stays."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Table
from sqlmodel import col, select

from flows.opening import open_house
from flows.questions.clock.forgetting import forget_questions
from storage.cards import Card, Subject
from storage.conversations import Conversation
from storage.database import Database
from storage.groups import QuestionTopic
from storage.mail import ConsoleSession, LoginLink, MailNotice
from storage.outbox import OutboxKind, OutboxMessage, Priority
from storage.people import Person
from storage.questions import AnswerDraft, MessageKind, Question, QuestionMessage, QuestionStatus, ThinkingAlong
from storage.tables import METADATA
from storage.timers import Timer, TimerKind
from tests.flows.talk.play import house

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=400)
BEFORE = NOW - timedelta(days=365)
OLD, RECENT, OPEN, LINKED, TOGETHER = range(1, 6)
"""Closed long ago; closed lately; asked long ago and not answered; one from the first; one that went along with it."""


def question(number: int, status: QuestionStatus, **more: Any) -> Question:
    return Question(
        id=number, reference=f"V-2025-000{number}", asker_id=1, team_code="", status=status, due_at=NOW, **more
    )


def belonging(number: int) -> list[Any]:
    """One row of everything that is about a question."""
    return [
        AnswerDraft(question_id=number, author_id=1, text="Bijna"),
        ThinkingAlong(question_id=number, person_id=1, asked_by_id=2),
        QuestionTopic(question_id=number, chat_id=-100),
        MailNotice(question_id=number, person_id=1),
        LoginLink(question_id=number, person_id=1, code_hash=f"l{number}", expires_at=NOW),
        ConsoleSession(question_id=number, person_id=1, token_hash=f"s{number}", expires_at=NOW),
        Timer(kind=TimerKind.QUESTION, subject_id=number, due_at=NOW),
        Conversation(person_id=number, name="question.answer", answers={"question": {"value": number}}),
    ]


def pointing() -> list[tuple[Table, Any]]:
    """Every column of the house that points to a question."""
    return [
        (table, column)
        for table in METADATA.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "questions" for key in column.foreign_keys)
    ]


@pytest.fixture
async def filled(database: Database) -> Database:
    async with database.transaction() as session:
        municipality = house().municipality
        await open_house(session, municipality, NOW)
        session.add_all([Person(id=1, telegram_id=1, first_name="Fatima"), Person(id=2, first_name="Kees")])
        await session.flush()
        for number, status, said in (
            (OLD, QuestionStatus.CLOSED, LONG_AGO),
            (RECENT, QuestionStatus.ANSWERED, NOW),
            (OPEN, QuestionStatus.OPEN, LONG_AGO),
        ):
            one = question(number, status)
            one.team_code = municipality.front_desk.code
            session.add(one)
            card = Card(subject=Subject.QUESTION, subject_id=number, person_id=1, chat_id=1)
            session.add(card)
            await session.flush()
            rows = belonging(number) if number != OPEN else []
            answer = QuestionMessage(
                question_id=number, author_id=2, kind=MessageKind.ANSWER, text="Ja", created_at=said, card_id=card.id
            )
            sent = OutboxMessage(
                chat_id=1, priority=Priority.NOTICE, kind=OutboxKind.SEND, payload={"text": "Ja"}, card_id=card.id
            )
            session.add_all([*rows, answer, sent])
            await session.flush()
        for number, more in ((LINKED, {"linked_id": OLD}), (TOGETHER, {"merged_into_id": OLD})):
            one = question(number, QuestionStatus.ANSWERED, **more)
            one.team_code = municipality.front_desk.code
            session.add(one)
    return database


async def count(database: Database, column: Any, number: int) -> int:
    async with database.transaction() as session:
        connection = await session.connection()
        return len((await connection.execute(select(column).where(column == number))).all())


async def test_all_that_is_about_it_goes_and_nothing_of_another(filled: Database) -> None:
    for table, column in pointing():
        assert await count(filled, column, OLD), f"add a row of {table.name} ({column.name}) to this test"

    async with filled.transaction() as session:
        assert await forget_questions(session, BEFORE) == 1

    for _, column in pointing():
        assert await count(filled, column, OLD) == 0
        assert await count(filled, column, RECENT) == (0 if column.name in ("linked_id", "merged_into_id") else 1)
    async with filled.transaction() as session:
        left = (await session.exec(select(Question).order_by(col(Question.id)))).all()
        assert [(one.id, one.linked_id, one.merged_into_id) for one in left] == [
            (number, None, None) for number in (RECENT, OPEN, LINKED, TOGETHER)
        ]
        for subjects in (
            select(Card.subject_id),
            select(Timer.subject_id).where(Timer.kind == TimerKind.QUESTION),
            select(Conversation.person_id),
        ):
            assert OLD not in (await session.exec(subjects)).all()
        assert len((await session.exec(select(OutboxMessage))).all()) == 2
