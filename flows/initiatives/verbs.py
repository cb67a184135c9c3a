"""What can be done with an initiative, from its start to its lesson. Everything else is in `flows.verbs`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flows.verbs import Command, InitiativeCommand
from storage.agreements import DecisionOutcome, Say
from storage.initiatives import Hearing, Part, Rhythm, Route, Side

# Starting


@dataclass(frozen=True, kw_only=True)
class Plan:
    """An initiative as it was told."""

    title: str
    idea: str
    helpers: tuple[str, ...]
    district: str | None
    theme: str
    first_step: str
    needs: str | None
    amount: int | None
    photo: str | None
    route: Route


@dataclass(frozen=True, kw_only=True)
class StartInitiative(Command):
    """A resident starts an initiative."""

    plan: Plan


@dataclass(frozen=True, kw_only=True)
class StartForSomebody(Command):
    """Somebody who works here writes it down for a resident without Telegram, who gets a code on paper."""

    first_name: str
    plan: Plan


@dataclass(frozen=True, kw_only=True)
class MakePaperCode(InitiativeCommand):
    """Whoever supports it makes another code for that resident; the one before no longer works."""


@dataclass(frozen=True, kw_only=True)
class ClaimPaper(Command):
    """That resident has Telegram now, and takes it over with the code."""

    code: str


@dataclass(frozen=True, kw_only=True)
class PointToReportDesk(Command):
    """What they told is a report (melding): they hear where it goes, and nothing is kept."""


@dataclass(frozen=True, kw_only=True)
class FindInitiatives(Command):
    """Somebody looks for initiatives with these words; nothing is kept of them."""

    words: str


# The people of an initiative


@dataclass(frozen=True, kw_only=True)
class InviteInitiator(InitiativeCommand):
    """A personal link with which one person becomes an initiator too."""


@dataclass(frozen=True, kw_only=True)
class AcceptInitiatorInvitation(Command):
    """Who got the link wants to."""

    code: str


@dataclass(frozen=True, kw_only=True)
class ConfirmInitiator(InitiativeCommand):
    """An initiator says whether it is who they meant."""

    invitation_id: int
    yes: bool


@dataclass(frozen=True, kw_only=True)
class JoinInitiative(InitiativeCommand):
    """Somebody would rather help with this one than begin their own: they are asked what they can do."""

    words: str
    """What they told of their own plan, proposed as what they say to the initiators."""


@dataclass(frozen=True, kw_only=True)
class OfferHelp(InitiativeCommand):
    """Somebody wants to help, and says with what."""

    offers: tuple[str, ...]
    text: str | None
    show_name: bool
    """Whether the initiators may see their name."""


@dataclass(frozen=True, kw_only=True)
class WithdrawHelp(InitiativeCommand):
    """They don't help any more."""


@dataclass(frozen=True, kw_only=True)
class FollowInitiative(InitiativeCommand):
    """Hear how it goes, or no more."""

    follow: bool


@dataclass(frozen=True, kw_only=True)
class SupportInitiative(InitiativeCommand):
    """Stand behind it, or no more. One person counts once."""

    support: bool


@dataclass(frozen=True, kw_only=True)
class CountPaperSupport(InitiativeCommand):
    """The guide enters how many stand on a paper list."""

    count: int


@dataclass(frozen=True, kw_only=True)
class ShowNames(InitiativeCommand):
    """The initiators agree that this helper sees their names; only when the helper agreed too, anybody does."""

    participant_id: int


@dataclass(frozen=True, kw_only=True)
class ShowMyName(InitiativeCommand):
    """A helper agrees that the initiators see their name."""


@dataclass(frozen=True, kw_only=True)
class WriteToInitiators(InitiativeCommand):
    """A helper says something to the initiators, through the bot."""

    text: str


@dataclass(frozen=True, kw_only=True)
class WriteToHelper(InitiativeCommand):
    """An initiator says something to one helper, through the bot."""

    participant_id: int
    text: str


@dataclass(frozen=True, kw_only=True)
class WriteToMany(InitiativeCommand):
    """An initiator says something to all helpers, or to all followers too."""

    hearing: Hearing
    text: str


@dataclass(frozen=True, kw_only=True)
class HearInitiative(InitiativeCommand):
    """Messages to helpers and followers on or off, for who takes part."""

    on: bool


@dataclass(frozen=True, kw_only=True)
class HandOver(InitiativeCommand):
    """Another initiator or a helper becomes the first contact, once they say yes."""

    participant_id: int


@dataclass(frozen=True, kw_only=True)
class TakeOver(InitiativeCommand):
    """They say yes or no; or somebody who takes part takes over what nobody leads any more."""

    yes: bool = True


@dataclass(frozen=True, kw_only=True)
class LeaveInitiative(InitiativeCommand):
    """An initiator leaves."""


# Steps


@dataclass(frozen=True, kw_only=True)
class PlanStep(InitiativeCommand):
    """Something small to do, by somebody, by a day."""

    text: str
    by: date | None
    mine: bool
    """Whether the actor does it; else whoever wants to."""


@dataclass(frozen=True, kw_only=True)
class TakeStep(InitiativeCommand):
    """An initiator or a helper will do it."""

    step_id: int


@dataclass(frozen=True, kw_only=True)
class ReturnStep(InitiativeCommand):
    """They can't after all; somebody else may."""

    step_id: int


@dataclass(frozen=True, kw_only=True)
class FinishStep(InitiativeCommand):
    """It is done: one sentence, and a picture if there is one."""

    step_id: int
    story: str
    photo: str | None
    photo_shown: bool = False
    """Whether everybody may see the picture; else it goes to who leads and guides, and isn't kept."""


@dataclass(frozen=True, kw_only=True)
class MoveStep(InitiativeCommand):
    """Another day."""

    step_id: int
    by: date


@dataclass(frozen=True, kw_only=True)
class DropStep(InitiativeCommand):
    """It isn't needed any more."""

    step_id: int


@dataclass(frozen=True, kw_only=True)
class SayItGoesWell(InitiativeCommand):
    """The answer to "how does it go?", and what wakes an initiative that sleeps."""


@dataclass(frozen=True, kw_only=True)
class SayItIsStuck(InitiativeCommand):
    """What do you need? It becomes a question for the guide."""

    text: str


@dataclass(frozen=True, kw_only=True)
class SetRhythm(InitiativeCommand):
    """How often the bot asks how it goes."""

    rhythm: Rhythm


# Guide and partners


@dataclass(frozen=True, kw_only=True)
class WriteToInitiator(InitiativeCommand):
    """The guide says something to the initiators; the first time it is the greeting."""

    text: str


@dataclass(frozen=True, kw_only=True)
class WriteToGuide(InitiativeCommand):
    """An initiator says something to the guide."""

    text: str


@dataclass(frozen=True, kw_only=True)
class BecomeGuide(InitiativeCommand):
    """Somebody of the team takes the guiding over."""


@dataclass(frozen=True, kw_only=True)
class ProposePartner(InitiativeCommand):
    """The guide proposes a partner to the initiators."""

    team: str


@dataclass(frozen=True, kw_only=True)
class LetPartnerIn(InitiativeCommand):
    """An initiator consents that a partner sees the initiative, and how much of it."""

    team: str
    shared: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class KeepPartnerOut(InitiativeCommand):
    """An initiator says no, or takes the consent back: from then on the partner sees nothing."""

    team: str


@dataclass(frozen=True, kw_only=True)
class JoinAsPartner(InitiativeCommand):
    """A partner joins, and says what they offer."""

    team: str
    remark: str


@dataclass(frozen=True, kw_only=True)
class DeclineAsPartner(InitiativeCommand):
    """A partner doesn't, and says why."""

    team: str
    remark: str


@dataclass(frozen=True, kw_only=True)
class WriteAsPartner(InitiativeCommand):
    """A partner that joined says something to the initiators and the guide."""

    team: str
    text: str


@dataclass(frozen=True, kw_only=True)
class WriteToPartner(InitiativeCommand):
    """An initiator or the guide says something to a partner that was let in."""

    team: str
    text: str


# Frame and agreements


@dataclass(frozen=True, kw_only=True)
class WriteFrame(InitiativeCommand):
    """The guide fills the frame card, or changes it with a reason."""

    fixed: str
    yours: str
    together: str
    say: Say
    budget: int | None
    deadline: date | None
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class ConfirmFrame(InitiativeCommand):
    """An initiator agrees with it; `version` is the one they read."""

    version: int


@dataclass(frozen=True, kw_only=True)
class AskAboutFrame(InitiativeCommand):
    """An initiator asks about it, or wants it otherwise."""

    text: str


@dataclass(frozen=True, kw_only=True)
class ProposeAgreement(InitiativeCommand):
    """Who does what by when; the proposer's side has confirmed it with this."""

    text: str
    side: Side
    by: date


@dataclass(frozen=True, kw_only=True)
class ConfirmAgreement(InitiativeCommand):
    """The other side agrees."""

    agreement_id: int


@dataclass(frozen=True, kw_only=True)
class RefuseAgreement(InitiativeCommand):
    """The other side doesn't, and says why."""

    agreement_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class KeepAgreement(InitiativeCommand):
    """The owner's side did it."""

    agreement_id: int


@dataclass(frozen=True, kw_only=True)
class MoveAgreement(InitiativeCommand):
    """A later day, with the reason; it counts once the other side agrees."""

    agreement_id: int
    by: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class AnswerMove(InitiativeCommand):
    """The other side agrees with the later day, or not."""

    agreement_id: int
    yes: bool


@dataclass(frozen=True, kw_only=True)
class CallBroken(InitiativeCommand):
    """The other side says it was not kept; who is above the owner hears it."""

    agreement_id: int
    reason: str


# Lifecycle, decision, lessons


@dataclass(frozen=True, kw_only=True)
class BeginInitiative(InitiativeCommand):
    """The guide and the initiators need no frame: they can begin."""


@dataclass(frozen=True, kw_only=True)
class FinishInitiative(InitiativeCommand):
    """It happened."""


@dataclass(frozen=True, kw_only=True)
class StopInitiative(InitiativeCommand):
    """The initiators stop, and say why."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class MergeInitiative(InitiativeCommand):
    """It goes on together with another one, whose initiators want that too."""

    into: str
    """A reference."""
    reason: str


@dataclass(frozen=True, kw_only=True)
class AgreeToMerge(InitiativeCommand):
    """An initiator of the other one agrees, or not."""

    other_id: int
    yes: bool


@dataclass(frozen=True, kw_only=True)
class OfferToTakeOn(InitiativeCommand):
    """The guide offers that the municipality takes it on."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class AnswerTakeOn(InitiativeCommand):
    """An initiator wants that, or not."""

    yes: bool


@dataclass(frozen=True, kw_only=True)
class AskDecision(InitiativeCommand):
    """The plan is complete: the term of the formal decision starts."""


@dataclass(frozen=True, kw_only=True)
class Decide(InitiativeCommand):
    """The formal decision, with reasons and what can be done."""

    outcome: DecisionOutcome
    reasons: str
    possible: str


@dataclass(frozen=True, kw_only=True)
class AskAboutObjection(InitiativeCommand):
    """How does objecting work?"""


@dataclass(frozen=True, kw_only=True)
class ShareLesson(InitiativeCommand):
    """What worked, what didn't, a tip."""

    worked: str
    did_not: str
    tip: str


@dataclass(frozen=True, kw_only=True)
class WithdrawLesson(Command):
    """A coordinator takes a lesson out of sight."""

    lesson_id: int


# In the neighbourhood


@dataclass(frozen=True, kw_only=True)
class PlanMoment(Command):
    """A coordinator plans a visit to a neighbourhood."""

    title: str
    place: str
    district: str | None
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class CancelMoment(Command):
    """It doesn't happen; who scanned the code hears it."""

    moment_id: int


# What is public


@dataclass(frozen=True, kw_only=True)
class ChoosePublic(InitiativeCommand):
    """An initiator chooses what of it is public."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class ReportInitiative(InitiativeCommand):
    """Somebody finds that something should not be public."""

    text: str


@dataclass(frozen=True, kw_only=True)
class HideInitiative(InitiativeCommand):
    """A coordinator keeps it from the public, with a reason."""

    reason: str
    report_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class KeepInitiative(InitiativeCommand):
    """A coordinator finds that it may stay; who reported hears why."""

    report_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class AppealHiding(InitiativeCommand):
    """An initiator disagrees with the hiding."""

    text: str


@dataclass(frozen=True, kw_only=True)
class DecideAppeal(InitiativeCommand):
    """A coordinator decides; not the one who hid it, where there is another."""

    report_id: int
    granted: bool
    reason: str
