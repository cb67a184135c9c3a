"""From `stuur demo` to the first message on its page. Run: python -m benchmarks.start"""

from __future__ import annotations

import argparse
import asyncio
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from tests.process.running import Process

TARGET = 3.0
"""Seconds."""


async def measure(folder: Path) -> tuple[float, float]:
    """Seconds until the address is printed, and until a message of the bot is on the page."""
    began = time.monotonic()
    async with Process(folder, "demo", "--no-browser", "--port", "0", "--keep", str(folder / "demo")) as process:
        line = await process.wrote("http://")
        printed = time.monotonic() - began
        url = line[line.index("http://") :].split()[0].rstrip(".,")
        async with aiohttp.ClientSession() as http:
            while True:
                async with http.get(f"{url}/client/state") as answer:
                    state = await answer.json()
                if any(message["from"]["is_bot"] for one in state["accounts"] for message in one["messages"]):
                    return printed, time.monotonic() - began
                await asyncio.sleep(0.02)


def main() -> None:
    """A line for each run: the first fills the folder, the others find it filled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    times = parser.parse_args().times
    print(f"{'start':<10}{'address':>10}{'message':>10}   (seconds; target {TARGET:.0f})")  # noqa: T201
    for folder_is_kept in (False, True):
        with TemporaryDirectory() as kept:
            for number in range(times):
                with TemporaryDirectory() as fresh:
                    folder = Path(kept if folder_is_kept else fresh)
                    (folder / "stdout.txt").unlink(missing_ok=True)
                    printed, said = asyncio.run(measure(folder))
                kind = "again" if folder_is_kept and number else "first"
                print(f"{kind:<10}{printed:>10.2f}{said:>10.2f}")  # noqa: T201


if __name__ == "__main__":
    main()
