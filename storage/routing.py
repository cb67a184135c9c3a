"""Rules of the municipality's own for which team gets a question, above those of its file."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column
from sqlmodel import Field

from storage.base import Table
from storage.columns import UtcDateTime, now, words


class RuleHours(StrEnum):
    """When a rule counts."""

    ALWAYS = "always"
    OPEN = "open"
    """In office hours."""
    CLOSED = "closed"
    """Outside them."""


class RoutingRule(Table, table=True):
    """This theme, in this district, at this time: that team. The first that fits counts."""

    __tablename__ = "routing_rules"
    id: int | None = Field(default=None, primary_key=True)
    position: int = Field(index=True)
    """Lower goes first."""
    theme_code: str | None = Field(default=None, foreign_key="themes.code")
    """None: whatever it is about."""
    district_code: str | None = Field(default=None, foreign_key="districts.code")
    """None: wherever."""
    hours: RuleHours = Field(default=RuleHours.ALWAYS, sa_column=Column(words(RuleHours), nullable=False))
    team_code: str = Field(foreign_key="teams.code")
    created_by: int = Field(foreign_key="people.id")
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
