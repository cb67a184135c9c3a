"""A question is always somebody's: whose turn it is, else the team's, the front desk's, and the coordinators'."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import col, select

from flows import features, verbs
from flows.commands import Done, Outcome, Refused, carry
from flows.context import Context
from flows.opening import open_house
from flows.people.teams import for_desk_of
from flows.people.work import SHOWN, work
from flows.questions import verbs as questions
from flows.questions.clock.digest import all_waiting
from flows.questions.routing.route import KEPT
from flows.questions.routing.verbs import AddRule
from flows.talk.own_words import Words
from flows.timers import run_due
from storage.cards import Card, Subject
from storage.database import Database
from storage.groups import TeamGroup
from storage.outbox import OutboxMessage
from storage.people import Person, Role, RoleGrant
from storage.questions import Helped, Question, QuestionStatus
from storage.routing import RuleHours
from tests.flows.talk.play import house

features.load()

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
BACK = date(2026, 3, 30)
FATMA, JAN, KIM, PIET, SAMIRA, MARIEKE, EMMA = range(1, 8)
BY_TURNS, OPEN_TO_ALL, FRONT_DESK = "toezicht", "buitenruimte", "klantcontact"
TEAMS = {EMMA: BY_TURNS, JAN: BY_TURNS, KIM: BY_TURNS, PIET: BY_TURNS, SAMIRA: FRONT_DESK}


class Desk:
    """The people of a desk, and a clock of their own."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.house = house()
        self.now = MONDAY

    async def opens(self, teams: dict[int, str]) -> None:
        async with self.database.transaction() as session:
            await open_house(session, self.house.municipality, MONDAY)
            for number in sorted({FATMA, *teams, MARIEKE}):
                person = Person(id=number, telegram_id=100 + number, first_name=f"P{number}", created_at=MONDAY)
                if number == EMMA:  # no e-mail is sent here
                    person.telegram_id, person.email = None, "emma@example.org"
                session.add(person)
            await session.flush()
            for number, team in teams.items():
                session.add(RoleGrant(person_id=number, role=Role.CIVIL_SERVANT, team_code=team))
            session.add(RoleGrant(person_id=MARIEKE, role=Role.COORDINATOR))

    async def does(self, who: int, command: verbs.Command) -> Outcome:
        async with self.database.transaction() as session:
            actor = await session.get_one(Person, who)
            return await carry(Context(house=self.house, session=session, now=self.now, actor=actor), command)

    async def asked(self, theme: str) -> None:
        await self.does(FATMA, questions.AskQuestion(words=(Words(text="Wanneer?"),), theme=theme, district=None))

    async def is_away(self, who: int, *, replacement: int | None = None) -> None:
        assert isinstance(await self.does(who, verbs.SetAbsence(until=BACK, replacement_id=replacement)), Done)

    async def passes(self, days: int) -> None:
        for _ in range(2 * days):
            self.now += timedelta(hours=12)
            await run_due(self.database, self.house, self.now)

    async def question(self, number: int = 1) -> Question:
        async with self.database.transaction() as session:
            return await session.get_one(Question, number)

    async def whose(self) -> tuple[str, int | None]:
        question = await self.question()
        return question.team_code, question.assignee_id

    async def watching(self) -> set[int | None]:
        """Who has a card with buttons, in private."""
        query = select(Card.person_id).where(Card.subject == Subject.QUESTION, col(Card.live))
        async with self.database.transaction() as session:
            return {one for one in (await session.exec(query)).all() if one is not None}

    async def waits_for(self) -> set[int]:
        """In whose morning's list, and work, it is."""
        async with self.database.transaction() as session:
            context = Context(house=self.house, session=session, now=self.now, actor=None)
            found = {number for number, one in (await all_waiting(context)).items() if one.team}
            people = (await session.exec(select(Person))).all()
            shown = {
                one.id: await session.exec(select(Question).where(await for_desk_of(context, one))) for one in people
            }
            assert {number for number, rows in shown.items() if rows.all()} == found
        return found

    async def heard(self, who: int, words: str) -> int:
        """How often somebody was told something with these words."""
        query = select(OutboxMessage).where(OutboxMessage.person_id == who)
        async with self.database.transaction() as session:
            return sum(words in str(one.payload.get("text")) for one in (await session.exec(query)).all())


@pytest.fixture
async def desk(database: Database) -> Desk:
    desk = Desk(database)
    await desk.opens(TEAMS)
    return desk


async def test_by_turns_then_open_to_all_then_the_front_desk_then_the_coordinators(desk: Desk) -> None:
    await desk.asked("veilig")
    assert await desk.whose() == (BY_TURNS, JAN)
    await desk.does(JAN, questions.ReleaseQuestion(question_id=1))
    assert await desk.whose() == (BY_TURNS, KIM)
    await desk.passes(3)
    assert await desk.whose() == (BY_TURNS, PIET), "who is silent has had their turn, and so has who gave it back"
    assert await desk.heard(KIM, "Daarom heeft P4 de vraag nu.") == 1
    await desk.is_away(PIET)
    assert await desk.whose() == (BY_TURNS, None), "nobody is left whose turn it is"
    assert (await desk.question()).status is QuestionStatus.OPEN
    await desk.does(PIET, verbs.EndAbsence())
    assert await desk.whose() == (BY_TURNS, None), "it comes back to nobody by itself"

    await desk.passes(5)
    assert await desk.whose() == (FRONT_DESK, None)
    assert await desk.heard(SAMIRA, "pakte niemand V-2026-0001 op") == 1
    assert await desk.watching() == {SAMIRA}
    assert isinstance(await desk.does(MARIEKE, questions.ClaimQuestion(question_id=1)), Refused)
    await desk.passes(5)
    assert await desk.watching() == await desk.waits_for() == {SAMIRA, MARIEKE}
    assert await desk.heard(MARIEKE, "Bij Klantcontact pakte niemand V-2026-0001 op") == 1
    late = await desk.heard(MARIEKE, "V-2026-0001 is te laat")
    await desk.passes(5)
    assert await desk.heard(MARIEKE, "pakte niemand V-2026-0001 op") == 1, "said once"
    assert await desk.heard(MARIEKE, "V-2026-0001 is te laat") > late, "and that it is late every working day"

    assert isinstance(await desk.does(MARIEKE, questions.ClaimQuestion(question_id=1)), Done)
    assert await desk.whose() == (FRONT_DESK, MARIEKE)
    assert (await desk.question()).raised_at is None


async def test_what_is_passed_on_to_who_works_by_turns_is_still_theirs_to_accept(desk: Desk) -> None:
    await desk.asked("loket")
    await desk.does(SAMIRA, questions.ClaimQuestion(question_id=1))
    passed_on = questions.TransferQuestion(question_id=1, team=BY_TURNS, reason="Overlast")

    await desk.does(SAMIRA, passed_on)
    assert await desk.whose() == (BY_TURNS, JAN)
    assert (await desk.question()).accept_by is not None
    assert isinstance(await desk.does(KIM, questions.ClaimQuestion(question_id=1)), Refused)
    await desk.does(JAN, questions.ReturnQuestion(question_id=1, reason="Niet van ons"))
    assert await desk.whose() == (FRONT_DESK, SAMIRA)

    await desk.does(SAMIRA, passed_on)
    await desk.passes(2)
    assert await desk.whose() == (FRONT_DESK, SAMIRA), "not accepted"
    await desk.does(SAMIRA, passed_on)
    await desk.does(JAN, questions.ClaimQuestion(question_id=1))
    await desk.passes(2)
    assert await desk.whose() == (BY_TURNS, JAN)
    assert (await desk.question()).accept_by is None


async def test_who_is_here_again_gets_what_waited_and_who_is_away_not_what_comes_back(desk: Desk) -> None:
    for one in (JAN, KIM, PIET):
        await desk.is_away(one)
    await desk.asked("veilig")
    assert await desk.whose() == (BY_TURNS, None)
    assert await desk.watching() == {SAMIRA}
    await desk.does(KIM, verbs.EndAbsence())
    assert await desk.whose() == (BY_TURNS, KIM)
    await desk.does(KIM, questions.AnswerQuestion(question_id=1, text="Morgen"))
    await desk.does(JAN, verbs.EndAbsence())
    await desk.is_away(KIM)
    await desk.does(FATMA, questions.ReopenQuestion(question_id=1, words=(Words(text="Nee"),)))
    assert await desk.whose() == (BY_TURNS, JAN)


async def test_whose_team_is_away_sees_in_private_what_stands_in_its_group(database: Database) -> None:
    desk = Desk(database)
    await desk.opens({JAN: OPEN_TO_ALL, SAMIRA: FRONT_DESK})
    async with database.transaction() as session:
        session.add(TeamGroup(team_code=OPEN_TO_ALL, chat_id=-100, created_at=MONDAY))
    await desk.asked("groen")
    assert await desk.watching() == set()

    await desk.is_away(JAN)
    assert await desk.watching() == {SAMIRA}
    await desk.does(FATMA, questions.AskOn(question_id=1, words=(Words(text="En dan?"),)))
    assert await desk.heard(SAMIRA, "zegt nog iets over V-2026-0001") == 1
    await desk.does(JAN, verbs.EndAbsence())
    assert await desk.watching() == set()


@pytest.mark.parametrize("replacement", [KIM, None])
async def test_what_no_answer_helps_finds_a_coordinator_who_is_away(
    database: Database, replacement: int | None
) -> None:
    desk = Desk(database)
    await desk.opens({JAN: OPEN_TO_ALL, KIM: BY_TURNS, MARIEKE: BY_TURNS})
    await desk.is_away(MARIEKE, replacement=replacement)
    await desk.asked("groen")
    for _ in range(3):
        await desk.does(JAN, questions.AnswerQuestion(question_id=1, text="Morgen"))
        await desk.does(FATMA, questions.RateAnswer(question_id=1, helped=Helped.NO))
        await desk.does(FATMA, questions.ReopenQuestion(question_id=1, words=(Words(text="Nee"),)))

    assert await desk.whose() == (OPEN_TO_ALL, replacement)
    why = "Daarom zien de coördinatoren" if replacement is None else "Daarom heb jij"
    assert await desk.heard(replacement or MARIEKE, f"V-2026-0001 kwam al 3× terug na een antwoord. {why}") == 1
    assert await desk.heard(JAN, "V-2026-0001 kwam al 3× terug") == 1
    assert await desk.heard(FATMA, "Een coördinator kijkt er nu naar.") == 1
    if replacement is None:
        assert await desk.watching() == {JAN, MARIEKE}
        assert isinstance(await desk.does(MARIEKE, questions.ClaimQuestion(question_id=1)), Done)


async def test_who_is_called_otherwise_is_on_the_cards_of_colleagues_too(desk: Desk) -> None:
    await desk.asked("veilig")
    assert await desk.whose() == (BY_TURNS, JAN)
    assert await desk.heard(KIM, "Jan de Vries") == 0

    await desk.does(JAN, verbs.SetDisplayName(name="Jan de Vries"))

    assert await desk.heard(KIM, "Jan de Vries") == 1


async def test_who_is_called_otherwise_is_on_the_card_of_what_went_along_once(database: Database) -> None:
    desk = Desk(database)
    await desk.opens({JAN: OPEN_TO_ALL, KIM: OPEN_TO_ALL})
    for _ in range(2):
        await desk.asked(theme="groen")
    await desk.does(JAN, questions.MergeQuestion(question_id=1, into_id=2))
    await desk.does(JAN, questions.AnswerQuestion(question_id=2, text="Morgen"))
    await desk.does(FATMA, questions.ReopenQuestion(question_id=1, words=(Words(text="Nee"),)))
    assert await desk.whose() == (OPEN_TO_ALL, JAN)

    await desk.does(JAN, verbs.SetDisplayName(name="Jan de Vries"))

    assert await desk.heard(KIM, "Jan de Vries</b> is ermee bezig") == 1


async def test_who_works_here_is_only_the_resident_of_their_own_question(database: Database) -> None:
    desk = Desk(database)
    await desk.opens({JAN: OPEN_TO_ALL, KIM: OPEN_TO_ALL, SAMIRA: FRONT_DESK})
    asked = questions.AskQuestion(words=(Words(text="Wanneer?"),), theme="groen", district=None)
    await desk.does(JAN, asked)

    assert await desk.watching() == await desk.waits_for() == {KIM}
    await desk.does(JAN, questions.AskOn(question_id=1, words=(Words(text="En dan?"),)))
    assert [await desk.heard(one, "zegt nog iets over V-2026-0001") for one in (JAN, KIM)] == [0, 1]


async def test_their_own_question_is_theirs_where_nobody_else_is_in_the_team(database: Database) -> None:
    desk = Desk(database)
    await desk.opens({JAN: OPEN_TO_ALL})
    await desk.does(JAN, questions.AskQuestion(words=(Words(text="Wanneer?"),), theme="groen", district=None))

    assert await desk.watching() == await desk.waits_for() == {JAN}


async def test_who_has_much_to_do_reads_that_there_is_more_than_is_shown(desk: Desk) -> None:
    for times in (SHOWN, 1):
        for _ in range(times):
            await desk.asked("loket")
        async with desk.database.transaction() as session:
            samira = await session.get_one(Person, SAMIRA)
            await work(Context(house=desk.house, session=session, now=desk.now, actor=samira), "")
        assert await desk.heard(SAMIRA, "Er is nog meer.") == (times == 1)


async def test_whose_theme_is_put_right_stays_where_it_is_when_rules_change(desk: Desk) -> None:
    await desk.asked("loket")
    assert isinstance(await desk.does(SAMIRA, questions.SetTheme(question_id=1, theme="veilig")), Done)

    await desk.does(MARIEKE, AddRule(theme="veilig", district=None, hours=RuleHours.ALWAYS, team=BY_TURNS))

    assert await desk.whose() == (FRONT_DESK, None)
    assert (await desk.question()).routed_by == KEPT
