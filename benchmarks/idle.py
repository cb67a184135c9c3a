"""What `stuur run` takes while nobody writes. Run: python -m benchmarks.idle"""

from __future__ import annotations

import argparse
import asyncio
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from bot.sandbox import Sandbox
from tests.process.running import TOKEN, Process

MEGABYTE = 1_000_000
TARGETS = (110.0, 1.0)
"""Megabytes resident, per cent of one core."""


async def measure(seconds: float, folder: Path) -> tuple[float, float]:
    """Megabytes resident and per cent of a core, after somebody was served."""
    sandbox = Sandbox(token=TOKEN)
    await sandbox.start()
    database = f"sqlite+aiosqlite:///{folder / 'stuur.db'}"
    try:
        async with Process(folder, "run", token=TOKEN, api_url=sandbox.url, database=database, port="0") as process:
            fatma = sandbox.add_account(7, "Fatma")
            sandbox.client.send_text(fatma.id, "/start")
            await sandbox.until(lambda: len(sandbox.world.messages[fatma.id]) == 3)
            await asyncio.sleep(3)
            idle = psutil.Process(process.pid)
            before, began = idle.cpu_times(), time.monotonic()
            await asyncio.sleep(seconds)
            after, passed = idle.cpu_times(), time.monotonic() - began
            spent = after.user - before.user + after.system - before.system
            return idle.memory_info().rss / MEGABYTE, 100 * spent / passed
    finally:
        await sandbox.stop()


def main() -> None:
    """The two figures, with what they should be below."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30)
    seconds = parser.parse_args().seconds
    with TemporaryDirectory() as folder:
        memory, processor = asyncio.run(measure(seconds, Path(folder)))
    print(f"{'resident memory':<20}{memory:>8.1f} MB   (target {TARGETS[0]:.0f})")  # noqa: T201
    print(f"{'processor':<20}{processor:>8.2f} %    (target {TARGETS[1]:.0f})")  # noqa: T201


if __name__ == "__main__":
    main()
