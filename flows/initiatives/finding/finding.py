"""Which initiatives somebody may look through: in a district, about a theme, with these words, new, or in need of help.

Only what everybody may see, so nothing that is hidden, and what runs goes before what is done.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import case, exists, or_
from sqlmodel import col, func, select

from flows.context import Around, Context
from flows.words.analysis import words
from flows.words.finding import find
from storage.initiatives import ENDED, Initiative, InitiativeStatus
from storage.search import SearchKind
from storage.steps import Step, StepStatus

NEW_FOR = timedelta(days=30)
"""How long an initiative is new."""
WORDS = 36
"""Bytes of what was typed that a button carries; the first words say most."""
BETWEEN = 0.4
"""What has less than this share of what the best one has isn't what was meant."""
FORM = re.compile(r"([0-9]{1,4})([a-z])(.{0,40})", re.DOTALL)

ENDED_EARLY = (InitiativeStatus.STOPPED, InitiativeStatus.MERGED)
"""Nothing to see or to join any more; what was learned is told elsewhere."""


class By(StrEnum):
    """What initiatives are chosen by; the value stands in buttons."""

    ALL = "a"
    DISTRICT = "d"
    """With its code."""
    THEME = "t"
    """With its code."""
    WORDS = "w"
    """With the words."""
    NEW = "n"
    NEEDS_HELP = "h"
    """Somebody may take a step, or be the initiator, or something is asked of the municipality."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One way to choose."""

    by: By
    value: str = ""

    def at(self, place: int) -> str:
        """What a button carries to show the initiative at that place, from 0."""
        return f"{place}{self.by.value}{self.value}"


def choice_in(argument: str) -> tuple[int, Choice] | None:
    """What a button carries, the other way round; None for what no button of ours says."""
    match = FORM.fullmatch(argument)
    if match is None or match[2] not in set(By):
        return None
    return int(match[1]), Choice(by=By(match[2]), value=match[3])


def by_words(text: str) -> Choice:
    """The words of a text, as many of the first ones as a button can carry."""
    kept = ""
    for word in dict.fromkeys(words(text)):
        longer = f"{kept} {word}".strip()
        if len(longer.encode()) > WORDS:
            break
        kept = longer
    return Choice(by=By.WORDS, value=kept)


def visible() -> Any:
    """Everybody may look at it."""
    return col(Initiative.hidden_at).is_(None) & col(Initiative.status).not_in(ENDED_EARLY)


def needs_help() -> Any:
    """Its initiators asked for something, and it isn't over."""
    open_step = exists().where(
        col(Step.initiative_id) == col(Initiative.id),
        col(Step.status) == StepStatus.PLANNED,
        col(Step.owner_id).is_(None),
    )
    asked = or_(col(Initiative.needs).is_not(None), col(Initiative.initiator_id).is_(None), open_step)
    return col(Initiative.status).not_in(ENDED) & asked


def is_new(now: datetime) -> Any:
    """It was started not long ago."""
    return col(Initiative.created_at) > now - NEW_FOR


def _condition(choice: Choice, now: datetime) -> Any:
    match choice.by:
        case By.DISTRICT:
            return visible() & (col(Initiative.district_code) == choice.value)
        case By.THEME:
            return visible() & (col(Initiative.theme_code) == choice.value)
        case By.NEW:
            return visible() & is_new(now)
        case By.NEEDS_HELP:
            return visible() & needs_help()
        case _:
            return visible()


@dataclass(frozen=True, kw_only=True)
class Turned:
    """The initiative on the card in front, of so many."""

    initiative: Initiative
    place: int
    """From 0."""
    total: int


async def look(context: Context, choice: Choice, place: int) -> Turned | None:
    """The initiative at a place; beyond the last one the last. None: there are none."""
    if choice.by is By.WORDS:
        return await _with_words(context, choice.value, place)
    condition = _condition(choice, context.now)
    total = (await context.session.exec(select(func.count()).select_from(Initiative).where(condition))).one()
    if total == 0:
        return None
    place = min(place, total - 1)
    is_over = case((col(Initiative.status).in_(ENDED), 1), else_=0)
    query = select(Initiative).where(condition).order_by(is_over, col(Initiative.id).desc()).offset(place).limit(1)
    found = (await context.session.exec(query)).first()
    return None if found is None else Turned(initiative=found, place=place, total=total)


async def _with_words(context: Context, text: str, place: int) -> Turned | None:
    hits = await find(context.session, SearchKind.INITIATIVE, text)
    least = BETWEEN * max((hit.score for hit in hits), default=0.0)
    numbers = [hit.document_id for hit in hits if hit.score >= least]
    query = select(Initiative).where(col(Initiative.id).in_(numbers), visible())
    found = {one.id: one for one in (await context.session.exec(query)).all()}
    in_order = [found[number] for number in numbers if number in found]
    if not in_order:
        return None
    place = min(place, len(in_order) - 1)
    return Turned(initiative=in_order[place], place=place, total=len(in_order))


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many there are to look at, for the first menu."""

    all: int
    new: int
    needs_help: int
    here: int
    """In the own district."""


async def counts(context: Context) -> Counts:
    """One look at them all."""
    tallies = (
        func.count(),
        _how_many(is_new(context.now)),
        _how_many(needs_help()),
        _how_many(col(Initiative.district_code) == context.me.district_code),
    )
    query: Any = select(*tallies).select_from(Initiative).where(visible())
    total, new, helped, here = (await context.session.exec(query)).one()
    return Counts(all=total, new=new, needs_help=helped, here=here)


def _how_many(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


async def shelves(context: Context, by: By) -> list[tuple[Choice, str, int]]:
    """The districts, or the themes, where there is something to look at: the choice, its name and how many."""
    around = context.around
    column = col(Initiative.district_code if by is By.DISTRICT else Initiative.theme_code)
    name: Callable[[str | None], str] = around.district if by is By.DISTRICT else around.theme
    query: Any = select(column, func.count()).where(visible(), column.is_not(None)).group_by(column)
    found: list[tuple[str, int]] = list((await context.session.exec(query)).all())
    named = [(Choice(by=by, value=code), name(code), number) for code, number in found if _is_known(around, by, code)]
    return sorted(named, key=lambda one: one[1])


def _is_known(around: Around, by: By, code: str) -> bool:
    """Whether the municipality still has it."""
    municipality = around.municipality
    return (municipality.district(code) if by is By.DISTRICT else municipality.theme(code)) is not None
