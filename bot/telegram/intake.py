"""One update, one transaction: carried out whole and once, or kept aside with an apology.

Telegram keeps an update until we acknowledge it, so that may only happen after `handle` has returned.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Protocol

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import Bot

from bot.telegram.errors import OutageError
from bot.telegram.trouble import describe
from bot.telegram.updates import chat_of, read, to_put_aside
from flows.talk.incoming import Incoming
from storage.columns import now
from storage.database import Database, is_outage
from storage.errors import DatabaseError
from storage.inserting import insert_into
from storage.updates import FailedUpdate, SeenUpdate

TRIES = 3
PAUSES = (0.1, 0.5)
"""Seconds between the tries: a deadlock or a race is over by then, a bug isn't."""
SIDE_BY_SIDE = 4
"""Chats carried out at the same time. It is our own thinking that takes the time, so more of them wouldn't be quicker;
they would only stand before the sender, who has to hear and write down that something was sent."""

log = structlog.get_logger()


class Toast(Protocol):
    """The short answer to a button, over the chat; `alert`: a box to close instead."""

    @property
    def text(self) -> str: ...
    @property
    def alert(self) -> bool: ...


class Reception(Protocol):
    """What the house does with somebody who comes in, inside the caller's transaction."""

    async def receive(self, session: AsyncSession, incoming: Incoming, now: datetime) -> Toast | None: ...
    async def apologise(self, session: AsyncSession, incoming: Incoming, now: datetime) -> None: ...


class Intake:
    """Takes updates in. `wake` is called after a commit that may have put something in the outbox."""

    def __init__(
        self,
        database: Database,
        bot: Bot,
        reception: Reception,
        *,
        wake: Callable[[], None],
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._database = database
        self._bot = bot
        self._reception = reception
        self._wake = wake
        self._clock = clock
        self._slots = asyncio.Semaphore(SIDE_BY_SIDE)
        self._queues: dict[int, tuple[asyncio.Lock, int]] = {}
        self._running = 0
        self._answers: set[asyncio.Task[None]] = set()
        self._quiet = asyncio.Event()

    async def handle(self, update: dict[str, Any]) -> None:
        """Carry the update out; returns when it may be acknowledged.

        Updates of one chat run in the order of the calls. Raises OutageError while the database is away.
        """
        update_id = update.get("update_id")
        if not isinstance(update_id, int):
            log.error("an update without a number is ignored")
            return
        self._running += 1
        try:
            async with self._in_turn(chat_of(update)):
                toast = await self._carry_out(update_id, update)
        finally:
            self._running -= 1
            self._quiet.set()
        query = update.get("callback_query")
        if isinstance(query, dict) and isinstance(query.get("id"), str):
            task = asyncio.create_task(self._answer(query["id"], toast))
            self._answers.add(task)
            task.add_done_callback(self._answered)

    async def drain(self, seconds: float = 10) -> None:
        """Wait at most `seconds` for the updates being carried out and the answers to buttons on their way."""
        try:
            async with asyncio.timeout(seconds):
                while self._running or self._answers:
                    self._quiet.clear()
                    await self._quiet.wait()
        except TimeoutError:
            log.warning("stopped before all updates were carried out", left=self._running)

    def _answered(self, task: asyncio.Task[None]) -> None:
        self._answers.discard(task)
        self._quiet.set()

    @asynccontextmanager
    async def _in_turn(self, chat_id: int | None) -> AsyncIterator[None]:
        if chat_id is None:
            yield
            return
        lock, users = self._queues.get(chat_id, (asyncio.Lock(), 0))
        self._queues[chat_id] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._queues.pop(chat_id)
            if users > 1:
                self._queues[chat_id] = (lock, users - 1)

    async def _carry_out(self, update_id: int, update: dict[str, Any]) -> Toast | None:
        incoming: Incoming | None = None
        failure = ""
        for attempt in range(TRIES):
            try:
                incoming = read(update, self._bot.username)
                return await self._receive(update_id, incoming) if incoming is not None else None
            except Exception as exc:
                await self._rule_out_outage(exc)
                failure = describe(exc)
                log.warning("an update failed", update=update_id, attempt=attempt + 1, reason=failure)
            if attempt < len(PAUSES):
                await asyncio.sleep(PAUSES[attempt])
        await self._put_aside(update_id, update, incoming, failure)
        return None

    async def _receive(self, update_id: int, incoming: Incoming) -> Toast | None:
        async with self._slots, self._database.transaction() as session:
            if not await self._is_first(session, update_id):
                return None
            toast = await self._reception.receive(session, incoming, self._clock())
        self._wake()
        return toast

    async def _put_aside(self, update_id: int, update: dict[str, Any], incoming: Incoming | None, failure: str) -> None:
        log.error("an update is put aside in failed_updates", update=update_id, reason=failure)
        for apologise in (True, False):
            try:
                async with self._slots, self._database.transaction() as session:
                    if not await self._is_first(session, update_id):
                        return
                    session.add(
                        FailedUpdate(
                            update_id=update_id,
                            payload=to_put_aside(update),
                            error=failure,
                            attempts=TRIES,
                            failed_at=self._clock(),
                        )
                    )
                    if apologise and incoming is not None:
                        await self._reception.apologise(session, incoming, self._clock())
            except Exception as exc:
                await self._rule_out_outage(exc)
                log.error("the apology failed as well", update=update_id, reason=describe(exc))
            else:
                self._wake()
                return
        raise OutageError("an update could neither be carried out nor put aside")

    async def _is_first(self, session: AsyncSession, update_id: int) -> bool:
        values = {"update_id": update_id, "seen_at": self._clock()}
        statement = insert_into(session, SeenUpdate).values(values).on_conflict_do_nothing()
        result = await session.exec(statement)
        return bool(result.rowcount)

    async def _rule_out_outage(self, exc: Exception) -> None:
        if not is_outage(exc):
            return
        # The drivers say "operational" of some wrong statements as well: only a database that is away excuses.
        try:
            await self._database.check()
        except DatabaseError as away:
            log.error("the database is away; the update waits", reason=describe(exc))
            raise OutageError(str(away)) from None

    async def _answer(self, query_id: str, toast: Toast | None) -> None:
        try:
            if toast is None:
                await self._bot.answer_callback_query(query_id)
            else:
                await self._bot.answer_callback_query(query_id, text=toast.text, show_alert=toast.alert)
        except Exception as exc:
            # Too late for the spinner of a button, mostly; nothing depends on it.
            log.debug("a button press was not answered", reason=describe(exc))
