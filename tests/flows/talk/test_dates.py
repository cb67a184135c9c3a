"""Days, typed as people type them; today is Tuesday 24 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from flows.talk.answers import Unfit
from flows.talk.dates import Date, read_date
from tests.flows.talk.accepting import UNUSABLE, kept, labels, pressed, refused, shown

TODAY = date(2026, 11, 24)
CHRISTMAS_EVE = date(2026, 12, 24)


@pytest.mark.parametrize(
    "typed",
    [
        "24-12-2026",
        "24/12/2026",
        "24.12.2026",
        "24 12 2026",
        "24. 12. 2026",
        "24-12-26",
        "24-12",
        "2026-12-24",
        "24 december",
        "24 December 2026",
        "24 december 26",
        "24 dec",
        "24 dec. 2026",
        "24december",
        "24e december",
        "24ste van december",
        "do 24 december",
        "do. 24-12",
        "donderdag 24 december 2026",
        "Thursday 24 December 2026",
        "24th of December, 2026",
        "December 24, 2026",
        "Thursday, December 24th",
        "  24   december  ",
        "٢٤-١٢-٢٠٢٦",
        "२४-१२-२०२६",
    ],
)
@pytest.mark.parametrize("language", ["nl", "en", "nl-BE", "xx"])
def test_a_day_is_read(typed: str, language: str) -> None:
    assert read_date(typed, TODAY, language) == CHRISTMAS_EVE


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1 maart", date(2027, 3, 1)),
        ("1 mrt", date(2027, 3, 1)),
        ("1 mei", date(2027, 5, 1)),
        ("1st of May", date(2027, 5, 1)),
        ("3 okt", date(2027, 10, 3)),
        ("3 oct", date(2027, 10, 3)),
        ("2 augustus", date(2027, 8, 2)),
        ("August 2nd", date(2027, 8, 2)),
        ("zo 3 januari", date(2027, 1, 3)),
        ("24 november", date(2026, 11, 24)),
        ("23 november", date(2027, 11, 23)),
        ("23 november 2026", date(2026, 11, 23)),
    ],
)
def test_without_a_year_the_next_such_day_is_meant(typed: str, day: date) -> None:
    assert read_date(typed, TODAY, "nl") == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("zaterdag", date(2026, 11, 28)),
        ("za", date(2026, 11, 28)),
        ("komende zaterdag", date(2026, 11, 28)),
        ("op maandag", date(2026, 11, 30)),
        ("on Monday", date(2026, 11, 30)),
        ("dinsdag", date(2026, 12, 1)),
        ("over een week", date(2026, 12, 1)),
        ("over 2 weken", date(2026, 12, 8)),
        ("in 3 weeks", date(2026, 12, 15)),
        ("over 1 dag", date(2026, 11, 25)),
        ("over 10 dagen", date(2026, 12, 4)),
        ("volgende week", date(2026, 11, 30)),
        ("Volgende week vrijdag", date(2026, 12, 4)),
        ("volgende week op vrijdag", date(2026, 12, 4)),
        ("vrijdag volgende week", date(2026, 12, 4)),
        ("next week Monday", date(2026, 11, 30)),
    ],
)
def test_a_day_may_be_told_as_seen_from_today(typed: str, day: date) -> None:
    assert read_date(typed, TODAY, "nl") == day


@pytest.mark.parametrize(
    ("typed", "today", "day"),
    [
        ("29 februari", TODAY, date(2028, 2, 29)),
        ("29-2", TODAY, date(2028, 2, 29)),
        ("29-2-2028", TODAY, date(2028, 2, 29)),
        ("29-2-2027", TODAY, None),
        ("29-2-2000", TODAY, date(2000, 2, 29)),
        ("29-2", date(2096, 3, 1), date(2104, 2, 29)),
        ("29-2-2100", TODAY, None),
        ("29 feb", date(2028, 2, 29), date(2028, 2, 29)),
    ],
)
def test_leap_days(typed: str, today: date, day: date | None) -> None:
    assert read_date(typed, today, "nl") == day


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ja",
        "maandag of dinsdag",
        "volgende week misschien",
        "24",
        "24 v",
        "24 foo",
        "32 december",
        "0 december",
        "31-4",
        "31-4-2027",
        "12/24/2026",
        "24-13",
        "0-0-0000",
        "2026-02-30",
        "0000-01-01",
        "²4-12-2026",
        "½-12",
        "24-12-2026 of later",
        "24--12",
        "1-1-1-1",
    ],
)
def test_nonsense_is_no_day(typed: str) -> None:
    assert read_date(typed, TODAY, "nl") is None


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", ["Vandaag", "Morgen", "Overmorgen"]), ("en", ["Today", "Tomorrow", "Day after tomorrow"])],
)
async def test_near_days_have_words_and_buttons(language: str, words: list[str]) -> None:
    assert labels(Date(), language=language) == words
    days = [await kept(Date(), word, language=language) for word in words]
    assert days == ["2026-11-24", "2026-11-25", "2026-11-26"]
    assert await kept(Date(), pressed("tomorrow"), language=language) == "2026-11-25"


async def test_a_day_is_kept_and_read_back() -> None:
    value = await kept(Date(), "24 dec")

    assert (value, Date().load(value)) == ("2026-12-24", CHRISTMAS_EVE)
    assert shown(Date(), value) == "donderdag 24 december 2026"
    assert shown(Date(), value, language="en") == "Thursday 24 December 2026"
    assert await kept(Date(), shown(Date(), value)) == value, "what we show can be typed"


async def test_only_days_within_reach_are_taken() -> None:
    answer = Date(earliest=1, latest=30)

    assert labels(answer) == ["Morgen", "Overmorgen"]
    assert await refused(answer, "24 november") == "talk.refused.date_range"
    assert await kept(answer, "25 november") == "2026-11-25"
    assert await kept(answer, "24 december") == "2026-12-24"
    assert await refused(answer, "25 december") == "talk.refused.date_range"
    assert await refused(answer, "23-11-2026") == "talk.refused.date_range"


@pytest.mark.parametrize("what", [*UNUSABLE.values(), "ooit"])
async def test_says_what_is_expected(what: object) -> None:
    assert await refused(Date(), what) == "talk.refused.date"  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [None, 5, "", "24-12-2026", "2026-02-30", []])
def test_anything_but_a_day_no_longer_fits(value: object) -> None:
    with pytest.raises(Unfit):
        Date().load(value)
