"""A time of the day, as people type it."""

from datetime import time

import pytest

from flows.talk.answers import Unfit
from flows.talk.times import Time, read_time
from tests.flows.talk.accepting import kept, labels, pressed, refused, shown


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("14:30", time(14, 30)),
        ("14.30 uur", time(14, 30)),
        ("Om 14.30 uur", time(14, 30)),
        ("14u30", time(14, 30)),
        ("19 uur", time(19)),
        ("9u", time(9)),
        ("9", time(9)),
        ("2 pm", time(14)),
        ("2:15 p.m.", time(14, 15)),
        ("12 am", time(0)),
        ("00:05", time(0, 5)),
        ("24:00", None),
        ("14:60", None),
        ("14 pm", None),
        ("half drie", None),
        ("14:3", None),
        ("²:30", None),
        ("", None),
    ],
)
def test_reads_a_time(text: str, means: time | None) -> None:
    assert read_time(text) == means


async def test_a_button_or_a_typed_time_is_kept_to_the_minute() -> None:
    assert await kept(Time(), pressed("1400")) == "14:00"
    assert await kept(Time(), "14.00 uur") == "14:00"
    assert await kept(Time(), "15:45") == "15:45"
    assert Time().load("15:45") == time(15, 45)
    assert shown(Time(), "15:45") == "15.45 uur"
    assert labels(Time()) == ["10.00 uur", "14.00 uur", "16.00 uur", "19.00 uur"]
    assert await refused(Time(), "straks") == "talk.refused.time"


@pytest.mark.parametrize("value", [None, 14, "25:00", "", "14 uur"])
def test_a_kept_value_that_is_no_time_is_unfit(value: object) -> None:
    with pytest.raises(Unfit):
        Time().load(value)
