"""Migrations: up, down, at the same time, half-way, and against databases they don't fit. On both engines."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from storage.columns import now
from storage.conversations import Conversation, ConversationStatus
from storage.database import Database
from storage.errors import DatabaseError
from storage.groups import TeamGroup
from storage.initiatives import EventKind, Initiative, InitiativeEvent, Route
from storage.migrate import downgrade, is_current, migrate, migrate_aside, pending, require_current, table_changes
from storage.municipality import Team
from storage.participation import Participant, Participation
from storage.people import Person, Role, RoleGrant
from storage.questions import Question
from storage.tables import METADATA, is_described


async def tables(database: Database) -> set[str]:
    async with database.engine.connect() as connection:
        names = await connection.run_sync(lambda c: inspect(c).get_table_names())
    return {name for name in names if is_described(name, "table")}


async def execute(database: Database, statement: str) -> None:
    async with database.engine.begin() as connection:
        await connection.execute(text(statement))


@pytest.fixture
async def second(database_url: str) -> AsyncIterator[Database]:
    """Another process's way to the same database."""
    other = Database(database_url)
    yield other
    await other.close()


async def test_a_migrated_database_is_current(database: Database) -> None:
    assert await is_current(database)
    await require_current(database)


async def test_an_empty_database_is_not_current_and_says_what_to_run(empty_database: Database) -> None:
    assert (await pending(empty_database))[0] == "0001"
    with pytest.raises(DatabaseError, match="run `stuur migrate`"):
        await require_current(empty_database)


async def test_migrations_go_up_and_down_and_up_again(empty_database: Database) -> None:
    await migrate(empty_database)
    assert await tables(empty_database) == {*METADATA.tables, "alembic_version"}

    await downgrade(empty_database)
    assert await tables(empty_database) == {"alembic_version"}
    assert not await is_current(empty_database)

    await migrate(empty_database)
    assert await is_current(empty_database)


async def test_migrating_again_changes_nothing(database: Database) -> None:
    async with database.transaction() as session:
        session.add(Person(telegram_id=1))

    await migrate(database)

    async with database.transaction() as session:
        assert (await session.exec(select(Person.telegram_id))).all() == [1]


async def test_many_processes_may_migrate_at_once(empty_database_url: str) -> None:
    databases = [Database(empty_database_url) for _ in range(8)]
    try:
        await asyncio.gather(*(migrate(database) for database in databases))
        assert all([await is_current(database) for database in databases])
    finally:
        for database in databases:
            await database.close()


async def test_a_migration_that_fails_half_way_leaves_the_database_as_it_was(empty_database: Database) -> None:
    await execute(empty_database, "CREATE TABLE timers (in_the_way INTEGER)")

    with pytest.raises(DatabaseError, match=r"it is as before: .*timers"):
        await migrate(empty_database)

    assert await tables(empty_database) == {"timers"}


ASIDE = """
import asyncio, sys
from storage.database import Database
from storage.migrate import migrate_aside

async def start():
    database = Database(sys.argv[1])
    await migrate_aside(database)
    await database.close()

asyncio.run(start())
sys.exit("alembic" in sys.modules)
"""


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
async def test_who_migrates_aside_does_not_load_alembic(empty_database: Database) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONWARNINGS": "error"}
    url = empty_database.url.render_as_string()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", ASIDE, url, env=environment)

    assert await process.wait() == 0
    assert await is_current(empty_database)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
async def test_what_goes_wrong_aside_is_said_in_the_same_words(empty_database: Database) -> None:
    await execute(empty_database, "CREATE TABLE timers (in_the_way INTEGER)")

    said = []
    for use in (migrate, migrate_aside):
        with pytest.raises(DatabaseError, match=r"it is as before: .*timers") as failed:
            await use(empty_database)
        said.append(str(failed.value))

    assert said[0] == said[1]
    assert await tables(empty_database) == {"timers"}


async def test_questions_and_groups_from_before_turns_go_on_as_they_were(database: Database) -> None:
    async with database.transaction() as session:
        person = Person(first_name="Sanne")
        session.add_all([person, Team(code="groen", name="Groen"), Team(code="afval", name="Afval")])
        await session.flush()
        session.add_all(
            [
                Question(reference="V-2026-0001", asker_id=person.id or 0, team_code="groen", due_at=now()),
                TeamGroup(team_code="groen", chat_id=-1, title="Groen", topics=True, is_forum=True),
                TeamGroup(team_code="afval", chat_id=-2, title="Afval", topics=False, is_forum=False),
            ]
        )
    await downgrade(database, "0005")

    await migrate(database)

    async with database.transaction() as session:
        (question,) = (await session.exec(select(Question))).all()
        groups = (await session.exec(select(TeamGroup).order_by(col(TeamGroup.chat_id).desc()))).all()
    assert (question.passed_over, question.raised_at, question.arrives_by) == ([], None, None)
    assert [one.is_forum for one in groups] == [True, False]


async def test_initiatives_from_before_their_life_get_a_first_initiator_and_their_story_so_far(
    database: Database,
) -> None:
    async with database.transaction() as session:
        person = Person(first_name="Sanne")
        session.add_all([person, Team(code="groen", name="Groen")])
    await downgrade(database, "0001")
    for number, status in enumerate(("idea", "exploring"), start=1):
        await execute(
            database,
            "INSERT INTO initiatives (reference, initiator_id, title, idea, helpers, first_step, status, team_code,"
            f" respond_by, created_at) VALUES ('I-2026-000{number}', {person.id}, 'Bloemen', 'Bloemen', '[]', 'Zaaien',"
            f" '{status}', 'groen', '2026-03-02 10:00:00+00:00', '2026-03-01 10:00:00+00:00')",
        )

    await migrate(database)

    async with database.transaction() as session:
        initiatives = (await session.exec(select(Initiative).order_by(col(Initiative.id)))).all()
        leading = (await session.exec(select(Participant).order_by(col(Participant.id)))).all()
        events = (await session.exec(select(InitiativeEvent).order_by(col(InitiativeEvent.id)))).all()
    assert [(one.route, one.public, one.active_at) for one in initiatives] == [
        (Route.JUST_DO_IT, [], one.created_at) for one in initiatives
    ]
    assert [(one.initiative_id, one.person_id, one.kind) for one in leading] == [
        (one.id, person.id, Participation.INITIATOR) for one in initiatives
    ]
    assert [(one.initiative_id, one.kind) for one in events] == [
        (initiatives[0].id, EventKind.STARTED),
        (initiatives[1].id, EventKind.STARTED),
        (initiatives[1].id, EventKind.GREETED),
    ]


async def test_a_conversation_keeps_its_id_to_itself_when_it_learns_when_it_was_offered(database: Database) -> None:
    async with database.transaction() as session:
        person = Person(first_name="Sanne")
        session.add(person)
        await session.flush()
        begun = [Conversation(person_id=person.id or 0, name="x", status=ConversationStatus.PARKED) for _ in range(2)]
        session.add_all(begun)
    async with database.transaction() as session:
        await session.delete(begun[1])
    await downgrade(database, "0003")

    await migrate(database)

    async with database.transaction() as session:
        (kept,) = (await session.exec(select(Conversation))).all()
        session.add(later := Conversation(person_id=kept.person_id, name="x", status=ConversationStatus.PARKED))
    assert kept.offered_at is None
    assert (later.id or 0) > (begun[1].id or 0)


@pytest.mark.parametrize("use", [migrate, migrate_aside, downgrade, pending, require_current])
async def test_a_database_of_a_newer_version_is_left_alone(database: Database, use: object) -> None:
    assert callable(use)
    await execute(database, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(DatabaseError, match=r"newer Stuur .*9999.*: update Stuur"):
        await use(database)

    assert "people" in await tables(database)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
async def test_looking_whether_a_file_is_current_does_not_make_it(empty_database: Database) -> None:
    assert empty_database.file is not None

    with pytest.raises(DatabaseError, match="run `stuur migrate`"):
        await require_current(empty_database)

    assert not empty_database.file.exists()


def operations(connection: Connection) -> Operations:
    options = {"target_metadata": METADATA, "render_as_batch": True}
    return Operations(MigrationContext.configure(connection, opts=options))


def change_people(connection: Connection) -> None:
    with operations(connection).batch_alter_table("people") as batch:
        batch.alter_column("first_name", new_column_name="given_name", nullable=True)


def change_words(connection: Connection) -> None:
    with operations(connection).batch_alter_table("role_grants") as batch:
        batch.drop_constraint(batch.f("ck_role_grants_role"), type_="check")
        batch.create_check_constraint("role", "role IN ('coordinator', 'mayor')")


async def test_changing_a_table_keeps_its_rows_and_those_that_refer_to_it(database: Database) -> None:
    async with database.transaction() as session:
        person = Person(telegram_id=1, first_name="Noor")
        session.add(person)
        await session.flush()
        assert person.id is not None
        session.add(RoleGrant(person_id=person.id, role=Role.COORDINATOR))

    async with table_changes(database) as connection:
        await connection.run_sync(change_people)

    async with database.engine.connect() as connection:
        rows = await connection.execute(
            text("SELECT given_name, role FROM people JOIN role_grants ON people.id = person_id")
        )
        assert [tuple(row) for row in rows] == [("Noor", "coordinator")]
    with pytest.raises(IntegrityError):  # references are checked again
        await execute(database, "DELETE FROM people")


async def test_the_words_of_a_column_can_be_changed(database: Database) -> None:
    await execute(
        database,
        "INSERT INTO people (first_name, updates_on, shares_name, created_at) VALUES ('', true, false, '2026-01-01')",
    )
    grant = "INSERT INTO role_grants (person_id, role, created_at) VALUES (1, '{}', '2026-01-01')"

    async with table_changes(database) as connection:
        await connection.run_sync(change_words)

    await execute(database, grant.format("mayor"))
    with pytest.raises(IntegrityError, match="ck_role_grants_role"):
        await execute(database, grant.format("admin"))


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
async def test_a_change_that_breaks_references_is_refused(database: Database) -> None:
    await execute(database, "INSERT INTO districts (code, name, active) VALUES ('1', '', true)")
    await execute(
        database,
        "INSERT INTO people (first_name, updates_on, shares_name, created_at, district_code)"
        " VALUES ('', true, false, '2026-01-01', '1')",
    )

    with pytest.raises(DatabaseError, match="leave rows of people without"):
        async with table_changes(database) as connection:
            await connection.execute(text("DELETE FROM districts"))

    async with database.engine.connect() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM districts"))).scalar() == 1
        assert (await connection.execute(text("PRAGMA foreign_keys"))).scalar() == 1


async def test_others_wait_while_tables_are_changed(database: Database, second: Database) -> None:
    done: list[str] = []

    async def change_too() -> None:
        async with table_changes(second):
            done.append("second")

    async with table_changes(database):
        waiting = asyncio.create_task(change_too())
        await asyncio.sleep(0.3)
        done.append("first")
    await waiting

    assert done == ["first", "second"]
