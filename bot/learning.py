"""The house learns what questions are about: at the start, and every day anew from what was corrected."""

from __future__ import annotations

import asyncio

import structlog

from flows.context import House
from flows.questions.asking.understanding.service import corrections
from storage.database import Database, is_outage

log = structlog.get_logger()

INTERVAL = 86_400.0
"""Seconds between two times."""


class Learning:
    """What has been learned lives in `house.understanding`; every replica learns for itself."""

    def __init__(self, database: Database, house: House) -> None:
        self._database = database
        self._house = house

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set."""
        while not stop.is_set():
            await self.tick()
            try:
                async with asyncio.timeout(INTERVAL):
                    await stop.wait()
            except TimeoutError:
                continue

    async def tick(self) -> None:
        """Learn once. Without the database: from the municipality's examples alone."""
        try:
            async with self._database.transaction() as session:
                corrected = await corrections(session)
        except Exception as exc:
            if not is_outage(exc):
                raise
            log.warning("the database doesn't answer; nothing is learned from corrections", error=type(exc).__name__)
            corrected = []
        await self._house.understanding.learn(self._house.municipality, corrected)
