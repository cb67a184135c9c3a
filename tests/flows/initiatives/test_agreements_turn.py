"""The clock that says whose turn it is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from flows import features
from flows.context import Context
from flows.initiatives.agreements.turns import awaited, days_since, side_of, whose_turn
from flows.initiatives.offers import View
from flows.permissions import Relation
from locales.catalogue import plain
from storage.agreements import Agreement, AgreementStatus
from storage.database import Database
from storage.initiatives import Initiative, InitiativeStatus, Side
from storage.people import Person
from tests.flows.initiatives.table import HERE, MONDAY, Table, laid
from tests.flows.talk.play import house

features.load()

INITIATOR, GUIDE = frozenset({Relation.INITIATOR}), frozenset({Relation.GUIDE})
SUNDAY = date(2026, 3, 1)
RESIDENT, COLLEAGUE = frozenset({Relation.ANYONE}), frozenset({Relation.TEAM})


@pytest.fixture
async def table(database: Database) -> Table:
    return await laid(database, house())


async def clock(table: Table, relations: frozenset[Relation], now: datetime) -> str | None:
    async with table.database.transaction() as session:
        person = await session.get_one(Person, table.people["Sanne"])
        context = Context(house=table.house, session=session, now=now, actor=person)
        view = View(
            initiative=await session.get_one(Initiative, HERE), relations=relations, around=house().around("nl", now)
        )
        told = await whose_turn(context, view)
        return None if told is None else plain(told)


@pytest.mark.parametrize(
    ("since", "now", "days"),
    [
        (datetime(2026, 3, 2, 10, tzinfo=UTC), datetime(2026, 3, 2, 22, 59, tzinfo=UTC), 0),
        (datetime(2026, 3, 2, 10, tzinfo=UTC), datetime(2026, 3, 2, 23, 1, tzinfo=UTC), 1),
        (datetime(2026, 3, 2, 23, 30, tzinfo=UTC), datetime(2026, 3, 3, 12, tzinfo=UTC), 0),
        (datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 22, 30, tzinfo=UTC), 2),
    ],
)
def test_days_are_counted_from_midnight_in_the_municipality(since: datetime, now: datetime, days: int) -> None:
    assert days_since(since, house().around("nl", now)) == days


@pytest.mark.parametrize(
    ("relations", "side"),
    [
        (INITIATOR, Side.RESIDENTS),
        (GUIDE, Side.MUNICIPALITY),
        (INITIATOR | GUIDE, Side.RESIDENTS),
        (RESIDENT | COLLEAGUE, None),
    ],
)
def test_for_which_side_somebody_speaks(relations: frozenset[Relation], side: Side | None) -> None:
    assert side_of(relations) is side


async def test_everybody_sees_how_long_it_waits_and_for_whom(table: Table) -> None:
    thursday = datetime(2026, 3, 5, 10, tzinfo=UTC)

    assert await clock(table, RESIDENT, MONDAY) == "⏳ De gemeente is aan zet, sinds vandaag"
    assert await clock(table, RESIDENT, thursday) == "⏳ De gemeente is aan zet: 3 dagen"
    assert await clock(table, INITIATOR, thursday) == "⏳ De gemeente is aan zet: 3 dagen"
    assert await clock(table, GUIDE, thursday) == "⏳ Jullie zijn aan zet: 3 dagen"

    await table.change(Initiative, turn=Side.RESIDENTS, turn_since=datetime(2026, 3, 4, 10, tzinfo=UTC))
    assert await clock(table, INITIATOR, thursday) == "⏳ Jullie zijn aan zet: 1 dag"
    assert await clock(table, GUIDE, thursday) == "⏳ De initiatiefnemers zijn aan zet: 1 dag"


async def test_agreements_past_their_day_count_in_the_open_too(table: Table) -> None:
    await table.agreement(by=date(2026, 3, 1))
    await table.agreement(by=date(2026, 2, 27))
    await table.agreement(by=date(2026, 2, 28), side=Side.RESIDENTS)
    await table.agreement(by=date(2026, 2, 1), status=AgreementStatus.KEPT)
    await table.agreement(by=date(2026, 3, 2))

    seen = {
        who: (await clock(table, relations, MONDAY) or "").splitlines()[1:]
        for who, relations in (("resident", RESIDENT), ("initiator", INITIATOR), ("guide", GUIDE), ("team", COLLEAGUE))
    }

    municipality, residents = "⏰ De gemeente is 3 dagen te laat", "⏰ De initiatiefnemers zijn 2 dagen te laat"
    yours = "⏰ Jullie zijn {} dagen te laat met een afspraak."
    assert seen["resident"] == [f"{municipality} met een afspraak."]
    assert seen["team"] == [f"{residents} met een afspraak.", f"{municipality} met een afspraak."]
    assert seen["initiator"] == [yours.format(2), f"{municipality} met een afspraak."]
    assert seen["guide"] == [f"{residents} met een afspraak.", yours.format(3)]


@pytest.mark.parametrize(
    "values", [{"status": InitiativeStatus.DONE}, {"asleep_since": MONDAY}], ids=["ended", "asleep"]
)
async def test_the_clock_stops_when_nothing_is_waited_for(table: Table, values: dict[str, Any]) -> None:
    await table.change(Initiative, **values)

    assert await clock(table, INITIATOR, MONDAY) is None


def test_who_was_asked_first_is_awaited() -> None:
    def agreement(number: int, status: AgreementStatus, **values: Any) -> Agreement:
        return Agreement(
            id=number, initiative_id=1, text="", proposed_by=1, status=status, by=date(2026, 3, 1), **values
        )

    held = agreement(1, AgreementStatus.AGREED)
    moving = agreement(2, AgreementStatus.AGREED, new_by_side=Side.RESIDENTS)
    proposed = agreement(3, AgreementStatus.PROPOSED, municipality_at=MONDAY)

    assert awaited([held]) is None
    assert awaited([proposed, held]) is Side.RESIDENTS
    assert awaited([proposed, moving, held]) is Side.MUNICIPALITY
