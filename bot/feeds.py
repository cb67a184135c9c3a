"""Reading the lessons of other municipalities over HTTP. The network is never waited for inside a transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import aiohttp
import structlog
from sqlalchemy.exc import IntegrityError

from flows.errors import LessonsError
from flows.initiatives.lessons.file import LARGEST, LessonsFile, parse
from flows.initiatives.lessons.learning import ToRead, to_read, was_not_read, was_read
from storage.columns import now
from storage.database import Database, is_outage

log = structlog.get_logger()

INTERVAL = 60.0
"""Seconds between two looks whether a feed is to be read; the clock of the house says when (`LESSON_FEEDS`)."""
PATIENCE = aiohttp.ClientTimeout(total=20)
MOVED = (301, 302, 303, 307, 308)


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What a feed says."""

    file: LessonsFile | None
    """None: the same as what `etag` was given for."""
    etag: str | None


def check_address(url: str) -> str:
    """The address as it is kept. Raises LessonsError when it is none."""
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if not known or len(url) > 500:
        raise LessonsError(f"{url[:80]!r} is no address; write it whole, such as https://example.org/lessons.json")
    return url


async def fetch(url: str, etag: str | None, zone: ZoneInfo) -> Fetched:
    """Read a feed, at most `LARGEST` bytes of it. Raises LessonsError: one line with the address and why not."""
    headers = {"Accept": "application/json", "User-Agent": "Stuur"} | ({"If-None-Match": etag} if etag else {})
    try:
        async with (
            aiohttp.ClientSession(timeout=PATIENCE) as session,
            # Where it moved to may be anything; who runs this decides whether that is to be trusted.
            session.get(url, headers=headers, allow_redirects=False) as answer,
        ):
            if answer.status == 304 and etag:
                return Fetched(file=None, etag=etag)
            if answer.status in MOVED:
                where = answer.headers.get("Location", "somewhere else")[:200]
                raise LessonsError(f"{url} has moved to {where}; if you trust that, subscribe to it instead")
            if answer.status != 200:
                raise LessonsError(f"{url} answered {answer.status}; check the address, or try again later")
            content = b""
            async for chunk in answer.content.iter_chunked(65536):
                content += chunk
                if len(content) > LARGEST:
                    break
            new_etag = answer.headers.get("ETag", "")
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as exc:
        raise LessonsError(
            f"{url} can't be read ({type(exc).__name__}); check the address, or try again later"
        ) from exc
    try:
        file = parse(content, now().astimezone(zone).date())
    except LessonsError as exc:
        raise LessonsError(f"{url} {exc}") from exc
    return Fetched(file=file, etag=new_etag if 0 < len(new_etag) <= 200 else None)


class Feeds:
    """Reads what is to be read; one that can't be is noted with why, and tried again the next day."""

    def __init__(self, database: Database, zone: ZoneInfo, *, clock: Callable[[], datetime] = now) -> None:
        self._database = database
        self._zone = zone
        self._clock = clock

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set. A database that is away is waited for."""
        while not stop.is_set():
            try:
                await self.tick()
            except Exception as exc:
                if not is_outage(exc):
                    raise
                log.warning("the database doesn't answer; feeds are read later", error=type(exc).__name__)
            try:
                async with asyncio.timeout(INTERVAL):
                    await stop.wait()
            except TimeoutError:
                continue

    async def tick(self) -> None:
        """Read all that is to be read now."""
        async with self._database.transaction() as session:
            feeds = await to_read(session)
        for feed in feeds:
            await self._read(feed)

    async def _read(self, feed: ToRead) -> None:
        try:
            fetched = await fetch(feed.url, feed.etag, self._zone)
        except LessonsError as exc:
            log.warning("a feed with lessons can't be read; it is tried again tomorrow", feed=feed.id)
            async with self._database.transaction() as session:
                await was_not_read(session, feed, str(exc), self._clock())
            return
        try:
            async with self._database.transaction() as session:
                taken = await was_read(session, feed, fetched.file, fetched.etag, self._clock())
        except IntegrityError:  # another replica, or another feed with the same lesson, was a moment earlier
            async with self._database.transaction() as session:
                await was_not_read(session, feed, "was read twice at once; it is read again tomorrow", self._clock())
            return
        log.info("lessons read", feed=feed.id, new=taken.new, changed=taken.changed, withdrawn=taken.withdrawn)
