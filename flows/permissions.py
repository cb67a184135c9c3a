"""Who may do what: one table, command by relation. Nothing else in the house decides this."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flows import verbs
from flows.initiatives import verbs as initiatives
from flows.knowledge import desk_verbs as articles
from flows.questions import verbs as questions
from flows.questions.groups import verbs as groups
from flows.questions.routing import verbs as rules
from flows.questions.standard import verbs as standard


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
    """Of this question; also who does the work of an assignee who is away."""
    THINKER = "thinker"
    """Was asked to think along with this question."""
    ANSWERER = "answerer"
    """Gave the last answer to this question, and is still of its team."""
    READER = "reader"
    """Was asked to read an answer to this question before it goes, and didn't write it."""
    TEAM = "team"
    """Looks after the team of this question or initiative, or whose own it is; also for a team with nobody in it."""
    WORKER = "worker"
    """Works here, in whatever team."""
    INITIATOR = "initiator"
    """Of this initiative; all initiators have the same say."""
    HELPER = "helper"
    FOLLOWER = "follower"
    SUPPORTER = "supporter"
    """Of this initiative, each."""
    GUIDE = "guide"
    """Of this initiative, or the deputy."""
    INVITED_PARTNER = "invited_partner"
    """Looks after a partner's team that the initiators let in."""
    PARTNER = "partner"
    """The same, and the team has joined."""
    SELF = "self"
    """The person the role belongs to."""


_ANYONE = frozenset({Relation.ANYONE})
_ASKER = frozenset({Relation.ASKER})
_TEAM = frozenset({Relation.TEAM})
_DESK = frozenset({Relation.ASSIGNEE, Relation.TEAM})
_COORDINATORS = frozenset({Relation.COORDINATOR, Relation.ADMIN})
_INITIATORS = frozenset({Relation.INITIATOR})
_GUIDE = frozenset({Relation.GUIDE})
_BOTH_SIDES = _INITIATORS | _GUIDE
_DOERS = frozenset({Relation.INITIATOR, Relation.HELPER})

MAY_SEE_QUESTION = _DESK | _COORDINATORS | {Relation.THINKER, Relation.READER}
"""Who at work may look at a question, and at why it is where it is."""

MAY: Mapping[type[verbs.Command], frozenset[Relation]] = {
    verbs.FinishWelcome: _ANYONE,
    verbs.ChooseLanguage: _ANYONE,
    verbs.ChooseDistrict: _ANYONE,
    verbs.SetUpdates: _ANYONE,
    verbs.FollowTheme: _ANYONE,
    verbs.SetDisplayName: _ANYONE,
    verbs.ShareName: _ANYONE,
    verbs.Invite: frozenset({Relation.COORDINATOR, Relation.ADMIN, Relation.SYSTEM}),
    verbs.AddByEmail: frozenset({Relation.COORDINATOR, Relation.ADMIN, Relation.SYSTEM}),
    verbs.WithdrawInvitation: frozenset({Relation.COORDINATOR, Relation.ADMIN, Relation.SYSTEM}),
    verbs.AcceptInvitation: _ANYONE,
    verbs.SetAbsence: frozenset({Relation.WORKER}),
    verbs.EndAbsence: frozenset({Relation.WORKER}),
    verbs.SetAbsenceFor: _COORDINATORS,
    verbs.EndAbsenceFor: _COORDINATORS,
    verbs.EndRole: frozenset({Relation.SELF, Relation.COORDINATOR, Relation.ADMIN, Relation.SYSTEM}),
    questions.AskQuestion: _ANYONE,
    questions.AskOn: _ASKER,
    questions.ThankForAnswer: _ASKER,
    questions.RateAnswer: _ASKER,
    questions.ReopenQuestion: _ASKER,
    questions.ClaimQuestion: _TEAM,
    questions.ReleaseQuestion: frozenset({Relation.ASSIGNEE}),
    questions.AssignQuestion: _DESK | _COORDINATORS,
    questions.TransferQuestion: _DESK,
    questions.ReturnQuestion: _TEAM,
    questions.SetTheme: _DESK,
    questions.AnswerQuestion: _DESK,
    questions.CorrectAnswer: frozenset({Relation.ASSIGNEE, Relation.ANSWERER}),
    questions.AskBack: _DESK,
    questions.CloseQuestion: _DESK,
    questions.GiveNewDate: _DESK,
    questions.SendAgain: _DESK,
    questions.WriteNote: _DESK | {Relation.THINKER},
    questions.AskColleague: _DESK,
    questions.AskSecondReader: _DESK,
    questions.ApproveAnswer: frozenset({Relation.READER}),
    questions.SendBackDraft: frozenset({Relation.READER}),
    questions.SplitQuestion: _DESK,
    questions.MergeQuestion: _DESK,
    questions.UnmergeQuestion: _DESK,
    questions.SnoozeQuestion: frozenset({Relation.ASSIGNEE}),
    groups.MakeGroupCode: _COORDINATORS,
    groups.LinkGroup: _COORDINATORS | {Relation.WORKER},
    groups.UnlinkGroup: _COORDINATORS | {Relation.SYSTEM},
    rules.AddRule: _COORDINATORS,
    rules.MoveRule: _COORDINATORS,
    rules.DropRule: _COORDINATORS,
    standard.KeepStandardAnswer: _TEAM,
    standard.DropStandardAnswer: _TEAM,
    articles.FoundAnswer: _ANYONE,
    articles.WriteArticle: _COORDINATORS | {Relation.WORKER, Relation.SYSTEM},
    articles.ChangeArticle: _COORDINATORS | {Relation.TEAM, Relation.SYSTEM},
    articles.CheckArticle: _COORDINATORS | {Relation.TEAM},
    articles.RetireArticle: _COORDINATORS | {Relation.TEAM},
    articles.LookForArticle: _COORDINATORS | {Relation.WORKER},
    verbs.SendBroadcast: frozenset({Relation.COORDINATOR, Relation.ADMIN}),
    initiatives.StartInitiative: _ANYONE,
    initiatives.StartForSomebody: frozenset({Relation.WORKER, Relation.COORDINATOR}),
    initiatives.MakePaperCode: _GUIDE | {Relation.TEAM},
    initiatives.ClaimPaper: _ANYONE,
    initiatives.PointToReportDesk: _ANYONE,
    initiatives.FindInitiatives: _ANYONE,
    initiatives.InviteInitiator: _INITIATORS,
    initiatives.AcceptInitiatorInvitation: _ANYONE,
    initiatives.ConfirmInitiator: _INITIATORS,
    initiatives.JoinInitiative: _ANYONE,
    initiatives.OfferHelp: _ANYONE,
    initiatives.WithdrawHelp: frozenset({Relation.HELPER}),
    initiatives.FollowInitiative: _ANYONE,
    initiatives.SupportInitiative: _ANYONE,
    initiatives.CountPaperSupport: _GUIDE,
    initiatives.ShowNames: _INITIATORS,
    initiatives.ShowMyName: frozenset({Relation.HELPER}),
    initiatives.WriteToInitiators: frozenset({Relation.HELPER}),
    initiatives.WriteToHelper: _INITIATORS,
    initiatives.WriteToMany: _INITIATORS,
    initiatives.HearInitiative: frozenset({Relation.HELPER, Relation.FOLLOWER, Relation.SUPPORTER}),
    initiatives.HandOver: _INITIATORS,
    initiatives.TakeOver: _DOERS | {Relation.FOLLOWER},
    initiatives.LeaveInitiative: _INITIATORS,
    initiatives.PlanStep: _INITIATORS,
    initiatives.TakeStep: _DOERS,
    initiatives.ReturnStep: _DOERS,
    initiatives.FinishStep: _DOERS,
    initiatives.MoveStep: _DOERS,
    initiatives.DropStep: _INITIATORS,
    initiatives.SayItGoesWell: _INITIATORS,
    initiatives.SayItIsStuck: _INITIATORS,
    initiatives.SetRhythm: _INITIATORS,
    initiatives.WriteToInitiator: _GUIDE,
    initiatives.WriteToGuide: _INITIATORS,
    initiatives.BecomeGuide: frozenset({Relation.TEAM}),
    initiatives.ProposePartner: _GUIDE,
    initiatives.LetPartnerIn: _INITIATORS,
    initiatives.KeepPartnerOut: _INITIATORS,
    initiatives.JoinAsPartner: frozenset({Relation.INVITED_PARTNER}),
    initiatives.DeclineAsPartner: frozenset({Relation.INVITED_PARTNER}),
    initiatives.WriteAsPartner: frozenset({Relation.PARTNER}),
    initiatives.WriteToPartner: _BOTH_SIDES,
    initiatives.WriteFrame: _GUIDE,
    initiatives.ConfirmFrame: _INITIATORS,
    initiatives.AskAboutFrame: _INITIATORS,
    initiatives.ProposeAgreement: _BOTH_SIDES,
    initiatives.ConfirmAgreement: _BOTH_SIDES,
    initiatives.RefuseAgreement: _BOTH_SIDES,
    initiatives.KeepAgreement: _BOTH_SIDES,
    initiatives.MoveAgreement: _BOTH_SIDES,
    initiatives.AnswerMove: _BOTH_SIDES,
    initiatives.CallBroken: _BOTH_SIDES,
    initiatives.BeginInitiative: _BOTH_SIDES,
    initiatives.FinishInitiative: _INITIATORS,
    initiatives.StopInitiative: _INITIATORS,
    initiatives.MergeInitiative: _INITIATORS,
    initiatives.AgreeToMerge: _INITIATORS,
    initiatives.OfferToTakeOn: _GUIDE,
    initiatives.AnswerTakeOn: _INITIATORS,
    initiatives.AskDecision: _BOTH_SIDES,
    initiatives.Decide: _GUIDE,
    initiatives.AskAboutObjection: _INITIATORS,
    initiatives.ShareLesson: _INITIATORS,
    initiatives.WithdrawLesson: _COORDINATORS,
    initiatives.PlanMoment: _COORDINATORS,
    initiatives.CancelMoment: _COORDINATORS,
    initiatives.ChoosePublic: _INITIATORS,
    initiatives.ReportInitiative: _ANYONE,
    initiatives.HideInitiative: _COORDINATORS,
    initiatives.KeepInitiative: _COORDINATORS,
    initiatives.AppealHiding: _INITIATORS,
    initiatives.DecideAppeal: _COORDINATORS,
}
"""A command that isn't here may be done by nobody."""
