"""An ending that somebody else has to want too."""

from datetime import datetime

from sqlalchemy import Column
from sqlmodel import Field

from storage.base import Table
from storage.columns import UtcDateTime, now, words
from storage.lessons import Ending


class EndingOffer(Table, table=True):
    """A merge that the other's initiators have to agree with, or the municipality that wants to take it on."""

    __tablename__ = "ending_offers"
    id: int | None = Field(default=None, primary_key=True)
    initiative_id: int = Field(foreign_key="initiatives.id", index=True)
    """The one that would end."""
    ending: Ending = Field(sa_column=Column(words(Ending), nullable=False))
    """Merged or taken on."""
    into_id: int | None = Field(default=None, foreign_key="initiatives.id", index=True)
    """The one that goes on."""
    reason: str
    offered_by: int = Field(foreign_key="people.id")
    offered_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
    answered_by: int | None = Field(default=None, foreign_key="people.id")
    answered_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    """None: it waits for an answer."""
    accepted: bool | None = None
    """None with a moment: it lapsed, because the initiative ended otherwise."""
