"""The outbox on its way out: what goes next, at what speed, and how it ended.

One chat has one message on its way at a time, so its order holds; different chats go side by side. A reply needs one
commit, right after Telegram's answer: a kill between the two makes somebody hear it twice, so nothing stands between
them. A broadcast needs two: it is marked first, so that after a kill it is known not to be sent again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import structlog
from sqlalchemy import CursorResult, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import Bot

from bot.telegram.delivery import Flooded, NotArrived, Outcome, Parcel, Refused, Sent, Uncertain, deliver
from bot.telegram.pace import Pace
from bot.telegram.picking import pick
from bot.telegram.results import wait_before, write
from bot.telegram.trouble import describe
from flows.talk.message import Message
from storage import leases
from storage.cards import Card
from storage.columns import now
from storage.database import Database
from storage.outbox import OutboxKind, OutboxMessage, OutboxStatus, Priority

LEASE = timedelta(seconds=10)
RENEWAL = timedelta(seconds=3)
SLOTS = 30
"""Chats with a message on its way, at most."""
BULK_SLOTS = 20
"""Of which broadcasts: however slow the line, replies find a slot."""
LONGEST_ROUND_WAIT = 1.0

log = structlog.get_logger()

RenderBroadcast = Callable[[AsyncSession, OutboxMessage], Awaitable[Message]]


@dataclass(frozen=True, kw_only=True)
class Job:
    """A row on its way."""

    row_id: int
    chat_id: int
    priority: int
    attempts: int
    parcel: Parcel


class Sender:
    """Sends until it is drained. Only one process sends at a time: on PostgreSQL the holder of a lease."""

    def __init__(
        self,
        database: Database,
        bot: Bot,
        render_broadcast: RenderBroadcast,
        *,
        broadcast_rate: float = 30,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._database = database
        self._bot = bot
        self._render_broadcast = render_broadcast
        self._rate = broadcast_rate
        self._clock = clock
        self._name = uuid4().hex
        self._lease_until: datetime | None = None
        self._recovered = False
        self._wake = asyncio.Event()
        self._freed = asyncio.Event()
        self._stopping = False
        self._drained = asyncio.Event()
        self._busy: dict[int, Job] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._results: asyncio.Queue[tuple[Job, datetime, Outcome]] = asyncio.Queue()
        self._complaints: set[str] = set()

    def wake(self) -> None:
        """Something was put in the outbox and committed."""
        self._wake.set()

    async def run(self) -> None:
        """Send until `drain`; cancelled, it drops what is on its way."""
        self._pace = Pace(self._rate, clock=asyncio.get_running_loop().time)
        writer = asyncio.create_task(self._write_results())
        try:
            while not self._stopping:
                await self._pause(await self._try_round())
            await self._drained.wait()
        finally:
            for task in (*self._tasks, writer):
                task.cancel()
            await asyncio.gather(*self._tasks, writer, return_exceptions=True)

    async def drain(self, seconds: float = 10) -> None:
        """Start nothing new, finish what is on its way within `seconds`, and end `run`."""
        self._stopping = True
        self._wake.set()
        try:
            async with asyncio.timeout(seconds):
                while self._busy:
                    self._freed.clear()
                    await self._freed.wait()
                if self._lease_until is not None:
                    async with self._database.transaction() as session:
                        await leases.let_go(session, "sender", self._name)
        except TimeoutError:
            log.warning("stopped before all messages were through", left=len(self._busy))
        except Exception as exc:
            log.warning("the sender's lease was not given back", reason=describe(exc))
        finally:
            self._drained.set()

    async def until_idle(self) -> None:
        """Return when nothing waits (for a later day apart) and nothing is on its way."""
        while self._busy or await self._count_waiting():
            self._freed.clear()
            self._wake.set()
            try:
                async with asyncio.timeout(0.05):
                    await self._freed.wait()
            except TimeoutError:
                continue

    async def _count_waiting(self) -> int:
        soon = self._clock() + timedelta(minutes=1)
        async with self._database.transaction() as session:
            query = select(func.count()).where(
                col(OutboxMessage.status).in_([OutboxStatus.WAITING, OutboxStatus.SENDING]),
                func.coalesce(col(OutboxMessage.not_before), col(OutboxMessage.created_at)) < soon,
            )
            return (await session.exec(query)).one()

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            pass
        self._wake.clear()

    async def _try_round(self) -> float:
        try:
            return await self._round()
        except Exception as exc:
            log.error("the outbox can't be read", reason=describe(exc))
            await asyncio.sleep(LONGEST_ROUND_WAIT)
            return 0

    async def _round(self) -> float:
        at = self._clock()
        async with self._database.transaction() as session:
            if not await self._may_send(session, at):
                return LONGEST_ROUND_WAIT
            bulk_busy = sum(job.priority >= Priority.BROADCAST for job in self._busy.values())
            picked = await pick(
                session,
                self._pace,
                busy=self._busy.keys(),
                slots=SLOTS - len(self._busy),
                bulk_slots=BULK_SLOTS - bulk_busy,
                at=at,
            )
            jobs = []
            for row in await self._load(session, [*picked.personal, *picked.bulk]):
                job = await self._job(session, row, at)
                if job is not None:
                    jobs.append(job)
        for job in jobs:
            self._start(job)
        return max(0.0, min(picked.look_again, LONGEST_ROUND_WAIT))

    async def _load(self, session: AsyncSession, ids: list[int]) -> list[OutboxMessage]:
        if not ids:
            return []
        rows = {row.id: row for row in await session.exec(select(OutboxMessage).where(col(OutboxMessage.id).in_(ids)))}
        return [rows[row_id] for row_id in ids if row_id in rows]

    async def _may_send(self, session: AsyncSession, at: datetime) -> bool:
        if not self._database.is_sqlite:
            held_until = self._lease_until
            if held_until is None or held_until - at < LEASE - RENEWAL:
                if not await leases.hold(session, "sender", self._name, at, LEASE):
                    self._lease_until, self._recovered = None, False
                    return False
                self._lease_until = at + LEASE
        if not self._recovered:
            await self._recover(session)
        return True

    async def _recover(self, session: AsyncSession) -> None:
        result: CursorResult[Any] = await session.execute(  # type: ignore[assignment]
            update(OutboxMessage)
            .where(col(OutboxMessage.status) == OutboxStatus.SENDING)
            .values(status=OutboxStatus.UNKNOWN, error="stopped while it was being sent")
            .execution_options(synchronize_session=False)
        )
        self._recovered = True
        if result.rowcount:
            log.warning("messages of a broadcast may have arrived and are not sent again", count=result.rowcount)

    async def _job(self, session: AsyncSession, row: OutboxMessage, at: datetime) -> Job | None:
        assert row.id is not None
        message_id = row.payload.get("message_id")
        if row.card_id is not None and row.kind is not OutboxKind.SEND:
            card = await session.get(Card, row.card_id)
            message_id = card.message_id if card is not None else None
            if message_id is None and await self._is_card_waiting(session, row.card_id):
                row.not_before = at + timedelta(seconds=1)
                return None
        payload = row.payload
        if row.broadcast_id is not None:
            try:
                payload = payload | (await self._render_broadcast(session, row)).to_json()
            except Exception as exc:
                row.status, row.error = OutboxStatus.FAILED, describe(exc)
                log.error("a broadcast can't be put into words", row=row.id, reason=row.error)
                return None
        if row.priority >= Priority.BROADCAST:
            row.status = OutboxStatus.SENDING
        parcel = Parcel(
            chat_id=row.chat_id,
            kind=row.kind,
            payload=payload,
            message_id=message_id,
            parts_sent=row.payload.get("parts_sent", 0),
        )
        return Job(row_id=row.id, chat_id=row.chat_id, priority=row.priority, attempts=row.attempts, parcel=parcel)

    async def _is_card_waiting(self, session: AsyncSession, card_id: int) -> bool:
        query = select(OutboxMessage.id).where(
            OutboxMessage.card_id == card_id,
            OutboxMessage.kind == OutboxKind.SEND,
            col(OutboxMessage.status).in_([OutboxStatus.WAITING, OutboxStatus.SENDING]),
        )
        return (await session.exec(query.limit(1))).first() is not None

    def _start(self, job: Job) -> None:
        self._busy[job.chat_id] = job
        self._pace.took(job.chat_id, paced=job.priority > Priority.REPLY)
        task = asyncio.create_task(self._carry(job))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, job: Job) -> None:
        began = self._clock()
        try:
            outcome = await deliver(self._bot, job.parcel)
        except Exception as exc:
            outcome = Refused(reason=describe(exc))
        self._note(job, outcome)
        self._results.put_nowait((job, began, outcome))

    def _note(self, job: Job, outcome: Outcome) -> None:
        is_bulk = job.priority >= Priority.BROADCAST
        match outcome:
            case Sent():
                self._pace.line_works()
            case Flooded():
                self._pace.flooded(job.chat_id, outcome.retry_after.total_seconds())
            case NotArrived() | Uncertain():
                log.warning("a message didn't get through", row=job.row_id, reason=outcome.reason)
                if is_bulk:
                    self._pace.line_failed(wait_before(job.attempts + 1, is_reply=False))
            case Refused(expected=False) if outcome.reason not in self._complaints:
                self._complaints.add(outcome.reason)
                log.error(
                    "Telegram refuses a message; our text or code is wrong", row=job.row_id, reason=outcome.reason
                )

    async def _write_results(self) -> None:
        while True:
            batch = [await self._results.get()]
            while not self._results.empty():
                batch.append(self._results.get_nowait())
            try:
                await self._write(batch)
            except Exception as exc:
                log.error("results can't be written; trying again one by one", reason=describe(exc))
                for result in batch:
                    task = asyncio.create_task(self._keep_writing(result))
                    self._tasks.add(task)
                    task.add_done_callback(self._tasks.discard)

    async def _keep_writing(self, result: tuple[Job, datetime, Outcome]) -> None:
        # Until it is written its chat stays busy: better silent than saying the same thing again and again.
        for failures in range(1, 1_000_000):
            await asyncio.sleep(wait_before(failures, is_reply=True))
            try:
                await self._write([result])
                return
            except Exception as exc:
                log.error("a result can't be written", row=result[0].row_id, reason=describe(exc))

    async def _write(self, batch: list[tuple[Job, datetime, Outcome]]) -> None:
        at = self._clock()
        async with self._database.transaction() as session:
            for job, began, outcome in batch:
                row = await session.get(OutboxMessage, job.row_id)
                if row is not None:
                    await write(session, row, outcome, began=began, at=at)
        for job, _, _ in batch:
            del self._busy[job.chat_id]
        self._freed.set()
        self._wake.set()
