"""One holder at a time, until it lapses or is given back. On both engines."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from storage.database import Database
from storage.leases import hold, let_go

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
LENGTH = timedelta(seconds=30)


async def may(database: Database, holder: str, seconds: float = 0, name: str = "sender") -> bool:
    async with database.transaction() as session:
        return await hold(session, name, holder, START + timedelta(seconds=seconds), LENGTH)


async def give_back(database: Database, holder: str) -> None:
    async with database.transaction() as session:
        await let_go(session, "sender", holder)


async def test_the_first_gets_it_and_the_second_does_not(database: Database) -> None:
    assert await may(database, "a")
    assert not await may(database, "b", 29)


async def test_its_holder_renews_it(database: Database) -> None:
    assert await may(database, "a")
    assert await may(database, "a", 20)
    assert not await may(database, "b", 49)


async def test_it_lapses(database: Database) -> None:
    assert await may(database, "a")
    assert await may(database, "b", 30)
    assert not await may(database, "a", 31)


async def test_what_is_given_back_is_free_at_once(database: Database) -> None:
    await may(database, "a")
    await give_back(database, "a")

    assert await may(database, "b", 1)


async def test_an_heir_need_not_wait_for_it_to_lapse(database: Database) -> None:
    async def may_as_heir_of(earlier: str) -> bool:
        async with database.transaction() as session:
            return await hold(session, "sender", "c", START, LENGTH, heir_of=["x", earlier])

    await may(database, "a")

    assert not await may_as_heir_of("b")
    assert await may_as_heir_of("a")
    assert not await may(database, "a")


async def test_nobody_gives_back_what_another_holds(database: Database) -> None:
    await may(database, "a")
    await give_back(database, "b")

    assert not await may(database, "b", 1)


async def test_leases_of_different_names_do_not_meet(database: Database) -> None:
    assert await may(database, "a")
    assert await may(database, "b", name="housekeeping")


async def test_a_lease_that_was_rolled_back_is_not_held(database: Database) -> None:
    async with database.transaction() as session:
        assert await hold(session, "sender", "a", START, LENGTH)
        await session.rollback()

    assert await may(database, "b")


@pytest.mark.parametrize("when", ["the first time", "after it lapsed"])
async def test_of_many_who_come_at_once_one_gets_it(database_url: str, when: str) -> None:
    databases = [Database(database_url) for _ in range(4)]
    try:
        if when == "after it lapsed":
            await may(databases[0], "earlier", -60)
        holders = range(5 * len(databases))
        got = await asyncio.gather(*(may(databases[number % 4], f"process {number}") for number in holders))
    finally:
        for database in databases:
            await database.close()

    assert got.count(True) == 1
