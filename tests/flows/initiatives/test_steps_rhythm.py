"""When the bot asks how it goes, when it lets an initiative sleep, and that it never does so at night."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from flows import features
from flows.context import Context
from flows.initiatives.steps.rhythm import EVERY, Word, plan_rhythm, rarer, word
from flows.initiatives.verbs import FinishInitiative, FinishStep, PlanStep, SayItGoesWell, SayItIsStuck, SetRhythm
from storage.database import Database
from storage.initiatives import Initiative, InitiativeStatus, Rhythm
from storage.people import Person
from storage.questions import Question, QuestionStatus
from storage.timers import Timer, TimerKind
from tests.flows.initiatives.table import HERE, MONDAY, Table, laid
from tests.flows.initiatives.waiting import it_is
from tests.flows.talk.play import house

features.load()

DAYS = {
    Rhythm.WEEKLY: [(7, "how"), (14, "how"), (21, "still"), (35, "sleeps")],
    Rhythm.FORTNIGHTLY: [(14, "how"), (28, "how"), (42, "still"), (56, "sleeps")],
    Rhythm.MONTHLY: [(30, "how"), (56, "still"), (70, "sleeps")],
    Rhythm.NEVER: [(182, "still"), (196, "sleeps")],
}
"""After how many days of silence what is said."""
SAYS = {"Hoe gaat het met": "how", "Het is al een tijd stil": "still", "slaapt nu": "sleeps"}
WELL = SayItGoesWell(initiative_id=HERE)


@pytest.fixture
async def table(database: Database) -> Table:
    """Somebody said something this Monday; Bram can't be reached."""
    table = await laid(database, house())
    await table.change(Initiative, active_at=MONDAY)
    await table.change(Person, table.people["Bram"], blocked_at=MONDAY)
    return table


async def begins(table: Table, rhythm: Rhythm) -> None:
    await table.change(Initiative, rhythm=rhythm)
    async with table.database.transaction() as session:
        context = Context(house=table.house, session=session, now=table.now, actor=None)
        await plan_rhythm(context, await session.get_one(Initiative, HERE))


async def due(table: Table) -> list[datetime]:
    return [timer.due_at for timer in await table.rows(Timer) if timer.kind is TimerKind.RHYTHM]


async def said(table: Table, name: str = "Fatima") -> list[str]:
    """Which of the three words somebody heard since the last time."""
    return [kind for text in (await table.said()).get(name, []) for sign, kind in SAYS.items() if sign in text]


@pytest.mark.parametrize(
    ("rhythm", "unanswered", "days", "expected"),
    [
        (Rhythm.WEEKLY, 0, 6, None),
        (Rhythm.WEEKLY, 0, 7, Word.HOW),
        (Rhythm.WEEKLY, 1, 14, Word.HOW),
        (Rhythm.WEEKLY, 2, 21, Word.STILL),
        (Rhythm.WEEKLY, 3, 35, Word.SLEEPS),
        (Rhythm.MONTHLY, 1, 55, Word.HOW),
        (Rhythm.MONTHLY, 1, 56, Word.STILL),
        (Rhythm.MONTHLY, 0, 90, Word.STILL),  # the machine was off: never asleep without being asked
        (Rhythm.NEVER, 0, 181, None),
        (Rhythm.NEVER, 0, 182, Word.STILL),
    ],
)
def test_what_there_is_to_say(rhythm: Rhythm, unanswered: int, days: int, expected: Word | None) -> None:
    assert word(rhythm, unanswered, timedelta(days=days)) is expected


@pytest.mark.parametrize("rhythm", Rhythm)
async def test_silence_is_asked_about_and_then_it_sleeps(table: Table, rhythm: Rhythm) -> None:
    await begins(table, rhythm)
    heard = []

    for day in sorted({one for due_on, _ in DAYS[rhythm] for one in (due_on - 1, due_on, due_on + 1)} | {300}):
        await it_is(table, MONDAY + timedelta(days=day))
        heard += [(day, kind) for kind in await said(table)]

    assert heard == DAYS[rhythm]
    assert (await table.row(Initiative)).asleep_since == MONDAY + timedelta(days=DAYS[rhythm][-1][0])
    assert await table.timeline() == ["slept"]
    assert len(await due(table)) == 1  # it looks whether it woke


async def test_a_sign_of_life_puts_the_next_question_off(table: Table) -> None:
    await begins(table, Rhythm.WEEKLY)
    await it_is(table, MONDAY + timedelta(days=5))
    await table.does("Fatima", PlanStep(initiative_id=HERE, text="Een briefje maken", by=None, mine=True))
    await it_is(table, MONDAY + timedelta(days=7))
    assert await said(table) == []

    await it_is(table, MONDAY + timedelta(days=12))
    assert await said(table) == ["how"]
    await table.does("Fatima", FinishStep(initiative_id=HERE, step_id=1, story="Het hangt.", photo=None))
    await it_is(table, MONDAY + timedelta(days=18))
    assert await said(table) == []
    await it_is(table, MONDAY + timedelta(days=19))
    assert await said(table) == ["how"]


async def test_in_quiet_hours_it_waits_until_people_are_awake(table: Table) -> None:
    await begins(table, Rhythm.WEEKLY)

    await it_is(table, datetime(2026, 3, 9, 23, tzinfo=UTC))
    assert await said(table) == []
    await it_is(table, datetime(2026, 3, 10, 7, tzinfo=UTC))
    assert await said(table) == ["how"]


async def test_only_who_guides_hears_that_it_sleeps_and_that_it_was_their_turn(table: Table) -> None:
    await table.change(Initiative, unanswered=3)
    await begins(table, Rhythm.WEEKLY)
    await it_is(table, MONDAY + timedelta(days=14))

    heard = await table.said()
    assert set(heard) == {"Fatima", "Jan"}
    assert "De gemeente was nog aan zet." in heard["Jan"][0]

    await it_is(table, MONDAY + timedelta(days=20))
    await table.does("Fatima", WELL)
    assert set(await table.said()) == {"Fatima", "Jan"}
    assert await table.timeline() == ["slept", "woke"]
    assert await due(table) == [MONDAY + timedelta(days=27)]
    await table.does("Fatima", WELL)
    assert set(await table.said()) == {"Fatima"}


async def test_where_nobody_can_be_asked_the_guide_is(table: Table) -> None:
    await table.change(Person, table.people["Fatima"], telegram_id=None)
    await begins(table, Rhythm.MONTHLY)

    await it_is(table, MONDAY + timedelta(days=30))
    assert await table.said() == {}
    await it_is(table, MONDAY + timedelta(days=56))
    assert "Ik kan geen initiatiefnemer bereiken." in (await table.said())["Jan"][0]
    await it_is(table, MONDAY + timedelta(days=70))
    assert await said(table, "Jan") == ["sleeps"]


async def test_another_rhythm_counts_from_now(table: Table) -> None:
    await begins(table, Rhythm.WEEKLY)
    await it_is(table, MONDAY + timedelta(days=3))

    await table.does("Fatima", SetRhythm(initiative_id=HERE, rhythm=Rhythm.MONTHLY))

    assert await due(table) == [MONDAY + timedelta(days=33)]


async def test_what_ended_is_left_alone(table: Table) -> None:
    await begins(table, Rhythm.WEEKLY)
    await table.change(Initiative, status=InitiativeStatus.DONE, ended_at=MONDAY)

    await it_is(table, MONDAY + timedelta(days=7))

    assert await said(table) == []
    assert await due(table) == []
    for command in (
        WELL,
        SetRhythm(initiative_id=HERE, rhythm=Rhythm.WEEKLY),
        SayItIsStuck(initiative_id=HERE, text="Geen kraan"),
    ):
        assert await table.is_refused("Fatima", command) == "step.refused.ended"


async def test_finishing_takes_the_questions_away(table: Table) -> None:
    await begins(table, Rhythm.WEEKLY)

    await table.does("Fatima", FinishInitiative(initiative_id=HERE))

    assert await due(table) == []


@pytest.mark.parametrize(
    ("guide", "deputy", "asked"), [("Jan", None, "Jan"), ("Jan", "Piet", "Piet"), (None, None, None)]
)
async def test_who_answers_what_is_stuck(
    table: Table, guide: str | None, deputy: str | None, asked: str | None
) -> None:
    numbers = {name: table.people[name] if name else None for name in (guide, deputy, asked)}
    await table.change(Initiative, guide_id=numbers[guide], deputy_id=numbers[deputy], theme_code="groen")

    await table.does("Fatima", SayItIsStuck(initiative_id=HERE, text="Er is geen kraan."))

    question = await table.row(Question)
    assert question.assignee_id == numbers[asked]
    assert question.status == (QuestionStatus.CLAIMED if asked else QuestionStatus.OPEN)
    assert (question.team_code, question.theme_code) == ("buitenruimte", "groen")
    assert question.due_at == house().municipality.due(MONDAY, house().municipality.answer_days_for("groen"))
    heard = await table.said()
    assert set(heard) == {"Fatima", "Jan", "Piet"}  # the team sees the card; only one has the work
    assert [name for name in ("Jan", "Piet") if any("loopt vast" in text for text in heard[name])] == (
        [asked] if asked else []
    )


def test_less_often_ends_with_never() -> None:
    chain = [Rhythm.WEEKLY]
    while (less := rarer(chain[-1])) is not None:
        assert EVERY[less] > EVERY[chain[-1]]
        chain.append(less)

    assert chain == list(Rhythm)
