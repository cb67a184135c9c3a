"""The pages, on a database of one engine: what they ask of it is tested elsewhere on both."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.bot.console.site import Site, site_on
from tests.databases import SqliteFiles


@pytest.fixture
async def site(sqlite_files: SqliteFiles) -> AsyncIterator[Site]:
    """The pages, and an initiative of which nothing is public but what always is."""
    url = sqlite_files.fresh()
    database = Database(url)
    async with site_on(database) as site:
        yield site
    await database.close()
    sqlite_files.drop(url)
