"""All that a database holds, to compare before and after."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from storage.database import Database
from storage.tables import METADATA

Dump = dict[str, list[dict[str, Any]]]
"""Rows by table, in the order of their keys."""


async def dump(database: Database, *, without: Collection[str] = ()) -> Dump:
    """Every row of every table, but for the tables in `without`."""
    dumped: Dump = {}
    async with database.transaction() as session:
        connection = await session.connection()
        for name, table in METADATA.tables.items():
            if name not in without:
                rows = await connection.execute(select(table).order_by(*table.primary_key))
                dumped[name] = [dict(row) for row in rows.mappings()]
    return dumped
