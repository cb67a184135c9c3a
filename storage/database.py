"""One way to the database: an engine that suits it, and transactions.

SQLite gets exactly one connection, and every transaction begins as a writer (BEGIN IMMEDIATE): with plain BEGIN
transactions that read first and write later fail with "database is locked".
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.errors import DatabaseError

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # a commit has reached the disk: updates are acknowledged on its word
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
)


class Database:
    """The engine and its transactions. `url` as SQLAlchemy writes it, with an async driver."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        try:
            self.url = make_url(url)
        except ArgumentError as exc:
            raise DatabaseError(
                "STUUR_DATABASE is not a database address; write sqlite+aiosqlite:///stuur.db "
                "or postgresql+asyncpg://user:password@host/name"
            ) from exc
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
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
            self.url, pool_size=1, max_overflow=0, pool_timeout=60, connect_args={"isolation_level": None}
        )

        @event.listens_for(engine.sync_engine, "connect")
        def prepare(connection: Any, _record: Any) -> None:
            cursor = connection.cursor()
            for pragma in SQLITE_PRAGMAS:
                cursor.execute(pragma)
            cursor.close()

        @event.listens_for(engine.sync_engine, "begin")
        def begin_immediate(connection: Any) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

        return engine

    def _server(self, pool_size: int) -> AsyncEngine:
        return create_async_engine(self.url, pool_size=pool_size, max_overflow=0, pool_pre_ping=True)

    @property
    def address(self) -> str:
        """The address to show, without its password."""
        return self.url.render_as_string(hide_password=True)

    @property
    def file(self) -> Path | None:
        """The SQLite file; None for a server, a database in memory or one that is named by a `file:` address."""
        name = self.url.database
        if not self.is_sqlite or not name or name == ":memory:" or name.startswith("file:"):
            return None
        return Path(name)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Everything inside happens, or nothing does. Objects stay readable after the commit."""
        async with AsyncSession(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    async def check(self) -> None:
        """Raise DatabaseError when the database can't be reached, read or written to."""
        try:
            async with asyncio.timeout(15), self.engine.connect() as connection, connection.begin():
                await connection.exec_driver_sql("SELECT 1")
        except Exception as exc:  # while connecting, drivers raise all kinds of their own
            raise DatabaseError(self.advice(exc)) from exc

    def advice(self, exc: BaseException) -> str:
        """One line for a person who has to mend it; without the password in the address."""
        if self.is_sqlite:
            return self._advice_on_file(exc)
        reason = "no answer" if isinstance(exc, TimeoutError) else type(getattr(exc, "orig", None) or exc).__name__
        return (
            f"the database {self.address} can't be reached ({reason}); check that it runs and that the address is right"
        )

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
    """Whether the database itself is away or busy, rather than our statement wrong."""
    return isinstance(exc, (OperationalError, InterfaceError, ConnectionError, TimeoutError)) or (
        isinstance(exc, DBAPIError) and exc.connection_invalidated
    )
