"""Looks every second whether something is due. What is due stands in the database; nothing is kept here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from flows.context import House
from flows.timers import run_due
from storage.columns import now
from storage.database import Database, is_outage

log = structlog.get_logger()

INTERVAL = 1.0
"""Seconds between two looks."""


class Clockwork:
    """Runs what is due; `wake` is called when something may have been put in the outbox."""

    def __init__(
        self,
        database: Database,
        house: House,
        *,
        wake: Callable[[], None],
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._database = database
        self._house = house
        self._wake = wake
        self._clock = clock

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set. A database that is away is waited for."""
        while not stop.is_set():
            try:
                await self.tick()
            except Exception as exc:
                if not is_outage(exc):
                    raise
                log.warning("the database doesn't answer; trying again", error=type(exc).__name__)
            try:
                async with asyncio.timeout(INTERVAL):
                    await stop.wait()
            except TimeoutError:
                continue

    async def tick(self) -> None:
        """Do what is due now."""
        if await run_due(self._database, self._house, self._clock()):
            self._wake()
