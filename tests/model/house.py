"""The real house and its Telegram, steered from code that isn't async, with one resident in it."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import SecretStr
from sqlmodel import func, select

from bot.app import App, started
from bot.sandbox import Sandbox
from bot.settings import Settings
from flows.talk.ask import REVIEW, Asking
from flows.talk.replay import find, replay
from storage.conversations import Conversation, ConversationStatus
from storage.initiatives import Initiative
from storage.outbox import BLOCKED, OutboxMessage, OutboxStatus
from storage.questions import Question
from storage.updates import FailedUpdate, SeenUpdate
from tests.texts import texts

TOKEN = "123456:random-moves"
RESIDENT = 7_000_000_001
PATIENCE = 20.0
"""Seconds within which everything that was set going must have come to rest."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What stands in the database after everything has come to rest."""

    seen: int
    failed: int
    made: int
    """Initiatives and questions."""
    active: list[Conversation]
    at_review: int | None
    """The conversation whose summary is on the screen."""
    lost_messages: list[str | None]


class House:
    """Opened at once; `close` it."""

    def __init__(self) -> None:
        self._runner = asyncio.Runner()
        self._folder = TemporaryDirectory()
        self._database = f"sqlite+aiosqlite:///{Path(self._folder.name) / 'stuur.db'}"
        self.sandbox = Sandbox(token=TOKEN)
        self._runner.run(self.sandbox.start())
        self.sandbox.add_account(RESIDENT, "Fatma")
        self._life = AsyncExitStack()
        self._app: App | None = None
        self._runner.run(self._start())

    async def _start(self) -> None:
        settings = Settings(
            _env_file=None,
            token=SecretStr(TOKEN),
            database=self._database,
            api_url=self.sandbox.url,
            webhook_url=None,
            port=0,
            municipality=None,
            texts=None,
            broadcast_rate=1000,
        )
        self._app = await self._life.enter_async_context(
            started(settings, asyncio.Event(), per_chat=0, catalogue=texts())
        )

    def restart(self) -> None:
        """Stop and start, whatever is going on."""

        async def again() -> None:
            await self._life.aclose()
            await self._start()

        self._runner.run(again())

    def close(self) -> None:
        """Stop everything, and forget it."""

        async def end() -> None:
            await self._life.aclose()
            await self.sandbox.stop()

        self._runner.run(end())
        self._runner.close()
        self._folder.cleanup()

    def rest(self) -> Kept:
        """Let everything come to rest; what is kept then."""
        return self._runner.run(self._rest())

    async def _rest(self) -> Kept:
        assert self._app is not None
        async with asyncio.timeout(PATIENCE):
            await self.sandbox.until(lambda: not self.sandbox.world.updates.pending)
            await self._app.sender.until_idle()
        async with self._app.database.transaction() as session:

            async def count(query: Any) -> int:
                return int((await session.exec(query)).one())

            active = select(Conversation).where(Conversation.status == ConversationStatus.ACTIVE)
            journals = list((await session.exec(active)).all())
            lost = select(OutboxMessage).where(OutboxMessage.status == OutboxStatus.FAILED)
            return Kept(
                seen=await count(select(func.count()).select_from(SeenUpdate)),
                failed=await count(select(func.count()).select_from(FailedUpdate)),
                made=await count(select(func.count()).select_from(Initiative))
                + await count(select(func.count()).select_from(Question)),
                active=journals,
                at_review=next((one.id for one in journals if _is_at_review(one)), None),
                lost_messages=[row.error for row in (await session.exec(lost)).all() if row.error != BLOCKED],
            )

    def messages(self) -> list[dict[str, Any]]:
        """The resident's chat, oldest first."""
        return list(self.sandbox.world.messages[RESIDENT].values())


def _is_at_review(journal: Conversation) -> bool:
    talk = find(journal.name)
    outcome = talk and replay(talk, journal.answers, changing=journal.changing)
    return isinstance(outcome, Asking) and outcome.name == REVIEW
