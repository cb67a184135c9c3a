"""What was learned, here and elsewhere, without anything about a person."""

from datetime import date, datetime
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import Column, Date
from sqlmodel import Field

from storage.base import Table
from storage.columns import UtcDateTime, now, words
from storage.initiatives import Route


class Ending(StrEnum):
    """How what it was learned from ended."""

    DONE = "done"
    STOPPED = "stopped"
    MERGED = "merged"
    TAKEN_ON = "taken_on"


class Lesson(Table, table=True):
    """Three short answers about one initiative; from here, or from another municipality's feed or file."""

    __tablename__ = "lessons"
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=lambda: str(uuid4()), unique=True, max_length=64)
    """The same in every municipality that reads it."""
    municipality: str
    """The name of where it was learned."""
    source: str | None = None
    """The feed or file it came from; None: our own."""
    initiative_id: int | None = Field(default=None, foreign_key="initiatives.id", index=True)
    subject: str
    """What it was about, in a few words."""
    theme: str | None = None
    """The theme's code here, or its name elsewhere."""
    route: Route | None = Field(default=None, sa_column=Column(words(Route)))
    ending: Ending = Field(sa_column=Column(words(Ending), nullable=False))
    worked: str
    did_not: str
    tip: str
    language: str = Field(default="nl", max_length=8)
    learned_on: date = Field(sa_column=Column(Date, nullable=False))
    withdrawn_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    """Hidden by a coordinator, or gone from its feed."""
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))


class LessonFeed(Table, table=True):
    """Another municipality's lessons we subscribe to."""

    __tablename__ = "lesson_feeds"
    id: int | None = Field(default=None, primary_key=True)
    url: str = Field(unique=True)
    etag: str | None = None
    read_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    error: str | None = None
    """Why the last reading failed; None: it didn't."""
