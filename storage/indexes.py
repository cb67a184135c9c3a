"""Indexes of a part of a table's rows."""

from typing import Any

from sqlalchemy import Connection, Index, event, text


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of the rows for which `where` holds, which both databases spell alike.

    PostgreSQL is told so only when it makes the index: `postgresql_where` loads its dialect, which takes 2 MB that a
    house on SQLite does without.
    """
    index = Index(name, *columns, unique=unique, sqlite_where=text(where))

    @event.listens_for(index, "before_create")
    def tell(index: Index, connection: Connection, **_options: Any) -> None:
        if connection.dialect.name == "postgresql":
            index.dialect_options["postgresql"]["where"] = text(where)

    return index
