"""What has come in: which updates were carried out, and which couldn't be."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column
from sqlmodel import Field

from storage.base import Table
from storage.columns import UtcDateTime, now


class SeenUpdate(Table, table=True):
    """An update that was carried out; written in the same transaction, so a repeat is recognised."""

    __tablename__ = "seen_updates"
    update_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    seen_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False, index=True))


class FailedUpdate(Table, table=True):
    """An update that kept failing, kept for 30 days to find out why.

    Without last names, user names and contacts; what looks like a BSN, a number or an address is marked.
    """

    __tablename__ = "failed_updates"
    update_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    payload: dict[str, Any] = Field(sa_column=Column[Any](JSON, nullable=False))
    error: str
    """The kind of exception and where it was raised; never what somebody wrote."""
    attempts: int
    failed_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
