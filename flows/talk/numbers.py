"""An answer that is a number of things."""

from __future__ import annotations

from typing import Any

from flows.talk import incoming
from flows.talk.answers import Acceptance, Accepted, AnswerType, Given, Refused, Surroundings, Unfit


class Count(AnswerType[int]):
    """A whole number from 0 to `maximum`, typed."""

    def __init__(self, *, maximum: int) -> None:
        self.maximum = maximum

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        digits = given.text.strip().replace(".", "") if isinstance(given, incoming.Text) else ""
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 9 and int(digits) <= self.maximum):
            return Refused(key="talk.refused.count", values={"maximum": self.maximum})
        return Accepted(value=int(digits))

    def load(self, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= self.maximum:
            raise Unfit
        return value

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        return around.plain("talk.shown.count", number=value)
