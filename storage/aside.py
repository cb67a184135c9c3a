"""Migrating in another process, which takes what it had to load with it. Nothing heavy is loaded here."""

from __future__ import annotations

import asyncio
import os
import sys


async def migrate_in_a_process(address: str) -> tuple[int, str]:
    """Run `python -m storage.migrate` for this database; gives its exit code and the last line it said."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-P", "-m", "storage.migrate", address),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},  # the same code, however we found it
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    return process.returncode or 0, said.decode(errors="replace").strip().rpartition("\n")[2]
