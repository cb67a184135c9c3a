"""A town for every story, on SQLite and on PostgreSQL."""

import logging
from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from tests.journeys.town import Town, town_with


@pytest.fixture
async def town(database_url: str, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Town]:
    """A town where nobody has written to the bot yet; at the end of the story all must be well."""
    with capture_logs() as logged:
        async with town_with(database_url) as town:
            yield town
            await town.check(logged)
    assert [one for one in caplog.get_records("call") if one.levelno >= logging.ERROR] == []
