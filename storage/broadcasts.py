"""Updates of the municipality to many people."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column
from sqlmodel import Field

from storage.base import Table
from storage.columns import UtcDateTime, now, words


class Audience(StrEnum):
    """For whom."""

    ALL = "all"
    DISTRICT = "district"
    """Who lives there, by their own choice; `audience_code` says which."""
    THEME = "theme"
    """Who follows it; `audience_code` says which."""


class Broadcast(Table, table=True):
    """One message to many. Its copies stand in the outbox and refer to it."""

    __tablename__ = "broadcasts"
    id: int | None = Field(default=None, primary_key=True)
    author_id: int = Field(foreign_key="people.id", index=True)
    text: str
    photo: str | None = None
    audience: Audience = Field(sa_column=Column(words(Audience), nullable=False))
    audience_code: str | None = Field(default=None, max_length=20)
    recipients: int
    """Fixed when it was sent."""
    sent: int = 0
    failed: int = 0
    unknown: int = 0
    """Counted until it is finished."""
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
    finished_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
