"""The outbox on its way out: what goes next, at what speed, and how it ended.

One chat has one message on its way at a time, so its order holds; different chats go side by side. A reply needs one
commit, right after Telegram's answer: a kill between the two makes somebody hear it twice, so nothing stands between
them but a line in a file, which the next process reads. A broadcast needs two: it is marked first, so that after a kill
it is known not to be sent again.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import structlog
from sqlalchemy import func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import Bot

from bot.telegram.delivery import Flooded, NotArrived, Outcome, Refused, Sent, Uncertain, deliver
from bot.telegram.jobs import IsSilent, Job, RenderBroadcast, prepare, rings
from bot.telegram.pace import PER_CHAT, Pace
from bot.telegram.picking import pick
from bot.telegram.recording import Recorder, Result
from bot.telegram.results import wait_before, write
from bot.telegram.sent_log import SentLog, id_of, name_of, place
from bot.telegram.trouble import describe
from storage import leases
from storage.columns import now
from storage.database import Database
from storage.outbox import OutboxMessage, OutboxStatus, Priority

LEASE_NAME, LEASE, RENEWAL = "sender", timedelta(seconds=10), timedelta(seconds=3)
SLOTS = 30
"""Chats with a message on its way, at most."""
BULK_SLOTS = 20
"""Of which broadcasts: however slow the line, replies find a slot."""
LONGEST_WAIT = 1.0
"""Seconds until the outbox is looked at again when nobody wakes us: another process may have written in it."""

log = structlog.get_logger()


class Sender:
    """Sends until it is drained. Only one process sends at a time: on PostgreSQL the holder of a lease.

    `folder`: where what was sent is noted while the database is on a server, so that a process that is started there
    after a kill doesn't say it again; None: nowhere. Beside a SQLite file it is noted in any case.
    """

    def __init__(
        self,
        database: Database,
        bot: Bot,
        render_broadcast: RenderBroadcast,
        *,
        is_silent: IsSilent = rings,
        broadcast_rate: float = 30,
        per_chat: float = PER_CHAT,
        clock: Callable[[], datetime] = now,
        folder: Path | None = None,
    ) -> None:
        self._database = database
        self._bot = bot
        self._render_broadcast = render_broadcast
        self._is_silent = is_silent
        self._clock = clock
        self._pace = Pace(broadcast_rate, per_chat=per_chat)
        self._sent_log = SentLog(place(database, folder))
        self._recorder = Recorder(database, clock=clock, done=self._free)
        self._name = uuid4().hex
        self._lease_until: datetime | None = None
        self._is_recovered = False
        self._is_failing = False
        self._is_looking = False
        self._is_standing_by = False
        self._wake = asyncio.Event()
        self._freed = asyncio.Event()
        self._is_stopping = False
        self._drained = asyncio.Event()
        self._busy: dict[int, Job] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._complaints: set[str] = set()

    def wake(self) -> None:
        """Something was put in the outbox and committed."""
        self._wake.set()

    async def run(self) -> None:
        """Send until `drain`; cancelled, it drops what is on its way."""
        recording = asyncio.create_task(self._recorder.run())
        try:
            while not self._is_stopping:
                await self._rest(await self._try_round())
            await self._drained.wait()
        finally:
            left = (*self._tasks, recording)
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)
            self._sent_log.close()

    async def drain(self, seconds: float = 10) -> None:
        """Start nothing new, finish what is on its way within `seconds`, and end `run`."""
        self._is_stopping = True
        self._wake.set()
        try:
            async with asyncio.timeout(seconds):
                while self._busy or self._is_looking:
                    self._freed.clear()
                    await self._freed.wait()
                self._sent_log.close()  # who gets the lease next may want it
                if self._lease_until is not None:
                    async with self._database.transaction() as session:
                        await leases.let_go(session, LEASE_NAME, self._name)
        except TimeoutError:
            log.warning("stopped before all messages were through", left=len(self._busy))
        except Exception as exc:
            log.warning("the right to send was not given back; it lapses", reason=describe(exc))
        finally:
            self._drained.set()

    async def until_idle(self) -> None:
        """Return when nothing waits (for more than a minute from now apart) and nothing is on its way."""
        pause = 0.0
        while self._busy or await self._count_waiting():
            await asyncio.sleep(pause)  # what is told to wait isn't there sooner for asking again at once
            pause = min(0.05, pause + 0.005)
            self._freed.clear()
            if not self._busy:
                self._wake.set()
            try:
                async with asyncio.timeout(0.05):
                    await self._freed.wait()
            except TimeoutError:
                continue

    async def _count_waiting(self) -> int:
        soon = self._clock() + timedelta(minutes=1)
        query = select(func.count()).where(
            col(OutboxMessage.status).in_([OutboxStatus.WAITING, OutboxStatus.SENDING]),
            func.coalesce(col(OutboxMessage.not_before), col(OutboxMessage.created_at)) < soon,
        )
        async with self._database.transaction() as session:
            return (await session.exec(query)).one()

    async def _rest(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            pass
        self._wake.clear()

    async def _try_round(self) -> float:
        self._is_looking = True
        try:
            wait = await self._round()
        except Exception as exc:
            if not self._is_failing:
                log.error("the outbox can't be read; trying again until it can", reason=describe(exc))
            self._is_failing = True
            self._lease_until = None  # what was rolled back isn't held
            await asyncio.sleep(LONGEST_WAIT)
            return 0
        finally:
            self._is_looking = False
            self._freed.set()
        self._is_failing = False
        return wait

    async def _round(self) -> float:
        """Start what may go; the seconds until it is worth looking again."""
        at = self._clock()
        async with self._database.transaction() as session:
            if not await self._may_send(session, at):
                return LONGEST_WAIT
            picked = await pick(
                session,
                self._pace,
                busy=self._busy.keys(),
                slots=SLOTS - len(self._busy),
                bulk_slots=BULK_SLOTS - sum(job.is_bulk for job in self._busy.values()),
                at=at,
            )
            ids = [*picked.personal, *picked.bulk]
            jobs = await prepare(session, ids, self._render_broadcast, self._is_silent, at=at)
        if not self._is_recovered:
            self._is_recovered = True
            self._sent_log.settle()
        for job in jobs:
            self._start(job)
            await asyncio.sleep(0)  # one by one: to put them all on the wire first would keep the first answers waiting
        return max(0.0, min(picked.look_again, LONGEST_WAIT))

    async def _may_send(self, session: AsyncSession, at: datetime) -> bool:
        # SQLite has one process; a lease would only make it wait for itself after a kill.
        is_due = self._lease_until is None or self._lease_until - at < LEASE - RENEWAL
        if not self._is_recovered and not self._sent_log.open(self._name):
            if not self._is_standing_by:
                log.warning("another process that was started here sends; this one waits until that has ended")
            self._is_standing_by = True
            return False
        self._is_standing_by = False
        if not self._database.is_sqlite and is_due:
            ended = self._sent_log.earlier_writers
            if not await leases.hold(session, LEASE_NAME, self._name, at, LEASE, heir_of=ended):
                self._lease_until, self._is_recovered = None, False
                if not self._busy:
                    self._sent_log.close()  # it is for who sends
                return False
            self._lease_until = at + LEASE
        if not self._is_recovered:
            await self._recover(session, at)
        return True

    async def _recover(self, session: AsyncSession, at: datetime) -> None:
        unsettled = select(OutboxMessage).where(
            col(OutboxMessage.id).in_([id_of(name) for name in self._sent_log.earlier]),
            col(OutboxMessage.status).in_([OutboxStatus.WAITING, OutboxStatus.SENDING]),
        )
        for row in await session.exec(unsettled):
            name = name_of(row.id or 0, row.created_at)
            if name in self._sent_log.earlier:
                await write(session, row, Sent(message_id=self._sent_log.earlier[name]), began=at, at=at)
        await session.flush()
        result = await session.exec(
            update(OutboxMessage)
            .where(col(OutboxMessage.status) == OutboxStatus.SENDING)
            .values(status=OutboxStatus.UNKNOWN, error="stopped while it was being sent")
            .execution_options(synchronize_session=False)
        )
        if result.rowcount:
            log.warning("messages of a broadcast may have arrived and are not sent again", count=result.rowcount)

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
        if isinstance(outcome, Sent):
            self._sent_log.note(job.row_name, outcome.message_id)
        self._recorder.put(Result(job=job, began=began, outcome=outcome))
        self._note(job, outcome)

    def _note(self, job: Job, outcome: Outcome) -> None:
        match outcome:
            case Sent():
                self._pace.line_works()
            case Flooded():
                self._pace.flooded(job.chat_id, outcome.retry_after.total_seconds())
            case NotArrived() | Uncertain():
                log.warning("a message didn't get through", row=job.row_id, reason=outcome.reason)
                if job.is_bulk:
                    self._pace.line_failed(wait_before(job.attempts + 1, is_reply=False))
            case Refused(expected=False) if outcome.reason not in self._complaints:
                self._complaints.add(outcome.reason)
                log.error("a message is refused; its text or our code is wrong", row=job.row_id, reason=outcome.reason)

    def _free(self, job: Job) -> None:
        del self._busy[job.chat_id]
        self._sent_log.forget(job.row_name)
        self._freed.set()
        self._wake.set()
