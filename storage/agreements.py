"""What both sides hold each other to: the frame, agreements, a formal decision."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Column, Date, UniqueConstraint
from sqlmodel import Field

from storage.base import Table
from storage.columns import UtcDateTime, now, words
from storage.initiatives import Side


class Say(StrEnum):
    """How much say residents have: the steps of the participation ladder."""

    INFORM = "inform"
    CONSULT = "consult"
    ADVISE = "advise"
    CO_PRODUCE = "co_produce"
    CO_DECIDE = "co_decide"
    SELF_ORGANISE = "self_organise"


class Frame(Table, table=True):
    """The frame (kader) of an initiative, as the guide wrote it. Every change is a new version."""

    __tablename__ = "frames"
    __table_args__ = (UniqueConstraint("initiative_id", "version"),)
    id: int | None = Field(default=None, primary_key=True)
    initiative_id: int = Field(foreign_key="initiatives.id", index=True)
    version: int = 1
    fixed: str
    """What is fixed."""
    yours: str
    """What the residents may decide."""
    together: str
    """What is decided together."""
    say: Say = Field(sa_column=Column(words(Say), nullable=False))
    budget: int | None = None
    """Whole euros."""
    deadline: date | None = Field(default=None, sa_column=Column(Date))
    reason: str | None = None
    """Why it changed; None for the first version."""
    written_by: int = Field(foreign_key="people.id")
    written_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
    confirmed_by: int | None = Field(default=None, foreign_key="people.id")
    confirmed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class AgreementStatus(StrEnum):
    """How an agreement stands."""

    PROPOSED = "proposed"
    """One side confirmed it."""
    AGREED = "agreed"
    """Both did."""
    KEPT = "kept"
    BROKEN = "broken"
    """It was not kept, and who is above the owner knows."""
    REFUSED = "refused"
    """The other side said no, with a reason."""


class Agreement(Table, table=True):
    """Who does what by when (afspraak)."""

    __tablename__ = "agreements"
    id: int | None = Field(default=None, primary_key=True)
    initiative_id: int = Field(foreign_key="initiatives.id", index=True)
    text: str
    side: Side = Field(sa_column=Column(words(Side), nullable=False))
    """Whose it is to do."""
    owner_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    by: date = Field(sa_column=Column(Date, nullable=False))
    status: AgreementStatus = Field(
        default=AgreementStatus.PROPOSED, sa_column=Column(words(AgreementStatus), nullable=False)
    )
    proposed_by: int = Field(foreign_key="people.id")
    residents_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    """When the residents' side confirmed."""
    municipality_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    new_by: date | None = Field(default=None, sa_column=Column(Date))
    """A later day that was proposed and not confirmed yet."""
    new_by_side: Side | None = Field(default=None, sa_column=Column(words(Side, name="new_by_side")))
    """Who proposed it; the other side confirms."""
    remark: str | None = None
    """Why it is moved, refused or broken."""
    settled_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    """When it was kept, broken or refused."""
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))


class DecisionOutcome(StrEnum):
    """What was decided. There is no bare no: `possible` says what can be done, and by whom."""

    GRANTED = "granted"
    PARTLY = "partly"
    NOT_THIS_WAY = "not_this_way"


class Decision(Table, table=True):
    """A formal decision, where the route has one."""

    __tablename__ = "decisions"
    id: int | None = Field(default=None, primary_key=True)
    initiative_id: int = Field(foreign_key="initiatives.id", index=True)
    asked_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
    due_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    """The end of the term in the route's rules."""
    outcome: DecisionOutcome | None = Field(default=None, sa_column=Column(words(DecisionOutcome)))
    reasons: str | None = None
    possible: str | None = None
    """What can be done, and by whom."""
    decided_by: int | None = Field(default=None, foreign_key="people.id")
    decided_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    objected_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    """When the initiators asked how to object."""
