"""When guests are reminded, and when a moment is over."""

from datetime import UTC, datetime

import pytest

from flows.context import Context
from flows.moments.moment import is_over, remind_at
from storage.database import Database
from storage.moments import Moment
from storage.people import Person
from tests.flows.talk.play import house


def moment(starts_at: datetime) -> Moment:
    return Moment(code="x", title="Koffie", place="Het plein", starts_at=starts_at, planned_by=1)


def march(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in UTC; the clock of the municipality is an hour ahead."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("starts_at", "asked_at", "at"),
    [
        (march(11, 13), march(2, 10), march(10, 13)),  # the day before
        (march(11, 13), march(10, 14), march(11, 11)),  # two hours before
        (march(11, 13), march(11, 12), None),  # too late
        (march(11, 13), march(11, 14), None),  # begun
        (march(11, 21), march(2, 10), march(11, 7)),  # the day before it would be night: the morning after
        (march(11, 8), march(10, 9), march(11, 7)),  # two hours before is in the quiet hours: when they end
        (march(11, 7), march(10, 9), None),  # then it begins already
    ],
)
def test_guests_are_reminded_the_day_before_or_shortly_before_and_never_at_night(
    starts_at: datetime, asked_at: datetime, at: datetime | None
) -> None:
    assert remind_at(house().municipality, moment(starts_at), asked_at) == at


@pytest.mark.parametrize(
    ("now", "over"),
    [(march(11, 12), False), (march(11, 22, 59), False), (march(11, 23), True), (march(20, 9), True)],
)
async def test_it_is_over_when_the_next_day_begins_here(database: Database, now: datetime, over: bool) -> None:
    async with database.transaction() as session:
        context = Context(house=house(), session=session, now=now, actor=Person(telegram_id=100))

        assert is_over(context, moment(march(11, 13))) is over
