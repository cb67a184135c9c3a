"""Both sides are reminded alike, in the daytime, and only of what is still open; what isn't kept is passed on."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from flows import features
from flows.initiatives.agreements.watch import next_moment, stage_on
from flows.initiatives.verbs import (
    AnswerMove,
    ConfirmAgreement,
    KeepAgreement,
    MoveAgreement,
    ProposeAgreement,
    RefuseAgreement,
    StopInitiative,
)
from storage.agreements import Agreement, AgreementStatus
from storage.database import Database
from storage.initiatives import Initiative, InitiativeEvent, InitiativeStatus, Side
from storage.timers import Timer, TimerKind
from tests.flows.initiatives.table import HERE, MONDAY, Table, laid
from tests.flows.talk.play import house

features.load()

DAY = date(2026, 3, 16)
CONFIRM = ConfirmAgreement(initiative_id=HERE, agreement_id=1)


@pytest.fixture
async def table(database: Database) -> Table:
    table = await laid(database, house())
    await table.does("Jan", ProposeAgreement(initiative_id=HERE, text="Een kraan", side=Side.MUNICIPALITY, by=DAY))
    return table


async def timers(table: Table) -> list[datetime]:
    return [timer.due_at for timer in await table.rows(Timer) if timer.kind is TimerKind.AGREEMENT]


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (DAY - timedelta(days=3), None),
        (DAY - timedelta(days=2), "ahead"),
        (DAY - timedelta(days=1), "ahead"),
        (DAY, "today"),
        (DAY + timedelta(days=1), "late"),
        (DAY + timedelta(days=3), "late"),
        (DAY + timedelta(days=4), "too_late"),
        (DAY + timedelta(days=40), "too_late"),
    ],
)
def test_what_there_is_to_say_on_a_day(day: date, stage: str | None) -> None:
    assert stage_on(Agreement(initiative_id=1, text="", side=Side.RESIDENTS, by=DAY, proposed_by=1), day) == stage


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 3, 2, 10, tzinfo=UTC), datetime(2026, 3, 14, 8, tzinfo=UTC)),
        (datetime(2026, 3, 13, 23, 30, tzinfo=UTC), datetime(2026, 3, 16, 8, tzinfo=UTC)),
        (datetime(2026, 3, 16, 22, tzinfo=UTC), datetime(2026, 3, 17, 8, tzinfo=UTC)),
        (datetime(2026, 3, 17, 8, tzinfo=UTC), datetime(2026, 3, 20, 8, tzinfo=UTC)),
        (datetime(2026, 3, 20, 8, tzinfo=UTC), None),
    ],
)
def test_the_clock_looks_at_nine_in_the_morning_of_the_next_day_that_counts(
    now: datetime, due: datetime | None
) -> None:
    agreement = Agreement(
        initiative_id=1, text="", side=Side.RESIDENTS, by=DAY, proposed_by=1, status=AgreementStatus.AGREED
    )

    assert next_moment(agreement, house().municipality, now) == due


async def test_both_sides_are_reminded_and_then_it_is_passed_on(table: Table) -> None:
    await table.does("Fatima", CONFIRM)
    await table.said()

    for days, text in ((-2, "👋 Nog 2 dagen"), (0, "👋 Vandaag is de dag"), (1, "⏰ De dag is voorbij")):
        await table.at(DAY + timedelta(days=days))
        said = await table.said()
        assert set(said) == {"Fatima", "Bram", "Jan"}
        assert all(len(texts) == 1 and text in texts[0] for texts in said.values())
        await table.at(DAY + timedelta(days=days))
        assert await table.said() == {}, "once"
    assert "⚠️ Dit is niet gebeurd" in "".join(texts[0] for name, texts in said.items() if name == "Fatima")

    await table.at(DAY + timedelta(days=4))

    said = await table.said()
    assert set(said) == {"Fatima", "Bram", "Jan", "Piet", "Ria"}
    assert all("Het team en de coördinatoren weten het nu." in texts[0] for texts in said.values())
    assert "✅ Gedaan" in said["Jan"][0]
    assert said["Ria"][0].endswith("📋 Alles over dit initiatief")
    assert (await table.row(Agreement)).status is AgreementStatus.BROKEN
    assert await table.timeline() == ["agreement_made", "agreement_broken"]
    assert (await table.rows(InitiativeEvent))[-1].details == {"side": "municipality", "called": False}
    assert await timers(table) == []


async def test_a_reminder_that_comes_late_counts_right(table: Table) -> None:
    await table.does("Fatima", CONFIRM)
    await table.said()

    await table.at(DAY - timedelta(days=1))
    assert "👋 Nog 1 dag voor deze afspraak" in (await table.said())["Jan"][0]
    assert await timers(table) == [datetime(2026, 3, 16, 8, tzinfo=UTC)]


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
async def test_the_clock_waits_for_nobody_who_acts_just_then(table: Table) -> None:
    await table.does("Fatima", CONFIRM)
    await table.said()

    async with table.database.transaction() as session:
        await session.get_one(Initiative, HERE, with_for_update=True)
        async with asyncio.timeout(10):
            await table.at(DAY)

    assert await table.said() == {}
    await table.at(table.now + timedelta(minutes=1))
    assert "Vandaag is de dag" in (await table.said())["Jan"][0]


async def test_a_day_that_is_still_asked_for_can_be_agreed_after_all(table: Table) -> None:
    await table.does("Fatima", CONFIRM)
    move = MoveAgreement(initiative_id=HERE, agreement_id=1, by=DAY + timedelta(days=14), reason="De kraan is laat")
    await table.does("Jan", move)
    await table.said()

    await table.at(DAY + timedelta(days=4))
    said = await table.said()
    assert "Waarom: De kraan is laat" in said["Fatima"][0]
    assert "De kraan is laat" not in said["Ria"][0], "that was said to the other side only"

    await table.does("Fatima", AnswerMove(initiative_id=HERE, agreement_id=1, yes=True))
    assert (await table.row(Agreement)).status is AgreementStatus.AGREED
    assert await timers(table) == [datetime(2026, 3, 28, 8, tzinfo=UTC)]


async def test_residents_who_are_late_are_asked_what_they_need_and_nobody_above_hears_it(table: Table) -> None:
    await table.does("Fatima", CONFIRM)
    await table.change(Agreement, side=Side.RESIDENTS, owner_id=table.people["Fatima"])
    await table.said()

    await table.at(DAY + timedelta(days=4))

    said = await table.said()
    assert set(said) == {"Fatima", "Bram", "Jan"}
    assert "Wat heb je nodig?" in said["Fatima"][0]
    assert "Vraag wat er nodig is." in said["Jan"][0]


async def test_who_has_not_answered_a_proposal_is_asked_once_more(table: Table) -> None:
    await table.said()

    await table.at(MONDAY + timedelta(days=3))
    said = await table.said()
    assert set(said) == {"Fatima", "Bram"}
    assert "Hier wacht een voorstel op jouw antwoord" in said["Fatima"][0]

    await table.at(DAY + timedelta(days=30))
    assert await table.said() == {}


async def test_nobody_is_woken_up(table: Table) -> None:
    await table.does("Fatima", CONFIRM)
    await table.said()
    night = datetime(2026, 3, 17, 2, tzinfo=UTC)  # the bot was away all day

    await table.at(night)
    assert await table.said() == {}

    await table.at(datetime(2026, 3, 17, 7, tzinfo=UTC))
    assert "De dag is voorbij" in (await table.said())["Jan"][0]


async def test_nothing_is_planned_for_what_is_settled(table: Table) -> None:
    assert len(await timers(table)) == 1
    await table.does("Fatima", RefuseAgreement(initiative_id=HERE, agreement_id=1, reason="Nee"))
    assert await timers(table) == []

    await table.change(Agreement, status=AgreementStatus.AGREED)
    await table.does("Jan", KeepAgreement(initiative_id=HERE, agreement_id=1))
    assert await timers(table) == []


async def test_the_reminders_move_with_the_day(table: Table) -> None:
    await table.does("Fatima", CONFIRM)
    assert await timers(table) == [datetime(2026, 3, 14, 8, tzinfo=UTC)]

    move = MoveAgreement(initiative_id=HERE, agreement_id=1, by=DAY + timedelta(days=7), reason="Vorst")
    await table.does("Jan", move)
    assert await timers(table) == [datetime(2026, 3, 14, 8, tzinfo=UTC)]
    await table.does("Fatima", AnswerMove(initiative_id=HERE, agreement_id=1, yes=True))
    assert await timers(table) == [datetime(2026, 3, 21, 8, tzinfo=UTC)]


async def test_an_initiative_that_ended_reminds_nobody(table: Table) -> None:
    await table.does("Fatima", CONFIRM)
    await table.change(Initiative, status=InitiativeStatus.DONE)
    await table.said()

    await table.at(DAY)
    assert await table.said() == {}
    assert await timers(table) == []


async def test_its_agreements_are_let_go_when_it_ends(table: Table) -> None:
    await table.does("Fatima", CONFIRM)

    await table.does("Fatima", StopInitiative(initiative_id=HERE, reason="We verhuizen"))

    assert await timers(table) == []
