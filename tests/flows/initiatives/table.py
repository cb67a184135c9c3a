"""Two sides at a table: an initiative with its initiator and its guide, and who stands around."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select

from flows.commands import Done, Outcome, Refused, carry
from flows.context import Context, House
from flows.opening import open_house
from flows.timers import run_due
from flows.verbs import Command
from locales.catalogue import plain
from storage.agreements import Agreement, AgreementStatus
from storage.database import Database
from storage.initiatives import Initiative, InitiativeEvent, InitiativeStatus, Side
from storage.outbox import OutboxMessage
from storage.participation import Participant, Participation
from storage.people import Person, Role, RoleGrant
from storage.timers import Timer, TimerKind

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
"""Eleven in the morning in the municipality."""
TEAM = "buitenruimte"
HERE = 1


@dataclass
class Table:
    """The people by their first names: Fatima leads with Bram, Jan guides, Piet is of his team, Ria coordinates."""

    house: House
    database: Database
    now: datetime = MONDAY
    people: dict[str, int] = field(default_factory=dict)
    _read: int = 0

    async def does(self, who: str, command: Command) -> Done:
        """Carry it out; it must go well."""
        outcome = await self.tries(who, command)
        assert isinstance(outcome, Done), outcome
        return outcome

    async def is_refused(self, who: str, command: Command) -> str:
        """Try it; gives the key of the text that says why not."""
        outcome = await self.tries(who, command)
        assert isinstance(outcome, Refused), outcome
        return outcome.key

    async def tries(self, who: str, command: Command) -> Outcome:
        """Carry it out as somebody."""
        async with self.database.transaction() as session:
            actor = await session.get_one(Person, self.people[who])
            return await carry(Context(house=self.house, session=session, now=self.now, actor=actor), command)

    async def at(self, day: date | datetime) -> None:
        """It is eleven in the morning of that day, or that moment; what was due by then of agreements is done."""
        async with self.database.transaction() as session:
            await session.exec(delete(Timer).where(col(Timer.kind) != TimerKind.AGREEMENT))
        self.now = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
        await run_due(self.database, self.house, self.now)

    async def said(self) -> dict[str, list[str]]:
        """What was said to whom since the last time this was asked, plain, with the labels of its buttons."""
        names = {number: name for name, number in self.people.items()}
        heard: dict[str, list[str]] = {}
        async with self.database.transaction() as session:
            query = select(OutboxMessage).where(col(OutboxMessage.id) > self._read).order_by(col(OutboxMessage.id))
            for row in (await session.exec(query)).all():
                self._read = row.id or 0
                labels = [button["label"] for line in row.payload.get("buttons", []) for button in line]
                text = "\n".join([plain(row.payload.get("text", "")), *labels])
                heard.setdefault(names[row.person_id or 0], []).append(text)
        return heard

    async def change(self, table: type[Any], number: int = HERE, **values: object) -> None:
        """Set columns of a row."""
        async with self.database.transaction() as session:
            row = await session.get_one(table, number)
            for name, value in values.items():
                setattr(row, name, value)
            session.add(row)

    async def agreement(self, **values: object) -> Agreement:
        """Put an agreement on the table, as given; one of the municipality that holds, unless said otherwise."""
        kept: dict[str, Any] = {
            "initiative_id": HERE,
            "text": "Een kraan maken",
            "side": Side.MUNICIPALITY,
            "owner_id": self.people["Jan"],
            "by": date(2026, 3, 16),
            "status": AgreementStatus.AGREED,
            "proposed_by": self.people["Jan"],
            "residents_at": MONDAY,
            "municipality_at": MONDAY,
            "created_at": MONDAY,
            **values,
        }
        async with self.database.transaction() as session:
            agreement = Agreement(**kept)
            session.add(agreement)
        return agreement

    async def add(self, row: Any) -> None:
        """Put a row in the database."""
        async with self.database.transaction() as session:
            session.add(row)

    async def row(self, table: type[Any], number: int = HERE) -> Any:
        """A row as it is now."""
        async with self.database.transaction() as session:
            return await session.get_one(table, number)

    async def rows(self, table: type[Any]) -> list[Any]:
        """All rows, oldest first."""
        async with self.database.transaction() as session:
            return list((await session.exec(select(table).order_by(table.id))).all())

    async def timeline(self) -> list[str]:
        """The kinds of what happened, oldest first."""
        return [event.kind.value for event in await self.rows(InitiativeEvent)]


async def laid(database: Database, house: House) -> Table:
    """A table at which an initiative is being explored, and it is the municipality's turn."""
    table = Table(house, database)
    async with database.transaction() as session:
        await open_house(session, house.municipality, MONDAY)
        for number, name in enumerate(("Fatima", "Bram", "Jan", "Piet", "Ria", "Sanne")):
            person = Person(telegram_id=100 + number, first_name=name, created_at=MONDAY)
            session.add(person)
            await session.flush()
            table.people[name] = person.id or 0
        session.add_all(
            [
                RoleGrant(person_id=table.people["Jan"], role=Role.CIVIL_SERVANT, team_code=TEAM),
                RoleGrant(person_id=table.people["Piet"], role=Role.CIVIL_SERVANT, team_code=TEAM),
                RoleGrant(person_id=table.people["Ria"], role=Role.COORDINATOR),
                Initiative(
                    reference="I-2026-0001",
                    initiator_id=table.people["Fatima"],
                    guide_id=table.people["Jan"],
                    title="Bloemen",
                    idea="Bloemen planten",
                    helpers=["alone"],
                    first_step="Beginnen",
                    team_code=TEAM,
                    status=InitiativeStatus.EXPLORING,
                    turn=Side.MUNICIPALITY,
                    turn_since=MONDAY,
                    respond_by=MONDAY,
                ),
            ]
        )
        await session.flush()
        for name in ("Fatima", "Bram"):
            session.add(Participant(initiative_id=HERE, person_id=table.people[name], kind=Participation.INITIATOR))
    return table
