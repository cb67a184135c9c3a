"""All that coordinators can do with the rules for which team gets a question."""

from __future__ import annotations

from dataclasses import dataclass

from flows.verbs import Command
from storage.routing import RuleHours


@dataclass(frozen=True, kw_only=True)
class AddRule(Command):
    """Such questions go to that team from now on, also those that wait and that nobody has touched."""

    theme: str | None
    """None: whatever it is about."""
    district: str | None
    """None: wherever."""
    hours: RuleHours
    team: str
    position: int = 1
    """Its place in the list, from 1; the first rule that fits counts."""


@dataclass(frozen=True, kw_only=True)
class MoveRule(Command):
    """A rule changes places with the one above it, or below."""

    rule_id: int
    up: bool


@dataclass(frozen=True, kw_only=True)
class DropRule(Command):
    """A rule counts no more."""

    rule_id: int
