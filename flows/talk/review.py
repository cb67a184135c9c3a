"""The summary at the end of a conversation, itself a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from flows.talk.answers import (
    Acceptance,
    Accepted,
    AnswerType,
    Change,
    Given,
    Option,
    OptionRows,
    Refused,
    Surroundings,
    chosen,
    in_rows,
)


class Confirmed(StrEnum):
    """What the review is answered with."""

    CONFIRMED = "confirm"


class Review(AnswerType[None]):
    """All answers together: confirm them, or change one."""

    CHANGE = "change:"

    def __init__(
        self, shown: Sequence[tuple[str, AnswerType[Any], Any]], values: Mapping[str, object] | None = None
    ) -> None:
        self.shown = shown
        self.values = values or {}

    def options(self, question: str, around: Surroundings, draft: Any) -> OptionRows:
        talk = question.rpartition(".")[0]
        label = around.plain(f"{question}.options.confirm|talk.buttons.confirm", **self.values)
        confirm = Option(key=Confirmed.CONFIRMED, label=label)
        changes = [
            Option(key=self.CHANGE + name, label=f"✏️ {around.plain(f'{talk}.{bare(name)}.label')}")
            for name, _, _ in self.shown
        ]
        return [[confirm], *in_rows(changes, 2)]

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        yes = Option(key=Confirmed.CONFIRMED, label=around.plain("talk.buttons.yes"))
        key = chosen(given, self.options(question, around, draft)) or chosen(given, [[yes]])
        if key is None:
            return Refused(key="talk.refused.review")
        return Change(name=key.removeprefix(self.CHANGE)) if key.startswith(self.CHANGE) else Accepted(value=key)

    def load(self, value: Any) -> None:
        return None

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        return ""

    def lines(self, talk: str, around: Surroundings) -> list[tuple[str, str]]:
        """Label and answer of every question, plain text."""
        return [
            (around.plain(f"{talk}.{bare(name)}.label"), answer.show(value, f"{talk}.{bare(name)}", around))
            for name, answer, value in self.shown
        ]


def bare(name: str) -> str:
    """The name without its number: `photo[2]` has the texts of `photo`."""
    return name.partition("[")[0]
