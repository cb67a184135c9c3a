"""What residents ask, and all that is said about it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Index
from sqlmodel import Field

from storage.base import Table
from storage.columns import UtcDateTime, now, words


class QuestionStatus(StrEnum):
    """Whose turn it is."""

    OPEN = "open"
    """The team's: nobody has taken it."""
    CLAIMED = "claimed"
    """The assignee's."""
    ANSWERED = "answered"
    """The resident's: an answer was sent."""
    CLOSED = "closed"
    """Nobody's: it is done."""


class MessageKind(StrEnum):
    """What a message in a question is for."""

    QUESTION = "question"
    FOLLOW_UP = "follow_up"
    """The resident asks on, or says why the answer didn't help."""
    ANSWER = "answer"
    TRANSFER = "transfer"
    """Why it went to another team."""
    CLOSE = "close"
    """Why it was closed without an answer."""
    THANKS = "thanks"


class Question(Table, table=True):
    """A question of a resident. It always has a team; an assignee when somebody took it."""

    __tablename__ = "questions"
    __table_args__ = (Index("ix_questions_team_code_status", "team_code", "status"),)
    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True, max_length=16)
    asker_id: int = Field(foreign_key="people.id", index=True)
    theme_code: str | None = Field(default=None, foreign_key="themes.code")
    district_code: str | None = Field(default=None, foreign_key="districts.code")
    team_code: str = Field(foreign_key="teams.code")
    assignee_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    status: QuestionStatus = Field(default=QuestionStatus.OPEN, sa_column=Column(words(QuestionStatus), nullable=False))
    due_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    """When the resident may expect an answer."""
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
    answered_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    initiative_id: int | None = Field(default=None, foreign_key="initiatives.id", index=True)
    """The initiative it came from, when somebody was stuck."""
    reopened: int = 0
    """How often an answer didn't help."""


class QuestionMessage(Table, table=True):
    """One message of a question, in the order of the ids."""

    __tablename__ = "question_messages"
    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="questions.id", index=True)
    author_id: int = Field(foreign_key="people.id")
    kind: MessageKind = Field(sa_column=Column(words(MessageKind), nullable=False))
    text: str = ""
    photo: str | None = None
    voice: str | None = None
    """The channel's ids of a picture or a voice message."""
    latitude: float | None = None
    longitude: float | None = None
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
