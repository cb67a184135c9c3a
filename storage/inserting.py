"""INSERT … ON CONFLICT, which SQLite and PostgreSQL spell alike and SQLAlchemy keeps in its dialects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel.ext.asyncio.session import AsyncSession

if TYPE_CHECKING:
    from sqlalchemy.dialects.sqlite import Insert


def insert_into(session: AsyncSession, table: Any) -> Insert:
    """An INSERT with `on_conflict_do_nothing` and `on_conflict_do_update`, for the session's engine."""
    # Loaded where it is used: PostgreSQL's dialect takes 2 MB that a house on SQLite does without.
    if session.get_bind().dialect.name == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)  # type: ignore[return-value]  # the same two methods
