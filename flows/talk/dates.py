"""A day, typed as people type it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from babel import Locale
from babel.dates import get_day_names, get_month_names

from flows.talk import incoming
from flows.talk.answers import (
    Acceptance,
    Accepted,
    AnswerType,
    Given,
    Option,
    OptionRows,
    Refused,
    Surroundings,
    Unfit,
    chosen,
)
from locales.formats import locale_of

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
YEAR = r"(?:[-/. ]\s*(?P<year>\d{2}|\d{4}))?"
DAY = r"(?P<day>\d{1,2})(?:(?:e|ste|de|st|nd|rd|th)\b)?"
WORD = r"(?P<month>[^\W\d_]{3,})\.?"
FORMS = [
    re.compile(rf"(?P<day>\d{{1,2}})[-/. ]\s*(?P<month>\d{{1,2}}){YEAR}"),
    re.compile(rf"{DAY}\s*(?:(?:of|van)\s+)?{WORD}{YEAR}"),
    re.compile(rf"{WORD}\s+{DAY}{YEAR}"),
]
WEEKDAY = re.compile(r"([^\W\d_]+)\.?\s+")
COMING = re.compile(r"(?:(?:op|on|aanstaande|komende|this|coming)\s+)?(?P<weekday>[^\W\d_]{2,})\.?")
NEXT_WEEK = re.compile(r"(?:volgende week|next week)(?:\s+(?:op\s+)?(?P<weekday>[^\W\d_]{2,}))?")
BEFORE_NEXT_WEEK = re.compile(r"(?P<weekday>[^\W\d_]{2,})\s+(?:volgende week|next week)")
AHEAD = re.compile(
    r"(?:over|in)\s+(?P<number>\d{1,3}|een|één|a|one)\s+(?P<unit>dag(?:en)?|days?|we(?:e)?k(?:en)?|weeks?)"
)
DAYS_AHEAD = ("today", "tomorrow", "day_after")


class Date(AnswerType[date]):
    """A day from `earliest` days to `latest` days from today on; without a year the next such day is meant."""

    def __init__(self, *, earliest: int = 0, latest: int = 730) -> None:
        self.earliest = earliest
        self.latest = latest

    def options(self, question: str, around: Surroundings, draft: Any) -> OptionRows:
        return [
            [
                Option(key=key, label=around.plain(f"talk.buttons.{key}"))
                for ahead, key in enumerate(DAYS_AHEAD)
                if self.earliest <= ahead <= self.latest
            ]
        ]

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        if (key := chosen(given, self.options(question, around, draft))) is not None:
            return Accepted(value=(around.today + timedelta(days=DAYS_AHEAD.index(key))).isoformat())
        day = read_date(given.text, around.today, around.language) if isinstance(given, incoming.Text) else None
        if day is None:
            return Refused(key="talk.refused.date")
        if not self.earliest <= (day - around.today).days <= self.latest:
            return Refused(key="talk.refused.date_range")
        return Accepted(value=day.isoformat())

    def load(self, value: Any) -> date:
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError) as exc:
            raise Unfit from exc

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        return around.plain("talk.shown.date", day=self.load(value))


def read_date(text: str, today: date, language: str) -> date | None:
    """The day that `text` names, such as "24-12-2026", "do 24 december" or "2026-12-24"; None if it names none."""
    text = " ".join(text.casefold().replace(",", " ").split())
    if found := ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    whole = text
    if (word := WEEKDAY.match(text)) and _number_of(word[1], get_day_names, language, at_least=2) is not None:
        text = text[word.end() :]
    found = next((match for form in FORMS if (match := form.fullmatch(text))), None)
    if found is None:
        return _ahead(whole, today, language)
    month = int(found["month"]) if found["month"].isdecimal() else _month(found["month"], language)
    return None if month is None else _next(int(found["day"]), month, found["year"], today)


def _ahead(text: str, today: date, language: str) -> date | None:
    """A day as seen from today: "zaterdag" is the next one, "over 2 weken" that much later.

    "Volgende week" is its Monday, "volgende week vrijdag" its Friday; weeks begin on Monday.
    """
    if found := NEXT_WEEK.fullmatch(text) or BEFORE_NEXT_WEEK.fullmatch(text):
        named = found["weekday"]
        weekday = 0 if named is None else _number_of(named, get_day_names, language, at_least=2)
        return None if weekday is None else today + timedelta(days=7 - today.weekday() + weekday)
    if found := AHEAD.fullmatch(text):
        number = int(found["number"]) if found["number"].isdecimal() else 1
        return today + timedelta(days=number * (7 if found["unit"].startswith("w") else 1))
    if found := COMING.fullmatch(text):
        weekday = _number_of(found["weekday"], get_day_names, language, at_least=2)
        return None if weekday is None else today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return None


def _month(word: str, language: str) -> int | None:
    return 3 if word == "mrt" else _number_of(word, get_month_names, language, at_least=3)


def _number_of(word: str, names_of: Callable[..., Mapping[int, str]], language: str, *, at_least: int) -> int | None:
    """Which month or day of the week begins like `word`, in the person's language, Dutch or English."""
    if len(word) < at_least:
        return None
    locales = dict.fromkeys((locale_of(language, otherwise="nl"), Locale("nl"), Locale("en")))
    return next(
        (
            number
            for locale in locales
            for number, name in names_of("wide", locale=locale).items()
            if name.casefold().startswith(word)
        ),
        None,
    )


def _next(day: int, month: int, year: str | None, today: date) -> date | None:
    if year is not None:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)
    # The next 29 February may be eight years away.
    days = (_day(today.year + ahead, month, day) for ahead in range(9))
    return next((one for one in days if one is not None and one >= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
