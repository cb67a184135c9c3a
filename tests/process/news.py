"""An update to many people while the process that sends it is killed at random moments."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

from sqlmodel import select

from bot.sandbox import Sandbox
from bot.telegram.sender import BULK_SLOTS as ON_THEIR_WAY
from storage.broadcasts import Audience, Broadcast
from storage.columns import now
from storage.database import Database
from storage.outbox import OutboxMessage, OutboxStatus, Priority
from storage.people import Person
from storage.timers import Timer, TimerKind
from tests.process.calls import misfits
from tests.process.killing import FIRST_ID
from tests.process.running import PATIENCE, TOKEN, Process, until

__all__ = ["ON_THEIR_WAY", "Findings", "run"]

TEXT = "Zaterdag planten we bollen op het plein."


@dataclass(kw_only=True)
class Findings:
    """What a run showed; `wrong` must be empty."""

    people: int
    kills: int
    reached: int = 0
    """Of whom we know that they got it."""
    unknown: int = 0
    """To whom it was on its way at a kill."""
    missed: int = 0
    """Of those: who did not get it."""
    twice: int = 0
    wrong: list[str] = field(default_factory=list)


async def run(database_url: str, folder: Path, *, people: int, kills: int, rate: int, seed: int = 0) -> Findings:
    """Send one update to `people` at `rate` a second, with `kills` on the way."""
    findings = Findings(people=people, kills=kills)
    random = Random(seed)
    sandbox = Sandbox(token=TOKEN)
    await sandbox.start()
    database = Database(database_url)
    try:
        for number in range(people):
            account = sandbox.add_account(FIRST_ID + number, "Noor")
            sandbox.client.send_text(account.id, "/start")
        sandbox.world.updates.drop()
        await _write(database, people)
        settings = {"token": TOKEN, "api_url": sandbox.url, "database": database_url, "port": "0"}
        async with Process(folder, "run", **settings, broadcast_rate=str(rate)) as process:
            for _ in range(kills):
                got = _got(sandbox).total()
                async with asyncio.timeout(PATIENCE):
                    await sandbox.until(lambda got=got: _got(sandbox).total() > got)  # type: ignore[misc]
                await asyncio.sleep(random.uniform(0, people / rate / (kills + 1)))
                await process.kill()
                await process.start()
            await until(partial(_is_finished, database), seconds=PATIENCE + people / rate)
            if (code := await process.stop()) != 0:
                findings.wrong.append(f"it ended with exit code {code}")
        await _compare(database, sandbox, findings)
    finally:
        await database.close()
        await sandbox.stop()
    return findings


async def _write(database: Database, people: int) -> None:
    async with database.transaction() as session:
        residents = [Person(telegram_id=FIRST_ID + n, first_name="Noor", welcomed_at=now()) for n in range(people)]
        author = Person(first_name="Carla")
        session.add_all([author, *residents])
        await session.flush()
        broadcast = Broadcast(author_id=author.id or 0, text=TEXT, audience=Audience.ALL, recipients=people)
        session.add(broadcast)
        await session.flush()
        session.add(Timer(kind=TimerKind.BROADCAST_PROGRESS, subject_id=broadcast.id or 0, due_at=now()))
        session.add_all(
            OutboxMessage(
                chat_id=person.telegram_id or 0,
                person_id=person.id,
                priority=Priority.BROADCAST,
                broadcast_id=broadcast.id,
            )
            for person in residents
        )


async def _is_finished(database: Database) -> bool:
    async with database.transaction() as session:
        return (await session.exec(select(Broadcast.finished_at))).one() is not None


def _got(sandbox: Sandbox) -> Counter[int]:
    return Counter(
        account_id
        for account_id, messages in sandbox.world.messages.items()
        for message in messages.values()
        if TEXT in message.get("text", "")
    )


async def _compare(database: Database, sandbox: Sandbox, findings: Findings) -> None:
    async with database.transaction() as session:
        copies = (await session.exec(select(OutboxMessage))).all()
        broadcast = (await session.exec(select(Broadcast))).one()
    got = _got(sandbox)
    sent = {copy.chat_id for copy in copies if copy.status == OutboxStatus.SENT}
    unknown = {copy.chat_id for copy in copies if copy.status == OutboxStatus.UNKNOWN}
    findings.reached, findings.unknown = len(sent), len(unknown)
    findings.missed = sum(got[chat] == 0 for chat in unknown)
    findings.twice = sum(times > 1 for times in got.values())
    findings.wrong += [f"{chat} was said to have it, and has not" for chat in sent if got[chat] == 0]
    if (broadcast.sent, broadcast.unknown) != (len(sent), len(unknown)):
        findings.wrong.append(f"the author is told {broadcast.sent} and {broadcast.unknown}")
    findings.wrong += misfits(sandbox)
