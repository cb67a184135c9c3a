"""What a team keeps for all of its members: the answers it gives often."""

from __future__ import annotations

from dataclasses import dataclass

from flows.verbs import Command


@dataclass(frozen=True, kw_only=True)
class TeamCommand(Command):
    """Something to do with what is a team's own."""

    team: str


@dataclass(frozen=True, kw_only=True)
class KeepStandardAnswer(TeamCommand):
    """A new one, or, with `answer_id`, one that is changed."""

    name: str
    text: str
    """With fields such as {voornaam}."""
    answer_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class DropStandardAnswer(TeamCommand):
    """The team doesn't give it any more."""

    answer_id: int
