"""When the quiet hours are over."""

from datetime import UTC, datetime

import pytest

from flows.municipality import Municipality
from flows.municipality.rest import QuietHours


@pytest.mark.parametrize(
    ("begin", "end", "at", "waking"),
    [
        ("21:00", "08:00", "2026-03-16 10:00", "2026-03-16 10:00"),
        ("21:00", "08:00", "2026-03-16 19:59", "2026-03-16 19:59"),  # nine o'clock is a minute later
        ("21:00", "08:00", "2026-03-16 20:00", "2026-03-17 07:00"),
        ("21:00", "08:00", "2026-03-16 23:30", "2026-03-17 07:00"),
        ("21:00", "08:00", "2026-03-17 03:00", "2026-03-17 07:00"),
        ("21:00", "08:00", "2026-03-17 07:00", "2026-03-17 07:00"),
        ("21:00", "08:00", "2026-03-30 19:30", "2026-03-31 06:00"),  # the clock went forward: half past nine
        ("21:00", "08:00", "2026-10-26 18:30", "2026-10-26 18:30"),  # and back: half past seven
        ("17:00", "11:30", "2026-03-15 08:00", "2026-03-15 10:30"),
        ("06:00", "11:30", "2026-03-15 08:00", "2026-03-15 10:30"),  # not over midnight
        ("06:00", "11:30", "2026-03-15 23:00", "2026-03-15 23:00"),
    ],
)
def test_in_the_quiet_hours_people_are_left_alone_until_they_end(begin: str, end: str, at: str, waking: str) -> None:
    quiet = QuietHours.model_validate({"begin": begin, "end": end})
    town = Municipality.load().model_copy(update={"quiet_hours": quiet})
    then, expected = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (at, waking))

    assert town.waking(then) == expected
