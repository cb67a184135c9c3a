"""The numbers people quote: V-2026-0001 for a question, I-2026-0001 for an initiative."""

from sqlmodel import Field, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.base import Table


class ReferenceCounter(Table, table=True):
    """The last number given out for a letter in a year."""

    __tablename__ = "reference_counters"
    letter: str = Field(primary_key=True, max_length=1)
    year: int = Field(primary_key=True)
    last: int


async def next_reference(session: AsyncSession, letter: str, year: int) -> str:
    """The next reference, such as `V-2026-0001`; unique because the counter's row is locked until the commit."""
    query = select(ReferenceCounter).where(ReferenceCounter.letter == letter, ReferenceCounter.year == year)
    counter = (await session.exec(query.with_for_update())).first()
    if counter is None:
        counter = ReferenceCounter(letter=letter, year=year, last=0)
    counter.last += 1
    session.add(counter)
    await session.flush()
    return f"{letter}-{year}-{counter.last:04d}"
