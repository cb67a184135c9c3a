"""What residents start."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from storage.base import Table
from storage.columns import UtcDateTime, now, words


class InitiativeStatus(StrEnum):
    """Where an initiative stands."""

    IDEA = "idea"
    """Just started; the guide has not greeted yet."""
    EXPLORING = "exploring"
    """The guide and the initiator are in touch."""


class Initiative(Table, table=True):
    """A plan of a resident, in the resident's own words."""

    __tablename__ = "initiatives"
    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True, max_length=16)
    initiator_id: int = Field(foreign_key="people.id", index=True)
    title: str
    idea: str
    helpers: list[str] = Field(default_factory=list, sa_column=Column[Any](JSON, nullable=False))
    """With whom: keys of `flows.initiatives.start.Helper`."""
    district_code: str | None = Field(default=None, foreign_key="districts.code", index=True)
    theme_code: str | None = Field(default=None, foreign_key="themes.code", index=True)
    first_step: str
    needs: str | None = None
    """What is asked of the municipality; None: nothing."""
    photo: str | None = None
    """The channel's id of the picture."""
    status: InitiativeStatus = Field(
        default=InitiativeStatus.IDEA, sa_column=Column(words(InitiativeStatus), nullable=False)
    )
    team_code: str = Field(foreign_key="teams.code", index=True)
    guide_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    respond_by: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    """When the initiator hears from the guide at the latest."""
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))


class InitiativeMessage(Table, table=True):
    """A line between the guide and the initiator, passed on by the bot."""

    __tablename__ = "initiative_messages"
    id: int | None = Field(default=None, primary_key=True)
    initiative_id: int = Field(foreign_key="initiatives.id", index=True)
    author_id: int = Field(foreign_key="people.id")
    text: str
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
