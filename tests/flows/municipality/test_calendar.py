from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.municipality import Holidays, Municipality, OfficeCalendar, OfficeHours, national_holidays
from flows.municipality.calendar import easter

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EXAMPLE = Municipality.load()


def at(text: str) -> datetime:
    """A moment in Amsterdam, such as "2026-11-24 10:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def calendar(holidays: Holidays | None = None, **hours: object) -> OfficeCalendar:
    week = hours or dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "09:00-17:00")
    return OfficeCalendar(zone=AMSTERDAM, hours=OfficeHours.model_validate(week), holidays=holidays or Holidays())


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (1954, date(1954, 4, 18)),
        (2000, date(2000, 4, 23)),
        (2008, date(2008, 3, 23)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
        (2049, date(2049, 4, 18)),
        (2076, date(2076, 4, 19)),
    ],
)
def test_easter_falls_where_the_almanac_says(year: int, day: date) -> None:
    assert day == easter(year)


def test_the_national_holidays_of_2026_are_those_of_the_law() -> None:
    assert national_holidays(2026) == {
        date(2026, 1, 1),
        date(2026, 4, 5),
        date(2026, 4, 6),
        date(2026, 4, 27),
        date(2026, 5, 5),
        date(2026, 5, 14),
        date(2026, 5, 24),
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2026, 12, 26),
    }


@pytest.mark.parametrize(("year", "day"), [(2014, 26), (2025, 26), (2026, 27), (2031, 26), (2032, 27)])
def test_kings_day_gives_way_to_a_sunday(year: int, day: int) -> None:
    in_april = {holiday for holiday in national_holidays(year) if date(year, 4, 26) <= holiday <= date(year, 4, 27)}

    assert date(year, 4, day) in in_april


def test_the_municipality_may_add_days_and_take_days_away() -> None:
    holidays = Holidays(closed=(date(2026, 5, 15),), open=(date(2026, 5, 5),), good_friday=True)

    assert holidays.includes(date(2026, 5, 15))
    assert not holidays.includes(date(2026, 5, 5))
    assert holidays.includes(date(2026, 4, 3))
    assert not Holidays().includes(date(2026, 4, 3))
    assert not Holidays(national_holidays=False).includes(date(2026, 12, 25))


@pytest.mark.parametrize(
    ("asked", "days", "due"),
    [
        ("2026-11-24 10:00", 0, "2026-11-24 17:00"),
        ("2026-11-24 10:00", 1, "2026-11-25 17:00"),
        ("2026-11-24 16:59", 1, "2026-11-25 17:00"),
        ("2026-11-24 17:00", 1, "2026-11-26 17:00"),  # closed: counts from Wednesday
        ("2026-11-24 07:00", 1, "2026-11-25 17:00"),  # still opens: counts from Tuesday itself
        ("2026-11-27 10:00", 1, "2026-11-30 17:00"),  # over the weekend
        ("2026-11-28 10:00", 1, "2026-12-01 17:00"),  # Saturday counts from Monday
        ("2026-12-24 10:00", 1, "2026-12-28 17:00"),  # over Christmas
        ("2026-12-31 23:59", 1, "2027-01-05 17:00"),
        ("2026-03-27 10:00", 1, "2026-03-30 17:00"),  # the clock goes forward
        ("2026-10-23 10:00", 1, "2026-10-26 17:00"),  # the clock goes back
        ("2026-04-24 18:00", 2, "2026-04-30 17:00"),  # King's Day
    ],
)
def test_due_at_the_end_of_office_hours(asked: str, days: int, due: str) -> None:
    answer = calendar().due(at(asked), days)

    assert at(due) == answer
    assert answer.tzinfo is UTC


def test_the_last_period_of_a_day_ends_it() -> None:
    office = calendar(thursday=["09:00-12:00", "18:00-20:00"])

    assert at("2026-11-26 20:00") == office.due(at("2026-11-26 13:00"), 0)


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-26 08:00", "2026-11-26 09:00"),
        ("2026-11-26 09:00", "2026-11-26 09:00"),
        ("2026-11-26 10:30", "2026-11-26 10:30"),
        ("2026-11-26 12:00", "2026-11-26 18:00"),
        ("2026-11-26 20:00", "2026-12-03 09:00"),
    ],
)
def test_next_opening_is_now_or_the_first_to_come(moment: str, opening: str) -> None:
    office = calendar(thursday=["09:00-12:00", "18:00-20:00"])

    assert at(opening) == office.next_opening(at(moment))
    assert office.is_open(at(moment)) == (moment == opening)


# Tuesday 5 May 2026 is a holiday, Thursday is also open in the evening.
@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-24 10:00", "2026-11-24 12:30", 2.5),
        ("2026-11-24 10:00", "2026-11-25 10:00", 8),
        ("2026-11-24 20:00", "2026-11-25 07:00", 0),
        ("2026-11-26 11:00", "2026-11-26 19:00", 2),
        ("2026-11-27 16:00", "2026-11-30 10:00", 2),
        ("2026-05-04 16:00", "2026-05-06 10:00", 2),
        ("2026-11-25 10:00", "2026-11-24 10:00", 0),
    ],
)
def test_working_hours_are_those_in_which_the_office_is_open(start: str, end: str, hours: float) -> None:
    day = "09:00-17:00"
    office = calendar(monday=day, tuesday=day, wednesday=day, thursday=["09:00-12:00", "18:00-20:00"], friday=day)

    assert office.working_hours(at(start), at(end)) == hours
    if hours:
        assert office.working_hours(at(start), office.add_working_hours(at(start), hours)) == hours


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-24 10:00", 2.5, "2026-11-24 12:30"),
        ("2026-11-24 16:00", 1, "2026-11-24 17:00"),
        ("2026-11-24 16:00", 2, "2026-11-25 10:00"),
        ("2026-11-28 13:00", 8, "2026-11-30 17:00"),
        ("2026-12-24 16:00", 4, "2026-12-28 12:00"),
        ("2026-11-24 22:00", 0, "2026-11-25 09:00"),
    ],
)
def test_hours_are_added_in_which_the_office_is_open(start: str, hours: float, end: str) -> None:
    assert calendar().add_working_hours(at(start), hours) == at(end)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-11-24 10:00", "2026-11-24 16:00", 0),
        ("2026-11-24 16:00", "2026-11-25 09:30", 1),
        ("2026-11-24 20:00", "2026-11-25 09:30", 0),
        ("2026-11-27 10:00", "2026-11-30 10:00", 1),
        ("2026-12-24 10:00", "2026-12-29 10:00", 2),
        ("2026-11-25 10:00", "2026-11-24 10:00", 0),
    ],
)
def test_working_days_are_counted_as_due_counts_them(start: str, end: str, days: int) -> None:
    assert calendar().working_days(at(start), at(end)) == days
    if days:
        assert calendar().due(at(start), days) >= at(end) > calendar().due(at(start), days - 1)


@pytest.mark.parametrize(
    ("moment", "days", "before"),
    [
        ("2026-11-24 17:00", 1, "2026-11-23 17:00"),
        ("2026-11-23 17:00", 1, "2026-11-20 17:00"),
        ("2026-12-28 17:00", 2, "2026-12-23 17:00"),
    ],
)
def test_before_counts_working_days_back(moment: str, days: int, before: str) -> None:
    assert calendar().before(at(moment), days) == at(before)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    naive = datetime(2026, 11, 24, 10)  # noqa: DTZ001 (that is what is refused)

    with pytest.raises(ValueError, match="without a time zone"):
        calendar().due(naive, 1)


def test_days_back_are_refused() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        calendar().due(at("2026-11-24 10:00"), -1)


def test_a_calendar_without_an_end_to_its_holidays_says_so() -> None:
    closed = tuple(date(2026, 1, 1) + timedelta(days=count) for count in range(2000))

    with pytest.raises(ValueError, match="no working day"):
        calendar(Holidays(closed=closed)).due(at("2026-01-01 10:00"), 1)


moments = st.datetimes(
    min_value=datetime(2014, 1, 1),  # noqa: DTZ001 (hypothesis adds the zone)
    max_value=datetime(2060, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(start=moments, days=st.integers(0, 60))
def test_due_is_never_on_a_day_off_and_never_before_the_question(start: datetime, days: int) -> None:
    due = EXAMPLE.due(start, days)

    local = due.astimezone(AMSTERDAM)
    assert local.weekday() < 5
    assert local.date() not in national_holidays(local.year)
    assert local.date() not in EXAMPLE.holidays.closed
    assert due > start
    assert EXAMPLE.is_open(due - timedelta(minutes=1))
    assert not EXAMPLE.is_open(due)


@given(start=moments, later=st.timedeltas(timedelta(0), timedelta(days=30)), days=st.integers(0, 20))
def test_who_asks_later_is_never_due_earlier(start: datetime, later: timedelta, days: int) -> None:
    assert EXAMPLE.due(start, days) <= EXAMPLE.due(start + later, days)


@given(start=moments, days=st.integers(0, 20))
def test_one_day_more_is_one_working_day_later(start: datetime, days: int) -> None:
    due, next_due = EXAMPLE.due(start, days), EXAMPLE.due(start, days + 1)

    between = due.astimezone(AMSTERDAM).date() + timedelta(days=1)
    while between < next_due.astimezone(AMSTERDAM).date():
        assert not EXAMPLE.calendar.is_working_day(between)
        between += timedelta(days=1)
    assert due < next_due


@given(moment=moments)
def test_the_office_is_open_at_its_next_opening(moment: datetime) -> None:
    opening = EXAMPLE.next_opening(moment)

    assert opening >= moment
    assert EXAMPLE.is_open(opening)
    assert EXAMPLE.next_opening(opening) == opening
