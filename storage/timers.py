"""What has to happen at a time: rows that are claimed, never clocks in memory."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field

from storage.base import Table
from storage.columns import UtcDateTime, words


class TimerKind(StrEnum):
    """What to do when it is time."""

    DRAFT_REMINDER = "draft_reminder"
    """Ask once whether somebody wants to go on with a conversation."""
    BROADCAST_PROGRESS = "broadcast_progress"
    """Show the coordinator how far a broadcast is."""
    HOUSEKEEPING = "housekeeping"
    """Delete what has served: old updates, messages that were sent."""
    RHYTHM = "rhythm"
    """Ask the initiators of an initiative how it goes; notice when it is silent."""
    STEP = "step"
    """Remind the owner of a step."""
    AGREEMENT = "agreement"
    """Remind both sides of an agreement, and tell who is above when it is not kept."""
    DECISION = "decision"
    """Watch the term of a formal decision."""
    ABSENCE = "absence"
    """Somebody who works here is back."""
    MOMENT = "moment"
    """Remind the guests of a moment in the neighbourhood."""
    LESSON = "lesson"
    """Ask the initiators of an initiative that ended once more what they learned."""
    LESSON_FEEDS = "lesson_feeds"
    """Read the lessons of other municipalities."""
    QUESTION = "question"
    """Look at a question: its term, who has it, what is waited for."""
    DIGEST = "digest"
    """Tell who works here in the morning what waits."""
    ARTICLES = "articles"
    """Ask the owners of articles whether they are still right."""


class Timer(Table, table=True):
    """One thing to do, at `due_at`; one of a kind for a subject."""

    __tablename__ = "timers"
    __table_args__ = (UniqueConstraint("kind", "subject_id"),)
    id: int | None = Field(default=None, primary_key=True)
    kind: TimerKind = Field(sa_column=Column(words(TimerKind), nullable=False))
    subject_id: int = 0
    due_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False, index=True))
    attempts: int = 0
