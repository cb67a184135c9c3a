"""The journal: what somebody has answered so far, under the names of the questions."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from storage.base import Table
from storage.columns import UtcDateTime, now, words
from storage.indexes import partial_index


class ConversationStatus(StrEnum):
    """Whether a conversation goes on."""

    ACTIVE = "active"
    """On the screen now; a person has at most one."""
    PARKED = "parked"
    """Waits until the person wants to go on."""
    BROKEN = "broken"
    """A bug in our code: kept, and tried again after the fix."""


class Conversation(Table, table=True):
    """One conversation of one person. Finished and cancelled ones are deleted: what they led to is kept elsewhere."""

    __tablename__ = "conversations"
    __table_args__ = (
        partial_index("uq_conversations_active", "person_id", unique=True, where="status = 'active'"),
        {"sqlite_autoincrement": True},  # an id in an old button must never mean a newer conversation
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    name: str = Field(max_length=64)
    """The name it is registered under, such as `initiative.start`."""
    status: ConversationStatus = Field(
        default=ConversationStatus.ACTIVE, sa_column=Column(words(ConversationStatus), nullable=False)
    )
    answers: dict[str, Any] = Field(default_factory=dict, sa_column=Column[Any](JSON, nullable=False))
    drafts: dict[str, Any] = Field(default_factory=dict, sa_column=Column[Any](JSON, nullable=False))
    """Answers being put together, such as the ticks of a list so far."""
    changing: str | None = Field(default=None, max_length=64)
    """The question whose answer is being changed; the old answer stays until the new one is accepted."""
    on_screen: str | None = Field(default=None, max_length=64)
    """The question that was shown last: what is typed is an answer to that one, whatever today's code would ask."""
    reminded: bool = False
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
    updated_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
    offered_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    """When the bot last asked whether they want to go on; the one reminder is `reminded`."""
