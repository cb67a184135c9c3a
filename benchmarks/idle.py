"""What `stuur run` takes while nobody writes, at its first start and after that. Run: python -m benchmarks.idle"""

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


async def measure(seconds: float, folder: Path, sandbox: Sandbox, account: int) -> tuple[float, float]:
    """Megabytes resident and per cent of a core, after somebody was served."""
    database = f"sqlite+aiosqlite:///{folder / 'stuur.db'}"
    async with Process(folder, "run", token=TOKEN, api_url=sandbox.url, database=database, port="0") as process:
        fatma = sandbox.add_account(account, "Fatma")
        sandbox.client.send_text(fatma.id, "/start")
        await sandbox.until(lambda: len(sandbox.world.messages[fatma.id]) == 3)
        await asyncio.sleep(3)
        idle = psutil.Process(process.pid)
        before, began = idle.cpu_times(), time.monotonic()
        await asyncio.sleep(seconds)
        after, passed = idle.cpu_times(), time.monotonic() - began
        spent = after.user - before.user + after.system - before.system
        return idle.memory_info().rss / MEGABYTE, 100 * spent / passed


async def measure_both(seconds: float, folder: Path) -> None:
    """Print the figures of a first start, which also migrates, and of the next, with what they should be below."""
    sandbox = Sandbox(token=TOKEN)
    await sandbox.start()
    try:
        for account, start in enumerate(("first start", "next start"), start=7):
            memory, processor = await measure(seconds, folder, sandbox, account)
            print(f"{start:<14}{memory:>8.1f} MB  {memory * MEGABYTE / 2**20:>8.1f} MiB{processor:>8.2f} %")  # noqa: T201
    finally:
        await sandbox.stop()
    print(f"{'target':<14}{TARGETS[0]:>8.0f} MB  {'':>12}{TARGETS[1]:>8.0f} %")  # noqa: T201


def main() -> None:
    """Measure in an empty folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30)
    seconds = parser.parse_args().seconds
    with TemporaryDirectory() as folder:
        asyncio.run(measure_both(seconds, Path(folder)))


if __name__ == "__main__":
    main()
