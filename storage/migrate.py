"""Brings a database to what the code expects, and says so when it isn't there yet.

Alembic is loaded only where there is something to do. A bot that runs for months needn't carry it (8 MB): it has its
file migrated by a process of its own, `python -m storage.migrate <address>`.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.aside import migrate_in_a_process
from storage.database import Database, is_outage
from storage.errors import DatabaseError

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent / "migrations"
LOCK = 7_485_881_714
"""The advisory lock on PostgreSQL that lets one process migrate at a time (the number means nothing)."""

REFUSED = 2
"""The exit code of a migration that says in one line why it can't be."""


async def migrate(database: Database, target: str = "head") -> None:
    """Carry out every step up to `target` that hasn't been yet: all of them, or on any error none.

    Raises DatabaseError when the database can't be used or was made by a newer Stuur.
    """
    if target == "head" and not await pending(database):
        return
    from alembic import command

    await database.check()
    async with table_changes(database) as connection:
        await connection.run_sync(_check_known)
        await connection.run_sync(lambda sync: command.upgrade(config(sync), target))


async def migrate_aside(database: Database) -> None:
    """As `migrate`, in another process, that takes what it had to load with it. Only for SQLite.

    Raises DatabaseError as `migrate` does, and when that process was stopped.
    """
    if not await pending(database):
        return
    code, line = await migrate_in_a_process(database.url.render_as_string())
    if code == REFUSED:
        raise DatabaseError(line)
    if code:
        reason = line or f"it was stopped ({code}); start again"
        raise DatabaseError(f"the database {database.address} can't be migrated, it is as before: {reason}")


async def downgrade(database: Database, target: str = "base") -> None:
    """Undo every step after `target`. What only fits in the newer tables is lost.

    Raises DatabaseError when the database can't be used or was made by a newer Stuur.
    """
    from alembic import command

    await database.check()
    async with table_changes(database) as connection:
        await connection.run_sync(_check_known)
        await connection.run_sync(lambda sync: command.downgrade(config(sync), target))


async def pending(database: Database) -> list[str]:
    """The steps that haven't been carried out yet, oldest first.

    Raises DatabaseError when the database can't be used or was made by a newer Stuur.
    """
    if database.file is not None and database.file.parent.is_dir() and not database.file.exists():
        return _after(None)  # looking must not make the file
    await database.check()
    async with database.engine.connect() as connection:
        return _after(await connection.run_sync(_revision))


async def is_current(database: Database) -> bool:
    """Whether the database is what the code expects. Raises DatabaseError as `pending` does."""
    return not await pending(database)


async def require_current(database: Database) -> None:
    """Raise DatabaseError, with what to do, unless the database is what the code expects."""
    if not await is_current(database):
        raise DatabaseError(f"the database {database.address} isn't ready for this version: run `stuur migrate`")


def config(connection: Connection) -> Config:
    """Alembic's configuration, with the connection it must use."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


@asynccontextmanager
async def table_changes(database: Database) -> AsyncIterator[AsyncConnection]:
    """A transaction to change tables in, by one process at a time; what fails inside becomes a DatabaseError."""
    try:
        async with database.engine.connect() as connection:
            if database.is_sqlite:
                async with _sqlite_changes(connection):
                    yield connection
            else:
                async with connection.begin():
                    await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
                    yield connection
    except DBAPIError as exc:
        if is_outage(exc):
            raise DatabaseError(database.advice(exc)) from exc
        problem = str(exc.orig).partition("\n")[0]
        raise DatabaseError(f"the database {database.address} can't be migrated, it is as before: {problem}") from exc


@asynccontextmanager
async def _sqlite_changes(connection: AsyncConnection) -> AsyncIterator[None]:
    # SQLite changes a table by copying and dropping it, which may not count as deleting what refers to it.
    # The pragma does nothing inside a transaction, so it stands around it, and the keys are checked at the end.
    await connection.run_sync(_pragma, "PRAGMA foreign_keys=OFF")
    try:
        async with connection.begin():
            yield
            broken = (await connection.execute(text("PRAGMA foreign_key_check"))).first()
            if broken is not None:
                raise DatabaseError(f"the migration would leave rows of {broken[0]} without what they refer to")
    finally:
        await connection.run_sync(_pragma, "PRAGMA foreign_keys=ON")


def _pragma(connection: Connection, statement: str) -> None:
    cursor = connection.connection.cursor()
    cursor.execute(statement)
    cursor.close()


def _check_known(connection: Connection) -> None:
    _after(_revision(connection))


def _revision(connection: Connection) -> str | None:
    """The last step that was carried out, as Alembic keeps it."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _after(revision: str | None) -> list[str]:
    """The steps after `revision`, oldest first; DatabaseError when we don't know that one."""
    steps = sorted(file.name.partition("_")[0] for file in (FOLDER / "versions").glob("[0-9]*.py"))
    if revision is None:
        return steps
    if revision not in steps:
        raise DatabaseError(f"the database was made by a newer Stuur (step {revision}): update Stuur, then try again")
    return steps[steps.index(revision) + 1 :]


async def _migrate_at(url: str) -> None:
    database = Database(url)
    try:
        await migrate(database)
    finally:
        await database.close()


if __name__ == "__main__":
    try:
        asyncio.run(_migrate_at(sys.argv[1]))
    except DatabaseError as exc:
        sys.stderr.write(" ".join(str(exc).split()))
        sys.exit(REFUSED)
