"""What still has to go out, written in the transaction that decided it."""

from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, Integer
from sqlmodel import Field

from storage.base import Table
from storage.columns import BIG_ID, UtcDateTime, now, words
from storage.indexes import partial_index

BLOCKED = "blocked"
"""The error of a message for somebody who blocked the bot; it is sent when they return."""

DELETED = "deleted"
"""The error of a message for somebody whose account is no longer there."""

STOPPED = "stopped"
"""The error of a broadcast's copy for somebody who said stop before it was their turn."""


class Priority(IntEnum):
    """Who goes first; lower goes earlier."""

    REPLY = 0
    """Somebody is looking at the screen."""
    NOTICE = 1
    """Something happened that concerns them."""
    BROADCAST = 2


class OutboxKind(StrEnum):
    """What has to be done."""

    SEND = "send"
    EDIT = "edit"
    """Replace the text and buttons of a message sent before: a card's, or `payload["message_id"]`."""
    DELETE = "delete"
    MENU = "menu"
    """Show the commands of this chat anew: `payload["commands"]`, pairs of a name and what it does."""
    MAKE_TOPIC = "make_topic"
    """Make a topic in a group: `payload["question"]`, `payload["name"]`; its id is kept in `QuestionTopic`."""
    CLOSE_TOPIC = "close_topic"
    REOPEN_TOPIC = "reopen_topic"


class OutboxStatus(StrEnum):
    """How far it is."""

    WAITING = "waiting"
    SENDING = "sending"
    """Handed to the channel; after a crash nobody knows whether it arrived. Only broadcasts are marked so."""
    SENT = "sent"
    FAILED = "failed"
    """Refused for good; `error` says why."""
    UNKNOWN = "unknown"
    """It may have arrived, so it isn't sent again."""


class OutboxMessage(Table, table=True):
    """One message for one chat; within a chat they go by priority, then by id."""

    __tablename__ = "outbox"
    __table_args__ = (
        partial_index("ix_outbox_waiting", "priority", "id", where="status = 'waiting'"),
        Index("ix_outbox_broadcast_id_status", "broadcast_id", "status"),
    )
    id: int | None = Field(default=None, sa_column=Column(BIG_ID, primary_key=True))
    chat_id: int = Field(sa_column=Column(BigInteger, nullable=False))
    person_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    priority: int = Field(default=Priority.REPLY, sa_column=Column(Integer, nullable=False))
    kind: OutboxKind = Field(default=OutboxKind.SEND, sa_column=Column(words(OutboxKind), nullable=False))
    payload: dict[str, Any] = Field(default_factory=dict, sa_column=Column[Any](JSON, nullable=False))
    """A `flows.talk.message.Message` as JSON; for a broadcast what differs per person, the rest is the broadcast's."""
    card_id: int | None = Field(default=None, foreign_key="cards.id", index=True)
    broadcast_id: int | None = Field(default=None, foreign_key="broadcasts.id")
    status: OutboxStatus = Field(default=OutboxStatus.WAITING, sa_column=Column(words(OutboxStatus), nullable=False))
    not_before: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    attempts: int = 0
    error: str | None = None
    message_id: int | None = Field(default=None, sa_column=Column(BigInteger))
    """The channel's id of what was sent."""
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
    sent_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
