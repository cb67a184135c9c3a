"""Dates, times, numbers and lists as a language writes them: the filters of the texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_time
from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup, escape

# Used where a language's `_formats.toml` is silent. Patterns are those of CLDR (Unicode TR 35).
PATTERNS: Mapping[str, str] = {
    "date": "EEEE d MMMM",
    "date_with_year": "EEEE d MMMM y",
    "time": "HH:mm",
    "datetime": "EEEE d MMMM HH:mm",
}


def locale_of(language: str, otherwise: str) -> Locale:
    """Babel's rules for a language; those of `otherwise` for one that CLDR doesn't know."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except UnknownLocaleError:
        return Locale.parse(otherwise)


def filters(locale: Locale, zone: tzinfo, patterns: Mapping[str, str]) -> dict[str, Callable[..., Any]]:
    """The filters `date`, `datetime`, `time`, `number` and `listing` for one language."""
    pattern = {**PATTERNS, **patterns}

    def as_date(value: date, year: bool = False) -> str:
        is_day = isinstance(value, date) and not isinstance(value, datetime)
        day = value if is_day else _aware(value).astimezone(zone)
        return format_date(day, pattern["date_with_year" if year else "date"], locale)

    def as_datetime(value: datetime) -> str:
        return format_datetime(_aware(value), pattern["datetime"], zone, locale)

    def as_time(value: datetime | time) -> str:
        # A bare time is a wall clock's (office hours): it is shown as it is.
        clock = value if isinstance(value, time) else _aware(value).astimezone(zone).time()
        return format_time(clock, pattern["time"], locale=locale)

    def as_number(value: int | float | Decimal) -> str:
        return format_decimal(value, locale=locale)

    def as_listing(values: Iterable[object], style: str = "standard") -> Markup:
        # Escaped one by one, so that an item that is HTML already stays as it is.
        return Markup(format_list([escape(value) for value in values], style, locale))  # type: ignore[arg-type]

    return {
        "date": as_date,
        "datetime": as_datetime,
        "time": as_time,
        "number": as_number,
        "listing": as_listing,
    }


def _aware(value: object) -> datetime:
    # Reading the attribute also makes a value that is missing altogether say its name.
    if getattr(value, "tzinfo", None) is None or not isinstance(value, datetime):
        raise ValueError(f"a {type(value).__name__} is no moment; give an aware datetime, UTC")
    return value
