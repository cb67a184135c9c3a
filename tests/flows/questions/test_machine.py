"""A question is never lost and never without somebody and a term, whatever people do and however time passes."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlmodel import select

from flows import features
from flows.commands import carry
from flows.context import Context, House
from flows.municipality import Municipality
from flows.opening import open_house
from flows.people.presence import came_back, went_away
from flows.questions import verbs
from flows.questions.clock.moments import Event, moments
from flows.questions.clock.watch import holders
from flows.talk.own_words import Words
from flows.timers import run_due
from flows.verbs import Command, EndAbsence, QuestionCommand, SetAbsence
from locales.catalogue import Catalogue
from storage.database import Database
from storage.migrate import migrate
from storage.people import Person, Role, RoleGrant
from storage.questions import DONE, Helped, MessageKind, Question, QuestionMessage, QuestionStatus
from storage.timers import Timer, TimerKind
from tests.needs import size

features.load()

BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""A Monday, in office hours."""
RESIDENTS = (1, 2)
TEAMS = {3: "buitenruimte", 4: "buitenruimte", 5: "toezicht", 6: "klantcontact"}
COORDINATOR = 7
WORKERS = tuple(TEAMS)
AT_WORK = (QuestionStatus.OPEN, QuestionStatus.CLAIMED, QuestionStatus.WAITING)
PEOPLE = st.sampled_from((*RESIDENTS, *WORKERS, COORDINATOR))
WHO_HAS_IT = 0
"""Whoever has the question at that moment: half of what is done at the desk really happens."""
AT_DESK = st.sampled_from((*(WHO_HAS_IT for _ in WORKERS), *WORKERS, COORDINATOR))
COLLEAGUE = st.sampled_from((*WORKERS, COORDINATOR))
NUMBER = st.integers(1, 3)
TEXT = "Dat komt goed."


class Desk(RuleBasedStateMachine):
    """Residents, civil servants of three teams and a coordinator, with a clock of their own."""

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._folder = TemporaryDirectory()
        self._url = f"sqlite+aiosqlite:///{Path(self._folder.name) / 'desk.db'}"
        self._house = House(municipality=Municipality.load(None), catalogue=CATALOGUE, bot_username="bot")
        self._now = BEGIN
        self._asked = 0
        self._database = Database(self._url)
        self._runner.run(self._open())

    async def _open(self) -> None:
        await migrate(self._database)
        async with self._database.transaction() as session:
            await open_house(session, self._house.municipality, BEGIN)
            for number in (*RESIDENTS, *WORKERS, COORDINATOR):
                session.add(Person(id=number, telegram_id=100 + number, first_name="Iemand", created_at=BEGIN))
            await session.flush()
            for number, team in TEAMS.items():
                session.add(RoleGrant(person_id=number, role=Role.CIVIL_SERVANT, team_code=team))
            session.add(RoleGrant(person_id=COORDINATOR, role=Role.COORDINATOR))

    def teardown(self) -> None:
        self._runner.run(self._database.close())
        self._runner.close()
        self._folder.cleanup()

    def _does(self, who: int, command: Command) -> None:
        async def do() -> None:
            async with self._database.transaction() as session:
                context = Context(house=self._house, session=session, now=self._now, actor=None)
                if who == WHO_HAS_IT and isinstance(command, QuestionCommand):
                    question = await session.get(Question, command.question_id)
                    have = [] if question is None else await holders(context, question)
                    context.actor = have[0] if have else None
                else:
                    context.actor = await session.get_one(Person, who)
                if context.actor is not None:
                    await carry(context, command)

        self._runner.run(do())

    @initialize(theme=st.sampled_from(("groen", "afval", None)))
    def first(self, theme: str | None) -> None:
        """Three questions, of which two at least are one team's."""
        self.asks(1, "groen")
        self.asks(2, "groen")
        self.asks(2, theme)

    @rule(who=st.sampled_from(RESIDENTS), theme=st.sampled_from(("groen", "veilig", None)))
    def asks(self, who: int, theme: str | None) -> None:
        if self._asked < 4:
            self._asked += 1
            self._does(who, verbs.AskQuestion(words=(Words(text="Wanneer?"),), theme=theme, district=None))

    @rule(who=AT_DESK, number=NUMBER)
    def claims(self, who: int, number: int) -> None:
        self._does(who, verbs.ClaimQuestion(question_id=number))

    @rule(who=AT_DESK, number=NUMBER)
    def releases(self, who: int, number: int) -> None:
        self._does(who, verbs.ReleaseQuestion(question_id=number))

    @rule(who=AT_DESK, number=NUMBER, to=COLLEAGUE)
    def assigns(self, who: int, number: int, to: int) -> None:
        self._does(who, verbs.AssignQuestion(question_id=number, person_id=to))

    @rule(who=AT_DESK, number=NUMBER, team=st.sampled_from(sorted(set(TEAMS.values()))))
    def passes_on(self, who: int, number: int, team: str) -> None:
        self._does(who, verbs.TransferQuestion(question_id=number, team=team, reason="Hoort daar"))

    @rule(who=AT_DESK, number=NUMBER)
    def gives_back(self, who: int, number: int) -> None:
        self._does(who, verbs.ReturnQuestion(question_id=number, reason="Niet van ons"))

    @rule(who=AT_DESK, number=NUMBER)
    def asks_back(self, who: int, number: int) -> None:
        self._does(who, verbs.AskBack(question_id=number, text="Welke straat?"))

    @rule(who=AT_DESK, number=NUMBER)
    def answers(self, who: int, number: int) -> None:
        self._does(who, verbs.AnswerQuestion(question_id=number, text=TEXT))

    @rule(who=AT_DESK, number=NUMBER)
    def closes(self, who: int, number: int) -> None:
        self._does(who, verbs.CloseQuestion(question_id=number, reason="Dubbel"))

    @rule(who=AT_DESK, number=NUMBER)
    def wants_a_reader(self, who: int, number: int) -> None:
        self._does(who, verbs.AskSecondReader(question_id=number, text=TEXT, reader_id=None))

    @rule(who=AT_DESK, number=NUMBER, good=st.booleans())
    def reads(self, who: int, number: int, good: bool) -> None:
        approve = verbs.ApproveAnswer(question_id=number)
        self._does(who, approve if good else verbs.SendBackDraft(question_id=number, remark="Te kort"))

    @rule(who=AT_DESK, number=NUMBER, days=st.integers(1, 20))
    def gives_a_date(self, who: int, number: int, days: int) -> None:
        self._does(who, verbs.GiveNewDate(question_id=number, until=self._day(days), reason="Druk"))

    @rule(who=AT_DESK, number=NUMBER, days=st.integers(1, 5))
    def snoozes(self, who: int, number: int, days: int) -> None:
        self._does(who, verbs.SnoozeQuestion(question_id=number, until=self._day(days)))

    @rule(who=AT_DESK, number=NUMBER)
    def splits(self, who: int, number: int) -> None:
        if self._asked < 5:
            self._asked += 1
            self._does(who, verbs.SplitQuestion(question_id=number, text="En de boom?", theme="groen"))

    @rule(who=AT_DESK, number=NUMBER, into=NUMBER)
    def merges(self, who: int, number: int, into: int) -> None:
        self._does(who, verbs.MergeQuestion(question_id=number, into_id=into))

    @rule(who=AT_DESK, number=NUMBER)
    def parts(self, who: int, number: int) -> None:
        self._does(who, verbs.UnmergeQuestion(question_id=number))

    @rule(who=st.sampled_from(RESIDENTS), number=NUMBER)
    def asks_on(self, who: int, number: int) -> None:
        self._does(who, verbs.AskOn(question_id=number, words=(Words(text="En dan?"),)))

    @rule(who=st.sampled_from(RESIDENTS), number=NUMBER, helped=st.sampled_from(Helped))
    def judges(self, who: int, number: int, helped: Helped) -> None:
        if helped is Helped.YES:
            self._does(who, verbs.ThankForAnswer(question_id=number))
        else:
            self._does(who, verbs.RateAnswer(question_id=number, helped=helped))
            self._does(who, verbs.ReopenQuestion(question_id=number, words=(Words(text="Nee"),)))

    @rule(who=st.sampled_from(WORKERS), instead=st.sampled_from((None, *WORKERS)), days=st.integers(1, 14))
    def is_away(self, who: int, instead: int | None, days: int) -> None:
        self._does(who, SetAbsence(until=self._day(days), replacement_id=instead))

    @rule(who=st.sampled_from(WORKERS))
    def is_back(self, who: int) -> None:
        self._does(who, EndAbsence())

    @rule(who=PEOPLE, gone=st.booleans())
    def blocks_the_bot(self, who: int, gone: bool) -> None:
        async def do() -> None:
            async with self._database.transaction() as session:
                actor = await session.get_one(Person, who)
                context = Context(house=self._house, session=session, now=self._now, actor=actor)
                if gone != (actor.blocked_at is not None):
                    await (went_away if gone else came_back)(context)

        self._runner.run(do())

    @rule(hours=st.sampled_from((1, 5, 24, 72, 24 * 12, 24 * 40)))
    def time_passes(self, hours: int) -> None:
        """In steps of half a day, as a bot that runs sees it."""
        end = self._now + timedelta(hours=hours)
        while self._now < end:
            self._now = min(end, self._now + timedelta(hours=12))
            self._runner.run(run_due(self._database, self._house, self._now))
        self._runner.run(self._what_was_due_is_done())

    async def _what_was_due_is_done(self) -> None:
        """Nothing is a day behind: a night may be in between."""
        async with self._database.transaction() as session:
            for question in (await session.exec(select(Question))).all():
                for at, event in moments(question, self._house.municipality, now=self._now):
                    assert event is Event.ARRIVED or at > self._now - timedelta(days=1), f"{event} was not done"

    @rule(days=st.integers(1, 9))
    def the_bot_is_down(self, days: int) -> None:
        """Nothing happens for days, then it starts again."""
        self._now += timedelta(days=days)
        self.restarts()
        self._runner.run(run_due(self._database, self._house, self._now))

    @rule()
    def restarts(self) -> None:
        self._runner.run(self._database.close())
        self._database = Database(self._url)

    def _day(self, ahead: int) -> date:
        return (self._now + timedelta(days=ahead)).date()

    @invariant()
    def nothing_is_lost(self) -> None:
        self._runner.run(self._check())

    async def _check(self) -> None:
        async with self._database.transaction() as session:
            context = Context(house=self._house, session=session, now=self._now, actor=None)
            timers = {
                one.subject_id: one
                for one in (await session.exec(select(Timer).where(Timer.kind == TimerKind.QUESTION))).all()
            }
            questions = (await session.exec(select(Question))).all()
            people = {one.id: one for one in (await session.exec(select(Person))).all()}
            anybody = any(people[one].blocked_at is None for one in (*WORKERS, COORDINATOR))
            for question in questions:
                await self._check_one(context, question, timers.get(question.id or 0), people, anybody=anybody)

    async def _check_one(
        self,
        context: Context,
        question: Question,
        timer: Timer | None,
        people: dict[int | None, Person],
        *,
        anybody: bool,
    ) -> None:
        status = question.status
        # Somebody has it.
        if status in AT_WORK:
            assert not anybody or await holders(context, question), "nobody has it"
            assert timer is not None, f"{status}: no time at which it is looked at"
            assert timer.attempts == 0, "its clock failed"
        # One true status.
        assert (question.assignee_id is not None) or status not in (QuestionStatus.CLAIMED, QuestionStatus.WAITING)
        assert question.assignee_id is None or status != QuestionStatus.OPEN
        assert (question.waits_until is not None) == (status == QuestionStatus.WAITING)
        assert (question.paused_at is not None) == (status == QuestionStatus.WAITING)
        assert (question.merged_into_id is not None) or status != QuestionStatus.MERGED
        assert question.snoozed_until is None or status == QuestionStatus.CLAIMED
        assert (question.accept_by is None) == (question.handed_from is None)
        assert question.accept_by is None or status == QuestionStatus.OPEN, "passed on, and yet somebody has it"
        if status == QuestionStatus.ANSWERED:
            assert timer is not None
            kinds = await context.session.exec(
                select(QuestionMessage.kind).where(QuestionMessage.question_id == question.id)
            )
            assert MessageKind.ANSWER in kinds.all()
        if status == QuestionStatus.MERGED:
            main = await context.session.get_one(Question, question.merged_into_id)
            assert main.status in AT_WORK, "it goes along with what is done, or goes along itself"
            late = question.escalated_at is not None or question.due_at <= self._now
            assert main.due_at <= question.due_at or main.postponed or late, "it waits longer than it was told"
        if status in (QuestionStatus.CLAIMED, QuestionStatus.WAITING):
            assert people[question.assignee_id].blocked_at is None, "who has it can't be reached"
        assert status not in DONE or question.accept_by is None


CATALOGUE = Catalogue.load()


def test_a_question_always_has_somebody_a_term_and_one_true_status() -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=size(3, 12),
            stateful_step_count=size(15, 30),
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
