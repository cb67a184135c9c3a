"""All that can be done with the group in which a team works."""

from __future__ import annotations

from dataclasses import dataclass

from flows.verbs import Command


@dataclass(frozen=True, kw_only=True)
class MakeGroupCode(Command):
    """Make a code that ties a group to a team, once."""

    team: str


@dataclass(frozen=True, kw_only=True)
class LinkGroup(Command):
    """The team sees its questions in this group from now on."""

    code: str
    chat_id: int
    title: str
    topics: bool
    """The group has topics; whether we may make them shows at the first one."""


@dataclass(frozen=True, kw_only=True)
class UnlinkGroup(Command):
    """The team sees its questions in private again."""

    team: str
    thrown_out: bool = False
    """We are not in the group any more: nothing can be changed there."""
