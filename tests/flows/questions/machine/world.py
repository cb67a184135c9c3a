"""Where it all happens: a municipality with its people, a database, a clock that is moved, and the post."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar, TypeVar

from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlmodel import col, select

from flows import features
from flows.commands import Done, Outcome, carry
from flows.context import Context, House
from flows.municipality import Municipality
from flows.opening import open_house
from flows.questions.desk.telling import holders
from flows.talk.own_words import Words
from flows.verbs import Command, QuestionCommand
from locales.catalogue import Catalogue
from storage.cards import Card
from storage.database import Database
from storage.groups import QuestionTopic
from storage.outbox import BLOCKED, DELETED, OutboxKind, OutboxMessage, OutboxStatus
from storage.people import Person, Role, RoleGrant
from storage.questions import Question, QuestionStatus
from tests.databases import PostgresServer, SqliteFiles
from tests.flows.questions.machine.invariants import Invariants
from tests.flows.questions.machine.kept import Kept

features.load()
T = TypeVar("T")

CATALOGUE = Catalogue.load()
MUNICIPALITY = Municipality.load(None)
BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""A Monday, in office hours."""

TEAMS = {3: "buitenruimte", 4: "buitenruimte", 5: "toezicht", 6: "klantcontact", 8: "toezicht"}
"""Who works where at first. Toezicht assigns by load, klantcontact is the front desk; the other teams are empty."""
WORKERS = tuple(TEAMS)
COORDINATOR = 7
BY_EMAIL = 8
"""Reached by e-mail alone: what they do on the page makes the same commands."""
EMAIL = "iemand@gemeente.example"
RESIDENTS = (1, 2)
ASKERS = (*RESIDENTS, 3)
"""One of them works here too."""
EVERYBODY = tuple(range(1, 9))
WHO_HAS_IT = 0
"""Whoever has the question at that moment."""
MOST = 6
"""Questions: with few of them much happens to each."""
OPEN, CLAIMED, WAITING = QuestionStatus.OPEN, QuestionStatus.CLAIMED, QuestionStatus.WAITING
ANSWERED, CLOSED, MERGED = QuestionStatus.ANSWERED, QuestionStatus.CLOSED, QuestionStatus.MERGED
AT_WORK = (OPEN, CLAIMED, WAITING)


class CrashError(Exception):
    """The process ends in the middle of something."""


class World(RuleBasedStateMachine):
    """What the acts need."""

    databases: ClassVar[SqliteFiles | PostgresServer]
    """Where each life gets one of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._url = self.databases.fresh()
        self.now = BEGIN
        self._said = 0
        self.deleted: set[int] = set()
        """Whose account is gone; we only notice when something doesn't arrive."""
        self.holds = Invariants()
        self.begin()
        self.run(_move_in)

    # The process

    def begin(self) -> None:
        """It starts, and knows nothing but what is in the database."""
        self.database = Database(self._url)
        self.house = House(municipality=MUNICIPALITY, catalogue=CATALOGUE, bot_username="bot", mails=True)

        async def opens(context: Context) -> None:
            await open_house(context.session, MUNICIPALITY, self.now)

        self.run(opens)

    def end(self) -> None:
        """It stops."""
        self._runner.run(self.database.close())

    def teardown(self) -> None:
        self.end()
        self._runner.close()
        self.databases.drop(self._url)

    def run(self, work: Callable[[Context], Awaitable[T]], who: int | None = None) -> T:
        """Do something in a transaction of its own; `who` acts."""

        async def do() -> T:
            async with self.database.transaction() as session:
                context = Context(house=self.house, session=session, now=self.now, actor=None)
                if who is not None:
                    context.actor = await session.get_one(Person, who)
                return await work(context)

        return self._runner.run(do())

    def waits_for(self, work: Awaitable[T]) -> T:
        """Do something that opens its own transactions."""

        async def do() -> T:
            return await work

        return self._runner.run(do())

    # Acts

    def does(self, who: int, command: Command, *, crash: bool = False) -> Outcome | None:
        """Somebody does something, or tries to. `crash`: and the process ends before it is kept."""

        async def act(context: Context) -> Outcome | None:
            if who == WHO_HAS_IT and isinstance(command, QuestionCommand):
                question = await context.session.get_one(Question, command.question_id)
                context.actor = next(iter(await holders(context, question)), None)
            if context.actor is None:
                return None
            outcome = await carry(context, command)
            if crash:
                raise CrashError
            return outcome

        outcome = self.run(act, who or None)
        self.holds.tried.append((command, isinstance(outcome, Done)))
        return outcome

    def succeeds(self, who: int, command: Command) -> bool:
        """The same, where it matters whether it was done."""
        return isinstance(self.does(who, command), Done)

    def words(self) -> tuple[Words, ...]:
        """What nobody said before."""
        self._said += 1
        return (Words(text=f"Wanneer komt dat, voor de {self._said}e keer?"),)

    def day(self, ahead: int) -> date:
        """So many days from now."""
        return (self.now + timedelta(days=ahead)).date()

    # Who and what there is

    @property
    def questions(self) -> dict[int, Question]:
        """As they were after the last step."""
        return self.holds.before

    @property
    def kept(self) -> Kept:
        """All there was after the last step."""
        assert self.holds.kept is not None, "nothing has been looked at yet"
        return self.holds.kept

    def fitting(self, *statuses: QuestionStatus) -> list[int]:
        """The questions of which that is the status; without any, all."""
        return [number for number, one in self.questions.items() if one.status in (statuses or QuestionStatus)]

    # The post

    def post(self) -> None:
        """All that waits goes out, as the sender does it; to who has blocked the bot, or is gone, it doesn't."""

        async def carry_all(context: Context) -> None:
            waiting = select(OutboxMessage).where(OutboxMessage.status == OutboxStatus.WAITING)
            for row in (await context.session.exec(waiting.order_by(col(OutboxMessage.id)))).all():
                person = None if row.person_id is None else await context.session.get_one(Person, row.person_id)
                if person is not None and (person.blocked_at is not None or person.id in self.deleted):
                    row.status = OutboxStatus.FAILED
                    row.error = DELETED if person.id in self.deleted else BLOCKED
                    person.blocked_at = person.blocked_at or self.now
                    context.session.add(person)
                else:
                    await _arrives(context, row)
                context.session.add(row)

        self.run(carry_all)

    # What always holds

    @invariant()
    def everything_holds(self) -> None:
        self.run(self.holds.check)


async def _arrives(context: Context, row: OutboxMessage) -> None:
    """The number of a message is that of its row."""
    row.status, row.sent_at, row.message_id = OutboxStatus.SENT, context.now, row.id
    if row.kind is OutboxKind.SEND and row.card_id is not None:
        card = await context.session.get_one(Card, row.card_id)
        card.message_id = row.id
        context.session.add(card)
    if row.kind is OutboxKind.MAKE_TOPIC:
        topic = await context.session.get(QuestionTopic, (row.payload["question"], row.chat_id))
        if topic is not None:
            topic.topic_id = row.id
            context.session.add(topic)


async def _move_in(context: Context) -> None:
    for one in EVERYBODY:
        mail = one == BY_EMAIL
        context.session.add(
            Person(
                id=one,
                telegram_id=None if mail else 100 + one,
                email=EMAIL if mail else None,
                first_name=f"Iemand {one}",
                welcomed_at=BEGIN,
                created_at=BEGIN,
            )
        )
    await context.session.flush()
    for one, team in TEAMS.items():
        context.session.add(RoleGrant(person_id=one, role=Role.CIVIL_SERVANT, team_code=team))
    context.session.add(RoleGrant(person_id=COORDINATOR, role=Role.COORDINATOR))
