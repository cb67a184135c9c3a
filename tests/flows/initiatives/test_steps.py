"""Whose a step is, when a word is said about it, and what of it reaches whom."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from flows import features
from flows.context import Context
from flows.initiatives.board import seen
from flows.initiatives.steps.card import next_steps
from flows.initiatives.steps.steps import first_step, next_word, take_along
from flows.initiatives.verbs import (
    DropStep,
    FinishStep,
    HearInitiative,
    MoveStep,
    PlanStep,
    ReturnStep,
    StopInitiative,
    TakeStep,
    WriteToInitiator,
)
from flows.municipality import Municipality
from storage.database import Database
from storage.initiatives import Initiative, InitiativeStatus, Part
from storage.outbox import OutboxMessage
from storage.participation import Participant, Participation
from storage.people import Person
from storage.steps import Step, StepStatus
from storage.timers import Timer, TimerKind
from tests.flows.initiatives.table import HERE, MONDAY, Table, laid
from tests.flows.initiatives.waiting import it_is
from tests.flows.talk.play import house

features.load()

DAY = date(2026, 3, 16)
PLAN = PlanStep(initiative_id=HERE, text="Een briefje maken", by=DAY, mine=False)
TAKE = TakeStep(initiative_id=HERE, step_id=1)
RETURN = ReturnStep(initiative_id=HERE, step_id=1)
MOVE = MoveStep(initiative_id=HERE, step_id=1, by=DAY + timedelta(days=7))
DROP = DropStep(initiative_id=HERE, step_id=1)
FINISH = FinishStep(initiative_id=HERE, step_id=1, story="Het hangt overal.", photo=None)


@pytest.fixture
async def table(database: Database) -> Table:
    """Sanne and Piet help; nothing is planned yet."""
    table = await laid(database, house())
    async with database.transaction() as session:
        for name in ("Sanne", "Piet"):
            session.add(Participant(initiative_id=HERE, person_id=table.people[name], kind=Participation.HELPER))
    return table


async def board(table: Table, who: str) -> str | None:
    """The steps as the board shows them to somebody."""
    async with table.database.transaction() as session:
        actor = await session.get_one(Person, table.people[who])
        context = Context(house=table.house, session=session, now=table.now, actor=actor)
        return await next_steps(context, await seen(context, await session.get_one(Initiative, HERE)))


async def due(table: Table) -> list[datetime]:
    return [timer.due_at for timer in await table.rows(Timer) if timer.kind is TimerKind.STEP]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "at"),
    [
        ("2026-03-02 10:00", "2026-03-15 08:00"),  # the day before, at nine in the morning
        ("2026-03-15 07:59", "2026-03-15 08:00"),
        ("2026-03-15 08:00", "2026-03-16 08:00"),  # planned the day before: on the day itself
        ("2026-03-16 12:00", "2026-03-17 08:00"),  # planned for today: only when it has passed
        ("2026-03-20 12:00", "2026-03-20 12:00"),
    ],
)
def test_a_word_comes_the_day_before_or_else_on_the_day_or_else_after_it(now: str, at: str) -> None:
    assert next_word(Municipality.load(), DAY, moment(now)) == moment(at)


async def test_the_first_step_is_the_initiators_within_what_is_small_here(table: Table) -> None:
    await table.change(Initiative, active_at=MONDAY)
    async with table.database.transaction() as session:
        context = Context(house=table.house, session=session, now=table.now, actor=None)
        await first_step(context, await session.get_one(Initiative, HERE), "Drie buren vragen")

    step = await table.row(Step)
    assert (step.owner_id, step.text, step.by) == (table.people["Fatima"], "Drie buren vragen", DAY)
    assert await table.timeline() == ["step_planned"]
    kinds = {timer.kind: timer.due_at for timer in await table.rows(Timer)}
    assert kinds[TimerKind.STEP] == moment("2026-03-15 08:00")
    assert kinds[TimerKind.RHYTHM] == MONDAY + timedelta(days=14)


async def test_what_began_before_there_were_steps_is_taken_along_once(table: Table) -> None:
    await table.change(Initiative, active_at=MONDAY)
    for _ in range(2):  # at every start of the house
        async with table.database.transaction() as session:
            await take_along(Context(house=table.house, session=session, now=table.now, actor=None))

    assert [(step.text, step.owner_id) for step in await table.rows(Step)] == [("Beginnen", table.people["Fatima"])]
    assert [timer.kind for timer in await table.rows(Timer)].count(TimerKind.RHYTHM) == 1
    await table.change(Initiative, status=InitiativeStatus.DONE)
    await it_is(table, MONDAY + timedelta(days=20))
    assert TimerKind.RHYTHM not in [timer.kind for timer in await table.rows(Timer)]


async def test_helpers_who_hear_are_asked_for_a_step_and_the_first_has_it(table: Table) -> None:
    await table.does("Piet", HearInitiative(initiative_id=HERE, on=False))
    await table.said()
    await table.does("Fatima", PLAN)

    said = await table.said()
    assert set(said) == {"Fatima", "Sanne"}
    assert "🙋 Ik doe deze stap" in said["Sanne"][0]
    await table.does("Sanne", TAKE)
    assert await table.is_refused("Piet", TAKE) == "step.refused.taken"
    assert await table.is_refused("Sanne", TAKE) == "step.refused.yours"
    assert await table.is_refused("Piet", FINISH) == "step.refused.taken"
    assert await table.is_refused("Piet", MOVE) == "step.refused.taken"
    assert await table.is_refused("Piet", RETURN) == "step.refused.not_yours"
    assert await table.is_refused("Sanne", DROP) == "common.not_allowed"
    said = await table.said()
    assert set(said) == {"Sanne", "Fatima", "Bram"}
    assert "Sanne" not in "".join(said["Fatima"] + said["Bram"])


async def test_who_cannot_after_all_gives_it_back_and_who_leads_hears(table: Table) -> None:
    await table.does("Fatima", PLAN)
    await table.does("Sanne", TAKE)
    await table.said()

    await table.does("Sanne", RETURN)

    assert (await table.row(Step)).owner_id is None
    said = await table.said()
    assert "Wie kan hem wel doen?" in said["Fatima"][0]
    assert "Sanne" not in said["Fatima"][0]


async def test_a_step_of_who_blocked_the_bot_is_nobodys(table: Table) -> None:
    await table.does("Fatima", PLAN)
    await table.does("Sanne", TAKE)
    await table.change(Person, table.people["Sanne"], blocked_at=MONDAY)
    await table.said()

    assert "(nog niemand, maandag 16 maart)" in (await board(table, "Fatima") or "")
    await it_is(table, DAY)
    said = await table.said()
    assert set(said) == {"Fatima", "Bram"}
    assert "Er is nog niemand die hem doet." in said["Fatima"][0]
    await table.does("Piet", TAKE)


async def test_there_is_one_reminder_and_one_question_and_another_day_has_its_own(table: Table) -> None:
    await table.does("Fatima", PlanStep(initiative_id=HERE, text="Een briefje maken", by=DAY, mine=True))
    await table.said()

    await it_is(table, datetime(2026, 3, 15, 3, tzinfo=UTC))
    assert await table.said() == {}
    await it_is(table, DAY - timedelta(days=1))
    assert "Morgen is de dag" in (await table.said())["Fatima"][0]
    await it_is(table, DAY)
    assert await table.said() == {}
    await it_is(table, DAY + timedelta(days=1))
    assert "Hoe is het met deze stap" in (await table.said())["Fatima"][0]
    assert await due(table) == []
    await it_is(table, DAY + timedelta(days=2))
    assert (
        await table.is_refused("Fatima", MoveStep(initiative_id=HERE, step_id=1, by=DAY)) == "talk.refused.date_range"
    )
    await table.does("Fatima", MOVE)
    assert await due(table) == [moment("2026-03-22 08:00")]


async def test_a_machine_that_was_off_for_days_asks_no_more_than_once(table: Table) -> None:
    await table.does("Fatima", PlanStep(initiative_id=HERE, text="Een briefje maken", by=DAY, mine=True))
    await table.said()

    await it_is(table, DAY + timedelta(days=9))

    assert ["Hoe is het met deze stap" in text for text in (await table.said())["Fatima"]] == [True]
    assert await due(table) == []


async def test_what_is_dropped_done_or_ended_can_not_be_done_any_more(table: Table) -> None:
    await table.does("Fatima", PLAN)
    await table.does("Sanne", TAKE)
    await table.said()
    await table.does("Bram", DROP)
    assert "hoeft niet meer" in (await table.said())["Sanne"][0]
    assert await due(table) == []
    for command in (TAKE, FINISH, MOVE, DROP, RETURN):
        assert await table.is_refused("Fatima", command) == "step.refused.dropped"

    await table.does("Fatima", PLAN)
    again = FinishStep(initiative_id=HERE, step_id=2, story="Het hangt overal.", photo=None)
    await table.does("Sanne", again)
    assert (await table.row(Step, 2)).owner_id == table.people["Sanne"]
    assert await table.is_refused("Fatima", again) == "step.refused.done"

    await table.does("Fatima", PLAN)
    await table.does("Fatima", StopInitiative(initiative_id=HERE, reason="Verhuisd"))
    third = TakeStep(initiative_id=HERE, step_id=3)
    assert await table.is_refused("Sanne", third) == "step.refused.ended"
    assert await table.is_refused("Fatima", PLAN) == "step.refused.ended"
    assert await table.is_refused("Fatima", TakeStep(initiative_id=HERE, step_id=99)) == "common.gone"


async def test_a_picture_that_not_everybody_may_see_goes_no_further_and_is_not_kept(table: Table) -> None:
    await table.does("Fatima", PLAN)
    await table.does("Sanne", TAKE)

    await table.does(
        "Sanne", FinishStep(initiative_id=HERE, step_id=1, story="Het hangt.", photo="photo-1", photo_shown=False)
    )

    step = await table.row(Step)
    assert (step.status, step.photo) == (StepStatus.DONE, None)
    shown = {row.person_id for row in await table.rows(OutboxMessage) if row.payload.get("photo")}
    assert shown == {table.people[name] for name in ("Fatima", "Bram", "Jan")}


async def test_who_took_the_first_step_before_anybody_wrote_is_greeted_all_the_same(table: Table) -> None:
    await table.change(Initiative, status=InitiativeStatus.IDEA)
    await table.does("Fatima", PLAN)
    await table.does("Fatima", FINISH)
    assert (await table.row(Initiative)).status is InitiativeStatus.UNDER_WAY
    said = (await table.said())["Jan"]
    assert sum("op weg" in one for one in said) == 1, "once"
    assert any("👋 Groet de bewoner" in one and "Laat uiterlijk" in one for one in said)

    for _ in range(2):
        await table.does("Jan", WriteToInitiator(initiative_id=HERE, text="Dag Fatima!"))

    assert (await table.timeline()).count("greeted") == 1
    assert (await table.row(Initiative)).status is InitiativeStatus.UNDER_WAY
    (card,) = [one for one in (await table.said())["Jan"] if "Gebiedsmakelaar: Jan" in one]
    assert "✏️ Schrijf de bewoner" in card
    assert "Laat uiterlijk" not in card


async def test_what_is_kept_from_the_public_is_celebrated_by_who_leads_and_guides(table: Table) -> None:
    await table.does("Fatima", PLAN)
    await table.change(Initiative, hidden_at=MONDAY, status=InitiativeStatus.UNDER_WAY)
    await table.said()

    await table.does("Fatima", FINISH)

    said = await table.said()
    assert set(said) == {"Fatima", "Bram", "Jan"}
    assert "goede nieuws" not in said["Fatima"][0]


async def test_the_board_says_no_more_than_may_be_read(table: Table) -> None:
    for number in range(5):
        text = f"Stap {number} " + "met veel woorden " * 15
        await table.does("Fatima", PlanStep(initiative_id=HERE, text=text.strip(), by=DAY, mine=True))
    await table.does("Fatima", FINISH)

    own = await board(table, "Fatima") or ""
    assert own.startswith("👣 <b>Stappen</b> · 1 klaar\n▫️ Stap 1 met")
    assert own.endswith("… en nog 1")
    assert all(len(line) < 170 for line in own.splitlines())
    assert "(een initiatiefnemer, " in (await board(table, "Sanne") or "")
    assert await board(table, "Ria") == await board(table, "Piet")
    async with table.database.transaction() as session:
        session.add(Person(telegram_id=900, first_name="Ali", created_at=MONDAY))
    table.people["Ali"] = max(table.people.values()) + 1
    assert await board(table, "Ali") == "👣 <b>Stappen</b> · 1 klaar"
    await table.change(Initiative, public=[Part.STEPS.value])
    assert "Stap 1" in (await board(table, "Ali") or "")
