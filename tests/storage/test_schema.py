"""What the migrations make is exactly what the tables say, CHECKs and partial indexes included. On both engines."""

import re

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from storage.database import Database
from storage.tables import METADATA, is_described

SQLITE = "SELECT type, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
BETWEEN = re.compile(r"\n|, (?![^(]*\))")
"""A new line, or a comma outside of brackets: a column that is added later stands behind the one before it."""
POSTGRESQL = (
    "SELECT table_name, concat_ws(' ', column_name, data_type, character_maximum_length, is_nullable, column_default,"
    " is_identity) FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT conrelid::regclass::text, concat_ws(' ', conname, pg_get_constraintdef(oid)) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace",
    "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'",
)


def differences(connection: Connection) -> list[object]:
    options = {"compare_type": True, "compare_server_default": True, "include_name": is_described}
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, METADATA))


async def schema(database: Database) -> set[tuple[str, str]]:
    """Each table's columns, constraints and indexes, as lines in the engine's own words."""
    found: set[tuple[str, str]] = set()
    async with database.engine.connect() as connection:
        if database.is_sqlite:
            for kind, table, sql in await connection.execute(text(SQLITE)):
                lines = [sql] if kind == "index" else BETWEEN.split(sql.replace(f'"{table}"', table))
                found |= {(table, line.strip().rstrip(",")) for line in lines}
        else:
            for query in POSTGRESQL:
                found |= {(table, line) for table, line in await connection.execute(text(query))}
    return {(table, line) for table, line in found if table != "alembic_version"}


async def test_alembic_finds_no_difference(database: Database) -> None:
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_alembic_finds_a_difference_when_there_is_one(database: Database) -> None:
    async with database.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE people ADD COLUMN shoe_size INTEGER"))
        assert len(await connection.run_sync(differences)) == 1


async def test_migrations_make_what_the_tables_say(database: Database, empty_database: Database) -> None:
    async with empty_database.engine.begin() as connection:
        await connection.run_sync(METADATA.create_all)

    migrated, described = await schema(database), await schema(empty_database)

    assert len(described) > 200
    assert migrated - described == set()
    assert described - migrated == set()
