"""Fresh databases for tests, on both engines: copies of one that was migrated once."""

import asyncio
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import event
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

import storage.database
from storage.database import Database
from storage.migrate import migrate


class DidNotStartError(Exception):
    """PostgreSQL couldn't be started; the message says why."""


class SqliteFiles:
    """SQLite databases as files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._migrated: Path | None = None

    def empty(self) -> str:
        """The address of a database that doesn't exist yet."""
        return _sqlite_url(self._folder / f"{next(self._numbers)}.db")

    def fresh(self) -> str:
        """The address of a database that is migrated and empty."""
        if self._migrated is None:
            self._migrated = self._folder / "migrated.db"
            aside(_migrated(_sqlite_url(self._migrated)))
        copy = self._folder / f"{next(self._numbers)}.db"
        shutil.copyfile(self._migrated, copy)
        return _sqlite_url(copy)

    def drop(self, url: str) -> None:
        """Remove a database with what stands beside it."""
        file = Path(make_url(url).database or "")
        for leftover in file.parent.glob(f"{file.name}*"):
            leftover.unlink()


class PostgresServer(AbstractContextManager["PostgresServer"]):
    """A PostgreSQL of our own, and databases on it. Raises DidNotStartError on entering."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._migrated = False
        self._socket = ""

    def __enter__(self) -> Self:
        if importlib.util.find_spec("asyncpg") is None:
            raise DidNotStartError("its driver asyncpg is not installed; get it with: pip install -e '.[dev]'")
        self._process = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("postgres_server.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C is for pytest
        )
        assert self._process.stdout is not None
        self._socket = self._process.stdout.readline().strip()
        if not self._socket:
            raise DidNotStartError(self._close())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> str:
        return self._process.communicate()[1].strip()  # which closes its standard input: it stops

    def url(self, name: str) -> str:
        """The address of the database `name`."""
        return f"postgresql+asyncpg://postgres@/{name}?host={self._socket}"

    def empty(self) -> str:
        """The address of a new database without tables."""
        return self._create("template0")

    def fresh(self) -> str:
        """The address of a new database that is migrated and empty."""
        if not self._migrated:
            aside(self._execute('CREATE DATABASE "migrated" TEMPLATE template0'))
            aside(_migrated(self.url("migrated")))
            self._migrated = True
        return self._create("migrated")

    def drop(self, url: str) -> None:
        """Remove a database, also when somebody is still connected."""
        aside(self._execute(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)'))

    def _create(self, template: str) -> str:
        name = f"test_{next(self._numbers)}"
        aside(self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY'))
        return self.url(name)

    async def _execute(self, statement: str) -> None:
        import asyncpg  # type: ignore[import-untyped]  # not everybody has it; half the work of an engine

        connection = await asyncpg.connect(host=self._socket, user="postgres", database="postgres")
        await connection.execute(statement)
        await connection.close()


def share_statements() -> None:
    """Let all engines of a test run write the same statement in SQL once, as one process does that has one engine.

    A statement is kept by dialect: what an engine gets is the dialect and the statements of the first of its kind.
    """
    create, first = create_async_engine, dict[str, Engine]()

    def create_sharing(url: URL, **options: Any) -> AsyncEngine:
        engine = create(url, **options)
        ours = engine.sync_engine
        if url.drivername in first:
            ours.dialect = first[url.drivername].dialect
            ours._compiled_cache = first[url.drivername]._compiled_cache
            return engine

        @event.listens_for(ours, "connect", once=True)
        def has_met_its_database(*_: object) -> None:
            first.setdefault(url.drivername, ours)

        return engine

    storage.database.__dict__["create_async_engine"] = create_sharing


def aside(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine in a thread of its own, so that a fixture can, whatever loop its test has."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


def _sqlite_url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


async def _migrated(url: str) -> None:
    database = Database(url)
    try:
        await migrate(database)
    finally:
        await database.close()
