"""Kinds of answers that only the start of an initiative takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil
from typing import Any, NamedTuple, TypedDict

from flows.initiatives.beginning.demands import choice, demands, in_short, route_name
from flows.initiatives.finding.alike import Similar
from flows.initiatives.lessons.lessons import Tip
from flows.talk.answers import (
    Acceptance,
    Accepted,
    AnswerType,
    Drafted,
    Given,
    Option,
    OptionRows,
    Photo,
    Refused,
    Skippable,
    Surroundings,
    Text,
    Unfit,
    chosen,
)
from storage.initiatives import ENDED, Route

LABEL = 26
"""Characters of a name that fit on a button."""

_NUMBER = r"\d{1,3}(?:[. ]\d{3})+(?:,\d{1,2})?|\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_EUROS = re.compile(rf"(?:€|\beuro?s?\b)\s*({_NUMBER})(?!\d)|(?<![\d.,])({_NUMBER})(?:,-)?\s*(?:€|euro?s?\b)", re.I)


def euros_in(text: str) -> int | None:
    """The amount that a text names, in whole euros, rounded up; None where it names none, or several.

    Only a number is an amount too.
    """
    if re.fullmatch(_NUMBER, text.strip()):
        return _whole(text.strip())
    found = {_whole(before or after) for before, after in _EUROS.findall(text)}
    return found.pop() if len(found) == 1 else None


def _whole(number: str) -> int:
    """`1.500`, `1,500` and `1500,00` are fifteen hundred."""
    cents = re.search(r"[.,](\d{1,2})$", number)
    units = number[: cents.start()] if cents else number
    return ceil(float(f"{re.sub(r'[., ]', '', units)}.{cents[1] if cents else 0}"))


class NoPhotoYet(Skippable[str]):
    """A photo, or none; an empty value can be the default, so that nobody is asked for one."""

    NONE = ""

    def __init__(self) -> None:
        super().__init__(Photo())

    def load(self, value: Any) -> str | None:
        return super().load(value or None)

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        return super().show(value or None, question, around)


class WithOthers(NamedTuple):
    """An initiative of others, chosen over one's own."""

    initiative_id: int
    help: bool
    """Or only follow it."""


class AlikeAnswer(AnswerType[WithOthers | None]):
    """Help with an initiative that is alike, follow it, or go on with one's own (None).

    Those that ended are an example. Where there are several each opens its own card: a draft, its id.
    """

    MINE = "mine"
    ALL = "all"
    LOOK, HELP = "look-", "help-"
    """What comes before the id; the id alone is to follow."""

    def __init__(self, alike: Sequence[Similar]) -> None:
        self.alike = alike

    def text(self, question: str, around: Surroundings, draft: Any) -> str | None:
        places = {district.code: district.name for district in around.municipality.districts}
        opened = self._opened(draft)
        alike = [
            {
                "title": one["title"],
                "district": places.get(one["district"] or ""),
                "status": around.plain(f"initiative.status.{one['status']}"),
                "first_step": one["first_step"],
            }
            for one in self.alike
            if not self._is_one_of(draft) or one is opened
        ]
        return around.text(question, alike=alike, opened=opened is not None)

    def options(self, question: str, around: Surroundings, draft: Any) -> OptionRows:
        def option(key: str, word: str, title: str = "") -> list[Option]:
            return [Option(key=key, label=around.plain(f"initiative.route.buttons.{word}", title=title))]

        mine = option(self.MINE, "mine")
        opened = self._opened(draft)
        if opened is None:
            several = [option(f"{self.LOOK}{one['id']}", "look", _cut(one["title"])) for one in joinable(self.alike)]
            return [*several, mine]
        number = str(opened["id"])
        ways = [option(f"{self.HELP}{number}", "join"), option(number, "follow")]
        return [*ways, *([option(self.ALL, "all")] if self._is_one_of(draft) else []), mine]

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        shown = self.options(question, around, draft)
        key = chosen(given, shown) or chosen(given, [*shown, *self.options(question, around, None)])
        if key is None:
            return Refused(key="talk.refused.choice")
        if key == self.ALL:
            return Drafted(value=None)
        return Drafted(value=key.removeprefix(self.LOOK)) if key.startswith(self.LOOK) else Accepted(value=key)

    def load(self, value: Any) -> WithOthers | None:
        if value == self.MINE:
            return None
        number = str(value).removeprefix(self.HELP)
        if number not in {str(one["id"]) for one in joinable(self.alike)}:
            raise Unfit
        return WithOthers(int(number), help=str(value).startswith(self.HELP))

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        number = str(value).removeprefix(self.HELP)
        title = next((one["title"] for one in self.alike if str(one["id"]) == number), None)
        if title is None:
            return around.plain("initiative.route.buttons.mine")
        word = "join" if str(value).startswith(self.HELP) else "follow"
        return around.plain(f"initiative.route.buttons.{word}", title=title)

    def _opened(self, draft: Any) -> Similar | None:
        """The one whose card is on the screen: the only one, or what was opened."""
        there = joinable(self.alike)
        if len(there) == 1:
            return there[0]
        return next((one for one in there if str(one["id"]) == draft), None)

    def _is_one_of(self, draft: Any) -> bool:
        return len(joinable(self.alike)) > 1 and self._opened(draft) is not None


def joinable(alike: Sequence[Similar]) -> list[Similar]:
    """Those that still run; the others are only an example."""
    return [one for one in alike if one["status"] not in ENDED]


def _cut(title: str) -> str:
    return title if len(title) <= LABEL else f"{title[: LABEL - 1].rstrip()}…"


class FirstStep(Text):
    """The first step in a few words; the question says how small it may be, and what others learned."""

    def __init__(self, tips: Sequence[Tip] = (), *, max_length: int = 500) -> None:
        super().__init__(max_length=max_length)
        self.tips = tips

    def text(self, question: str, around: Surroundings, draft: Any) -> str | None:
        small = around.municipality.small_steps
        asked = around.text(question, days=small.days, amount=small.amount, people=small.people)
        if not self.tips:
            return asked
        return f"{around.text('initiative.route.learned_before', count=len(self.tips), tips=self.tips)}\n\n{asked}"


class Advised(TypedDict):
    """`flows.initiatives.beginning.advice.Advice` as the journal keeps it."""

    route: str
    """A route, or `report`."""
    why: str
    others: list[str]
    not_alone: bool


REPORT = "report"


class RouteAnswer(AnswerType[Route | None]):
    """The route that was advised, or another; None is a report. A draft: all of them are shown."""

    OTHERS = "others"

    def __init__(self, advised: Advised, *, amount: int | None, district: str | None) -> None:
        self.advised = advised
        self.amount = amount
        self.district = district

    def text(self, question: str, around: Surroundings, draft: Any) -> str | None:
        if draft:
            ways = [choice(around, route, self.district) for route in map(_route_of, self._all()) if route is not None]
            return "\n\n".join([around.text("initiative.route.all"), *ways])
        route = _route_of(self.advised["route"])
        rules = around.municipality.routes.get(route) if route else None
        parts = [
            around.text(
                self.advised["why"],
                route=route_name(around, route),
                amount=self.amount,
                maximum=rules.maximum_amount if rules else None,
                guide_title=around.municipality.guide_title.name_in(around.language),
            )
        ]
        if self.advised["not_alone"]:
            parts.append(around.text("initiative.route.not_alone"))
        if route is not None and (asked := demands(around, route, self.district)) is not None:
            parts.append(asked)
        return "\n\n".join([*parts, around.text(question)])

    def options(self, question: str, around: Surroundings, draft: Any) -> OptionRows:
        if draft:
            return [[Option(key=key, label=route_name(around, _route_of(key)))] for key in self._all()]
        best = self.advised["route"]
        word = {REPORT: "report", Route.JUST_DO_IT.value: "just_do_it"}.get(best, "take")
        rows = [[Option(key=best, label=around.plain(f"initiative.route.buttons.{word}"))]]
        if self.advised["others"]:
            rows.append([Option(key=self.OTHERS, label=around.plain("initiative.route.buttons.others"))])
        return rows

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        shown = self.options(question, around, draft)
        key = chosen(given, shown) or chosen(given, [*shown, *self.options(question, around, None)])
        if key is None:
            return Refused(key="talk.refused.choice")
        return Drafted(value=True) if key == self.OTHERS else Accepted(value=key)

    def load(self, value: Any) -> Route | None:
        if value not in self._all():
            raise Unfit
        return _route_of(value)

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        return in_short(around, _route_of(value), self.district)

    def _all(self) -> list[str]:
        return [self.advised["route"], *self.advised["others"]]


def _route_of(key: str) -> Route | None:
    return None if key == REPORT else Route(key)
