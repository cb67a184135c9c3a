"""The frame: versions, who confirms which, and what can't be done kindly refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from flows import features
from flows.initiatives.verbs import AskAboutFrame, ConfirmFrame, WriteFrame
from storage.agreements import Decision, DecisionOutcome, Frame, Say
from storage.database import Database
from storage.initiatives import (
    ENDED,
    Hearing,
    Initiative,
    InitiativeEvent,
    InitiativeMessage,
    InitiativeStatus,
    Route,
    Side,
)
from storage.participation import Participant, Participation
from storage.steps import Step, StepStatus
from tests.flows.initiatives.table import HERE, Table, laid
from tests.flows.talk.play import house

features.load()

WRITE = WriteFrame(
    initiative_id=HERE,
    fixed="De boom blijft",
    yours="De planten",
    together="Het water",
    say=Say.CO_DECIDE,
    budget=250,
    deadline=date(2026, 6, 1),
    reason=None,
)
CHANGE = replace(WRITE, budget=300, reason="Er kwam geld bij")
FIRST = ConfirmFrame(initiative_id=HERE, version=1)
SECOND = ConfirmFrame(initiative_id=HERE, version=2)
ASK = AskAboutFrame(initiative_id=HERE, text="Mag het hek weg?")


@pytest.fixture
async def table(database: Database) -> Table:
    return await laid(database, house())


@pytest.mark.parametrize("status", [one for one in InitiativeStatus if one not in ENDED])
async def test_agreeing_on_it_lets_an_initiative_begin_that_had_not_yet(table: Table, status: InitiativeStatus) -> None:
    await table.change(Initiative, status=status)
    begins = status in (InitiativeStatus.IDEA, InitiativeStatus.EXPLORING)
    await table.does("Jan", WRITE)
    await table.said()

    await table.does("Bram", FIRST)

    assert (await table.row(Initiative)).status is (InitiativeStatus.AGREED if begins else status)
    assert await table.timeline() == ["frame_agreed", *["status"] * begins]
    said = await table.said()
    assert all("is afgesproken." in said[name][-1] for name in ("Fatima", "Jan", "Bram"))
    assert ("kan beginnen" in said["Jan"][-1]) == begins


async def test_where_a_formal_decision_is_to_come_that_is_first(table: Table) -> None:
    await table.change(Initiative, route=Route.RESIDENT_INITIATIVE, status=InitiativeStatus.EXPLORING)
    await table.does("Jan", WRITE)
    await table.said()

    await table.does("Bram", FIRST)
    assert (await table.row(Initiative)).status is InitiativeStatus.EXPLORING
    said = await table.said()
    assert "Vraag nu het officiële besluit." in said["Bram"][-1]
    assert "📨 Vraag het officiële besluit" in said["Bram"][-1]
    assert "Nu komt het officiële besluit." in said["Jan"][-1]

    await table.add(Decision(initiative_id=HERE, due_at=table.now))
    await table.does("Jan", CHANGE)
    await table.does("Bram", SECOND)
    assert "Jullie kunnen verder als het officiële besluit er is." in (await table.said())["Bram"][-1]

    await table.change(Decision, outcome=DecisionOutcome.PARTLY)
    await table.does("Jan", replace(CHANGE, budget=200))
    await table.does("Bram", ConfirmFrame(initiative_id=HERE, version=3))
    assert (await table.row(Initiative)).status is InitiativeStatus.AGREED


async def test_nothing_changes_once_it_has_ended(table: Table) -> None:
    await table.does("Jan", WRITE)
    for status, (who, command) in product(ENDED, (("Jan", CHANGE), ("Fatima", FIRST), ("Fatima", ASK))):
        await table.change(Initiative, status=status)

        assert await table.is_refused(who, command) == "frame.refused.ended"


async def test_without_a_frame_there_is_nothing_to_confirm_or_to_ask(table: Table) -> None:
    assert await table.is_refused("Fatima", FIRST) == "frame.refused.none"
    assert await table.is_refused("Fatima", ASK) == "frame.refused.none"


async def test_a_change_has_a_reason_and_is_confirmed_anew(table: Table) -> None:
    await table.does("Jan", replace(WRITE, reason="Dat telt de eerste keer niet"))
    await table.does("Fatima", FIRST)
    assert await table.is_refused("Jan", replace(CHANGE, reason=None)) == "frame.refused.reason"
    assert await table.is_refused("Jan", replace(CHANGE, reason=" ")) == "frame.refused.reason"
    assert await table.is_refused("Jan", replace(WRITE, reason="Zomaar")) == "frame.refused.same"
    assert await table.is_refused("Jan", replace(CHANGE, deadline=date(2026, 3, 1))) == "frame.refused.past"

    await table.does("Jan", CHANGE)
    frames = await table.rows(Frame)
    assert [(one.version, one.budget, one.reason) for one in frames] == [(1, 250, None), (2, 300, "Er kwam geld bij")]
    assert await table.is_refused("Fatima", FIRST) == "frame.refused.older"
    assert "Tot dan geldt versie 1." in (await table.said())["Fatima"][-1]

    await table.does("Fatima", SECOND)
    assert await table.is_refused("Bram", SECOND) == "frame.refused.confirmed"
    events = [event.details for event in await table.rows(InitiativeEvent) if event.kind == "frame_agreed"]
    assert events == [{"version": 1}, {"version": 2}]


async def test_a_question_goes_to_the_guide_whose_turn_it_is_then(table: Table) -> None:
    await table.does("Jan", WRITE)
    assert (await table.row(Initiative)).turn is Side.RESIDENTS
    await table.said()

    await table.does("Bram", ASK)

    assert (await table.row(Initiative)).turn is Side.MUNICIPALITY
    said = await table.said()
    assert set(said) == {"Jan", "Bram"}
    assert "Mag het hek weg?" in said["Jan"][0]
    assert said["Jan"][0].endswith("💬 Geef antwoord\n✏️ Verander het kader")
    (message,) = await table.rows(InitiativeMessage)
    assert (message.hearing, message.text) == (Hearing.GUIDE, "Mag het hek weg?")


async def test_all_initiators_read_it_with_the_same_buttons_and_nobody_else(table: Table) -> None:
    await table.change(Initiative, deputy_id=table.people["Piet"])
    await table.does("Piet", WRITE)

    said = await table.said()
    assert set(said) == {"Fatima", "Bram", "Piet"}
    assert said["Fatima"] == said["Bram"]
    assert said["Fatima"][0].endswith("✅ Klopt, afgesproken\n❓ Ik heb een vraag")


async def test_without_a_guide_the_team_reads_the_question(table: Table) -> None:
    await table.does("Jan", WRITE)
    await table.change(Initiative, guide_id=None)
    await table.said()

    await table.does("Fatima", ASK)

    said = await table.said()
    assert set(said) == {"Fatima", "Jan", "Piet"}
    assert not said["Jan"][0].endswith("Verander het kader"), "only who guides can"


async def test_who_takes_part_hears_that_it_begins_and_nothing_of_the_frame(table: Table) -> None:
    for name, kind in (("Sanne", Participation.FOLLOWER), ("Ria", Participation.HELPER)):
        await table.add(Participant(initiative_id=HERE, person_id=table.people[name], kind=kind))
    await table.does("Jan", WRITE)
    assert set(await table.said()) == {"Fatima", "Bram", "Jan"}

    await table.does("Fatima", FIRST)

    said = await table.said()
    assert said["Sanne"] == said["Ria"] == ["🚀 “Bloemen” (I-2026-0001) kan beginnen.\n📋 Alles over dit initiatief"]
    await table.does("Jan", CHANGE)
    await table.said()
    await table.does("Fatima", SECOND)
    assert "Sanne" not in await table.said()


async def test_with_the_first_step_done_it_is_under_way_at_once(table: Table) -> None:
    await table.add(Step(initiative_id=HERE, text="Zaaien", status=StepStatus.DONE))
    await table.does("Jan", WRITE)

    await table.does("Fatima", FIRST)

    assert (await table.row(Initiative)).status is InitiativeStatus.UNDER_WAY
    assert await table.timeline() == ["frame_agreed", "status", "status"]
