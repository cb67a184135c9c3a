"""Two rows that are one person: what points at the one points at the other from then on."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Column, Table, UniqueConstraint, and_, delete, exists, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.people import Person
from storage.tables import METADATA

PEOPLE: Table = Person.__table__  # type: ignore[attr-defined]


def references() -> Iterator[Column[Any]]:
    """Every column of every table that points at somebody."""
    for table in METADATA.sorted_tables:
        for column in table.columns:
            if any(key.column.table is PEOPLE for key in column.foreign_keys):
                yield column


async def become(session: AsyncSession, was: int, now: int) -> None:
    """All that is of `was` is of `now`, and `was` is no more. What both have, and only one can, stays as `now` has it.

    Rows that the session holds are not refreshed.
    """
    await session.flush()
    for column in references():
        table = column.table
        assert isinstance(table, Table)
        for others in _unique_with(table, column):
            twin = table.alias()
            same = and_(twin.c[column.name] == now, *(twin.c[one.name] == one for one in others))
            await session.exec(delete(table).where(column == was, exists().where(same)))
        await session.exec(update(table).where(column == was).values({column.name: now}))
    await session.exec(delete(Person).where(col(Person.id) == was).execution_options(synchronize_session=False))


async def forget_unless_needed(session: AsyncSession, people: Collection[int]) -> None:
    """Delete who nothing points at any more."""
    needless = set(people)
    for column in references() if people else ():
        needless -= set((await session.exec(select(column).where(column.in_(people)))).all())
    await session.exec(delete(Person).where(col(Person.id).in_(needless)))


def _unique_with(table: Table, column: Column[Any]) -> Iterator[list[Column[Any]]]:
    """For each rule that makes `column` unique: the columns that it is unique together with."""
    rules = [list(table.primary_key.columns)]
    rules += [list(rule.columns) for rule in table.constraints if isinstance(rule, UniqueConstraint)]
    rules += [list(index.columns) for index in table.indexes if index.unique]
    for rule in rules:
        if column in rule:
            yield [one for one in rule if one is not column]
