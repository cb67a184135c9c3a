"""What can be done with the articles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flows.verbs import Command


@dataclass(frozen=True, kw_only=True)
class ArticleCommand(Command):
    """Something to do with an article."""

    article_id: int


@dataclass(frozen=True, kw_only=True)
class FoundAnswer(Command):
    """An article answers what somebody wanted to ask."""

    article_id: int
    found: tuple[int, ...]
    """The ids of all that were shown, best first."""
    words: str
    """What they wanted to ask."""


@dataclass(frozen=True, kw_only=True)
class WriteArticle(Command):
    """Residents find it from now on."""

    question: str
    answer: str
    team: str
    theme: str | None = None
    source: str | None = None
    question_id: int | None = None
    """The question it was made of."""
    months: int = 6
    """Until somebody looks again whether it is right."""
    checked_on: date | None = None
    """None: today."""


@dataclass(frozen=True, kw_only=True)
class ChangeArticle(ArticleCommand):
    """It says something else from now on; who changes it has checked it."""

    question: str
    answer: str
    theme: str | None
    source: str | None = None
    """None: as it was."""
    checked_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class CheckArticle(ArticleCommand):
    """It is still right; somebody looks again after so many months."""

    months: int = 6


@dataclass(frozen=True, kw_only=True)
class RetireArticle(ArticleCommand):
    """Residents don't find it any more."""


@dataclass(frozen=True, kw_only=True)
class LookForArticle(Command):
    """Somebody who works here looks for one."""

    words: str
