"""The room, on a database of one engine."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.bot.mail.room import Room, room_on
from tests.databases import SqliteFiles


@pytest.fixture
async def room(sqlite_files: SqliteFiles) -> AsyncIterator[Room]:
    """Anna in her team, and nothing asked."""
    url = sqlite_files.fresh()
    database = Database(url)
    async with room_on(database) as room:
        yield room
    await database.close()
    sqlite_files.drop(url)
