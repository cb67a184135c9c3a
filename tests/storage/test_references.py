"""References count up without a gap, whatever happens at the same time. On both engines."""

import asyncio

from storage.database import Database
from storage.references import ReferenceCounter, next_reference


async def take(database: Database, letter: str = "V", year: int = 2026) -> str:
    async with database.transaction() as session:
        return await next_reference(session, letter, year)


async def test_fifty_at_once_get_fifty_numbers_without_a_gap(database: Database) -> None:
    taken = await asyncio.gather(*(take(database) for _ in range(50)))

    assert sorted(taken) == [f"V-2026-{number:04d}" for number in range(1, 51)]


async def test_two_processes_count_together(database_url: str) -> None:
    one, other = Database(database_url), Database(database_url)
    try:
        taken = await asyncio.gather(*(take(database) for database in (one, other) * 25))
    finally:
        await one.close()
        await other.close()

    assert sorted(taken) == [f"V-2026-{number:04d}" for number in range(1, 51)]


async def test_a_number_that_was_rolled_back_is_given_again(database: Database) -> None:
    async with database.transaction() as session:
        assert await next_reference(session, "V", 2026) == "V-2026-0001"
        await session.rollback()

    assert await take(database) == "V-2026-0001"


async def test_each_letter_and_each_year_counts_by_itself(database: Database) -> None:
    taken = [
        await take(database, letter, year) for letter, year in [("V", 2026), ("I", 2026), ("V", 2027), ("V", 2026)]
    ]

    assert taken == ["V-2026-0001", "I-2026-0001", "V-2027-0001", "V-2026-0002"]


async def test_a_transaction_may_take_several(database: Database) -> None:
    async with database.transaction() as session:
        taken = [await next_reference(session, "I", 2026) for _ in range(3)]

    assert taken == ["I-2026-0001", "I-2026-0002", "I-2026-0003"]


async def test_more_than_four_digits_are_simply_longer(database: Database) -> None:
    async with database.transaction() as session:
        session.add(ReferenceCounter(letter="V", year=2026, last=9_999))

    assert await take(database) == "V-2026-10000"
