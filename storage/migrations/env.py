"""Alembic runs this for every command. The connection comes from `storage.migrate`, so there is no alembic.ini.

Steps stand by themselves: of today's tables they need but the naming of constraints. So those aren't loaded here, which
would take a third of the time; who compares with them loads them.
"""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel.sql.sqltypes import AutoString

from storage.base import Table
from storage.columns import UtcDateTime


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write our own types as plain SQL types: an old migration must not change with today's code."""
    if kind != "type":
        return False
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    if type(item).__module__.startswith("sqlmodel"):
        autogen.imports.add("import sqlmodel")
    return False


def is_described(name: str | None, kind: str, parents: object) -> bool:
    """Only asked while comparing."""
    from storage import tables

    return tables.is_described(name, kind, parents)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_item=render_item,
    include_name=is_described,
    render_as_batch=True,  # SQLite changes a table only by copying it
    compare_type=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
