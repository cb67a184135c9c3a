"""Two rows become one person: in every table there is, and in those that are still to come."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Enum, Integer, Table, insert
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import StaticPool
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from flows.people.same_person import become, forget_unless_needed, references
from storage.columns import UtcDateTime
from storage.database import Database
from storage.initiatives import Initiative
from storage.participation import Participant, Participation
from storage.people import Person, Role, RoleGrant
from storage.tables import METADATA
from tests.flows.talk.chat import opened
from tests.flows.talk.play import house

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
WAS, IS_NOW, OTHER = 1, 2, 3


def people() -> list[Person]:
    return [Person(id=one, first_name="x", created_at=NOW) for one in (WAS, IS_NOW, OTHER)]


def filling(column: Column[Any]) -> Any:
    """Something that fits."""
    match column.type:
        case Enum(enum_class=kind) if kind is not None:
            return next(iter(kind))
        case Enum(enums=words):
            return words[0]
        case Boolean():
            return True
        case Date():
            return date(2026, 3, 2)
        case UtcDateTime():
            return NOW
        case JSON():
            return []
        case Integer():
            return 70
        case _:
            return "70"


def row_with(column: Column[Any]) -> dict[str, Any]:
    """A row of its table in which only that column points at somebody."""
    numbered = [one for one in column.table.primary_key if isinstance(one.type, Integer) and not one.foreign_keys]
    needed = [one for one in column.table.columns if not one.nullable and one not in numbered]
    return {one.name: filling(one) for one in needed} | {column.name: WAS}


async def test_whatever_points_at_the_one_points_at_the_other() -> None:
    """On all tables, without anybody who minds that the initiative of a step isn't there."""
    columns = list(references())
    assert {"participants.person_id", "initiatives.initiator_id", "steps.owner_id"} <= {str(one) for one in columns}
    engine = create_async_engine("sqlite+aiosqlite://", poolclass=StaticPool)
    async with engine.begin() as connection:
        await connection.run_sync(METADATA.create_all)
    for column in columns:
        assert isinstance(column.table, Table)
        async with AsyncSession(engine) as session:
            session.add_all(people())
            await session.flush()
            await session.exec(insert(column.table).values(row_with(column)))
            await become(session, WAS, IS_NOW)

            assert (await session.exec(select(column))).all() == [IS_NOW], f"{column} still points at who is no more"
            assert set((await session.exec(select(Person.id))).all()) == {IS_NOW, OTHER}
            await session.rollback()
    await engine.dispose()


async def test_what_both_have_and_only_one_can_stays_as_it_is(database: Database) -> None:
    await opened(database, house())
    async with database.transaction() as session:
        session.add_all(people())
        await session.flush()
        for number in (1, 2):
            session.add(
                Initiative(
                    id=number,
                    reference=f"I-2026-000{number}",
                    initiator_id=WAS,
                    title="Bloemen",
                    idea="Bloemen planten",
                    first_step="Beginnen",
                    team_code="buitenruimte",
                    respond_by=NOW,
                )
            )
        await session.flush()
        takes_part = [
            *((1, WAS, Participation.INITIATOR), (1, WAS, Participation.FOLLOWER), (2, WAS, Participation.INITIATOR)),
            *((1, IS_NOW, Participation.FOLLOWER), (1, OTHER, Participation.FOLLOWER)),
        ]
        for initiative, person, kind in takes_part:
            session.add(Participant(initiative_id=initiative, person_id=person, kind=kind))
        session.add_all(RoleGrant(person_id=one, role=Role.ADMIN) for one in (WAS, IS_NOW))

    async with database.transaction() as session:
        await become(session, WAS, IS_NOW)

    async with database.transaction() as session:
        rows = (await session.exec(select(Participant).order_by(col(Participant.id)))).all()
        assert [(one.initiative_id, one.person_id, one.kind) for one in rows] == [
            (1, IS_NOW, Participation.INITIATOR),
            (2, IS_NOW, Participation.INITIATOR),
            (1, IS_NOW, Participation.FOLLOWER),
            (1, OTHER, Participation.FOLLOWER),
        ]
        assert [one.person_id for one in (await session.exec(select(RoleGrant))).all()] == [IS_NOW]


async def test_who_is_still_needed_is_not_forgotten(database: Database) -> None:
    await opened(database, house())
    async with database.transaction() as session:
        session.add_all(people())
        await session.flush()
        session.add(RoleGrant(person_id=OTHER, role=Role.ADMIN))
        await session.flush()

        await forget_unless_needed(session, [WAS, OTHER])
        await forget_unless_needed(session, [])

        assert set((await session.exec(select(Person.id))).all()) == {IS_NOW, OTHER}
