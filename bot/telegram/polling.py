"""Fetching updates: the offset moves, and so acknowledges, only after everything before it is committed."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from random import uniform
from typing import Any
from urllib.parse import urlencode

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.telegram.errors import OutageError, TokenError
from bot.telegram.intake import Intake
from bot.telegram.request import FloodError, Transport
from bot.telegram.trouble import describe
from bot.telegram.updates import KINDS, chat_of

BATCH = 100
LONGEST_PAUSE = 30.0
CONFLICT_PAUSE = 15.0

log = structlog.get_logger()


class Polling:
    """Long polling with getUpdates. `hold` is how long Telegram keeps an empty answer back, in seconds."""

    def __init__(self, intake: Intake, bot: Bot, transport: Transport, *, hold: int = 30) -> None:
        self._intake = intake
        self._bot = bot
        self._transport = transport
        self._hold = hold
        self._offset: int | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Take updates in until `stop` is set; what was fetched is carried out first.

        Raises TokenError when Telegram doesn't know the token.
        """
        await self._until_done(self._bot.delete_webhook, stop)
        failures = 0
        while not stop.is_set():
            fetch = asyncio.create_task(self._fetch())
            if not await _first(fetch, stop):
                return
            try:
                updates = fetch.result()
            except TelegramError as exc:
                failures += 1
                await _sleep(_pause(exc, failures), stop)
                continue
            failures = 0
            await self._carry_out(updates, stop)

    async def _until_done(self, action: Callable[[], Awaitable[object]], stop: asyncio.Event) -> None:
        failures = 0
        while not stop.is_set():
            try:
                await action()
                return
            except TelegramError as exc:
                failures += 1
                await _sleep(_pause(exc, failures), stop)

    async def _fetch(self) -> list[dict[str, Any]]:
        # Raw, so not with Bot.get_updates: one update that PTB can't read would hide all others of the batch.
        asked: dict[str, Any] = {"timeout": self._hold, "limit": BATCH, "allowed_updates": json.dumps(KINDS)}
        if self._offset is not None:
            asked["offset"] = self._offset
        url = f"{self._bot.base_url}/getUpdates?{urlencode(asked)}"
        result = await self._transport.post(url, read_timeout=self._hold + 10)
        found = result if isinstance(result, list) else []
        return [update for update in found if isinstance(update, dict) and "update_id" in update]

    async def _carry_out(self, updates: list[dict[str, Any]], stop: asyncio.Event) -> None:
        chats: dict[int | None, list[dict[str, Any]]] = {}
        for update in sorted(updates, key=_number):
            chats.setdefault(chat_of(update), []).append(update)
        outcomes = await asyncio.gather(*(self._carry_out_chat(chat, stop) for chat in chats.values()))
        if all(outcomes) and updates:
            # Not the highest ever: after a quiet week Telegram starts counting from another number.
            self._offset = max(map(_number, updates)) + 1

    async def _carry_out_chat(self, updates: list[dict[str, Any]], stop: asyncio.Event) -> bool:
        for update in updates:
            failures = 0
            while True:
                try:
                    await self._intake.handle(update)
                    break
                except OutageError:
                    failures += 1
                    await _sleep(_backoff(failures), stop)
                    if stop.is_set():
                        return False
        return True


def _number(update: dict[str, Any]) -> int:
    return int(update["update_id"])


async def _first(fetch: asyncio.Task[Any], stop: asyncio.Event) -> bool:
    """Whether the fetch ended before the stop; otherwise it is cancelled."""
    stopped = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({fetch, stopped}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopped.cancel()
        if not fetch.done():
            fetch.cancel()
            await asyncio.wait({fetch})
    return not fetch.cancelled()


async def _sleep(seconds: float, stop: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        pass


def _pause(exc: TelegramError, failures: int) -> float:
    match exc:
        case InvalidToken():
            raise TokenError(
                "Telegram doesn't know the token in STUUR_TOKEN; copy it again from @BotFather (/mybots, API Token)"
            ) from None
        case Conflict():
            log.error("another process fetches updates with this token; stop it, or use a webhook for several")
            return CONFLICT_PAUSE
        case FloodError():
            return exc.retry_after.total_seconds()
    pause = _backoff(failures)
    log.warning("Telegram can't be reached; trying again", reason=describe(exc), seconds=round(pause, 1))
    return pause


def _backoff(failures: int) -> float:
    return min(LONGEST_PAUSE, 0.5 * 2.0 ** min(failures - 1, 10)) * uniform(0.75, 1.0)
