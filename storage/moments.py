"""Moments in the neighbourhood, and help on paper for who has no Telegram."""

from datetime import datetime

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field

from storage.base import Table
from storage.columns import UtcDateTime, now


class Moment(Table, table=True):
    """A visit to a neighbourhood: a place and a time, and a QR code that leads to it."""

    __tablename__ = "moments"
    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=16)
    """In the link, and in nothing that gives a right: who scans it is only welcomed."""
    title: str
    place: str
    district_code: str | None = Field(default=None, foreign_key="districts.code", index=True)
    starts_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False, index=True))
    planned_by: int = Field(foreign_key="people.id")
    cancelled_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))


class MomentGuest(Table, table=True):
    """Somebody scanned the code."""

    __tablename__ = "moment_guests"
    __table_args__ = (UniqueConstraint("moment_id", "person_id"),)
    id: int | None = Field(default=None, primary_key=True)
    moment_id: int = Field(foreign_key="moments.id", index=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    scanned_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
    remind: bool = False
    """They asked for a reminder, and it hasn't been sent yet."""


class PaperClaim(Table, table=True):
    """A code on paper with which somebody later takes over what was written down for them. Only its hash is kept."""

    __tablename__ = "paper_claims"
    id: int | None = Field(default=None, primary_key=True)
    code_hash: str = Field(unique=True, max_length=64)
    initiative_id: int = Field(foreign_key="initiatives.id", index=True)
    person_id: int = Field(foreign_key="people.id")
    """Who it was written down for: somebody without a channel."""
    created_by: int = Field(foreign_key="people.id")
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
    expires_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    claimed_by: int | None = Field(default=None, foreign_key="people.id")
    claimed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
