"""One way to the database: an engine that suits it, and transactions.

SQLite gets exactly one connection, and every transaction begins as a writer (BEGIN IMMEDIATE): with plain BEGIN
transactions that read first and write later fail with "database is locked".
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

import storage.tables  # noqa: F401 - tables refer to each other: who opens a database knows them all
from storage.errors import DatabaseError
from storage.sqlite import connect
from storage.turns import Turns

NO_ADDRESS = (
    "STUUR_DATABASE is not the address of a database we know; write sqlite+aiosqlite:///stuur.db "
    "or postgresql+asyncpg://user:password@host/name"
)
DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
"""What may be written, and what we use."""
SQLITE_PRAGMAS = (
    "PRAGMA busy_timeout=10000",  # first: the next one may have to wait for another process too
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # a commit has reached the disk: updates are acknowledged on its word
    "PRAGMA foreign_keys=ON",
)

SQLITE_OUTAGES = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_NOTADB,
}
SERVER_OUTAGES = (
    "08",  # the connection
    "25006",  # only reading is possible: it is a standby, for now
    "28",  # the password or the role
    "3D",  # the database doesn't exist
    "40",  # rolled back for somebody else's sake: a deadlock
    "53",  # disk, memory or connections have run out
    "55P03",  # a lock wasn't free in time
    "57P",  # it is starting or stopping
    "58",  # the machine
)
"""Beginnings of SQLSTATE. https://www.postgresql.org/docs/18/errcodes-appendix.html"""

SERVER_REASONS = {
    "28": "it refuses the user or the password",
    "3D": "there is no database of that name",
    "53": "it has run out of connections, memory or disk",
    "57": "it is starting or stopping",
}
"""The same in words, by the class of the SQLSTATE."""


class Database:
    """The engine and its transactions. `url` as SQLAlchemy writes it; the driver may be left out.

    Raises DatabaseError for an address or a driver that can't be used. Nothing is connected yet.
    """

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        try:
            self.url = make_url(url)
        except (ArgumentError, ValueError) as exc:
            raise DatabaseError(NO_ADDRESS) from exc
        driver = DRIVERS.get(self.url.drivername)
        if driver is None:
            raise DatabaseError(NO_ADDRESS)
        self.url = self.url.set(drivername=driver)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._turns = Turns(1 if self.is_sqlite else pool_size)
        try:
            self.engine = self._sqlite() if self.is_sqlite else self._server(pool_size)
        except ModuleNotFoundError as exc:
            raise DatabaseError(
                f"the driver {exc.name} is not installed; for PostgreSQL: pip install 'stuur[postgres]'"
            ) from exc
        except Exception as exc:
            raise DatabaseError(f"STUUR_DATABASE can't be used: {type(exc).__name__}; check the address") from exc

    def _sqlite(self) -> AsyncEngine:
        engine = create_async_engine(
            self.url,
            pool_size=1,
            max_overflow=0,
            pool_timeout=60,
            connect_args={"isolation_level": None, "async_creator_fn": connect},
            hide_parameters=True,  # what people wrote stays out of errors, and so out of logs
        )

        @event.listens_for(engine.sync_engine, "connect")
        def prepare(connection: Any, _record: Any) -> None:
            try:
                cursor = connection.cursor()
                for pragma in SQLITE_PRAGMAS:
                    cursor.execute(pragma)
                cursor.close()
            except BaseException:  # being cancelled too
                connection.close()  # nobody else knows it yet, and it has a thread
                raise

        @event.listens_for(engine.sync_engine, "begin")
        def begin_immediate(connection: Any) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

        return engine

    def _server(self, pool_size: int) -> AsyncEngine:
        return create_async_engine(
            self.url, pool_size=pool_size, max_overflow=0, pool_timeout=60, pool_pre_ping=True, hide_parameters=True
        )

    @property
    def address(self) -> str:
        """The address to show, without its password."""
        return self.url.difference_update_query(["password"]).render_as_string(hide_password=True)

    @property
    def file(self) -> Path | None:
        """The SQLite file; None for a server, a database in memory or one that is named by a `file:` address."""
        name = self.url.database
        if not self.is_sqlite or not name or name == ":memory:" or name.startswith("file:"):
            return None
        return Path(name)

    @asynccontextmanager
    async def transaction(self, *, urgent: bool = False) -> AsyncIterator[AsyncSession]:
        """Everything inside happens, or nothing does. Objects stay readable after the commit.

        `urgent`: gets the next connection that comes free, before all that wait; for what must not be lost by a kill.
        Raises DatabaseError when the database can't be reached, and whatever is raised inside.
        """
        async with (
            self._turns.turn(urgent=urgent),
            AsyncSession(self.engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            try:
                await session.connection()
            except OSError as exc:
                raise DatabaseError(self.advice(exc)) from exc
            yield session

    async def check(self) -> None:
        """Raise DatabaseError when the database can't be reached, read or written to."""
        try:
            async with asyncio.timeout(15), self.engine.connect() as connection:
                # Writing what is rolled back: SQLite lets a transaction begin on a file that can only be read.
                await connection.exec_driver_sql("PRAGMA user_version=0" if self.is_sqlite else "SELECT 1")
                await connection.rollback()
        except Exception as exc:  # while connecting, drivers raise all kinds of their own
            if self.is_sqlite:
                await asyncio.sleep(0.05)  # aiosqlite's thread still has to tell the loop that it ended
            raise DatabaseError(self.advice(exc)) from exc

    def advice(self, exc: BaseException) -> str:
        """One line for a person who has to mend it; without the password in the address."""
        if self.is_sqlite:
            return self._advice_on_file(exc)
        cause = getattr(exc, "orig", None) or exc
        state = getattr(cause, "sqlstate", None) or ""
        reason = SERVER_REASONS.get(state[:2], f"{type(cause).__name__} {state}".strip())
        if isinstance(exc, TimeoutError):
            reason = "no answer"
        return f"the database {self.address} can't be used: {reason}; check that it runs and that its address is right"

    def _advice_on_file(self, exc: BaseException) -> str:
        problem = str(getattr(exc, "orig", None) or exc)
        if self.file is not None and not self.file.parent.is_dir():
            return f"the folder {self.file.parent} for the database {self.file.name} doesn't exist; make it first"
        where = self.file or self.url.database
        if "not a database" in problem or "malformed" in problem:
            return f"{where} is not a database, or is damaged; name another file or put back a copy of it"
        if "locked" in problem:
            return f"the database {where} is in use by another process; stop that first"
        if "readonly" in problem or "unable to open" in problem:
            return f"the database {where} can't be written to; check the rights on the file and on its folder"
        return f"the database {where} can't be used ({problem})"

    async def close(self) -> None:
        """Give all connections back."""
        await self.engine.dispose()


def is_outage(exc: BaseException) -> bool:
    """Whether the database itself is away, busy or full, rather than our statement wrong: waiting may help."""
    if isinstance(exc, DBAPIError):
        # SQLite's extended codes carry the plain one in their last byte. https://sqlite.org/rescode.html
        sqlite = getattr(exc.orig, "sqlite_errorcode", None)
        state = getattr(exc.orig, "sqlstate", None) or ""
        return exc.connection_invalidated or (sqlite or 0) & 0xFF in SQLITE_OUTAGES or state.startswith(SERVER_OUTAGES)
    return isinstance(exc, (DatabaseError, ConnectionError, TimeoutError, PoolTimeoutError))
