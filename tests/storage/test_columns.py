"""Times, words and large numbers come back as they went in, and nothing else goes in. On both engines."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import JSON, Column, Date, Enum, Table, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import select
from sqlmodel.sql.sqltypes import AutoString

from storage.cards import Card, Subject
from storage.columns import UtcDateTime
from storage.conversations import Conversation
from storage.database import Database
from storage.outbox import OutboxMessage
from storage.people import Person
from storage.search import Terms
from storage.tables import METADATA
from storage.updates import SeenUpdate

WORDS = [column for table in METADATA.sorted_tables for column in table.columns if isinstance(column.type, Enum)]
LARGE = 2**52 - 1
"""Telegram promises that its ids fit in 52 bits. https://core.telegram.org/bots/api#user"""


def row(table: Table, **given: object) -> tuple[str, dict[str, Any]]:
    """An INSERT that fills what may not be NULL, with the least that has the right type."""
    values: dict[str, Any] = {}
    for column in table.columns:
        if not column.nullable and not (column.primary_key and column.autoincrement):
            values[column.name] = least(column)
    values |= given
    names = ", ".join(values)
    return f"INSERT INTO {table.name} ({names}) VALUES ({', '.join(f':{name}' for name in values)})", values


def least(column: Column[Any]) -> object:
    if isinstance(column.type, Enum):
        return column.type.enums[0]
    if isinstance(column.type, JSON):
        return "{}"
    if isinstance(column.type, UtcDateTime):
        return datetime(2026, 1, 1, tzinfo=UTC)
    if isinstance(column.type, Date):
        return date(2026, 1, 1)
    return "" if isinstance(column.type, AutoString | Terms) else column.type.python_type()


async def test_columns_of_words_refuse_other_words(database: Database) -> None:
    for column in WORDS:
        statement, values = row(column.table, **{column.name: "something else"})
        if database.is_sqlite:
            values = {name: str(value) if isinstance(value, date) else value for name, value in values.items()}

        with pytest.raises(IntegrityError, match=f"ck_{column.table.name}_"):
            async with database.engine.begin() as connection:
                await connection.execute(text(statement), values)


def test_there_are_columns_of_words() -> None:
    assert len(WORDS) > 5


async def test_a_time_comes_back_in_utc(database: Database) -> None:
    amsterdam = timezone(timedelta(hours=2))
    async with database.transaction() as session:
        session.add(SeenUpdate(update_id=1, seen_at=datetime(2026, 7, 1, 0, 30, 15, 123456, tzinfo=amsterdam)))

    async with database.transaction() as session:
        seen = (await session.exec(select(SeenUpdate))).one()

    assert seen.seen_at == datetime(2026, 6, 30, 22, 30, 15, 123456, tzinfo=UTC)
    assert seen.seen_at.tzinfo is UTC


async def test_times_of_different_zones_compare_as_moments(database: Database) -> None:
    moment = datetime(2026, 7, 1, 12, tzinfo=UTC)
    async with database.transaction() as session:
        session.add(SeenUpdate(update_id=1, seen_at=moment))

    async with database.transaction() as session:
        for hours in (-11, 0, 13):
            elsewhere = moment.astimezone(timezone(timedelta(hours=hours)))
            before = select(SeenUpdate).where(SeenUpdate.seen_at < elsewhere)
            until = select(SeenUpdate).where(SeenUpdate.seen_at <= elsewhere)

            assert (await session.exec(before)).all() == []
            assert len((await session.exec(until)).all()) == 1


async def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="a time without a zone"):
        async with database.transaction() as session:
            session.add(SeenUpdate(update_id=1, seen_at=datetime(2026, 7, 1)))  # noqa: DTZ001 - that is the point


async def test_large_telegram_ids_fit(database: Database) -> None:
    async with database.transaction() as session:
        person = Person(telegram_id=LARGE)
        session.add(person)
        await session.flush()
        assert person.id is not None
        card = Card(subject=Subject.QUESTION, subject_id=1, person_id=person.id, chat_id=-LARGE, message_id=LARGE)
        session.add_all([card, OutboxMessage(chat_id=-LARGE, message_id=LARGE), SeenUpdate(update_id=LARGE)])

    async with database.transaction() as session:
        assert (await session.exec(select(Person.telegram_id))).one() == LARGE
        assert (await session.exec(select(Card.chat_id, Card.message_id))).one() == (-LARGE, LARGE)
        assert (await session.exec(select(OutboxMessage.chat_id, OutboxMessage.message_id))).one() == (-LARGE, LARGE)
        assert (await session.exec(select(SeenUpdate.update_id))).one() == LARGE


async def test_answers_keep_their_shape_and_their_characters(database: Database) -> None:
    answers = {
        "idea": "Een bankje bij de Eikenlaan, vóór de zomer 🌳",
        "helpers": ["neighbours"],
        "age": 70,
        "no": None,
    }
    async with database.transaction() as session:
        person = Person(telegram_id=1)
        session.add(person)
        await session.flush()
        assert person.id is not None
        session.add(Conversation(person_id=person.id, name="initiative.start", answers=answers))

    async with database.transaction() as session:
        assert (await session.exec(select(Conversation.answers))).one() == answers
