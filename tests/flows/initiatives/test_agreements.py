"""Agreements: which side can do what, in which state, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from flows import features
from flows.commands import Done, Refused
from flows.initiatives.agreements.rules import Act, refusal
from flows.initiatives.verbs import (
    AnswerMove,
    CallBroken,
    ConfirmAgreement,
    KeepAgreement,
    MoveAgreement,
    ProposeAgreement,
    RefuseAgreement,
)
from flows.verbs import InitiativeCommand
from storage.agreements import Agreement, AgreementStatus
from storage.audit import AuditEntry
from storage.database import Database
from storage.initiatives import Initiative, InitiativeEvent, InitiativeStatus, Side
from tests.flows.initiatives.table import HERE, MONDAY, Table, laid
from tests.flows.talk.play import house
from tests.needs import size

features.load()

TODAY = date(2026, 3, 2)
SOON = TODAY + timedelta(days=14)
PAST = TODAY - timedelta(days=1)
SIDES = {"Fatima": Side.RESIDENTS, "Bram": Side.RESIDENTS, "Jan": Side.MUNICIPALITY}
TAP = ProposeAgreement(initiative_id=HERE, text="Een kraan maken", side=Side.MUNICIPALITY, by=SOON)

CONFIRM = ConfirmAgreement(initiative_id=HERE, agreement_id=1)
REFUSE = RefuseAgreement(initiative_id=HERE, agreement_id=1, reason="Dat mag daar niet")
KEEP = KeepAgreement(initiative_id=HERE, agreement_id=1)
MOVE = MoveAgreement(initiative_id=HERE, agreement_id=1, by=SOON + timedelta(days=7), reason="Het vriest")
ANSWER = AnswerMove(initiative_id=HERE, agreement_id=1, yes=True)
CALL_BROKEN = CallBroken(initiative_id=HERE, agreement_id=1, reason="Er is niets te zien")
ACTS: dict[Act, InitiativeCommand] = {
    Act.CONFIRM: CONFIRM,
    Act.REFUSE: REFUSE,
    Act.KEEP: KEEP,
    Act.MOVE: MOVE,
    Act.ANSWER: ANSWER,
    Act.CALL_BROKEN: CALL_BROKEN,
}
"""What is done with the one agreement on the table."""


@pytest.fixture
async def table(database: Database) -> Table:
    return await laid(database, house())


def states() -> Iterator[dict[str, Any]]:
    """Every state an agreement can be in, for both owners, before and after its day, with and without a new day."""
    for status, side, by in product(AgreementStatus, Side, (SOON, PAST)):
        for proposer in Side if status is AgreementStatus.PROPOSED else (None,):
            for asker in (None, *Side) if status in (AgreementStatus.AGREED, AgreementStatus.BROKEN) else (None,):
                yield {
                    "status": status,
                    "side": side,
                    "by": by,
                    "residents_at": None if proposer is Side.MUNICIPALITY else MONDAY,
                    "municipality_at": None if proposer is Side.RESIDENTS else MONDAY,
                    "new_by": SOON + timedelta(days=2) if asker else None,
                    "new_by_side": asker,
                }


def test_every_act_in_every_state_is_possible_or_says_kindly_why_not() -> None:
    keys = set()
    for state, act, side in product(states(), Act, Side):
        agreement = Agreement(initiative_id=HERE, text="Kraan", proposed_by=1, **state)

        keys.add(refusal(agreement, act, side, TODAY))

    known = house().catalogue.source.texts.by_key
    assert {key for key in keys if key is not None and key not in known} == set()
    assert None in keys


@pytest.mark.parametrize("status", [AgreementStatus.PROPOSED, AgreementStatus.AGREED, AgreementStatus.BROKEN])
def test_what_is_open_can_be_brought_further_by_at_least_one_side(status: AgreementStatus) -> None:
    for state in (state for state in states() if state["status"] is status):
        agreement = Agreement(initiative_id=HERE, text="Kraan", proposed_by=1, **state)

        possible = [act for act, side in product(Act, Side) if refusal(agreement, act, side, TODAY) is None]

        assert possible, state


@pytest.mark.parametrize("who", ["Fatima", "Jan"])
async def test_the_commands_keep_to_the_table(table: Table, who: str) -> None:
    await table.agreement()
    for state, (act, command) in product(list(states())[:: size(5, 1)], ACTS.items()):
        kept = {"settled_at": None, "remark": None, "owner_id": table.people["Jan"], **state}
        await table.change(Agreement, **kept)
        why = refusal(await table.row(Agreement), act, SIDES[who], TODAY)
        before = await table.row(Agreement)

        outcome = await table.tries(who, command)

        if why is None:
            assert isinstance(outcome, Done), (state, act, outcome)
        else:
            assert isinstance(outcome, Refused)
            assert outcome.key == why
            assert await table.row(Agreement) == before


async def test_nobody_acts_on_an_agreement_of_an_initiative_that_ended(table: Table) -> None:
    await table.agreement()
    await table.change(Initiative, status=InitiativeStatus.STOPPED)

    for who, command in product(("Fatima", "Jan"), (TAP, *ACTS.values())):
        assert await table.is_refused(who, command) == "agreement.refused.ended"


async def test_an_agreement_of_another_initiative_is_not_found(table: Table) -> None:
    for command in (replace(CONFIRM, agreement_id=99), replace(KEEP, agreement_id=99), replace(MOVE, agreement_id=99)):
        assert await table.is_refused("Jan", command) == "common.gone"


async def test_it_holds_when_both_sides_said_yes_and_it_is_somebodys(table: Table) -> None:
    await table.does("Jan", TAP)
    proposed = await table.row(Agreement)
    assert (proposed.status, proposed.owner_id) == (AgreementStatus.PROPOSED, table.people["Jan"])
    assert (proposed.municipality_at, proposed.residents_at) == (MONDAY, None)
    assert (await table.row(Initiative)).turn is Side.RESIDENTS
    assert await table.is_refused("Jan", CONFIRM) == "agreement.refused.own_proposal"

    await table.does("Bram", CONFIRM)

    assert (await table.row(Agreement)).status is AgreementStatus.AGREED
    (event,) = await table.rows(InitiativeEvent)
    assert (event.kind, event.subject_id) == ("agreement_made", 1)
    assert event.details == {"side": "municipality", "by": "2026-03-16"}
    assert [entry.command for entry in await table.rows(AuditEntry)] == ["ProposeAgreement", "ConfirmAgreement"]


@pytest.mark.parametrize(
    ("who", "side", "owner"),
    [
        ("Jan", Side.MUNICIPALITY, "Jan"),
        ("Jan", Side.RESIDENTS, "Fatima"),
        ("Bram", Side.RESIDENTS, "Bram"),
        ("Bram", Side.MUNICIPALITY, "Jan"),
    ],
)
async def test_whose_it_is(table: Table, who: str, side: Side, owner: str) -> None:
    await table.does(who, replace(TAP, side=side))

    assert (await table.row(Agreement)).owner_id == table.people[owner]


async def test_the_deputy_speaks_for_the_municipality_too(table: Table) -> None:
    await table.change(Initiative, deputy_id=table.people["Piet"])
    await table.does("Fatima", TAP)

    assert (await table.row(Agreement)).owner_id == table.people["Piet"]
    await table.does("Piet", CONFIRM)

    assert (await table.row(Agreement)).status is AgreementStatus.AGREED


async def test_an_initiator_who_also_guides_never_speaks_for_both_sides(table: Table) -> None:
    await table.change(Initiative, guide_id=table.people["Fatima"])
    await table.does("Fatima", TAP)

    assert await table.is_refused("Fatima", CONFIRM) == "agreement.refused.own_proposal"


async def test_both_sides_hear_it_alike_but_for_who_did_it(table: Table) -> None:
    await table.does("Jan", TAP)
    said = await table.said()
    assert set(said) == {"Jan", "Fatima", "Bram"}
    assert said["Jan"] == ["✅ Voorgesteld. De andere kant zegt ja of nee, en dat hoor je hier."]
    assert said["Fatima"] == said["Bram"]
    assert "🏛 Dit doet de gemeente · uiterlijk maandag 16 maart" in said["Fatima"][0]
    assert said["Fatima"][0].endswith("✅ Ja, afgesproken\n✖️ Nee, liever niet")

    await table.does("Fatima", CONFIRM)
    said = await table.said()
    assert "👉 Dit doe jij · uiterlijk maandag 16 maart" in said["Jan"][0]
    assert said["Jan"][0].endswith("✅ Gedaan\n📅 Andere dag")
    assert said["Bram"][0].endswith("📅 Andere dag")
    assert said["Fatima"] == ["🤝 Afgesproken. Beide kanten krijgen een herinnering."]


async def test_a_no_has_a_reason_and_a_proposal_can_be_taken_back(table: Table) -> None:
    await table.does("Jan", TAP)
    await table.does("Fatima", REFUSE)
    assert "Waarom: Dat mag daar niet" in (await table.said())["Jan"][-1]
    assert (await table.row(Initiative)).turn is Side.MUNICIPALITY

    await table.does("Jan", TAP)
    await table.does("Jan", replace(REFUSE, agreement_id=2))
    assert "Een voorstel is teruggetrokken" in (await table.said())["Fatima"][-1]
    assert [one.status for one in await table.rows(Agreement)] == [AgreementStatus.REFUSED] * 2
    assert await table.timeline() == []


async def test_a_later_day_counts_once_the_other_side_said_yes(table: Table) -> None:
    await table.agreement()
    later = SOON + timedelta(days=7)

    await table.does("Jan", MOVE)
    moving = await table.row(Agreement)
    assert (moving.by, moving.new_by, moving.remark) == (SOON, later, "Het vriest")
    assert "📅 Nieuwe dag gevraagd: maandag 23 maart" in (await table.said())["Fatima"][0]
    assert await table.is_refused("Jan", ANSWER) == "agreement.refused.own_move"
    assert await table.is_refused("Bram", MOVE) == "agreement.refused.answer_first"

    await table.does("Fatima", replace(ANSWER, yes=False))
    kept = await table.row(Agreement)
    assert (kept.by, kept.new_by, kept.new_by_side) == (SOON, None, None)
    assert await table.timeline() == []

    await table.does("Jan", MOVE)
    await table.does("Bram", ANSWER)
    moved = await table.row(Agreement)
    assert (moved.by, moved.new_by, moved.status) == (later, None, AgreementStatus.AGREED)
    assert await table.timeline() == ["agreement_moved"]


async def test_a_new_day_is_later_than_the_old_one_and_than_today(table: Table) -> None:
    await table.agreement()
    move = MoveAgreement(initiative_id=HERE, agreement_id=1, by=SOON, reason="Het vriest")
    assert await table.is_refused("Jan", move) == "agreement.refused.not_later"

    await table.change(Agreement, by=PAST - timedelta(days=5))
    assert await table.is_refused("Jan", replace(move, by=PAST)) == "agreement.refused.not_later"
    assert await table.is_refused("Jan", replace(TAP, by=PAST)) == "agreement.refused.past"


@pytest.mark.parametrize(
    ("side", "caller", "heard"),
    [
        (Side.MUNICIPALITY, "Fatima", {"Fatima", "Bram", "Jan", "Piet", "Ria"}),
        (Side.RESIDENTS, "Jan", {"Fatima", "Bram", "Jan"}),
    ],
)
async def test_who_is_above_the_owner_hears_what_was_not_kept(
    table: Table, side: Side, caller: str, heard: set[str]
) -> None:
    await table.agreement(side=side, by=PAST)

    await table.does(caller, CALL_BROKEN)

    said = await table.said()
    assert set(said) == heard
    assert said.pop(caller) == ["✅ Doorgegeven. Je hoort hier hoe het verdergaat."]
    word = "De gemeente deed dit niet" if side is Side.MUNICIPALITY else "Dat kan gebeuren."
    assert all(word in texts[0] and "Waarom: Er is niets te zien" in texts[0] for texts in said.values())
    assert await table.timeline() == ["agreement_broken"]
    assert (await table.row(Initiative)).turn is side


async def test_what_was_broken_can_still_be_done_or_get_another_day(table: Table) -> None:
    await table.agreement(by=PAST, status=AgreementStatus.BROKEN)
    await table.does("Jan", MOVE)
    await table.does("Fatima", ANSWER)
    assert (await table.row(Agreement)).status is AgreementStatus.AGREED

    await table.change(Agreement, by=PAST, status=AgreementStatus.BROKEN)
    await table.does("Jan", KEEP)
    assert (await table.row(Agreement)).status is AgreementStatus.KEPT
    assert await table.timeline() == ["agreement_moved", "agreement_kept"]


async def test_there_is_an_end_to_what_is_agreed_at_once(table: Table) -> None:
    for _ in range(10):
        await table.does("Jan", TAP)

    assert await table.is_refused("Fatima", TAP) == "agreement.refused.many"
