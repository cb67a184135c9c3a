"""Residents tell their whole story while the process is killed at random moments; then everything is compared."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from sqlmodel import func, select

from bot.sandbox import Sandbox
from storage.conversations import Conversation
from storage.database import Database
from storage.initiatives import Initiative
from storage.outbox import OutboxMessage, OutboxStatus
from storage.people import Person
from storage.updates import FailedUpdate, SeenUpdate
from tests.process.calls import misfits
from tests.process.resident import Resident
from tests.process.running import TOKEN, Process, until

FIRST_ID = 5_000_000_000


@dataclass(kw_only=True)
class Findings:
    """What a run showed; `wrong` must be empty."""

    residents: int
    kills: int = 0
    seconds: float = 0
    updates: int = 0
    messages: int = 0
    repeated_messages: int = 0
    heard_twice: int = 0
    """Residents to whom something was said twice."""
    pressed_again: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def share_heard_twice(self) -> float:
        """Between 0 and 1."""
        return self.heard_twice / self.residents


async def run(
    database_url: str, folder: Path, *, residents: int, kills: int, pace: float = 1.5, seed: int = 0
) -> Findings:
    """Play it. `pace`: seconds a resident thinks at most. Raises TimeoutError when somebody gets nowhere."""
    findings = Findings(residents=residents)
    sandbox = Sandbox(token=TOKEN)
    await sandbox.start()
    people = [Resident(sandbox, FIRST_ID + n, seed=seed, pace=pace) for n in range(residents)]
    for person in people:
        sandbox.add_account(person.id, "Noor")
    began = time.monotonic()
    try:
        settings = {"token": TOKEN, "api_url": sandbox.url, "database": database_url, "port": "0"}
        async with Process(folder, "run", **settings) as process:
            killing = asyncio.create_task(_kill(process, sandbox, kills, findings, Random(seed)))
            try:
                async with asyncio.TaskGroup() as group:
                    for person in people:
                        group.create_task(person.live())
                await killing
                findings.seconds = time.monotonic() - began
                await _settle(sandbox, database_url)
                if (code := await process.stop()) != 0:
                    findings.wrong.append(f"it ended with exit code {code}: {process.err[-500:]}")
            finally:
                killing.cancel()
            if "Traceback" in process.err:
                findings.wrong.append("a traceback in the log")
        await _compare(database_url, people, findings)
        _listen(sandbox, findings)
    finally:
        await sandbox.stop()
    return findings


async def _kill(process: Process, sandbox: Sandbox, kills: int, findings: Findings, random: Random) -> None:
    """At random moments, one in five while it still starts; and started again at once."""
    for _ in range(kills):
        if random.random() < 0.2:
            await asyncio.sleep(random.uniform(0, 1))
        else:
            await _until_at_work(sandbox)
            await asyncio.sleep(random.uniform(0, 3))
        await process.kill()
        await process.start()
        findings.kills += 1


async def _until_at_work(sandbox: Sandbox) -> None:
    before = len(sandbox.calls)

    async def has_asked() -> bool:
        return any(call.method == "getUpdates" for call in sandbox.calls[before:])

    await until(has_asked)


async def _settle(sandbox: Sandbox, database_url: str) -> None:
    """Until everything that was said has arrived, and everything that was sent is acknowledged."""
    database = Database(database_url)
    waiting = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.status == OutboxStatus.WAITING)

    async def is_settled() -> bool:
        return not sandbox.world.updates.pending and not await _count(database, waiting)

    try:
        await until(is_settled)
    finally:
        await database.close()


async def _count(database: Database, query: Any) -> int:
    async with database.transaction() as session:
        return int((await session.exec(query)).one())


async def _compare(database_url: str, people: list[Resident], findings: Findings) -> None:
    findings.updates = sum(person.deeds for person in people)
    findings.pressed_again = sum(person.pressed_again for person in people)
    findings.wrong += await differences(database_url, people)


async def differences(database_url: str, people: list[Resident]) -> list[str]:
    """What each resident meant and did, against what stands in the database; empty when all is well."""
    database = Database(database_url)
    try:
        async with database.transaction() as session:
            known = {one.telegram_id: one for one in await session.exec(select(Person))}
            kept: dict[int, list[Initiative]] = {}
            for initiative in await session.exec(select(Initiative)):
                kept.setdefault(initiative.initiator_id or 0, []).append(initiative)
        unfinished = await _count(database, select(func.count()).select_from(Conversation))
        failed = await _count(database, select(func.count()).select_from(FailedUpdate))
        seen = await _count(database, select(func.count()).select_from(SeenUpdate))
    finally:
        await database.close()
    wrong = []
    for person in people:
        row = known.get(person.id)
        wrong += _differences(person, row, kept.get(row.id or 0, []) if row is not None else [])
    done = sum(person.deeds for person in people)
    if unfinished:
        wrong.append(f"{unfinished} conversations go on after their end")
    if failed:
        wrong.append(f"{failed} updates failed")
    if seen != done:
        wrong.append(f"{done} things were done, {seen} were seen")
    return wrong


def _differences(person: Resident, row: Person | None, theirs: list[Initiative]) -> list[str]:
    if row is None or len(theirs) != 1:
        return [f"{person.id} has {len(theirs)} initiatives"]
    (one,) = theirs
    plan = person.plan
    meant = {
        "idea": plan.idea,
        "helpers": list(plan.helpers),
        "district_code": person.district,
        "theme_code": person.theme,
        "first_step": plan.first_step,
        "needs": plan.what,
        "title": plan.title,
        "reference": person.reference,
    }
    wrong = [f"{person.id}: {name} is {getattr(one, name)!r}" for name in meant if getattr(one, name) != meant[name]]
    return wrong if row.district_code == person.district else [*wrong, f"{person.id}: lives elsewhere"]


def repeats(sandbox: Sandbox) -> Counter[int]:
    """How many messages each chat was sent more than once. Edits are told in place, so they aren't counted."""
    said = Counter(
        (call.parameters["chat_id"], call.parameters["text"])
        for call in sandbox.calls
        if call.method == "sendMessage" and call.status == 200
    )
    again = Counter[int]()
    for (chat, _), times in said.items():
        again[chat] += times - 1
    return +again


def _listen(sandbox: Sandbox, findings: Findings) -> None:
    again = repeats(sandbox)
    findings.messages = sum(call.method == "sendMessage" and call.status == 200 for call in sandbox.calls)
    findings.repeated_messages = again.total()
    findings.heard_twice = len(again)
    findings.wrong += misfits(sandbox)
