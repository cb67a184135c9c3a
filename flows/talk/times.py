"""A time of the day, typed as people type it."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

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
    in_rows,
)

FORM = re.compile(r"(?:om |at )?(\d{1,2})(?: ?[:.uh] ?(\d{2}))?(?: ?(uur|u|h))?(?: ?([ap])\.?m\.?)?", re.ASCII)
PROPOSED = (time(10), time(14), time(16), time(19))
"""When people in a neighbourhood are often at home, or outside."""


class Time(AnswerType[time]):
    """A time on the clock, to the minute; some are proposed as buttons."""

    def options(self, question: str, around: Surroundings, draft: Any) -> OptionRows:
        proposed = [Option(key=f"{one:%H%M}", label=around.plain("talk.shown.time", time=one)) for one in PROPOSED]
        return in_rows(proposed, len(proposed))

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        if (key := chosen(given, self.options(question, around, draft))) is not None:
            return Accepted(value=f"{key[:2]}:{key[2:]}")
        found = read_time(given.text) if isinstance(given, incoming.Text) else None
        return Refused(key="talk.refused.time") if found is None else Accepted(value=f"{found:%H:%M}")

    def load(self, value: Any) -> time:
        try:
            return time.fromisoformat(value).replace(tzinfo=None)
        except (TypeError, ValueError) as exc:
            raise Unfit from exc

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        return around.plain("talk.shown.time", time=self.load(value))


def read_time(text: str) -> time | None:
    """The time that `text` names, such as "14:30", "14.30 uur", "19u", "2 pm"; None if it names none."""
    found = FORM.fullmatch(" ".join(text.casefold().split()))
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[4]
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
