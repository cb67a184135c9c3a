"""The numbers people quote: V-2026-0001 for a question, I-2026-0001 for an initiative."""

from sqlalchemy import text
from sqlmodel import Field
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.base import Table


class ReferenceCounter(Table, table=True):
    """The last number given out for a letter in a year."""

    __tablename__ = "reference_counters"
    letter: str = Field(primary_key=True, max_length=1)
    year: int = Field(primary_key=True)
    last: int


NEXT = text(
    "INSERT INTO reference_counters (letter, year, last) VALUES (:letter, :year, 1)"
    " ON CONFLICT (letter, year) DO UPDATE SET last = reference_counters.last + 1 RETURNING last"
)
"""One statement, so that two can't both make the year's first row."""


async def next_reference(session: AsyncSession, letter: str, year: int) -> str:
    """The next reference, such as `V-2026-0001`.

    Others who want one wait until this transaction ends; when it is rolled back, they get its number.
    """
    connection = await session.connection()
    last = (await connection.execute(NEXT, {"letter": letter, "year": year})).scalar_one()
    return f"{letter}-{year}-{last:04d}"
