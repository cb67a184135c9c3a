"""Who did what, and when. It is only ever added to."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from storage.base import Table
from storage.columns import UtcDateTime, now


class AuditEntry(Table, table=True):
    """One command that was carried out. `details` holds codes and numbers, never what somebody wrote."""

    __tablename__ = "audit"
    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False, index=True))
    actor_id: int | None = Field(default=None, foreign_key="people.id")
    """None: the command line or the clock."""
    command: str = Field(max_length=64)
    subject: str | None = Field(default=None, max_length=32)
    subject_id: int | None = None
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column[Any](JSON, nullable=False))
