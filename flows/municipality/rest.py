"""Quiet hours, and what counts as a small step."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field

from flows.municipality.values import Count, Frozen


def _time(value: Any) -> time:
    try:
        return time.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"{value!r} is not a time; write it as '21:00'") from None


Clock = Annotated[time, BeforeValidator(_time)]


class QuietHours(Frozen):
    """Between these times nobody is asked or reminded of anything, and what others say comes without a sound."""

    begin: Clock = time(21)
    end: Clock = time(8)

    def waking(self, at: datetime, zone: ZoneInfo) -> datetime:
        """`at` (aware), or the end of the quiet hours it falls in; in UTC it is the caller's to keep."""
        local = at.astimezone(zone)
        here = local.time()
        over_midnight = self.begin > self.end
        quiet = (here >= self.begin or here < self.end) if over_midnight else self.begin <= here < self.end
        if not quiet:
            return at
        day = local.date() + timedelta(days=1) if over_midnight and here >= self.begin else local.date()
        return datetime.combine(day, self.end, zone).astimezone(at.tzinfo)


class SmallSteps(Frozen):
    """How small a first step is at most: it makes beginning easy."""

    days: Annotated[Count, Field(le=365)] = 14
    amount: Count = 250
    """Whole euros."""
    people: Count = 5
    """Neighbours who take part, about."""
