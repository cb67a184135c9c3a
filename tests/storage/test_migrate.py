"""Migrations on both engines."""

from storage.database import Database
from storage.migrate import is_current


async def test_a_fresh_database_is_current(database: Database) -> None:
    assert await is_current(database)
