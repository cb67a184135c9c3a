"""Who takes part in an initiative, and how they came to."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from storage.base import Table
from storage.columns import UtcDateTime, now, words


class Participation(StrEnum):
    """What somebody is to an initiative; the kinds go together, each has a row."""

    INITIATOR = "initiator"
    """With the same say as who started it; who started it has this row too."""
    HELPER = "helper"
    FOLLOWER = "follower"
    SUPPORTER = "supporter"


class Participant(Table, table=True):
    """Somebody takes part."""

    __tablename__ = "participants"
    # A number is never used again: a reply to who left must not reach who came after.
    __table_args__ = (UniqueConstraint("initiative_id", "person_id", "kind"), {"sqlite_autoincrement": True})
    id: int | None = Field(default=None, primary_key=True)
    initiative_id: int = Field(foreign_key="initiatives.id", index=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    kind: Participation = Field(sa_column=Column(words(Participation), nullable=False))
    offers: list[str] = Field(default_factory=list, sa_column=Column[Any](JSON, nullable=False))
    """What a helper can do: keys of `flows.initiatives.people.helping.Offer` (hands, tools, knowledge, space)."""
    offer_text: str | None = None
    """What the helper says about it."""
    updates_on: bool = True
    """False after "stop": no messages of the initiators to helpers and followers."""
    shown_to_initiators: bool = False
    """The helper agreed that the initiators see their name."""
    shown_by: list[int] = Field(default_factory=list, sa_column=Column[Any](JSON, nullable=False))
    """The initiators who agreed that the helper sees their name. Two names go over only when both of them agreed."""
    name_public: bool = False
    """An initiator chose that everybody may see their first name."""
    number: int | None = None
    """Which helper of the initiative: what is said instead of a name."""
    asked_to_lead_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    """When an initiator asked them to become the first contact; None: nobody did, or it was answered."""
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))


class InitiativeInvitation(Table, table=True):
    """A personal link with which somebody becomes an initiator too, once both said yes. Only its hash is kept."""

    __tablename__ = "initiative_invitations"
    id: int | None = Field(default=None, primary_key=True)
    initiative_id: int = Field(foreign_key="initiatives.id", index=True)
    code_hash: str = Field(unique=True, max_length=64)
    created_by: int = Field(foreign_key="people.id")
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
    expires_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    accepted_by: int | None = Field(default=None, foreign_key="people.id")
    accepted_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    confirmed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    declined_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class PaperSupport(Table, table=True):
    """Supporters on a paper list, counted by the guide."""

    __tablename__ = "paper_support"
    id: int | None = Field(default=None, primary_key=True)
    initiative_id: int = Field(foreign_key="initiatives.id", index=True)
    count: int
    entered_by: int = Field(foreign_key="people.id")
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))


class InvolvementStatus(StrEnum):
    """How far a partner is in."""

    PROPOSED = "proposed"
    """The bot named it; the initiators have not said anything. The partner knows nothing."""
    REFUSED = "refused"
    """The initiators said no. The partner knows nothing."""
    ASKED = "asked"
    """The initiators said yes; the partner sees what they consented to."""
    JOINED = "joined"
    DECLINED = "declined"
    """The partner said no, with a reason."""


class Involvement(Table, table=True):
    """A partner's team and an initiative."""

    __tablename__ = "involvements"
    # As above: what was said to one partner must never be about another.
    __table_args__ = (UniqueConstraint("initiative_id", "team_code"), {"sqlite_autoincrement": True})
    id: int | None = Field(default=None, primary_key=True)
    initiative_id: int = Field(foreign_key="initiatives.id", index=True)
    team_code: str = Field(foreign_key="teams.code", index=True)
    status: InvolvementStatus = Field(
        default=InvolvementStatus.PROPOSED, sa_column=Column(words(InvolvementStatus), nullable=False)
    )
    shared: list[str] = Field(default_factory=list, sa_column=Column[Any](JSON, nullable=False))
    """What the partner may see besides name, district and theme: `Part`s, `first_step`, `needs`."""
    consented_by: int | None = Field(default=None, foreign_key="people.id")
    consented_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    person_id: int | None = Field(default=None, foreign_key="people.id")
    """Who of the partner joined or declined."""
    remark: str | None = None
    """What the partner offers, or why not."""
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
