"""The small steps of an initiative."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Column, Date
from sqlmodel import Field

from storage.base import Table
from storage.columns import UtcDateTime, now, words


class StepStatus(StrEnum):
    """How a step stands."""

    PLANNED = "planned"
    DONE = "done"
    DROPPED = "dropped"


class Step(Table, table=True):
    """One thing to do, by somebody, by a day."""

    __tablename__ = "steps"
    id: int | None = Field(default=None, primary_key=True)
    initiative_id: int = Field(foreign_key="initiatives.id", index=True)
    owner_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    """An initiator or a helper; None: nobody yet."""
    text: str
    by: date | None = Field(default=None, sa_column=Column(Date))
    status: StepStatus = Field(default=StepStatus.PLANNED, sa_column=Column(words(StepStatus), nullable=False))
    done_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    photo: str | None = None
    """The channel's id of the picture of how it became."""
    story: str | None = None
    """One sentence about how it went."""
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
