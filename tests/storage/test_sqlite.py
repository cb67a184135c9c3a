"""Statements to SQLite: one trip to its thread each, and all that they give."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import text

from storage.database import Database
from storage.sqlite import Connection

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what went to the thread."""
    made: list[str] = []
    real: Callable[..., Awaitable[Any]] = Connection._execute

    async def counting(self: Connection, work: Any, *args: Any, **options: Any) -> Any:
        made.append(work.__name__)
        return await real(self, work, *args, **options)

    monkeypatch.setattr(Connection, "_execute", counting)
    return made


async def test_a_statement_is_one_trip(empty_database: Database, trips: list[str]) -> None:
    async with empty_database.engine.connect() as connection:
        trips.clear()
        rows = (await connection.execute(text("SELECT 1 UNION SELECT 2 ORDER BY 1"))).all()

    assert [tuple(row) for row in rows] == [(1,), (2,)]
    assert trips == ["_execute", "_execute", "rollback"]  # the first is BEGIN


async def test_rows_are_counted_numbered_and_given_once(empty_database: Database) -> None:
    async with empty_database.engine.connect() as connection:
        await connection.execute(text("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT UNIQUE)"))
        one = await connection.execute(text("INSERT INTO things (name) VALUES ('a')"))
        many = await connection.execute(text("INSERT INTO things (name) VALUES (:n)"), [{"n": "b"}, {"n": "c"}])
        changed = await connection.execute(text("UPDATE things SET name = name || '!' WHERE id > 1"))
        found = await connection.execute(text("SELECT name FROM things ORDER BY id"))

        assert (one.lastrowid, many.rowcount, changed.rowcount) == (1, 2, 2)
        assert (found.fetchone(), found.fetchmany(1), found.fetchall()) == (("a",), [("b!",)], [("c!",)])


async def test_what_is_wrong_is_raised_and_the_connection_goes_on(empty_database: Database) -> None:
    async with empty_database.engine.connect() as connection:
        await connection.execute(text("CREATE TABLE things (name TEXT UNIQUE)"))
        await connection.execute(text("INSERT INTO things VALUES ('a')"))

        with pytest.raises(IntegrityError):
            await connection.execute(text("INSERT INTO things VALUES ('a')"))
        with pytest.raises(OperationalError):
            await connection.execute(text("SELECT nothing FROM nowhere"))

        assert (await connection.execute(text("SELECT count(*) FROM things"))).scalar_one() == 1


async def test_what_is_streamed_comes_whole(empty_database: Database) -> None:
    numbers = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT i FROM n")

    async with empty_database.engine.connect() as connection:
        rows = [row.i async for row in await connection.stream(numbers)]

    assert rows == list(range(1, 1001))
