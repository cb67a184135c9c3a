"""When the digest of the morning goes."""

from datetime import datetime

import pytest

from flows.municipality import Municipality
from flows.questions.clock.digest import next_digest
from tests.flows.talk.play import house

MUNICIPALITY: Municipality = house().municipality


def there(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=MUNICIPALITY.zone)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-02 08:00", "2026-03-02 08:30"),
        ("2026-03-02 08:30", "2026-03-03 08:30"),  # once a day
        ("2026-03-06 12:00", "2026-03-09 08:30"),  # after the weekend
        ("2026-03-28 12:00", "2026-03-30 08:30"),  # the clock goes an hour ahead in between
        ("2026-12-24 20:00", "2026-12-28 08:30"),  # after Christmas
    ],
)
def test_it_goes_on_working_days_at_its_time(now: str, expected: str) -> None:
    assert next_digest(MUNICIPALITY, there(now)) == there(expected)
