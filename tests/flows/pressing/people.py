"""Everybody who might press a button, and one of everything that a button can be about, each with its number."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Any

from flows.people.invitations import hashed
from storage.agreements import Agreement, AgreementStatus, Decision, DecisionOutcome, Frame, Say
from storage.cards import Card, Subject
from storage.endings import EndingOffer
from storage.groups import TeamGroup
from storage.initiatives import Initiative, InitiativeStatus, Part, Route, Side
from storage.knowledge import Article, ArticleSearch, SearchOutcome
from storage.lessons import Ending, Lesson
from storage.moderation import Report, ReportStatus
from storage.moments import Moment
from storage.outbox import OutboxMessage, OutboxStatus
from storage.participation import InitiativeInvitation, Involvement, InvolvementStatus, Participant, Participation
from storage.people import Absence, Invitation, Person, Role, RoleGrant
from storage.questions import (
    AnswerDraft,
    MessageKind,
    Question,
    QuestionMessage,
    QuestionStatus,
    StandardAnswer,
    ThinkingAlong,
)
from storage.routing import RoutingRule
from storage.steps import Step

TEAM, OTHER_TEAM, INVITED_TEAM, JOINED_TEAM = "buitenruimte", "toezicht", "sociaal-werk", "jeugdteam"
GROUP = -100
"""The chat of the team's group."""
SECRET = "Geheim"
"""Stands in all that not everybody may read."""


class Who(IntEnum):
    """Everybody is one thing; the number is that of the person."""

    STRANGER = 1
    ASKER = 2
    ASSIGNEE = 3
    """Of the questions that somebody has; also the guide of the initiatives."""
    COLLEAGUE = 4
    """Of the same team."""
    ABSENT = 5
    """The same, and away."""
    LEFT = 6
    """Was of the team: what they wrote is still theirs by name."""
    ELSEWHERE = 7
    """Of another team."""
    THINKER = 8
    READER = 9
    COORDINATOR = 10
    INITIATOR = 11
    HELPER = 12
    FOLLOWER = 13
    SUPPORTER = 14
    INVITED = 15
    PARTNER = 16
    """Of a partner's team that joined."""
    LEADS_ANOTHER = 17
    """An initiative that is nobody else's."""


GRANTS = {
    Who.ASSIGNEE: (Role.CIVIL_SERVANT, TEAM),
    Who.COLLEAGUE: (Role.CIVIL_SERVANT, TEAM),
    Who.ABSENT: (Role.CIVIL_SERVANT, TEAM),
    Who.ELSEWHERE: (Role.CIVIL_SERVANT, OTHER_TEAM),
    Who.THINKER: (Role.CIVIL_SERVANT, OTHER_TEAM),
    Who.READER: (Role.CIVIL_SERVANT, OTHER_TEAM),
    Who.COORDINATOR: (Role.COORDINATOR, None),
    Who.INVITED: (Role.PARTNER, INVITED_TEAM),
    Who.PARTNER: (Role.PARTNER, JOINED_TEAM),
}
STATES = (
    QuestionStatus.CLAIMED,
    QuestionStatus.OPEN,
    QuestionStatus.WAITING,
    QuestionStatus.ANSWERED,
    QuestionStatus.CLOSED,
    QuestionStatus.MERGED,
    QuestionStatus.OPEN,
)
"""Of the questions 1, 2, 3, …"""
HANDED = len(STATES)
"""The last was passed on to the team, which hasn't accepted it yet."""
HERE, ENDED, THERE, HIDDEN, LED_BY_NOBODY, ON_PAPER = range(1, 7)
"""The initiatives."""
WITHOUT_TELEGRAM = 100
"""The number of who started the last one, on paper."""
NEVER_OPENED, BLOCKED = 99, 98
"""As the channel knows them: who isn't known here, and who is of the team and blocked the bot."""


def questions(now: datetime) -> list[list[Any]]:
    """A question in each state, with all that belongs to it; in the order in which they can be kept."""
    later = now + timedelta(days=14)
    held = {QuestionStatus.CLAIMED, QuestionStatus.WAITING, QuestionStatus.ANSWERED, QuestionStatus.CLOSED}
    kept: list[Any] = [
        Question(
            id=number,
            reference=f"V-2025-000{number}",
            asker_id=Who.ASKER,
            team_code=TEAM,
            theme_code="groen",
            status=status,
            assignee_id=Who.ASSIGNEE if status in held else None,
            due_at=later,
            created_at=now,
            active_at=now,
            answered_at=now if status is QuestionStatus.ANSWERED else None,
            paused_at=now if status is QuestionStatus.WAITING else None,
            waits_until=later if status is QuestionStatus.WAITING else None,
            merged_into_id=1 if status is QuestionStatus.MERGED else None,
            handed_from=OTHER_TEAM if number == HANDED else None,
            handed_by_id=Who.ELSEWHERE if number == HANDED else None,
            accept_by=later if number == HANDED else None,
        )
        for number, status in enumerate(STATES, 1)
    ]
    refused = Card(id=1, subject=Subject.QUESTION, subject_id=1, person_id=Who.ASKER, chat_id=100, live=False)
    belongs: list[Any] = [
        OutboxMessage(chat_id=100, person_id=Who.ASKER, card_id=1, status=OutboxStatus.FAILED, error="Bad Request")
    ]
    for number in range(1, len(STATES) + 1):
        belongs += [
            QuestionMessage(question_id=number, author_id=Who.ASKER, kind=MessageKind.QUESTION, text=SECRET),
            QuestionMessage(question_id=number, author_id=Who.LEFT, kind=MessageKind.ANSWER, text=SECRET),
            QuestionMessage(question_id=number, author_id=Who.ASSIGNEE, kind=MessageKind.ANSWER, text=SECRET),
            QuestionMessage(question_id=number, author_id=Who.LEFT, kind=MessageKind.NOTE, text=SECRET),
            ThinkingAlong(question_id=number, person_id=Who.THINKER, asked_by_id=Who.ASSIGNEE),
            AnswerDraft(question_id=number, author_id=Who.ASSIGNEE, reader_id=Who.READER, text=SECRET),
        ]
    return [[*kept, refused], belongs]


def of_the_desk(now: datetime) -> list[Any]:
    """Articles, standard answers, rules, a group, invitations."""
    today = now.date()
    return [
        Article(
            question="Wanneer komt de glasbak?",
            answer=SECRET,
            team_code=TEAM,
            owner_id=Who.LEFT,
            checked_on=today,
            review_on=today,
        ),
        ArticleSearch(asked=SECRET, outcome=SearchOutcome.NOTHING, at=now),
        StandardAnswer(team_code=TEAM, name=SECRET, text=SECRET, created_by=Who.LEFT),
        RoutingRule(position=1, team_code=TEAM, theme_code="afval", created_by=Who.COORDINATOR),
        RoutingRule(position=2, team_code=TEAM, theme_code="groen", created_by=Who.COORDINATOR),
        TeamGroup(team_code=TEAM, chat_id=GROUP, title="Team", created_at=now),
        Invitation(code_hash=hashed(SECRET), role=Role.PARTNER, team_code=INVITED_TEAM, expires_at=now + timedelta(7)),
        Absence(person_id=Who.ABSENT, until=today + timedelta(days=7)),
        Moment(code="m", title="Koffie", place="Plein", starts_at=now + timedelta(5), planned_by=Who.COORDINATOR),
    ]


def initiatives(now: datetime) -> list[list[Any]]:
    """Six initiatives, and all that belongs to the first: agreements, steps, partners, a report, an offer."""
    day = now.date() + timedelta(days=14)
    status = {ENDED: InitiativeStatus.DONE}
    kept = [
        Initiative(
            id=number,
            reference=f"I-2026-000{number}",
            initiator_id={THERE: Who.LEADS_ANOTHER, LED_BY_NOBODY: None}.get(number, Who.INITIATOR),
            guide_id=Who.ASSIGNEE,
            title=f"Bloemen {number}",
            idea=SECRET,
            first_step="Zaaien" if number == LED_BY_NOBODY else SECRET,  # who seeks somebody says what is to be done
            needs=SECRET,
            status=status.get(number, InitiativeStatus.EXPLORING),
            route=Route.RESIDENT_INITIATIVE,
            team_code=TEAM,
            public=[Part.STEPS] if number == THERE else [],
            hidden_at=now if number in (HIDDEN, ON_PAPER) else None,
            ended_at=now if number == ENDED else None,
            turn=Side.MUNICIPALITY,
            turn_since=now,
            respond_by=now,
        )
        for number in (HERE, ENDED, THERE, HIDDEN, LED_BY_NOBODY, ON_PAPER)
    ]
    took_part = (Who.HELPER, Participation.HELPER), (Who.FOLLOWER, Participation.FOLLOWER)
    belongs: list[Any] = [
        Participant(id=1, initiative_id=HERE, person_id=Who.INITIATOR, kind=Participation.INITIATOR),
        Participant(id=2, initiative_id=HERE, person_id=Who.HELPER, kind=Participation.HELPER, offer_text=SECRET),
        Participant(id=3, initiative_id=HERE, person_id=Who.FOLLOWER, kind=Participation.FOLLOWER),
        Participant(id=4, initiative_id=HERE, person_id=Who.SUPPORTER, kind=Participation.SUPPORTER),
        Participant(id=5, initiative_id=ENDED, person_id=Who.INITIATOR, kind=Participation.INITIATOR),
        Participant(id=6, initiative_id=THERE, person_id=Who.LEADS_ANOTHER, kind=Participation.INITIATOR),
        Participant(id=7, initiative_id=HIDDEN, person_id=Who.INITIATOR, kind=Participation.INITIATOR),
        Participant(id=8, initiative_id=ON_PAPER, person_id=Who.INITIATOR, kind=Participation.INITIATOR),
        Participant(id=9, initiative_id=ON_PAPER, person_id=WITHOUT_TELEGRAM, kind=Participation.INITIATOR),
        *(Participant(initiative_id=LED_BY_NOBODY, person_id=who, kind=kind) for who, kind in took_part),
        _agreement(1, now, side=Side.MUNICIPALITY, owner_id=Who.ASSIGNEE, municipality_at=now),
        _agreement(2, now, side=Side.RESIDENTS, owner_id=Who.INITIATOR, residents_at=now),
        _agreement(3, now, side=Side.RESIDENTS, owner_id=Who.INITIATOR, residents_at=now, municipality_at=now),
        _agreement(4, now, residents_at=now, municipality_at=now, new_by=day, new_by_side=Side.MUNICIPALITY),
        _agreement(5, now, by=now.date() - timedelta(days=7), residents_at=now, municipality_at=now),
        Step(id=1, initiative_id=HERE, owner_id=None, text=SECRET),
        Step(id=2, initiative_id=HERE, owner_id=Who.HELPER, text=SECRET),
        Decision(id=1, initiative_id=HERE, asked_at=now, due_at=now + timedelta(days=9)),
        Decision(
            id=2,
            initiative_id=HIDDEN,
            due_at=now,
            outcome=DecisionOutcome.NOT_THIS_WAY,
            reasons=SECRET,
            possible=SECRET,
            decided_by=Who.ASSIGNEE,
            decided_at=now,
        ),
        Frame(
            initiative_id=HERE,
            fixed=SECRET,
            yours=SECRET,
            together=SECRET,
            say=Say.CO_DECIDE,
            deadline=date(2026, 6, 1),
            written_by=Who.ASSIGNEE,
            written_at=now,
        ),
        Involvement(id=1, initiative_id=HERE, team_code=INVITED_TEAM, status=InvolvementStatus.ASKED),
        Involvement(id=2, initiative_id=HERE, team_code=JOINED_TEAM, status=InvolvementStatus.JOINED),
        Involvement(id=3, initiative_id=HERE, team_code="wijkagenten", status=InvolvementStatus.PROPOSED),
        InitiativeInvitation(
            id=1,
            initiative_id=HERE,
            code_hash="x",
            created_by=Who.INITIATOR,
            expires_at=now + timedelta(days=7),
            accepted_by=Who.FOLLOWER,
            accepted_at=now,
        ),
        EndingOffer(id=1, initiative_id=HERE, ending=Ending.TAKEN_ON, reason=SECRET, offered_by=Who.ASSIGNEE),
        EndingOffer(
            id=2,
            initiative_id=THERE,
            ending=Ending.MERGED,
            into_id=HERE,
            reason=SECRET,
            offered_by=Who.LEADS_ANOTHER,
        ),
        Report(id=1, initiative_id=HERE, reporter_id=Who.FOLLOWER, text=SECRET),
        Report(
            id=2,
            initiative_id=HIDDEN,
            reporter_id=Who.FOLLOWER,
            text=SECRET,
            status=ReportStatus.APPEALED,
            appeal=SECRET,
            reason=SECRET,
        ),
        Report(id=3, initiative_id=ON_PAPER, text=SECRET, status=ReportStatus.HIDDEN, reason=SECRET),
        Lesson(
            id=1,
            municipality="Elzermeer",
            initiative_id=LED_BY_NOBODY,
            subject="Bloemen",
            ending=Ending.DONE,
            worked="Samen",
            did_not="Regen",
            tip="Klein",
            learned_on=now.date(),
        ),
    ]
    return [kept, belongs]


def _agreement(number: int, now: datetime, **values: Any) -> Agreement:
    settled = {"residents_at", "municipality_at"} <= values.keys()
    return Agreement(
        **{
            "id": number,
            "initiative_id": HERE,
            "text": SECRET,
            "side": Side.MUNICIPALITY,
            "owner_id": Who.ASSIGNEE,
            "by": now.date() + timedelta(days=7),
            "status": AgreementStatus.AGREED if settled else AgreementStatus.PROPOSED,
            "proposed_by": Who.ASSIGNEE if values.get("municipality_at") else Who.INITIATOR,
            "created_at": now,
            **values,
        }
    )


def people(now: datetime) -> list[list[Any]]:
    """All of them, and what they may."""
    return [
        [
            *(Person(id=who, telegram_id=100 + who, first_name=who.name.title(), welcomed_at=now) for who in Who),
            Person(id=WITHOUT_TELEGRAM, first_name="Ali"),
            Person(id=BLOCKED, telegram_id=BLOCKED, first_name="Bo", welcomed_at=now, blocked_at=now),
        ],
        [
            *(RoleGrant(person_id=who, role=role, team_code=team) for who, (role, team) in GRANTS.items()),
            RoleGrant(person_id=BLOCKED, role=Role.CIVIL_SERVANT, team_code=TEAM),
        ],
    ]
