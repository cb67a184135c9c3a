"""Who goes next."""

from __future__ import annotations

import asyncio

import pytest

from storage import turns
from storage.turns import Turns


async def test_who_is_urgent_goes_before_who_came_earlier() -> None:
    places, order = Turns(1), list[str]()

    async def go(name: str, urgent: bool) -> None:
        async with places.turn(urgent=urgent):
            order.append(name)
            await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group:
        for name, urgent in [("first", False), ("second", False), ("third", False), ("urgent", True)]:
            group.create_task(go(name, urgent))

    assert order == ["first", "urgent", "second", "third"]


async def test_no_more_than_there_are_places_go_at_a_time() -> None:
    places, inside, most = Turns(3), 0, 0

    async def go() -> None:
        nonlocal inside, most
        async with places.turn():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(go() for _ in range(20)))

    assert (most, inside) == (3, 0)


@pytest.mark.parametrize("is_called_already", [False, True])
async def test_who_gives_up_leaves_the_place_to_the_next(is_called_already: bool) -> None:
    places, held = Turns(1), asyncio.Event()

    async def hold() -> None:
        async with places.turn():
            await held.wait()

    async def go() -> str:
        async with places.turn():
            return "went"

    holder = asyncio.create_task(hold())
    await asyncio.sleep(0)
    gives_up, next_one = asyncio.create_task(go()), asyncio.create_task(go())
    await asyncio.sleep(0)
    if is_called_already:
        held.set()
        await asyncio.sleep(0)  # the holder leaves and calls the next, who has not come in yet
    gives_up.cancel()
    held.set()

    async with asyncio.timeout(5):
        assert await next_one == "went"
        with pytest.raises(asyncio.CancelledError):
            await gives_up
        await holder
        assert await go() == "went"


async def test_who_waits_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    places = Turns(1)

    async with places.turn():
        with pytest.raises(TimeoutError):
            async with places.turn():
                pass

    async with places.turn():
        pass
