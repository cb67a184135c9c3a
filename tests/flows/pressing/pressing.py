"""Pressing a button as it comes in, seeing all that changed by it, and taking that back."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import event, select
from sqlmodel.ext.asyncio.session import AsyncSession

from flows.commands import Outcome, carry
from flows.context import Context, House, Toast
from flows.opening import open_house
from flows.reception import Reception
from flows.talk.incoming import Group, Incoming, Press
from flows.verbs import Command
from storage.database import Database
from storage.people import Person
from storage.tables import METADATA
from tests.flows.pressing.people import Who, initiatives, of_the_desk, people, questions

WRITES = re.compile(r"(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)")
OWNER = {"people": "id", "audit": "actor_id", "outbox": "person_id"}
"""The column that says whose a row is; elsewhere `person_id`."""
Row = dict[str, Any]


@dataclass(frozen=True)
class Effect:
    """What came of a press."""

    who: Who
    toast: Toast | None
    rows: dict[str, list[Row]] = field(default_factory=dict)
    """What is in a table now and wasn't, or was otherwise, and what is gone."""

    @property
    def said(self) -> str:
        """All that was said to who pressed: in their chat, and in the note over the button."""
        rows = [row for row in self.rows.get("outbox", ()) if row["person_id"] == self.who]
        return "\n".join(
            [*(json.dumps(row["payload"], ensure_ascii=False) for row in rows), self.toast.text if self.toast else ""]
        )

    @property
    def is_refused(self) -> bool:
        """Nothing happened, and that was said so that it can't be missed."""
        return not self.rows and self.toast is not None and self.toast.alert

    @property
    def is_silent(self) -> bool:
        """Who pressed sees nothing of it."""
        return self.toast is None and not self.said

    @property
    def of_others(self) -> list[tuple[str, Row]]:
        """The rows that are somebody else's."""
        return [
            (table, row)
            for table, rows in self.rows.items()
            for row in rows
            if row.get(OWNER.get(table, "person_id"), self.who) != self.who
        ]


class Presser:
    """Presses buttons in one transaction, in which nothing stays."""

    def __init__(self, house: House, session: AsyncSession, now: datetime) -> None:
        self._house, self._session, self._now = house, session, now
        self._reception = Reception(house=house)
        self._before: dict[str, list[Row]] = {}
        self.wrote: set[str] = set()

    async def begin(self) -> None:
        """From here on nothing stays."""
        self._before = {name: await self._rows(name) for name in METADATA.tables}
        self._tried = await self._session.begin_nested()
        self.wrote.clear()

    async def presses(
        self, who: Who, name: str, argument: str, group: Group | None = None, *, sender: int | None = None
    ) -> Effect:
        """Press `name` with that argument; in a private chat, or in the group. `sender`: as somebody else."""
        telegram_id = 100 + who if sender is None else sender
        incoming = Incoming(
            chat_id=telegram_id if group is None else group.chat_id,
            telegram_id=telegram_id,
            first_name=who.name.title(),
            language_hint=None,
            content=Press(data=f"a:{name}:{argument}", message_id=1),
            group=group,
        )
        toast = await self._reception.receive(self._session, incoming, self._now)
        await self._session.flush()
        if not self.wrote:
            return Effect(who, toast)
        rows = {name: found for name in sorted(self.wrote) if (found := await self._changed(name))}
        await self._take_back()
        return Effect(who, toast, rows)

    async def carries(self, who: Who, command: Command) -> Outcome:
        """Carry out a command, as the end of a talk does."""
        actor = await self._session.get_one(Person, int(who))
        outcome = await carry(Context(house=self._house, session=self._session, now=self._now, actor=actor), command)
        await self._take_back()
        return outcome

    async def _take_back(self) -> None:
        await self._tried.rollback()
        self._tried = await self._session.begin_nested()
        self.wrote.clear()

    async def _rows(self, name: str) -> list[Row]:
        connection = await self._session.connection()
        return [dict(row) for row in (await connection.execute(select(METADATA.tables[name]))).mappings()]

    async def _changed(self, name: str) -> list[Row]:
        before, after = self._before[name], await self._rows(name)
        return [*(row for row in after if row not in before), *(row for row in before if row not in after)]


@asynccontextmanager
async def pressing(database: Database, house: House, now: datetime) -> AsyncIterator[Presser]:
    """A town with one of everything, and who presses there."""
    async with database.transaction() as session:
        await open_house(session, house.municipality, now)
        for rows in (*people(now), *questions(now), of_the_desk(now), *initiatives(now)):
            session.add_all(rows)
            await session.flush()
        presser = Presser(house, session, now)

        def written(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if (found := WRITES.match(statement)) is not None:
                presser.wrote.add(found[1])

        event.listen(database.engine.sync_engine, "before_cursor_execute", written)
        await presser.begin()
        yield presser
        event.remove(database.engine.sync_engine, "before_cursor_execute", written)
        await session.rollback()
