"""Notices by e-mail, the links in them, and the sessions those links open."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column
from sqlmodel import Field

from storage.base import Table
from storage.columns import UtcDateTime, now, words
from storage.indexes import partial_index


class MailStatus(StrEnum):
    """How far it is."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    """Refused for good; `error` says why."""


class MailNotice(Table, table=True):
    """Something waits for somebody who is reached by e-mail. What is in it, and its links, are made when it is sent."""

    __tablename__ = "mail_notices"
    __table_args__ = (partial_index("ix_mail_notices_waiting", "id", where="status = 'waiting'"),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    question_id: int | None = Field(default=None, foreign_key="questions.id", index=True)
    """None: about all that waits for them, as it is said in the morning."""
    status: MailStatus = Field(default=MailStatus.WAITING, sa_column=Column(words(MailStatus), nullable=False))
    not_before: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    attempts: int = 0
    error: str | None = None
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
    sent_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class LoginLink(Table, table=True):
    """A link that opens one question for one person, once, for ten minutes. Only its hash is kept."""

    __tablename__ = "login_links"
    id: int | None = Field(default=None, primary_key=True)
    code_hash: str = Field(unique=True, max_length=64)
    person_id: int = Field(foreign_key="people.id", index=True)
    question_id: int = Field(foreign_key="questions.id", index=True)
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
    expires_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    used_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class ConsoleSession(Table, table=True):
    """Somebody looks at one question in the console, for an hour. Only the hash of what their browser holds is kept."""

    __tablename__ = "console_sessions"
    token_hash: str = Field(primary_key=True, max_length=64)
    person_id: int = Field(foreign_key="people.id", index=True)
    question_id: int = Field(foreign_key="questions.id", index=True)
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
    expires_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
