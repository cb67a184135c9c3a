"""Letting time pass at a table, with all that is due then."""

from datetime import UTC, date, datetime

from flows.timers import run_due
from tests.flows.initiatives.table import Table


async def it_is(table: Table, day: date | datetime) -> None:
    """It is eleven in the morning of that day (noon in summer), or that moment; what was due by then is done."""
    table.now = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    await run_due(table.database, table.house, table.now)
