"""Frequently asked questions and their answers, and what was looked for."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, Date
from sqlmodel import Field

from storage.base import Table
from storage.columns import UtcDateTime, now, words


class ArticleStatus(StrEnum):
    """Whether residents find it."""

    PUBLISHED = "published"
    RETIRED = "retired"


class Article(Table, table=True):
    """A question that many have, with its answer."""

    __tablename__ = "articles"
    id: int | None = Field(default=None, primary_key=True)
    question: str
    answer: str
    status: ArticleStatus = Field(
        default=ArticleStatus.PUBLISHED, sa_column=Column(words(ArticleStatus), nullable=False, index=True)
    )
    theme_code: str | None = Field(default=None, foreign_key="themes.code")
    team_code: str = Field(foreign_key="teams.code", index=True)
    """The team that keeps it right."""
    owner_id: int | None = Field(default=None, foreign_key="people.id")
    """Who wrote or last checked it; None: it was imported."""
    source: str | None = None
    """A web address, where it says so."""
    question_id: int | None = Field(default=None)
    """The question it was made of, which may be gone by now."""
    checked_on: date = Field(sa_column=Column(Date, nullable=False))
    """The day somebody last saw that it is right."""
    review_on: date = Field(sa_column=Column(Date, nullable=False, index=True))
    """The day its team is asked whether it still is."""
    helped: int = 0
    did_not_help: int = 0
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
    updated_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False, index=True))


class SearchOutcome(StrEnum):
    """How looking for an answer ended."""

    HELPED = "helped"
    ASKED = "asked"
    """None of what was found helped; a person was asked."""
    NOTHING = "nothing"
    """Nothing was found."""


class ArticleSearch(Table, table=True):
    """What somebody looked for, without who: it shows which articles are missing."""

    __tablename__ = "article_searches"
    id: int | None = Field(default=None, primary_key=True)
    asked: str
    """What they wrote, without numbers and addresses of people."""
    found: list[int] = Field(default_factory=list, sa_column=Column[list[int]](JSON, nullable=False))
    """The ids of the articles shown, best first."""
    outcome: SearchOutcome = Field(sa_column=Column(words(SearchOutcome), nullable=False))
    theme_code: str | None = Field(default=None, foreign_key="themes.code")
    at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False, index=True))
