"""Who may do what: every command of the house against everything somebody can be."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from flows import features, verbs
from flows.commands import Done, Outcome, Refused, carry, is_carried
from flows.context import Context, House
from flows.initiatives.verbs import WriteToGuide
from flows.knowledge import desk_verbs as articles
from flows.municipality import Municipality
from flows.opening import open_house
from flows.permissions import MAY, Relation
from flows.questions import verbs as questions
from flows.questions.groups import verbs as groups
from flows.questions.routing import verbs as rules
from flows.questions.standard import verbs as standard
from storage.broadcasts import Audience
from storage.cards import Card, Subject
from storage.database import Database
from storage.initiatives import Initiative
from storage.knowledge import Article
from storage.participation import Involvement, InvolvementStatus, Participant, Participation
from storage.people import Person, Role, RoleGrant
from storage.questions import AnswerDraft, MessageKind, Question, QuestionMessage, QuestionStatus, ThinkingAlong
from storage.routing import RuleHours
from tests.dumps import dump
from tests.flows.initiatives.who_may import COORDINATORS, EVERYBODY, HERE, INITIATIVES, INVITED, JOINED, WORKERS
from tests.flows.questions.desk.who_may import QUESTIONS
from tests.texts import texts

features.load()

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
TEAM, OTHER_TEAM = "buitenruimte", "toezicht"
GONE = 999
ADMINS_GRANT = 4
AT_ONCE = 9
"""So many commands are tried in one town: who may not changes nothing, and what who may does is rolled back."""

WHO_MAY: tuple[tuple[verbs.Command, frozenset[Relation]], ...] = (
    (verbs.FinishWelcome(district=None), EVERYBODY),
    (verbs.ChooseLanguage(language="en"), EVERYBODY),
    (verbs.ChooseDistrict(district="WK999904"), EVERYBODY),
    (verbs.SetUpdates(on=False), EVERYBODY),
    (verbs.FollowTheme(theme="groen", follow=True), EVERYBODY),
    (verbs.SetDisplayName(name="Jan de Wit"), EVERYBODY),
    (verbs.ShareName(share=True), EVERYBODY),
    (verbs.Invite(role=Role.CIVIL_SERVANT, team=TEAM), COORDINATORS | {Relation.SYSTEM}),
    (
        verbs.AddByEmail(email="anna@elzermeer.example", name="Anna", role=Role.CIVIL_SERVANT, team=TEAM),
        COORDINATORS | {Relation.SYSTEM},
    ),
    (verbs.WithdrawInvitation(invitation_id=HERE), COORDINATORS | {Relation.SYSTEM}),
    (verbs.AcceptInvitation(code="unknown"), EVERYBODY),
    (verbs.EndRole(grant_id=HERE), COORDINATORS | {Relation.SYSTEM, Relation.SELF}),
    (verbs.SetAbsence(until=date(2026, 3, 9), replacement_id=None), WORKERS),
    (verbs.EndAbsence(), WORKERS),
    (verbs.SetAbsenceFor(person_id=HERE, until=date(2026, 3, 9), replacement_id=None), COORDINATORS),
    (verbs.EndAbsenceFor(person_id=HERE), COORDINATORS),
    *INITIATIVES,
    *QUESTIONS,
    (groups.MakeGroupCode(team=TEAM), COORDINATORS),
    (groups.LinkGroup(code="x", chat_id=-1, title="Team", topics=True), COORDINATORS | WORKERS),
    (groups.UnlinkGroup(team=TEAM), COORDINATORS | {Relation.SYSTEM}),
    (rules.AddRule(theme="afval", district=None, hours=RuleHours.ALWAYS, team=OTHER_TEAM), COORDINATORS),
    (rules.MoveRule(rule_id=HERE, up=True), COORDINATORS),
    (rules.DropRule(rule_id=HERE), COORDINATORS),
    (standard.KeepStandardAnswer(team=TEAM, name="Glasbak", text="Beste {voornaam}"), frozenset({Relation.TEAM})),
    (standard.DropStandardAnswer(team=TEAM, answer_id=HERE), frozenset({Relation.TEAM})),
    (articles.FoundAnswer(article_id=HERE, found=(HERE,), words="Wanneer?"), EVERYBODY),
    (
        articles.WriteArticle(question="Wanneer?", answer="Op maandag.", team=OTHER_TEAM),
        COORDINATORS | WORKERS | {Relation.SYSTEM},
    ),
    (
        articles.ChangeArticle(article_id=HERE, question="Wanneer?", answer="Op dinsdag.", theme=None),
        COORDINATORS | {Relation.TEAM, Relation.SYSTEM},
    ),
    (articles.CheckArticle(article_id=HERE), COORDINATORS | {Relation.TEAM}),
    (articles.RetireArticle(article_id=HERE), COORDINATORS | {Relation.TEAM}),
    (articles.LookForArticle(words="container"), COORDINATORS | WORKERS),
    (verbs.SendBroadcast(text="Nieuws", photo=None, audience=Audience.ALL), COORDINATORS),
)
"""One command of each kind, and who may; all others may not. What they are about is in the fixture `town`."""


def kinds(base: type[verbs.Command] = verbs.Command) -> Iterator[type[verbs.Command]]:
    """Every kind of command that can be made, not the bases they share."""
    for kind in base.__subclasses__():
        if kind.__subclasses__():
            yield from kinds(kind)
        else:
            yield kind


@dataclass(frozen=True)
class Town:
    """People who are one thing each, and their ids."""

    house: House
    database: Database
    people: dict[Relation, int]

    async def carry(self, session: AsyncSession, command: verbs.Command, relation: Relation) -> Outcome:
        """Carry it out as somebody with that relation."""
        actor = None if relation is Relation.SYSTEM else await session.get_one(Person, self.people[relation])
        return await carry(Context(house=self.house, session=session, now=NOW, actor=actor), command)


@pytest.fixture(scope="module")
def house() -> House:
    return House(municipality=Municipality.load(None), catalogue=texts(), bot_username="bot")


@pytest.fixture
async def town(database: Database, house: House) -> Town:
    people: dict[Relation, int] = {}
    async with database.transaction() as session:
        await open_house(session, house.municipality, NOW)
        for number, relation in enumerate(Relation):
            if relation is not Relation.SYSTEM:
                person = Person(telegram_id=100 + number, first_name=relation.value, created_at=NOW)
                session.add(person)
                await session.flush()
                people[relation] = person.id or 0
        session.add_all(
            [
                RoleGrant(person_id=people[Relation.SELF], role=Role.PARTNER, team_code=OTHER_TEAM),
                RoleGrant(person_id=people[Relation.TEAM], role=Role.CIVIL_SERVANT, team_code=TEAM),
                RoleGrant(person_id=people[Relation.COORDINATOR], role=Role.COORDINATOR),
                RoleGrant(person_id=people[Relation.ADMIN], role=Role.ADMIN),
                RoleGrant(person_id=people[Relation.WORKER], role=Role.CIVIL_SERVANT, team_code=OTHER_TEAM),
                RoleGrant(person_id=people[Relation.THINKER], role=Role.CIVIL_SERVANT, team_code=OTHER_TEAM),
                RoleGrant(person_id=people[Relation.READER], role=Role.CIVIL_SERVANT, team_code=OTHER_TEAM),
                RoleGrant(person_id=people[Relation.INVITED_PARTNER], role=Role.PARTNER, team_code=INVITED),
                RoleGrant(person_id=people[Relation.PARTNER], role=Role.PARTNER, team_code=JOINED),
                RoleGrant(person_id=people[Relation.ANSWERER], role=Role.CIVIL_SERVANT, team_code=TEAM),
                Question(
                    reference="V-2025-0001",
                    asker_id=people[Relation.ASKER],
                    assignee_id=people[Relation.ASSIGNEE],
                    status=QuestionStatus.CLAIMED,
                    team_code=TEAM,
                    due_at=NOW,
                ),
                Article(
                    question="Wanneer komt de glasbak?",
                    answer="Op maandag.",
                    team_code=TEAM,
                    checked_on=NOW.date(),
                    review_on=NOW.date(),
                ),
                Initiative(
                    reference="I-2025-0001",
                    initiator_id=people[Relation.INITIATOR],
                    guide_id=people[Relation.GUIDE],
                    title="Bloemen",
                    idea="Bloemen planten",
                    helpers=["alone"],
                    first_step="Beginnen",
                    team_code=TEAM,
                    respond_by=NOW,
                ),
                *(
                    Participant(initiative_id=HERE, person_id=people[Relation(kind.value)], kind=kind)
                    for kind in Participation
                ),
                Involvement(initiative_id=HERE, team_code=INVITED, status=InvolvementStatus.ASKED),
                Involvement(initiative_id=HERE, team_code=JOINED, status=InvolvementStatus.JOINED),
                Question(reference="V-2025-0002", asker_id=people[Relation.ASKER], team_code=OTHER_TEAM, due_at=NOW),
                Card(subject=Subject.QUESTION, subject_id=HERE, person_id=people[Relation.TEAM], chat_id=1),
            ]
        )
        await session.flush()
        session.add_all(
            [
                ThinkingAlong(
                    question_id=HERE, person_id=people[Relation.THINKER], asked_by_id=people[Relation.ASSIGNEE]
                ),
                QuestionMessage(
                    question_id=HERE, author_id=people[Relation.ANSWERER], kind=MessageKind.ANSWER, text="Morgen"
                ),
                AnswerDraft(
                    question_id=HERE,
                    author_id=people[Relation.ASSIGNEE],
                    reader_id=people[Relation.READER],
                    text="Morgen",
                ),
            ]
        )
    return Town(house, database, people)


@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.__name__) for kind in kinds()])
def test_every_command_is_in_the_table_and_is_carried_out_by_somebody(kind: type[verbs.Command]) -> None:
    assert MAY.get(kind), f"{kind.__name__} may be done by nobody; add it to flows.permissions.MAY"
    assert is_carried(kind), f"nobody carries out {kind.__name__}; write a function with @carries({kind.__name__})"
    assert [type(command) for command, _ in WHO_MAY].count(kind) == 1, f"add {kind.__name__} to WHO_MAY"


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(WHO_MAY[start : start + AT_ONCE], id=type(WHO_MAY[start][0]).__name__)
        for start in range(0, len(WHO_MAY), AT_ONCE)
    ],
)
async def test_who_may_can_and_who_may_not_changes_nothing(
    town: Town, table: tuple[tuple[verbs.Command, frozenset[Relation]], ...]
) -> None:
    before = await dump(town.database)
    assert len(before["people"]) == len(EVERYBODY)
    async with town.database.transaction() as session:
        for command, who in table:
            for relation in set(Relation) - _with_answerer(who):
                outcome = await town.carry(session, command, relation)
                assert _is_forbidden(outcome), f"a {relation} may not {command}"
    assert await dump(town.database) == before
    async with town.database.transaction() as session:
        for command, who in table:
            for relation in _with_answerer(who):
                async with session.begin_nested() as tried:
                    outcome = await town.carry(session, command, relation)
                    await tried.rollback()
                assert not _is_forbidden(outcome), f"a {relation} may {command}"


@pytest.mark.parametrize(
    "command",
    [
        verbs.EndRole(grant_id=GONE),
        WriteToGuide(initiative_id=GONE, text="Dag!"),
        questions.ClaimQuestion(question_id=GONE),
    ],
    ids=lambda command: type(command).__name__,
)
async def test_what_is_not_there_is_said_to_be_gone(town: Town, command: verbs.Command) -> None:
    before = await dump(town.database)

    async with town.database.transaction() as session:
        outcome = await town.carry(session, command, Relation.ADMIN)

    assert outcome == Refused(key="common.gone")
    assert await dump(town.database) == before


@pytest.mark.parametrize(
    "command",
    [verbs.Invite(role=Role.ADMIN), verbs.EndRole(grant_id=ADMINS_GRANT)],
    ids=lambda command: type(command).__name__,
)
async def test_only_admins_and_the_command_line_appoint_and_remove_admins(town: Town, command: verbs.Command) -> None:
    before = await dump(town.database)

    async with town.database.transaction() as session:
        outcome = await town.carry(session, command, Relation.COORDINATOR)
    assert _is_forbidden(outcome)
    assert await dump(town.database) == before

    for relation in (Relation.ADMIN, Relation.SYSTEM):
        async with town.database.transaction() as session, session.begin_nested() as tried:
            outcome = await town.carry(session, command, relation)
            await tried.rollback()
        assert isinstance(outcome, Done)


def _with_answerer(who: frozenset[Relation]) -> frozenset[Relation]:
    """Who gave the answer is of the team too."""
    return who | {Relation.ANSWERER} if Relation.TEAM in who else who


def _is_forbidden(outcome: Outcome) -> bool:
    return isinstance(outcome, Refused) and outcome.key == "common.not_allowed"
