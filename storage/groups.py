"""The group in which a team works, and the topics of its questions."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, update
from sqlmodel import Field, col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.base import Table
from storage.cards import Card
from storage.columns import UtcDateTime, now
from storage.outbox import OutboxKind, OutboxMessage, OutboxStatus


class TeamGroup(Table, table=True):
    """A team sees its questions in a group of the channel's."""

    __tablename__ = "team_groups"
    team_code: str = Field(foreign_key="teams.code", primary_key=True)
    chat_id: int = Field(sa_column=Column(BigInteger, nullable=False, unique=True))
    title: str = ""
    is_forum: bool = False
    """Whether it has topics, as last seen."""
    topics: bool = False
    """Whether each question gets a topic of its own there: it is a forum, and we may manage topics."""
    linked_by_id: int | None = Field(default=None, foreign_key="people.id")
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))


class GroupCode(Table, table=True):
    """A code that ties a group to a team, once, until it expires. Only its hash is kept."""

    __tablename__ = "group_codes"
    code_hash: str = Field(primary_key=True, max_length=64)
    team_code: str = Field(foreign_key="teams.code")
    created_by_id: int = Field(foreign_key="people.id")
    expires_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class QuestionTopic(Table, table=True):
    """The topic of a question in a group; a question that changes teams gets one in the other group."""

    __tablename__ = "question_topics"
    question_id: int = Field(foreign_key="questions.id", primary_key=True)
    chat_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    topic_id: int | None = None
    """None until it was made."""
    closed: bool = False


async def move_group(session: AsyncSession, old: int, new: int) -> None:
    """A group has another id: what waits to be said there follows it. What was said before can't be changed any more.

    Call it as often as you like: the second time nothing is left of the old id.
    """
    following = (OutboxKind.SEND, OutboxKind.MAKE_TOPIC)
    waits = (col(OutboxMessage.chat_id) == old, col(OutboxMessage.status) == OutboxStatus.WAITING)
    moved = {"synchronize_session": "fetch"}
    for statement in (
        update(TeamGroup).where(col(TeamGroup.chat_id) == old).values(chat_id=new),
        update(OutboxMessage).where(*waits, col(OutboxMessage.kind).in_(following)).values(chat_id=new),
        update(OutboxMessage).where(*waits).values(status=OutboxStatus.FAILED, error="the group has moved"),
        update(Card).where(col(Card.chat_id) == old, col(Card.message_id).is_(None)).values(chat_id=new),
        update(Card).where(col(Card.chat_id) == old).values(live=False),
        update(QuestionTopic).where(col(QuestionTopic.chat_id) == old).values(chat_id=new, topic_id=None),
    ):
        await session.exec(statement.execution_options(**moved))
