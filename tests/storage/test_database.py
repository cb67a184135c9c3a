"""Transactions under load, and what is said when the database can't be used."""

import asyncio
import random
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from storage.database import Database, is_outage
from storage.errors import DatabaseError
from storage.migrate import migrate
from storage.people import Person
from storage.updates import SeenUpdate

only_sqlite = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
only_postgresql = pytest.mark.parametrize("backend", ["postgresql"], indirect=True)


async def read_then_write(database: Database, pause: float = 0) -> None:
    async with database.transaction() as session:
        person = (await session.exec(select(Person).where(Person.id == 1).with_for_update())).one()
        await asyncio.sleep(pause)
        person.first_name = str(int(person.first_name) + 1)
        session.add(person)


async def count_up(*databases: Database, times: int) -> int:
    async with databases[0].transaction() as session:
        session.add(Person(id=1, first_name="0"))
    await asyncio.gather(*(read_then_write(databases[number % len(databases)]) for number in range(times)))
    async with databases[0].transaction() as session:
        return int((await session.exec(select(Person.first_name))).one())


async def test_two_hundred_that_read_then_write_at_once_all_count(database: Database) -> None:
    assert await count_up(database, times=200) == 200


async def test_so_they_do_from_two_processes(database: Database, database_url: str) -> None:
    other = Database(database_url)
    try:
        assert await count_up(database, other, times=100) == 100
    finally:
        await other.close()


async def test_a_cancelled_transaction_leaves_nothing_and_harms_no_other(database: Database) -> None:
    async def write(number: int) -> None:
        async with database.transaction() as session:
            session.add(SeenUpdate(update_id=2 * number))
            await session.flush()
            session.add(SeenUpdate(update_id=2 * number + 1))

    chance = random.Random(4)
    tasks = [asyncio.create_task(write(number)) for number in range(60)]
    while not all(task.done() for task in tasks):
        chance.choice(tasks).cancel()
        await asyncio.sleep(chance.random() / 500)
    ended = await asyncio.gather(*tasks, return_exceptions=True)

    assert {type(end) for end in ended} == {asyncio.CancelledError, type(None)}
    async with database.transaction() as session:
        kept = set((await session.exec(select(SeenUpdate.update_id))).all())
    finished = {number for number, end in enumerate(ended) if end is None}
    assert kept >= {2 * number for number in finished}  # a commit may be done when the cancelling comes
    assert {update // 2 for update in kept if update % 2} == {update // 2 for update in kept if not update % 2}


@only_sqlite
async def test_the_pragmas_are_in_force(database: Database) -> None:
    async with database.engine.connect() as connection:
        found = {
            name: (await connection.execute(text(f"PRAGMA {name}"))).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}


@only_sqlite
async def test_a_transaction_begins_as_a_writer(database: Database) -> None:
    assert database.file is not None
    async with database.transaction():
        other = sqlite3.connect(database.file, timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()


async def one_line(url: str) -> str:
    """What is said when a database can't be used; by `check`, and the same by `migrate`."""
    said = set[str]()
    for use in (Database.check, migrate):
        database = Database(url)
        with pytest.raises(DatabaseError) as caught:
            await use(database)
        await database.close()
        said.add(str(caught.value))
    assert len(said) == 1
    line = said.pop()
    assert "\n" not in line
    assert "secret" not in line
    return line


async def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    said = await one_line(f"sqlite+aiosqlite:///{tmp_path}/nowhere/stuur.db")

    assert said == f"the folder {tmp_path}/nowhere for the database stuur.db doesn't exist; make it first"


async def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Beste gemeente, " * 100)

    assert "letter.txt is not a database, or is damaged" in await one_line(f"sqlite+aiosqlite:///{file}")
    assert file.read_text() == "Beste gemeente, " * 100


async def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert "can't be written to" in await one_line(f"sqlite+aiosqlite:///{tmp_path}")


@only_sqlite
async def test_a_database_that_can_only_be_read_is_refused(database: Database) -> None:
    assert "can't be written to" in await one_line(f"sqlite+aiosqlite:///file:{database.file}?mode=ro&uri=true")


async def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    said = await one_line("postgresql+asyncpg://stuur:secret@127.0.0.1:1/stuur")

    assert said.startswith("the database postgresql+asyncpg://stuur:***@127.0.0.1:1/stuur can't be used: Connection")


@only_postgresql
@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("postgres@", "stuur:secret@", "it refuses the user or the password"),
        ("/postgres@/", "/postgres@/nowhere_", "there is no database of that name"),
        ("?host=", "?password=secret&host=/nowhere", "FileNotFoundError"),
    ],
)
async def test_a_server_that_refuses_says_why(database_url: str, old: str, new: str, why: str) -> None:
    assert f"can't be used: {why}; check" in await one_line(database_url.replace(old, new))


@pytest.mark.parametrize("url", ["stuur.db", "", "oracle://secret@host/x", "postgresql+asyncpg://u:secret@host:port/x"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(DatabaseError, match="STUUR_DATABASE") as caught:
        Database(url)

    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


async def failing(database: Database, *statements: str, **values: object) -> DBAPIError:
    """What the last of the statements raises."""
    async with database.engine.connect() as connection:
        for statement in statements[:-1]:
            await connection.execute(text(statement), values)
        with pytest.raises(DBAPIError) as caught:
            await connection.execute(text(statements[-1]), values)
        await connection.rollback()
    return caught.value


async def test_our_own_mistakes_are_no_outages(database: Database) -> None:
    seen = "INSERT INTO seen_updates (update_id, seen_at) VALUES (1, '2026-01-01')"

    assert not is_outage(await failing(database, "SELECT * FROM nowhere"))
    assert not is_outage(await failing(database, seen, seen))
    assert not is_outage(await failing(database, "INSERT INTO teams (code, name, active) VALUES ('a', NULL, true)"))
    assert not is_outage(ZeroDivisionError())


@only_postgresql
async def test_a_value_that_does_not_fit_is_no_outage(database: Database) -> None:
    assert not is_outage(await failing(database, "SELECT * FROM people WHERE id = :id", id=2**40))


@only_postgresql
async def test_a_server_that_hangs_up_is_an_outage_and_then_works_again(database: Database) -> None:
    assert is_outage(await failing(database, "SELECT pg_terminate_backend(pg_backend_pid())"))

    await database.check()


@only_postgresql
async def test_a_server_that_is_not_there_is_an_outage(database_url: str) -> None:
    database = Database(database_url.replace("?host=", "?host=/nowhere"))
    with pytest.raises(DatabaseError, match="can't be used") as caught:
        async with database.transaction():
            pass
    await database.close()

    assert is_outage(caught.value)


@only_sqlite
async def test_a_full_disk_is_an_outage(database: Database) -> None:
    full = await failing(
        database, "PRAGMA max_page_count=1", "CREATE TABLE large AS SELECT zeroblob(1000000) AS filler"
    )

    assert is_outage(full)


async def test_an_error_does_not_repeat_what_was_written(database: Database) -> None:
    error = await failing(database, "SELECT * FROM nowhere WHERE name = :name", name="Noor de Wit")

    assert "Noor" not in str(error)
