"""Somebody finds that something should not be public."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column
from sqlmodel import Field

from storage.base import Table
from storage.columns import UtcDateTime, now, words


class ReportStatus(StrEnum):
    """Whose turn it is."""

    OPEN = "open"
    """A coordinator's."""
    KEPT = "kept"
    """It stays public."""
    HIDDEN = "hidden"
    """It is hidden; the initiators know why and can appeal."""
    APPEALED = "appealed"
    """Another coordinator's, where there is one."""
    APPEAL_GRANTED = "appeal_granted"
    APPEAL_REFUSED = "appeal_refused"


class Report(Table, table=True):
    """A report about an initiative's public side, or a coordinator's own hiding, and what came of it."""

    __tablename__ = "reports"
    id: int | None = Field(default=None, primary_key=True)
    initiative_id: int = Field(foreign_key="initiatives.id", index=True)
    reporter_id: int | None = Field(default=None, foreign_key="people.id")
    """None: a coordinator hid it without a report."""
    text: str
    status: ReportStatus = Field(default=ReportStatus.OPEN, sa_column=Column(words(ReportStatus), nullable=False))
    decided_by: int | None = Field(default=None, foreign_key="people.id")
    decided_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    reason: str | None = None
    """Of the decision."""
    appeal: str | None = None
    appealed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    appeal_decided_by: int | None = Field(default=None, foreign_key="people.id")
    appeal_reason: str | None = None
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
