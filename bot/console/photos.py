"""Pictures that are public, fetched from Telegram by us: no reader's browser ever speaks with Telegram.

The address at Telegram holds the bot's token, so it stays in here. Some pictures are kept in memory for a while.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from time import monotonic

import structlog
from telegram import Bot
from telegram.error import TelegramError

log = structlog.get_logger()

LARGEST = 10 * 1024 * 1024
"""Bytes. Telegram makes photos smaller than this itself: https://core.telegram.org/bots/api#sending-files"""
KEPT = 48 * 1024 * 1024
"""Bytes of all pictures in memory together."""
AT_ONCE = 4
"""Pictures fetched side by side; the bot has other things to say to Telegram."""
NOT_AGAIN = 60.0
"""Seconds until something that couldn't be fetched is tried again."""


@dataclass(frozen=True, kw_only=True)
class Photo:
    """A picture."""

    content: bytes
    content_type: str
    version: str


class Photos:
    """Fetches them, each once however many ask for it."""

    def __init__(
        self,
        bot: Bot,
        *,
        kept: int = KEPT,
        largest: int = LARGEST,
        kind_of: Callable[[bytes], str | None] | None = None,
    ) -> None:
        self._bot = bot
        self._largest = largest
        self._kind_of = kind_of or picture_type
        self._room = kept
        self._photos: OrderedDict[str, Photo] = OrderedDict()
        self._failed: OrderedDict[str, float] = OrderedDict()
        self._fetching: dict[str, asyncio.Task[Photo | None]] = {}
        self._at_once = asyncio.Semaphore(AT_ONCE)

    async def get(self, file_id: str) -> Photo | None:
        """The picture with that id; None when it can't be fetched now, or is no picture."""
        if (photo := self._photos.get(file_id)) is not None:
            self._photos.move_to_end(file_id)
            return photo
        if monotonic() < self._failed.get(file_id, 0.0):
            return None
        task = self._fetching.get(file_id)
        if task is None:
            task = self._fetching[file_id] = asyncio.create_task(self._fetch(file_id))
            task.add_done_callback(lambda _: self._fetching.pop(file_id, None))
        return await asyncio.shield(task)  # who goes away doesn't take it from the others

    async def _fetch(self, file_id: str) -> Photo | None:
        async with self._at_once:
            try:
                file = await self._bot.get_file(file_id)
                fits = (file.file_size or 0) <= self._largest
                content = bytes(await file.download_as_bytearray()) if fits else b""
            except TelegramError as exc:
                log.info("a picture can't be fetched from Telegram", error=type(exc).__name__)
                content = b""
        content_type = self._kind_of(content)
        if content_type is None or len(content) > self._largest:
            self._remember_failure(file_id)
            return None
        photo = Photo(content=content, content_type=content_type, version=sha256(content).hexdigest()[:16])
        self._keep(file_id, photo)
        return photo

    def _keep(self, file_id: str, photo: Photo) -> None:
        self._photos[file_id] = photo
        while sum(len(one.content) for one in self._photos.values()) > self._room:
            self._photos.popitem(last=False)

    def _remember_failure(self, file_id: str) -> None:
        self._failed[file_id] = monotonic() + NOT_AGAIN
        while len(self._failed) > 1000:
            self._failed.popitem(last=False)


def picture_type(content: bytes) -> str | None:
    """The kind of picture, by its first bytes; None for anything else, whatever it was called."""
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    return "image/webp" if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else None


def sound_type(content: bytes) -> str | None:
    """The kind of sound of a voice message (Telegram's are Ogg); None for anything else."""
    return "audio/ogg" if content.startswith(b"OggS") else None
