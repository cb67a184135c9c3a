"""Who may do what: one table, command by relation. Nothing else in the house decides this."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flows import verbs


class Relation(StrEnum):
    """What somebody is, to the house or to the subject of a command."""

    ANYONE = "anyone"
    SYSTEM = "system"
    """The command line: whoever may start the program."""
    COORDINATOR = "coordinator"
    ADMIN = "admin"
    ASKER = "asker"
    """Of this question."""
    ASSIGNEE = "assignee"
    """Of this question."""
    TEAM = "team"
    """Looks after the team of this question or initiative, also for a team with nobody in it."""
    INITIATOR = "initiator"
    """Of this initiative."""
    GUIDE = "guide"
    """Of this initiative."""
    SELF = "self"
    """The person the role belongs to."""


_ANYONE = frozenset({Relation.ANYONE})
_DESK = frozenset({Relation.ASSIGNEE, Relation.TEAM})

MAY: Mapping[type[verbs.Command], frozenset[Relation]] = {
    verbs.FinishWelcome: _ANYONE,
    verbs.ChooseLanguage: _ANYONE,
    verbs.ChooseDistrict: _ANYONE,
    verbs.SetUpdates: _ANYONE,
    verbs.FollowTheme: _ANYONE,
    verbs.SetDisplayName: _ANYONE,
    verbs.Invite: frozenset({Relation.COORDINATOR, Relation.ADMIN, Relation.SYSTEM}),
    verbs.WithdrawInvitation: frozenset({Relation.COORDINATOR, Relation.ADMIN, Relation.SYSTEM}),
    verbs.AcceptInvitation: _ANYONE,
    verbs.EndRole: frozenset({Relation.SELF, Relation.COORDINATOR, Relation.ADMIN, Relation.SYSTEM}),
    verbs.StartInitiative: _ANYONE,
    verbs.WriteToInitiator: frozenset({Relation.GUIDE}),
    verbs.WriteToGuide: frozenset({Relation.INITIATOR}),
    verbs.AskQuestion: _ANYONE,
    verbs.ClaimQuestion: frozenset({Relation.TEAM}),
    verbs.ReleaseQuestion: frozenset({Relation.ASSIGNEE}),
    verbs.AnswerQuestion: _DESK,
    verbs.TransferQuestion: _DESK,
    verbs.CloseQuestion: _DESK,
    verbs.AskOn: frozenset({Relation.ASKER}),
    verbs.ThankForAnswer: frozenset({Relation.ASKER}),
    verbs.ReopenQuestion: frozenset({Relation.ASKER}),
    verbs.SendBroadcast: frozenset({Relation.COORDINATOR, Relation.ADMIN}),
}
"""A command that isn't here may be done by nobody."""
