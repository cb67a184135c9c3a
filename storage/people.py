"""Everybody who uses Stuur: residents, and those who also work with it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Column, Date, UniqueConstraint
from sqlmodel import Field

from storage.base import Table
from storage.columns import UtcDateTime, now, words
from storage.indexes import partial_index


class Role(StrEnum):
    """What somebody may do besides what every resident may."""

    CIVIL_SERVANT = "civil_servant"
    """Answers questions and guides initiatives for a team of the municipality."""
    PARTNER = "partner"
    """The same, for a team of a partner organisation."""
    COORDINATOR = "coordinator"
    """Sends updates, invites and removes people (other coordinators too), keeps the overview."""
    ADMIN = "admin"
    """May all a coordinator may, and appoints and removes admins."""


class Person(Table, table=True):
    """Somebody, known by the channel they write through."""

    __tablename__ = "people"
    id: int | None = Field(default=None, primary_key=True)
    telegram_id: int | None = Field(default=None, sa_column=Column(BigInteger, unique=True))
    """Telegram's id of the person, which is also the id of their private chat with the bot."""
    first_name: str = ""
    display_name: str | None = None
    """The name residents see under an answer, as this person set it."""
    shares_name: bool = False
    """Whether who works here sees the whole name of the channel, not only the first name."""
    email: str | None = Field(default=None, unique=True)
    """Where somebody who works here without Telegram gets notices."""
    language_hint: str | None = None
    """Telegram's `language_code`, as last seen."""
    language: str | None = None
    """Their own choice, which goes before the hint."""
    district_code: str | None = Field(default=None, foreign_key="districts.code", index=True)
    updates_on: bool = True
    """False after "stop": broadcasts are not for them."""
    blocked_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    """Since when they have blocked the bot."""
    welcomed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    """When the welcome was finished; None: not yet."""
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))


class RoleGrant(Table, table=True):
    """A role somebody has, in a team or (coordinators, admins) for the whole municipality."""

    __tablename__ = "role_grants"
    __table_args__ = (
        UniqueConstraint("person_id", "role", "team_code"),
        # NULLs are distinct in a UNIQUE: without a team the pair has its own.
        partial_index("uq_role_grants_without_team", "person_id", "role", unique=True, where="team_code IS NULL"),
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    role: Role = Field(sa_column=Column(words(Role), nullable=False))
    team_code: str | None = Field(default=None, foreign_key="teams.code", index=True)
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))


class Absence(Table, table=True):
    """Somebody who works here is away, and says until when."""

    __tablename__ = "absences"
    person_id: int = Field(foreign_key="people.id", primary_key=True)
    until: date = Field(sa_column=Column(Date, nullable=False))
    """The first day they are back."""
    replacement_id: int | None = Field(default=None, foreign_key="people.id")
    """Who does their work meanwhile; None: their team."""
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))


class ThemeFollower(Table, table=True):
    """Somebody wants to hear about a theme."""

    __tablename__ = "theme_followers"
    person_id: int = Field(foreign_key="people.id", primary_key=True)
    theme_code: str = Field(foreign_key="themes.code", primary_key=True, index=True)


class Invitation(Table, table=True):
    """A code that gives a role, once, until it expires. Only its hash is kept."""

    __tablename__ = "invitations"
    id: int | None = Field(default=None, primary_key=True)
    code_hash: str = Field(unique=True, max_length=64)
    role: Role = Field(sa_column=Column(words(Role), nullable=False))
    team_code: str | None = Field(default=None, foreign_key="teams.code")
    created_by: int | None = Field(default=None, foreign_key="people.id")
    """None: made on the command line."""
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
    expires_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    used_by: int | None = Field(default=None, foreign_key="people.id")
    used_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
