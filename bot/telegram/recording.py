"""Results on their way to the database: at once, several in one commit when they come together."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlmodel import col, select

from bot.telegram.delivery import Outcome
from bot.telegram.jobs import Job
from bot.telegram.results import wait_before, write
from bot.telegram.trouble import describe
from storage.database import Database
from storage.outbox import OutboxMessage

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of a job whose call was made at `began`."""

    job: Job
    began: datetime
    outcome: Outcome


class Recorder:
    """Writes results; `done` is called with each job whose result is committed."""

    def __init__(self, database: Database, *, clock: Callable[[], datetime], done: Callable[[Job], None]) -> None:
        self._database = database
        self._clock = clock
        self._done = done
        self._queue: asyncio.Queue[Result] = asyncio.Queue()

    def put(self, result: Result) -> None:
        """Have it written."""
        self._queue.put_nowait(result)

    async def run(self) -> None:
        """Write until cancelled. What can't be written is tried again, by itself, without holding up the others."""
        async with asyncio.TaskGroup() as again:
            while True:
                batch = [await self._queue.get()]
                while not self._queue.empty():
                    batch.append(self._queue.get_nowait())
                try:
                    await self._write(batch)
                except Exception as exc:
                    log.error("results can't be written; trying again one by one", reason=describe(exc))
                    for result in batch:
                        again.create_task(self._write_at_last(result))

    async def _write_at_last(self, result: Result) -> None:
        # Until it is written its chat stays busy: better silent than saying the same thing again and again.
        failures = 0
        while True:
            failures += 1
            await asyncio.sleep(wait_before(failures, is_reply=True))
            try:
                await self._write([result])
                return
            except Exception as exc:
                log.error("a result can't be written", row=result.job.row_id, reason=describe(exc))

    async def _write(self, batch: list[Result]) -> None:
        at = self._clock()
        # Urgent: until the commit a kill makes somebody hear it twice.
        async with self._database.transaction(urgent=True) as session:
            # In one look: every statement more is time in which a kill makes somebody hear it twice.
            ids = [result.job.row_id for result in batch]
            rows = await session.exec(select(OutboxMessage).where(col(OutboxMessage.id).in_(ids)))
            by_id = {row.id: row for row in rows}
            for result in batch:
                row = by_id.get(result.job.row_id)
                if row is not None:
                    await write(session, row, result.outcome, began=result.began, at=at)
        for result in batch:
            self._done(result.job)
