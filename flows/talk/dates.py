"""A day, typed as people type it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date, get_month_names

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

NUMERIC = re.compile(r"(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{2}|\d{4}))?")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
NAMED = re.compile(r"(\d{1,2})(?:e|th|st|nd|rd)?\s+(?:of\s+)?([^\W\d_]+)\.?(?:\s+(\d{4}))?")
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
        return format_date(date.fromisoformat(value), "EEEE d MMMM y", locale=around.language)


def read_date(text: str, today: date, language: str) -> date | None:
    """The day that `text` names, such as "24-12-2026", "24 december" or "2026-12-24"; None if it names none."""
    text = text.strip().casefold()
    if found := ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := NUMERIC.fullmatch(text):
        year = int(found[3]) if found[3] else None
        return _next(int(found[1]), int(found[2]), year + 2000 if year is not None and year < 100 else year, today)
    if found := NAMED.fullmatch(text):
        month = _month(found[2], language)
        return None if month is None else _next(int(found[1]), month, int(found[3]) if found[3] else None, today)
    return None


def _month(word: str, language: str) -> int | None:
    if len(word) < 3:
        return None
    for tongue in (language, "nl", "en"):
        for number, name in get_month_names("wide", locale=tongue).items():
            if name.casefold().startswith(word) or (word == "mrt" and number == 3):
                return int(number)
    return None


def _next(day: int, month: int, year: int | None, today: date) -> date | None:
    if year is not None:
        return _day(year, month, day)
    this_year = _day(today.year, month, day)
    return this_year if this_year and this_year >= today else _day(today.year + 1, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
