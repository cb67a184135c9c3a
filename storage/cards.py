"""Messages that stand for something: a reply to one is a reply to its subject, and live ones change along."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Column, Index
from sqlmodel import Field

from storage.base import Table
from storage.columns import UtcDateTime, now, words


class Subject(StrEnum):
    """What a card can stand for."""

    QUESTION = "question"
    INITIATIVE = "initiative"
    BROADCAST = "broadcast"
    CONVERSATION = "conversation"
    """The question on the screen; once it is answered its buttons go."""
    PARTICIPANT = "participant"
    """A helper and the initiators: what they say to each other."""
    INVOLVEMENT = "involvement"
    """A partner's team and an initiative: what the initiators let it see, and what both say to each other."""


class Card(Table, table=True):
    """A message about a subject, in one chat."""

    __tablename__ = "cards"
    __table_args__ = (
        Index("ix_cards_subject_subject_id", "subject", "subject_id"),
        Index("ix_cards_chat_id_message_id", "chat_id", "message_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    subject: Subject = Field(sa_column=Column(words(Subject), nullable=False))
    subject_id: int
    person_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    """Whose private chat it is in; None: it is in a group."""
    chat_id: int = Field(sa_column=Column(BigInteger, nullable=False))
    message_id: int | None = Field(default=None, sa_column=Column(BigInteger))
    """None until it was sent."""
    live: bool = True
    """Edited when its subject changes; otherwise it only marks what a reply is about."""
    followed: bool = False
    """Whether it arrives is still to be seen, and told where it doesn't."""
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
