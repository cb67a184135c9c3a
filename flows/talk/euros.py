"""An amount of money, typed as people type it."""

from __future__ import annotations

import re
from typing import Any

from flows.talk import incoming
from flows.talk.answers import Acceptance, Accepted, AnswerType, Given, Refused, Surroundings, Unfit

AMOUNT = re.compile(
    r"(?:€|eur|euro)?\s*(\d{1,3}(?:[. ]\d{3})+|\d{1,9})(?:,(?:-|00))?\s*(?:€|eur|euro|euros)?", re.ASCII
)


class Euros(AnswerType[int]):
    """Whole euros, 1 to `highest`; "€ 1.500,-" and "1500 euro" are the same."""

    def __init__(self, *, highest: int = 100_000_000) -> None:
        self.highest = highest

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        amount = read_euros(given.text) if isinstance(given, incoming.Text) else None
        if amount is None or not 1 <= amount <= self.highest:
            return Refused(key="talk.refused.euros")
        return Accepted(value=amount)

    def load(self, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= self.highest:
            raise Unfit
        return value

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        return around.plain("talk.shown.euros", amount=value)


def read_euros(text: str) -> int | None:
    """The whole euros that `text` names; None if it names none, or cents."""
    found = AMOUNT.fullmatch(text.casefold().strip().rstrip("."))
    return None if found is None else int(re.sub(r"\D", "", found[1]))
