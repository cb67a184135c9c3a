"""The real house with a Telegram of its own, and people with phones."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import Date
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

import storage.columns
from bot.app import App, started
from bot.sandbox import Call, Sandbox
from bot.settings import Settings
from flows.commands import Done, carry
from flows.context import Context
from flows.questions.asking.understanding.service import Understanding
from flows.timers import run_due
from flows.verbs import Invite
from storage.base import Table
from storage.columns import UtcDateTime, now
from storage.leases import Lease
from storage.people import Person, Role
from storage.updates import FailedUpdate
from tests.journeys.phone import PATIENCE, Phone
from tests.texts import texts

TOKEN = "123456:journeys"
HURRY = 1000
"""Messages a second: the sandbox sets no limit, and nobody waits for one."""

BEGINS = datetime(2026, 6, 9, 8, 30, tzinfo=UTC)
"""When every story begins, whenever it is told: a Tuesday in office hours, after the digest, with no holiday near."""


class Town:
    """Everything a story needs. Nobody has written to the bot yet."""

    def __init__(self, sandbox: Sandbox, app: App, settings: Settings) -> None:
        self.sandbox = sandbox
        self.settings = settings
        self.app = app
        self._provoked: set[tuple[str, int]] = set()
        self.phones: list[Phone] = []
        self._ids = count(7_000_000_001)  # beyond 32 bits, as Telegram's are

    # People

    def phone(self, name: str, *, language: str = "nl") -> Phone:
        """Somebody with Telegram who never wrote to the bot."""
        account = self.sandbox.add_account(next(self._ids), name, language_code=language)
        phone = Phone(self.sandbox, account, self.quiet)
        self.phones.append(phone)
        return phone

    async def resident(self, name: str, *, district: str | None = None) -> Phone:
        """Somebody who has been welcomed and lives in `district` (its name), or didn't say where."""
        phone = self.phone(name)
        await phone.says("/start")
        await phone.presses(district or "Dat zeg ik liever niet")
        await phone.sees("Fijn, je kunt beginnen.")
        return phone

    async def worker(self, name: str, *teams: str, role: Role = Role.CIVIL_SERVANT) -> Phone:
        """Somebody who works in these teams (their codes); without any at the front desk."""
        phone = self.phone(name)
        for team in teams or (None,):
            await phone.says(f"/start {await self.invitation(role, team)}")
            await phone.sees("Je kunt beginnen.")
        return phone

    async def coordinator(self, name: str) -> Phone:
        """Somebody who coordinates."""
        return await self.worker(name, role=Role.COORDINATOR)

    async def invitation(self, role: Role, team: str | None = None) -> str:
        """A code, made as the command line makes it."""
        async with self.app.database.transaction() as session:
            context = Context(house=self.app.house, session=session, now=now(), actor=None)
            outcome = await carry(context, Invite(role=role, team=team))
        assert isinstance(outcome, Done)
        assert outcome.shown_once is not None
        return outcome.shown_once

    # What is kept

    async def rows(self, table: type[Any]) -> list[Any]:
        """All rows of a table, oldest first."""
        async with self.app.database.transaction() as session:
            return list((await session.exec(select(table).order_by(*table.__table__.primary_key))).all())

    async def only(self, table: type[Any]) -> Any:
        """The one row of a table."""
        rows = await self.rows(table)
        assert len(rows) == 1, rows
        return rows[0]

    async def person(self, phone: Phone) -> Person:
        """What is known of somebody."""
        async with self.app.database.transaction() as session:
            return (await session.exec(select(Person).where(Person.telegram_id == phone.id))).one()

    # Time

    async def quiet(self) -> None:
        """Return when all that was done has been handled and all that was said has arrived."""
        waiting = self.sandbox.world.updates.pending
        try:
            async with asyncio.timeout(PATIENCE):
                await self.sandbox.until(lambda: not waiting)
                await self.app.intake.drain()
                await self.app.sender.until_idle()
        except TimeoutError:
            raise AssertionError(f"the house doesn't come to rest; updates that wait: {list(waiting)}") from None

    async def passes(self, time: timedelta) -> None:
        """Let so much time pass: all that was written down moves back, and what is due by then is done.

        Days (without a time) move by whole days. If it is night then, the rest of the night passes too.
        """
        await self.quiet()
        async with self.app.database.transaction() as session:
            for mapper in Table._sa_registry.mappers:
                if mapper.class_ is not Lease:  # who may send stays who may send
                    await _move(session, mapper.class_, time)
        house = self.app.house
        await run_due(self.app.database, house, house.municipality.waking(now()))
        self.app.sender.wake()
        await self.quiet()

    # The end

    def provokes(self, method: str, status: int = 400) -> None:
        """In this story Telegram may refuse calls of this method."""
        self._provoked.add((method, status))

    async def check(self, logged: list[Any]) -> None:
        """What holds for every story: Telegram took all calls, nothing failed or had to be tried again."""
        await self.quiet()
        refused = [call for call in self.sandbox.calls if call.status >= 400 and not self._is_provoked(call)]
        assert not refused, f"Telegram refused {refused}"
        assert await self.rows(FailedUpdate) == []
        wrong = [line for line in logged if line["log_level"] not in ("debug", "info") or "exc_info" in line]
        assert not wrong, f"logged: {wrong}"

    def _is_provoked(self, call: Call) -> bool:
        return (call.method, call.status) in self._provoked


async def _move(session: AsyncSession, table: type[Any], time: timedelta) -> None:
    moving = [column.name for column in table.__table__.columns if isinstance(column.type, UtcDateTime | Date)]
    for row in (await session.exec(select(table))).all() if moving else ():
        for name in moving:
            if (then := getattr(row, name)) is not None:
                setattr(row, name, then - time)
        session.add(row)


def clock_from(begins: datetime) -> type[datetime]:
    """A clock that goes as fast as ours, and shows `begins` now."""
    ahead = begins - datetime.now(UTC)

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # a plain one, as all others
            return datetime.now(tz) + ahead

    return Clock


@cache
def learned() -> Understanding:
    """What all towns understand of questions; learned at the first that asks."""
    return Understanding()


@asynccontextmanager
async def town_with(
    database: str, *, webhook_port: int | None = None, municipality: Path | None = None
) -> AsyncIterator[Town]:
    """A town on this database; with `webhook_port` Telegram brings the updates there. `municipality`: its own file."""
    sandbox = Sandbox(token=TOKEN)
    await sandbox.start()
    settings = Settings(
        _env_file=None,
        token=SecretStr(TOKEN),
        database=database,
        api_url=sandbox.url,
        webhook_url=f"http://127.0.0.1:{webhook_port}" if webhook_port else None,
        host="127.0.0.1",
        port=webhook_port or 0,
        public_url=None,
        municipality=municipality,
        texts=None,
        broadcast_rate=HURRY,
    )
    async with AsyncExitStack() as stack:
        patched = stack.enter_context(pytest.MonkeyPatch.context())
        patched.setattr(storage.columns, "datetime", clock_from(BEGINS))
        stack.push_async_callback(sandbox.stop)
        stop = asyncio.Event()
        app = await stack.enter_async_context(
            started(settings, stop, per_chat=0, catalogue=texts(), understanding=learned())
        )
        town = Town(sandbox, app, settings)
        yield town
        for phone in town.phones:
            phone.put_away()
        assert not stop.is_set(), "a part of the house has ended by itself"
