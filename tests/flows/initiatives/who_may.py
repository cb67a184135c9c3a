"""One command of each kind about initiatives, and who may; all others may not."""

from datetime import UTC, date, datetime

from flows.initiatives import verbs
from flows.permissions import Relation
from flows.verbs import Command
from storage.agreements import DecisionOutcome, Say
from storage.initiatives import Hearing, Part, Rhythm, Route, Side

HERE = 1
"""In a new database the first of each kind gets number 1."""
INVITED, JOINED = "sociaal-werk", "jeugdteam"
"""Partners' teams: the initiators let both in, and the second has joined."""
DAY = date(2026, 3, 16)

EVERYBODY = frozenset(Relation) - {Relation.SYSTEM}
COORDINATORS = frozenset({Relation.COORDINATOR, Relation.ADMIN})
WORKERS = frozenset(
    {
        Relation.WORKER,
        Relation.SELF,
        Relation.TEAM,
        Relation.INVITED_PARTNER,
        Relation.PARTNER,
        Relation.THINKER,
        Relation.READER,
        Relation.ANSWERER,
    }
)
"""All who have a role in a team."""
INITIATORS = frozenset({Relation.INITIATOR})
GUIDE = frozenset({Relation.GUIDE})
BOTH_SIDES = INITIATORS | GUIDE
HELPERS = frozenset({Relation.HELPER})
DOERS = INITIATORS | HELPERS

PLAN = verbs.Plan(
    title="Bloemen",
    idea="Bloemen planten",
    helpers=("alone",),
    district=None,
    theme="groen",
    first_step="Beginnen",
    needs=None,
    amount=None,
    photo=None,
    route=Route.JUST_DO_IT,
)

INITIATIVES: tuple[tuple[Command, frozenset[Relation]], ...] = (
    (verbs.StartInitiative(plan=PLAN), EVERYBODY),
    (verbs.StartForSomebody(first_name="Ali", plan=PLAN), WORKERS | COORDINATORS),
    (verbs.MakePaperCode(initiative_id=HERE), GUIDE | {Relation.TEAM}),
    (verbs.ClaimPaper(code="unknown"), EVERYBODY),
    (verbs.PointToReportDesk(), EVERYBODY),
    (verbs.FindInitiatives(words="geveltuin"), EVERYBODY),
    (verbs.InviteInitiator(initiative_id=HERE), INITIATORS),
    (verbs.AcceptInitiatorInvitation(code="unknown"), EVERYBODY),
    (verbs.ConfirmInitiator(initiative_id=HERE, invitation_id=HERE, yes=True), INITIATORS),
    (verbs.JoinInitiative(initiative_id=HERE, words="Zelf bloemen planten"), EVERYBODY),
    (verbs.OfferHelp(initiative_id=HERE, offers=("hands",), text=None, show_name=False), EVERYBODY),
    (verbs.WithdrawHelp(initiative_id=HERE), HELPERS),
    (verbs.FollowInitiative(initiative_id=HERE, follow=True), EVERYBODY),
    (verbs.SupportInitiative(initiative_id=HERE, support=True), EVERYBODY),
    (verbs.CountPaperSupport(initiative_id=HERE, count=12), GUIDE),
    (verbs.ShowNames(initiative_id=HERE, participant_id=HERE), INITIATORS),
    (verbs.ShowMyName(initiative_id=HERE), HELPERS),
    (verbs.WriteToInitiators(initiative_id=HERE, text="Dag!"), HELPERS),
    (verbs.WriteToHelper(initiative_id=HERE, participant_id=HERE, text="Dag!"), INITIATORS),
    (verbs.WriteToMany(initiative_id=HERE, hearing=Hearing.HELPERS, text="Dag!"), INITIATORS),
    (
        verbs.HearInitiative(initiative_id=HERE, on=False),
        HELPERS | {Relation.FOLLOWER, Relation.SUPPORTER},
    ),
    (verbs.HandOver(initiative_id=HERE, participant_id=HERE), INITIATORS),
    (verbs.TakeOver(initiative_id=HERE), DOERS | {Relation.FOLLOWER}),
    (verbs.LeaveInitiative(initiative_id=HERE), INITIATORS),
    (verbs.PlanStep(initiative_id=HERE, text="Zaaien", by=DAY, mine=True), INITIATORS),
    (verbs.TakeStep(initiative_id=HERE, step_id=HERE), DOERS),
    (verbs.ReturnStep(initiative_id=HERE, step_id=HERE), DOERS),
    (verbs.FinishStep(initiative_id=HERE, step_id=HERE, story="Gelukt", photo=None), DOERS),
    (verbs.MoveStep(initiative_id=HERE, step_id=HERE, by=DAY), DOERS),
    (verbs.DropStep(initiative_id=HERE, step_id=HERE), INITIATORS),
    (verbs.SayItGoesWell(initiative_id=HERE), INITIATORS),
    (verbs.SayItIsStuck(initiative_id=HERE, text="Geen water"), INITIATORS),
    (verbs.SetRhythm(initiative_id=HERE, rhythm=Rhythm.MONTHLY), INITIATORS),
    (verbs.WriteToInitiator(initiative_id=HERE, text="Dag!"), GUIDE),
    (verbs.WriteToGuide(initiative_id=HERE, text="Dag!"), INITIATORS),
    (verbs.BecomeGuide(initiative_id=HERE), frozenset({Relation.TEAM})),
    (verbs.ProposePartner(initiative_id=HERE, team=JOINED), GUIDE),
    (verbs.LetPartnerIn(initiative_id=HERE, team=INVITED, shared=("idea",)), INITIATORS),
    (verbs.KeepPartnerOut(initiative_id=HERE, team=INVITED), INITIATORS),
    (
        verbs.JoinAsPartner(initiative_id=HERE, team=INVITED, remark="Een zaal"),
        frozenset({Relation.INVITED_PARTNER}),
    ),
    (
        verbs.DeclineAsPartner(initiative_id=HERE, team=INVITED, remark="Geen tijd"),
        frozenset({Relation.INVITED_PARTNER}),
    ),
    (verbs.WriteAsPartner(initiative_id=HERE, team=JOINED, text="Dag!"), frozenset({Relation.PARTNER})),
    (verbs.WriteToPartner(initiative_id=HERE, team=JOINED, text="Dag!"), BOTH_SIDES),
    (
        verbs.WriteFrame(
            initiative_id=HERE,
            fixed="De boom blijft",
            yours="De planten",
            together="Het water",
            say=Say.CO_DECIDE,
            budget=250,
            deadline=DAY,
            reason=None,
        ),
        GUIDE,
    ),
    (verbs.ConfirmFrame(initiative_id=HERE, version=1), INITIATORS),
    (verbs.AskAboutFrame(initiative_id=HERE, text="Mag het hek weg?"), INITIATORS),
    (verbs.ProposeAgreement(initiative_id=HERE, text="Water", side=Side.MUNICIPALITY, by=DAY), BOTH_SIDES),
    (verbs.ConfirmAgreement(initiative_id=HERE, agreement_id=HERE), BOTH_SIDES),
    (verbs.RefuseAgreement(initiative_id=HERE, agreement_id=HERE, reason="Te vroeg"), BOTH_SIDES),
    (verbs.KeepAgreement(initiative_id=HERE, agreement_id=HERE), BOTH_SIDES),
    (verbs.MoveAgreement(initiative_id=HERE, agreement_id=HERE, by=DAY, reason="Vorst"), BOTH_SIDES),
    (verbs.AnswerMove(initiative_id=HERE, agreement_id=HERE, yes=True), BOTH_SIDES),
    (verbs.CallBroken(initiative_id=HERE, agreement_id=HERE, reason="Niets gehoord"), BOTH_SIDES),
    (verbs.BeginInitiative(initiative_id=HERE), BOTH_SIDES),
    (verbs.FinishInitiative(initiative_id=HERE), INITIATORS),
    (verbs.StopInitiative(initiative_id=HERE, reason="Verhuisd"), INITIATORS),
    (verbs.MergeInitiative(initiative_id=HERE, into="I-2025-0002", reason="Hetzelfde plan"), INITIATORS),
    (verbs.AgreeToMerge(initiative_id=HERE, other_id=HERE, yes=True), INITIATORS),
    (verbs.OfferToTakeOn(initiative_id=HERE, reason="Hoort bij ons werk"), GUIDE),
    (verbs.AnswerTakeOn(initiative_id=HERE, yes=True), INITIATORS),
    (verbs.AskDecision(initiative_id=HERE), BOTH_SIDES),
    (
        verbs.Decide(
            initiative_id=HERE, outcome=DecisionOutcome.PARTLY, reasons="Te duur", possible="De helft, door jullie"
        ),
        GUIDE,
    ),
    (verbs.AskAboutObjection(initiative_id=HERE), INITIATORS),
    (verbs.ShareLesson(initiative_id=HERE, worked="Samen", did_not="Regen", tip="Begin klein"), INITIATORS),
    (verbs.WithdrawLesson(lesson_id=HERE), COORDINATORS),
    (
        verbs.PlanMoment(
            title="Koffie", place="Het plein", district=None, starts_at=datetime(2026, 3, 16, 13, tzinfo=UTC)
        ),
        COORDINATORS,
    ),
    (verbs.CancelMoment(moment_id=HERE), COORDINATORS),
    (verbs.ChoosePublic(initiative_id=HERE, parts=(Part.STEPS,)), INITIATORS),
    (verbs.ReportInitiative(initiative_id=HERE, text="Er staat een naam in"), EVERYBODY),
    (verbs.HideInitiative(initiative_id=HERE, reason="Er staat een naam in"), COORDINATORS),
    (verbs.KeepInitiative(initiative_id=HERE, report_id=HERE, reason="Het mag"), COORDINATORS),
    (verbs.AppealHiding(initiative_id=HERE, text="De naam is weg"), INITIATORS),
    (verbs.DecideAppeal(initiative_id=HERE, report_id=HERE, granted=True, reason="De naam is weg"), COORDINATORS),
)
