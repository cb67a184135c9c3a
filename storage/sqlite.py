"""SQLite through aiosqlite, with one trip to its thread for a statement instead of four.

SQLAlchemy makes a cursor, executes, fetches all rows and closes the cursor. With aiosqlite's own cursor each of those
is a trip to the connection's thread and back, and a trip costs more than most of our statements.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, Self

import aiosqlite


class Connection(aiosqlite.Connection):
    """aiosqlite's, with cursors that do all of their work at once."""

    def cursor(self) -> Cursor:  # type: ignore[override]  # SQLAlchemy only enters it
        """A cursor that has nothing yet."""
        return Cursor(self)

    async def on_thread(self, work: Any, *args: Any) -> Any:
        """What `work(*args)` gives on the connection's thread; raises what it raises."""
        return await self._execute(work, *args)  # type: ignore[no-untyped-call]

    def open(self) -> sqlite3.Connection:
        """The connection underneath; ValueError once it is closed. Only for the thread."""
        return self._conn


class Cursor:
    """One statement and all of its rows. The methods are those that SQLAlchemy's asyncio adapter asks for."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.close()

    async def execute(self, sql: str, parameters: Iterable[Any] = ()) -> Self:
        """Execute it and fetch what it gives."""
        await self._connection.on_thread(self._execute, sql, parameters)
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> Self:
        """Execute it for each of these."""
        await self._connection.on_thread(self._executemany, sql, parameters)
        return self

    def _execute(self, sql: str, parameters: Sequence[Any]) -> None:
        self._keep(self._connection.open().execute(sql, parameters))

    def _executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> None:
        self._keep(self._connection.open().executemany(sql, parameters))  # type: ignore[arg-type]

    def _keep(self, done: sqlite3.Cursor) -> None:
        self.description = done.description
        self._rows = done.fetchall() if done.description else []
        self.rowcount, self.lastrowid = done.rowcount, done.lastrowid
        done.close()

    async def fetchall(self) -> list[Any]:
        """The rows that were not given yet."""
        rows, self._rows = self._rows, []
        return rows

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next ones."""
        size = size or self.arraysize
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    async def fetchone(self) -> Any:
        """The next one, or None."""
        return next(iter(await self.fetchmany(1)), None)

    async def close(self) -> None:
        """Forget the rows; on the thread nothing is open."""
        self._rows = []


def connect(database: str, **options: Any) -> Connection:
    """As `aiosqlite.connect`: to be awaited; `options` go to sqlite3."""
    connection = Connection(lambda: sqlite3.connect(database, **options), iter_chunk_size=64)
    connection._thread.daemon = True  # a process that ends without closing it doesn't wait for it
    return connection
