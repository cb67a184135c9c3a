"""When the municipality works: office hours, holidays, and by when something is due."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Annotated, NamedTuple, Self
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, model_validator

from flows.municipality.values import Frozen, Yes

_A_DAY = timedelta(days=1)
_FAR = 1000
"""Days to look ahead for a working day: more than any row of holidays."""


class Period(NamedTuple):
    """Office hours without a break, local time; ``closes`` itself is outside."""

    opens: time
    closes: time


def _period(text: object) -> Period:
    if isinstance(text, Period):
        return text
    hour = r"([01]\d|2[0-3]):([0-5]\d)"
    match = re.fullmatch(rf"{hour}\s*-\s*{hour}", text) if isinstance(text, str) else None
    if match is None:
        raise ValueError(f"{text!r} are not office hours; write them as '09:00-17:00'")
    from_hour, from_minute, to_hour, to_minute = map(int, match.groups())
    period = Period(time(from_hour, from_minute), time(to_hour, to_minute))
    if period.opens >= period.closes:
        raise ValueError(f"{text!r} ends before it begins; write the earlier time first")
    return period


def _periods(value: object) -> tuple[Period, ...]:
    periods = tuple(_period(item) for item in (value if isinstance(value, list | tuple) else [value]))
    for earlier, later in pairwise(periods):
        if later.opens < earlier.closes:
            raise ValueError("the hours overlap or are out of order; write them from early to late")
    return periods


Periods = Annotated[tuple[Period, ...], BeforeValidator(_periods)]


class OfficeHours(Frozen):
    """Per weekday one period, or several (a closed lunch, an evening); a day left out is a day off."""

    monday: Periods = ()
    tuesday: Periods = ()
    wednesday: Periods = ()
    thursday: Periods = ()
    friday: Periods = ()
    saturday: Periods = ()
    sunday: Periods = ()

    @model_validator(mode="after")
    def _open_some_day(self) -> Self:
        if not any(self.week):
            raise ValueError("no day has office hours; give at least one, such as monday = '09:00-17:00'")
        return self

    @property
    def week(self) -> tuple[tuple[Period, ...], ...]:
        """The periods of Monday to Sunday, as ``date.weekday()`` counts."""
        return (
            self.monday,
            self.tuesday,
            self.wednesday,
            self.thursday,
            self.friday,
            self.saturday,
            self.sunday,
        )


class Holidays(Frozen):
    """Days the municipality is closed: those of the country by rule, and those it names itself."""

    national_holidays: Yes = True
    good_friday: Yes = False
    """Not a holiday by law, though terms in laws treat it as one; many town halls are open."""
    closed: tuple[date, ...] = ()
    """More closed days, such as a bridge day."""
    open: tuple[date, ...] = ()
    """National holidays on which the municipality works all the same."""

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        if both := set(self.closed) & set(self.open):
            raise ValueError(f"{min(both)} is both closed and open; leave it in one of the two")
        return self

    def includes(self, day: date) -> bool:
        if day in self.closed:
            return True
        if day in self.open:
            return False
        national = self.national_holidays and day in national_holidays(day.year)
        return national or (self.good_friday and day == easter(day.year) - 2 * _A_DAY)


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the algorithm of Meeus, Jones and Butcher)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - shift + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=64)
def national_holidays(year: int) -> frozenset[date]:
    """The Dutch holidays of a year from 2014 on, as article 3 of the Algemene termijnenwet lists them.

    King's Day is 27 April, and the day before when that is a Sunday.
    """
    sunday = easter(year)
    kings_day = date(year, 4, 27)
    return frozenset(
        {
            date(year, 1, 1),
            sunday,
            sunday + 1 * _A_DAY,
            kings_day - _A_DAY if kings_day.weekday() == 6 else kings_day,
            date(year, 5, 5),
            sunday + 39 * _A_DAY,  # Ascension Day
            sunday + 49 * _A_DAY,  # Pentecost
            sunday + 50 * _A_DAY,
            date(year, 12, 25),
            date(year, 12, 26),
        }
    )


@dataclass(frozen=True, kw_only=True)
class OfficeCalendar:
    """Office hours and holidays in one time zone; every moment in and out is aware, out is UTC."""

    zone: ZoneInfo
    hours: OfficeHours
    holidays: Holidays

    def is_working_day(self, day: date) -> bool:
        return bool(self.hours.week[day.weekday()]) and not self.holidays.includes(day)

    def is_open(self, at: datetime) -> bool:
        local = self._local(at)
        return self.is_working_day(local.date()) and any(
            period.opens <= local.time() < period.closes for period in self.hours.week[local.weekday()]
        )

    def next_opening(self, at: datetime) -> datetime:
        """The first moment from ``at`` on that the office is open: ``at`` itself when it is."""
        if self.is_open(at):
            return at.astimezone(UTC)
        local = self._local(at)
        for day in self._working_days(local.date()):
            for period in self.hours.week[day.weekday()]:
                opening = self._moment(day, period.opens)
                if opening > at:
                    return opening
        raise AssertionError("_working_days never ends")

    def due(self, start: datetime, working_days: int) -> datetime:
        """The end of office hours, ``working_days`` working days after the day that ``start`` counts for.

        That is the day of ``start`` when the office is open or still opens, or else the next working day:
        asked on Monday with two days is due on Wednesday, asked on Saturday too counts from Monday.
        """
        if working_days < 0:
            raise ValueError(f"working_days must be 0 or more, not {working_days}")
        first = self.next_opening(start).astimezone(self.zone).date()
        for count, day in enumerate(self._working_days(first)):
            if count == working_days:
                return self._moment(day, self.hours.week[day.weekday()][-1].closes)
        raise AssertionError("_working_days never ends")

    def before(self, at: datetime, working_days: int) -> datetime:
        """The same time of day, ``working_days`` working days before the day of ``at``, in UTC."""
        local = self._local(at)
        day, left = local.date(), working_days
        for _ in range(_FAR):
            if left == 0:
                return self._moment(day, local.time())
            day -= _A_DAY
            left -= self.is_working_day(day)
        raise ValueError(f"no working day in the {_FAR} days before {local.date()}; look at the closed days")

    def add_working_hours(self, start: datetime, hours: float) -> datetime:
        """When the office has been open for ``hours`` hours since ``start`` (aware), in UTC."""
        left = timedelta(hours=hours)
        for opens, closes in self._periods_from(start):
            if left <= closes - opens:
                return (opens + left).astimezone(UTC)
            left -= closes - opens
        raise AssertionError("_working_days never ends")

    def working_hours(self, start: datetime, end: datetime) -> float:
        """How many hours the office is open between two moments (aware); 0 when ``end`` isn't later."""
        total = timedelta()
        for opens, closes in self._periods_from(start):
            if opens >= end:
                break
            total += min(closes, end) - opens
        return total / timedelta(hours=1)

    def working_days(self, start: datetime, end: datetime) -> int:
        """How many working days after the day that ``start`` counts for ``end`` (aware) is; 0 on that day or before.

        Counted as ``due`` does: what is done in time took at most the days it had.
        """
        first, last = self.next_opening(start).astimezone(self.zone).date(), self._local(end).date()
        days = (first + count * _A_DAY for count in range(1, (last - first).days + 1))
        return sum(self.is_working_day(day) for day in days)

    def _periods_from(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The periods the office is open from ``start`` on, in UTC; the first may have begun before."""
        for day in self._working_days(self._local(start).date()):
            for period in self.hours.week[day.weekday()]:
                opens, closes = self._moment(day, period.opens), self._moment(day, period.closes)
                if closes > start:
                    yield max(opens, start.astimezone(UTC)), closes

    def _working_days(self, day: date) -> Iterator[date]:
        idle = 0
        while idle < _FAR:
            if self.is_working_day(day):
                idle = 0
                yield day
            idle += 1
            day += _A_DAY
        raise ValueError(f"no working day in the {_FAR} days before {day}; look at the closed days")

    def _local(self, at: datetime) -> datetime:
        if at.tzinfo is None:
            raise ValueError("a moment without a time zone; use datetime.now(UTC)")
        return at.astimezone(self.zone)

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC)
