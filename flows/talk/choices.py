"""Answers by choosing: one of an enum, several, one of what is known only now, yes or no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from flows.talk.answers import (
    Acceptance,
    Accepted,
    AnswerType,
    Chosen,
    Drafted,
    Given,
    Option,
    OptionRows,
    Refused,
    Surroundings,
    Unfit,
    chosen,
    in_rows,
)

E = TypeVar("E", bound=StrEnum)


def enum_options(kind: type[E], question: str, around: Surroundings) -> list[Option]:
    """One option a member; the label is the text `<question>.options.<member>`."""
    return [Option(key=member.value, label=around.plain(f"{question}.options.{member.value}")) for member in kind]


class Choice(AnswerType[E]):
    """One member of an enum, `but` these."""

    def __init__(self, kind: type[E], *, columns: int = 1, but: Sequence[E] = ()) -> None:
        self.kind = kind
        self.columns = columns
        self.but = but

    def options(self, question: str, around: Surroundings, draft: Any) -> OptionRows:
        options = [option for option in enum_options(self.kind, question, around) if option.key not in self.but]
        return in_rows(options, self.columns)

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        key = chosen(given, self.options(question, around, draft))
        return Refused(key="talk.refused.choice") if key is None else Accepted(value=key)

    def load(self, value: Any) -> E:
        try:
            return self.kind(value)
        except ValueError as exc:
            raise Unfit from exc

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        return around.plain(f"{question}.options.{value}")


class Choices(AnswerType[tuple[E, ...]]):
    """Some members of an enum, at least one; ticked one by one.

    A button says what it does, tick or untick, so that a second tap on it changes nothing.
    """

    DONE = "done"
    UNTICK = "-"

    def __init__(self, kind: type[E]) -> None:
        self.kind = kind

    def options(self, question: str, around: Surroundings, draft: Any) -> OptionRows:
        ticked = set(draft or ())
        rows = [
            [
                Option(key=f"{self.UNTICK}{option.key}", label=f"☑️ {option.label}")
                if option.key in ticked
                else Option(key=option.key, label=f"⬜ {option.label}")
            ]
            for option in enum_options(self.kind, question, around)
        ]
        return [*rows, [Option(key=self.DONE, label=around.plain("talk.buttons.done"))]]

    def is_begun(self, draft: Any) -> bool:
        return bool(draft)

    def draft_of(self, value: Any) -> Any:
        return value

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        ticked = [member.value for member in self.kind if member.value in set(draft or ())]
        shown = [row for kept in (draft, None) for row in self.options(question, around, kept)]
        match chosen(given, shown if isinstance(given, Chosen) else self.options(question, around, draft)):
            case None:
                return Refused(key="talk.refused.choices")
            case self.DONE:
                return Accepted(value=ticked) if ticked else Refused(key="talk.refused.none_ticked")
            case key if key.startswith(self.UNTICK):
                return Drafted(value=[one for one in ticked if f"{self.UNTICK}{one}" != key])
            case key:
                return Drafted(value=ticked if key in ticked else [*ticked, key])

    def load(self, value: Any) -> tuple[E, ...]:
        if not isinstance(value, list) or not value:
            raise Unfit
        try:
            return tuple(self.kind(one) for one in value)
        except ValueError as exc:
            raise Unfit from exc

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        return ", ".join(around.plain(f"{question}.options.{one}") for one in value)


class OneOf(AnswerType[str]):
    """One of the options that are known only now: `labels` maps each key to what the button says.

    Many are shown in pages; the draft is the number of the page, from 0. Typed, those of other pages count too.
    """

    PAGE = "page:"
    ROWS = 20
    """On a page; Telegram refuses a keyboard of more than about a hundred buttons."""

    def __init__(self, labels: Mapping[str, str], *, columns: int = 1) -> None:
        self.labels = labels
        self.columns = columns

    def options(self, question: str, around: Surroundings, draft: Any) -> OptionRows:
        rows = in_rows([Option(key=key, label=label) for key, label in self.labels.items()], self.columns)
        last = max(0, (len(rows) - 1) // self.ROWS)
        if last == 0:
            return rows
        page = min(draft, last) if isinstance(draft, int) else 0
        turns = [("previous", page - 1)] if page > 0 else []
        turns += [("next", page + 1)] if page < last else []
        turn = [Option(key=f"{self.PAGE}{to}", label=around.plain(f"talk.buttons.{word}")) for word, to in turns]
        return [*rows[page * self.ROWS : (page + 1) * self.ROWS], turn]

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        shown = self.options(question, around, draft)
        key = chosen(given, shown)
        if key is None:
            key = chosen(given, [[Option(key=one, label=label) for one, label in self.labels.items()]])
        if key is None and isinstance(given, Chosen):  # turned twice: on to the page it said
            key = chosen(given, self.options(question, around, None))
        if key is None:
            return Refused(key="talk.refused.choice")
        if key not in self.labels:
            return Drafted(value=int(key.removeprefix(self.PAGE)))
        return Accepted(value=key)

    def load(self, value: Any) -> str:
        if not isinstance(value, str) or value not in self.labels:
            raise Unfit
        return value

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        return self.labels[value]


class YesNo(AnswerType[bool]):
    """Yes or no; the texts `<question>.options.yes` and `.no` go before the plain words where they exist."""

    def options(self, question: str, around: Surroundings, draft: Any) -> OptionRows:
        return [[Option(key=key, label=self._label(key, question, around)) for key in ("yes", "no")]]

    def _label(self, key: str, question: str, around: Surroundings) -> str:
        return around.plain(f"{question}.options.{key}|talk.buttons.{key}")

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        key = chosen(given, self.options(question, around, draft))
        if key is None:
            plain = [[Option(key=one, label=around.plain(f"talk.buttons.{one}")) for one in ("yes", "no")]]
            key = chosen(given, plain)
        return Refused(key="talk.refused.choice") if key is None else Accepted(value=key == "yes")

    def load(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise Unfit
        return value

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        return self._label("yes" if value else "no", question, around)
