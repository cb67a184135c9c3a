"""What is due in the quiet hours: nobody is woken, also not when the bot was away by day, and nothing is lost."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, update
from sqlmodel import col

from flows import features
from flows.initiatives.verbs import FinishInitiative, PlanMoment, PlanStep, ProposeAgreement, SayItGoesWell
from flows.questions.verbs import AskQuestion
from flows.talk.own_words import Words
from flows.timers import handled, run_due
from flows.verbs import SendBroadcast, SetAbsence
from storage.agreements import Decision
from storage.broadcasts import Audience
from storage.conversations import Conversation
from storage.database import Database
from storage.initiatives import Side
from storage.knowledge import Article
from storage.lessons import LessonFeed
from storage.moments import MomentGuest
from storage.outbox import OutboxKind, OutboxMessage, OutboxStatus
from storage.people import Person
from storage.timers import Timer, TimerKind
from tests.flows.initiatives.table import HERE, MONDAY, TEAM, Table, laid
from tests.flows.talk.play import house

features.load()

WAIT = [kind for kind, waits in handled().items() if waits]
AT_ANY_HOUR = [kind for kind, waits in handled().items() if not waits]
PASSED = date(2026, 3, 16)
NIGHT, MORNING = (datetime(2026, 3, 17, hour, tzinfo=UTC) for hour in (2, 7))
"""Three o'clock in the municipality, when the bot returns, and eight, when the quiet hours end."""
OFFICE = datetime(2026, 3, 17, 9, tzinfo=UTC)
SPEAKS_AT = {TimerKind.ARTICLES: OFFICE}
"""What is said in office hours only."""


@pytest.fixture
async def table(database: Database) -> Table:
    return await laid(database, house())


async def draft(table: Table) -> None:
    """Fatima began something, and let it lie."""
    await table.add(Conversation(person_id=table.people["Fatima"], name="initiative.start", updated_at=MONDAY))
    await table.add(Timer(kind=TimerKind.DRAFT_REMINDER, subject_id=1, due_at=MONDAY + timedelta(days=1)))


async def broadcast(table: Table) -> None:
    """Ria wrote to all; it has been sent, which her card doesn't show yet."""
    await table.does("Ria", SendBroadcast(text="Dag allemaal", photo=None, audience=Audience.ALL))
    async with table.database.transaction() as session:
        await session.exec(update(OutboxMessage).values(status=OutboxStatus.SENT))


async def guide_gone(table: Table) -> None:
    """Jan, who guides, was found to have blocked the bot."""
    await table.change(Person, table.people["Jan"], blocked_at=MONDAY)


async def rhythm(table: Table) -> None:
    """It is two weeks ago that Fatima said that it goes well."""
    await table.does("Fatima", SayItGoesWell(initiative_id=HERE))


async def step(table: Table) -> None:
    """Fatima would have done it yesterday."""
    await table.does("Fatima", PlanStep(initiative_id=HERE, text="Potgrond halen", by=PASSED, mine=True))


async def agreement(table: Table) -> None:
    """Nobody has answered Jan's proposal."""
    propose = ProposeAgreement(initiative_id=HERE, text="Een kraan", side=Side.MUNICIPALITY, by=PASSED)
    await table.does("Jan", propose)


async def decision(table: Table) -> None:
    """It is late."""
    due = MONDAY + timedelta(days=7)
    await table.add(Decision(initiative_id=HERE, asked_at=MONDAY, due_at=due))
    await table.add(Timer(kind=TimerKind.DECISION, subject_id=1, due_at=due))


async def absence(table: Table) -> None:
    """Jan is back since yesterday."""
    await table.does("Jan", SetAbsence(until=PASSED, replacement_id=None))


async def moment(table: Table) -> None:
    """It is this afternoon."""
    starts_at = MORNING.replace(hour=13)
    await table.does("Ria", PlanMoment(title="Koffie", place="Het plein", district=None, starts_at=starts_at))
    await table.add(MomentGuest(moment_id=1, person_id=table.people["Sanne"], scanned_at=MONDAY, remind=True))
    await table.add(Timer(kind=TimerKind.MOMENT, subject_id=1, due_at=starts_at - timedelta(days=1)))


async def lesson(table: Table) -> None:
    """Fatima and Bram finished, and haven't told what they learned."""
    await table.does("Fatima", FinishInitiative(initiative_id=HERE))


async def feed(table: Table) -> None:
    """Another municipality's lessons are to be read."""
    await table.add(LessonFeed(url="https://waterveen.example/lessons.json", read_at=MONDAY))
    await table.add(Timer(kind=TimerKind.LESSON_FEEDS, subject_id=1, due_at=MONDAY + timedelta(days=1)))


async def question(table: Table) -> None:
    """Nobody has answered Sanne's question, nor taken it."""
    words = (Words(text="Waar is de glasbak?"),)
    await table.does("Sanne", AskQuestion(words=words, theme=None, district=None))


async def article(table: Table) -> None:
    """Nobody looked for half a year whether Jan's article is still right."""
    await table.add(
        Article(
            question="Waar is de glasbak?",
            answer="Op het plein.",
            team_code=TEAM,
            owner_id=table.people["Jan"],
            checked_on=PASSED - timedelta(days=182),
            review_on=PASSED,
        )
    )


SCENES: dict[TimerKind, Callable[[Table], Awaitable[None]]] = {
    TimerKind.DRAFT_REMINDER: draft,
    TimerKind.BROADCAST_PROGRESS: broadcast,
    TimerKind.HOUSEKEEPING: guide_gone,
    TimerKind.RHYTHM: rhythm,
    TimerKind.STEP: step,
    TimerKind.AGREEMENT: agreement,
    TimerKind.DECISION: decision,
    TimerKind.ABSENCE: absence,
    TimerKind.MOMENT: moment,
    TimerKind.LESSON: lesson,
    TimerKind.LESSON_FEEDS: feed,
    TimerKind.QUESTION: question,
    TimerKind.DIGEST: question,
    TimerKind.ARTICLES: article,
}
"""Something of each kind to do, which has been due since before the night, and to say where it says something."""


async def plays(table: Table, kind: TimerKind) -> Timer:
    """Lay the scene of a kind; gives its timer, the only one there is."""
    await SCENES[kind](table)
    async with table.database.transaction() as session:
        await session.exec(delete(Timer).where(col(Timer.kind) != kind))
    await table.said()
    timer: Timer
    (timer,) = await table.rows(Timer)
    assert timer.due_at < NIGHT
    return timer


def test_somebody_sees_to_every_kind_and_only_what_sends_nobody_anything_does_not_wait() -> None:
    assert set(handled()) == set(TimerKind) == set(SCENES)
    assert set(AT_ANY_HOUR) == {TimerKind.BROADCAST_PROGRESS, TimerKind.LESSON_FEEDS}


@pytest.mark.parametrize("kind", WAIT)
async def test_in_the_quiet_hours_nothing_is_said_and_when_they_end_it_is(table: Table, kind: TimerKind) -> None:
    timer = await plays(table, kind)

    assert await run_due(table.database, table.house, NIGHT) == 0
    assert await run_due(table.database, table.house, MORNING - timedelta(seconds=1)) == 0
    assert await table.said() == {}
    assert await table.rows(Timer) == [timer]

    assert await run_due(table.database, table.house, MORNING) == 1
    if (at := SPEAKS_AT.get(kind, MORNING)) > MORNING:
        assert await table.said() == {}
        assert await run_due(table.database, table.house, at) == 1
    assert await table.said() != {}


@pytest.mark.parametrize("kind", AT_ANY_HOUR)
async def test_what_need_not_wait_is_done_at_night_and_sends_nobody_anything(table: Table, kind: TimerKind) -> None:
    await plays(table, kind)
    before = {row.id for row in await table.rows(OutboxMessage)}

    assert await run_due(table.database, table.house, NIGHT) == 1
    new = [row.kind for row in await table.rows(OutboxMessage) if row.id not in before]
    assert set(new) <= {OutboxKind.EDIT}
    assert [one for one in await table.rows(Timer) if one.attempts] == [], "it went well"


async def test_what_need_not_wait_does_not_wait_for_what_does(table: Table) -> None:
    await plays(table, TimerKind.STEP)
    await feed(table)

    assert await run_due(table.database, table.house, NIGHT) == 1
    assert [one.kind for one in await table.rows(Timer) if one.due_at <= NIGHT] == [TimerKind.STEP]
