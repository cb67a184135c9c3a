"""What was said to a resident is followed until it has arrived or not, and who has the question hears what to do."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from flows import features
from flows.commands import Done, Refused, carry
from flows.context import Context
from flows.opening import open_house
from flows.people.presence import came_back
from flows.questions.clock.watch import look
from flows.questions.desk.delivery import AGAIN, ARRIVES, Arrival, delivery
from flows.questions.relations import last_answer
from flows.questions.verbs import AnswerQuestion, AskBack, CloseQuestion, CorrectAnswer, GiveNewDate, SendAgain
from flows.verbs import QuestionCommand
from storage.cards import Card
from storage.database import Database
from storage.outbox import BLOCKED, DELETED, OutboxKind, OutboxMessage, OutboxStatus
from storage.people import Person, Role, RoleGrant
from storage.questions import MessageKind, Question, QuestionMessage
from storage.timers import Timer
from tests.flows.talk.play import house

features.load()

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
FATIMA, JAN = 1, 2
REFUSED = (OutboxStatus.FAILED, "Bad Request: message is too long")

ENDS: tuple[tuple[QuestionCommand, tuple[OutboxStatus, str | None], str | None, bool], ...] = (
    (AnswerQuestion(question_id=1, text="Morgen"), (OutboxStatus.SENT, None), None, False),
    (AskBack(question_id=2, text="Waar?"), (OutboxStatus.FAILED, BLOCKED), "de vraag aan de bewoner is niet", False),
    (CloseQuestion(question_id=3, reason="Dubbel"), (OutboxStatus.FAILED, DELETED), "geen Telegram meer", False),
    (GiveNewDate(question_id=4, until=date(2026, 3, 20), reason="Druk"), REFUSED, "de nieuwe datum is niet", True),
    (AnswerQuestion(question_id=5, text="Ja"), (OutboxStatus.UNKNOWN, "time-out"), "misschien niet aangekomen", True),
)
"""What is said, how it ends, what Jan reads of it, and whether he can send it again."""


@pytest.fixture
async def town(database: Database) -> Database:
    async with database.transaction() as session:
        await open_house(session, house().municipality, NOW)
        session.add_all(
            Person(id=one, telegram_id=100 + one, first_name=name, welcomed_at=NOW)
            for one, name in ((FATIMA, "Fatima"), (JAN, "Jan"))
        )
        await session.flush()
        session.add(RoleGrant(person_id=JAN, role=Role.CIVIL_SERVANT, team_code="buitenruimte"))
        for number in range(1, len(ENDS) + 1):
            session.add(
                Question(
                    id=number,
                    reference=f"V-2026-000{number}",
                    asker_id=FATIMA,
                    team_code="buitenruimte",
                    due_at=datetime(2026, 3, 9, 16, tzinfo=UTC),
                    created_at=NOW,
                    active_at=NOW,
                )
            )
            await session.flush()
            session.add(QuestionMessage(question_id=number, author_id=FATIMA, kind=MessageKind.QUESTION, text="Wat?"))
    return database


async def said(session: AsyncSession, number: int) -> OutboxMessage:
    """What was said to Fatima last about that question."""
    query = select(OutboxMessage).join(Card, col(Card.id) == col(OutboxMessage.card_id))
    query = query.where(OutboxMessage.person_id == FATIMA, Card.subject_id == number)
    return (await session.exec(query.order_by(col(OutboxMessage.id).desc()))).first() or pytest.fail("nothing was said")


async def told(session: AsyncSession) -> list[OutboxMessage]:
    """What Jan got; it is taken away."""
    query = select(OutboxMessage).where(OutboxMessage.person_id == JAN, OutboxMessage.kind == OutboxKind.SEND)
    found = list((await session.exec(query)).all())
    for row in found:
        await session.delete(row)
    await session.flush()
    return found


async def test_all_that_is_said_is_followed_to_its_end_and_its_true_reason_is_told(town: Database) -> None:
    async with town.transaction() as session:
        context = Context(house=house(), session=session, now=NOW, actor=await session.get_one(Person, JAN))

        async def clock(looks: int, number: int) -> timedelta | None:
            now = NOW + ARRIVES + (looks - 1) * AGAIN
            return await look(Context(house=house(), session=session, now=now, actor=None), number)

        for command, (status, error), reads, again in ENDS:
            number = command.question_id
            assert isinstance(await carry(context, command), Done)
            question = await session.get_one(Question, number)
            (timer,) = await session.exec(select(Timer).where(Timer.subject_id == number))
            assert timer.due_at == NOW + ARRIVES
            await told(session)

            assert await clock(1, number) == AGAIN  # it is still under way: no news, and looked at again
            assert await told(session) == []
            row = await said(session, number)
            row.status, row.error = status, error
            await clock(2, number)
            assert question.arrives_by is None
            news = await told(session)
            assert [str(reads) in str(one.payload) for one in news] == ([] if reads is None else [True])
            assert [f"a:q-again:{number}" in str(one.payload) for one in news] == ([] if reads is None else [again])

            await clock(3, number)
            assert await told(session) == []  # once is enough


async def test_what_was_refused_can_be_sent_again_and_who_returns_gets_what_was_missed(town: Database) -> None:
    async with town.transaction() as session:
        fatima, jan = await session.get_one(Person, FATIMA), await session.get_one(Person, JAN)
        context = Context(house=house(), session=session, now=NOW, actor=jan)
        question = await session.get_one(Question, 1)

        async def send_again() -> str:
            outcome = await carry(context, SendAgain(question_id=1))
            return outcome.key if isinstance(outcome, Refused) else ""

        await carry(context, AnswerQuestion(question_id=1, text="Morgen"))
        row = await said(session, 1)
        assert await send_again() == "desk.refused.again_nothing"
        row.status, row.error = REFUSED
        assert await delivery(context, question) is Arrival.REFUSED
        question.arrives_by = None
        assert await send_again() == ""
        assert row.status == OutboxStatus.WAITING
        assert question.arrives_by == NOW + ARRIVES

        for status, error in (REFUSED, (OutboxStatus.UNKNOWN, "time-out")):  # corrected, it goes as it should be
            row.status, row.error, question.arrives_by = status, error, None
            answer = await last_answer(context, question)
            assert answer is not None
            text = f"Overmorgen, na {error}"
            corrected = await carry(context, CorrectAnswer(question_id=1, message_id=answer.id or 0, text=text))
            assert isinstance(corrected, Done)
            assert row.status == OutboxStatus.WAITING
            assert text in row.payload["text"]
            assert question.arrives_by == NOW + ARRIVES

        assert await delivery(context, question) is Arrival.UNDERWAY
        fatima.blocked_at, question.arrives_by = NOW, NOW + timedelta(days=1) + AGAIN
        assert await delivery(context, question) is Arrival.BLOCKED  # known, before it is sent
        for error in (DELETED, "Forbidden: bot can't initiate conversation with a user"):
            row.status, row.error = OutboxStatus.FAILED, error
            assert await send_again() == "desk.refused.again_away"
            await came_back(Context(house=house(), session=session, now=NOW + timedelta(days=1), actor=fatima))
            assert row.status == OutboxStatus.WAITING
            assert question.arrives_by == NOW + timedelta(days=1) + ARRIVES
            fatima.blocked_at = NOW
