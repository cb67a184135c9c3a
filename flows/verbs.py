"""The verbs of the house: all that can be done, as frozen commands. Those of questions and initiatives are beside them.

Conversations, buttons, the command line and, later, console and e-mail only *make* these. `flows.commands.carry`
checks who may (`flows.permissions`), does it, and writes the audit line.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from storage.broadcasts import Audience
from storage.people import Role


@dataclass(frozen=True, kw_only=True)
class Command:
    """Something to do."""


@dataclass(frozen=True, kw_only=True)
class QuestionCommand(Command):
    """Something to do with a question."""

    question_id: int

    def also(self) -> tuple[int, ...]:
        """The numbers of other questions that it changes."""
        return ()


@dataclass(frozen=True, kw_only=True)
class InitiativeCommand(Command):
    """Something to do with an initiative."""

    initiative_id: int


# People


@dataclass(frozen=True, kw_only=True)
class FinishWelcome(Command):
    """Somebody has read the welcome and chose their district, or not."""

    district: str | None


@dataclass(frozen=True, kw_only=True)
class ChooseLanguage(Command):
    """From now on in this language."""

    language: str


@dataclass(frozen=True, kw_only=True)
class ChooseDistrict(Command):
    """Where somebody lives; None: not said."""

    district: str | None


@dataclass(frozen=True, kw_only=True)
class SetUpdates(Command):
    """Updates of the municipality on or off."""

    on: bool


@dataclass(frozen=True, kw_only=True)
class FollowTheme(Command):
    """Hear about a theme, or no more."""

    theme: str
    follow: bool


@dataclass(frozen=True, kw_only=True)
class SetDisplayName(Command):
    """The name residents see under an answer."""

    name: str


@dataclass(frozen=True, kw_only=True)
class ShareName(Command):
    """Who works here sees the whole name of the channel, or the first name alone."""

    share: bool


@dataclass(frozen=True, kw_only=True)
class Invite(Command):
    """Make a code that gives a role, once."""

    role: Role
    team: str | None = None
    """None: the front desk, for roles that have a team."""


@dataclass(frozen=True, kw_only=True)
class AddByEmail(Command):
    """Somebody without Telegram works here from now on, and is reached by e-mail."""

    email: str
    name: str
    role: Role
    team: str | None = None
    """None: the front desk."""


@dataclass(frozen=True, kw_only=True)
class WithdrawInvitation(Command):
    """A code that wasn't used yet gives nothing any more."""

    invitation_id: int


@dataclass(frozen=True, kw_only=True)
class AcceptInvitation(Command):
    """Use such a code."""

    code: str


@dataclass(frozen=True, kw_only=True)
class EndRole(Command):
    """Somebody leaves, or is removed; their open work goes back to the team."""

    grant_id: int


@dataclass(frozen=True, kw_only=True)
class SetAbsence(Command):
    """Somebody who works here is away until a day; a colleague does their work, or their team."""

    until: date
    replacement_id: int | None


@dataclass(frozen=True, kw_only=True)
class EndAbsence(Command):
    """They are back earlier."""


@dataclass(frozen=True, kw_only=True)
class SetAbsenceFor(SetAbsence):
    """Somebody else says so: of who is ill, or works without Telegram."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class EndAbsenceFor(Command):
    """And that they are back."""

    person_id: int


# Broadcasts


@dataclass(frozen=True, kw_only=True)
class SendBroadcast(Command):
    """One message to many."""

    text: str
    photo: str | None
    audience: Audience
    audience_code: str | None = None
