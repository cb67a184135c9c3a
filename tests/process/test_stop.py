"""A stop is asked for in the middle of work: it ends soon and well, and nothing is lost."""

from __future__ import annotations

import asyncio
import signal
import time
from functools import partial
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from tests.needs import size
from tests.process import killing
from tests.process.calls import misfits
from tests.process.resident import Resident
from tests.process.running import Process, command, until

RESIDENTS, STOPS = size((4, 1), (25, 3))


@pytest.mark.parametrize("number", size([signal.SIGTERM], [signal.SIGTERM, signal.SIGINT]))
async def test_a_stop_in_the_middle_of_work_loses_nothing(
    sandbox: Sandbox, settings: dict[str, str], tmp_path: Path, number: signal.Signals
) -> None:
    people = [Resident(sandbox, killing.FIRST_ID + n, seed=1, pace=0.6) for n in range(RESIDENTS)]
    for person in people:
        sandbox.add_account(person.id, "Noor")
    stops = []

    async with Process(tmp_path, "run", **settings) as process:
        async with asyncio.TaskGroup() as group:
            for person in people:
                group.create_task(person.live())
            for life in range(1, STOPS + 1):
                await until(partial(_has_opened, process, life))
                await asyncio.sleep(2.5)
                asked = time.monotonic()
                code = await process.stop(number)
                stops.append((code, time.monotonic() - asked < 10))
                await process.start()
        await process.stop()

    assert stops == [(0, True)] * STOPS
    assert await killing.differences(settings["database"], people) == []
    assert killing.repeats(sandbox) == {}  # unlike a kill: what was said is known
    assert misfits(sandbox) == []
    assert "Traceback" not in process.err


async def test_a_second_ctrl_c_ends_it_at_once(sandbox: Sandbox, settings: dict[str, str], tmp_path: Path) -> None:
    async with Process(tmp_path, "run", **settings) as process:
        await process.wrote("open")
        sandbox.faults.delay(8, "sendMessage", times=1)
        sandbox.client.send_text(sandbox.add_account(7, "Fatma").id, "/start")
        await until(partial(_is_taken, sandbox))

        process.interrupt()
        await process.wrote("stopping")
        asked = time.monotonic()
        code = await process.stop(signal.SIGINT)

    assert time.monotonic() - asked < 3
    assert code == 128 + signal.SIGINT
    assert "Traceback" not in process.err


async def _has_opened(process: Process, times: int) -> bool:
    return process.err.count('"event": "open"') >= times


async def _is_taken(sandbox: Sandbox) -> bool:
    return not sandbox.faults.orders


async def test_it_stops_while_telegram_is_away(sandbox: Sandbox, settings: dict[str, str], tmp_path: Path) -> None:
    async with Process(tmp_path, "run", **settings) as process:
        await process.wrote("open")
        sandbox.faults.drop("getUpdates", times=1000)
        sandbox.client.send_text(sandbox.add_account(7, "Fatma").id, "/start")  # ends the poll that waits
        await process.wrote("can't be reached")

        assert await process.stop() == 0


async def test_what_was_said_and_not_sent_is_sent_after_the_next_start(
    sandbox: Sandbox, settings: dict[str, str], tmp_path: Path
) -> None:
    await command(tmp_path, "migrate", **settings)
    async with Process(tmp_path, "run", **settings) as process:
        await process.wrote("open")
        sandbox.faults.error(502, "sendMessage", times=1000)
        fatma = sandbox.add_account(7, "Fatma")
        sandbox.client.send_text(fatma.id, "/start")
        await process.wrote("didn't get through")
        assert await process.stop() == 0
        sandbox.faults.clear()

        await process.start()
        async with asyncio.timeout(20):
            await sandbox.until(lambda: len(sandbox.world.messages[fatma.id]) == 3)
