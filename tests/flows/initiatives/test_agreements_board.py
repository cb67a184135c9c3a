"""What the board tells of frame and agreements, and to whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from flows import features
from flows.context import Context
from flows.initiatives.agreements.desk import agreements_on_board
from flows.initiatives.agreements.frame import how_it_stands
from flows.initiatives.offers import View, offered
from flows.initiatives.verbs import ConfirmFrame
from flows.permissions import Relation
from locales.catalogue import plain
from storage.agreements import AgreementStatus
from storage.database import Database
from storage.initiatives import ENDED, Initiative, InitiativeStatus, Part, Side
from storage.people import Person
from tests.flows.initiatives.table import HERE, Table, laid
from tests.flows.initiatives.test_agreements_frame import CHANGE, WRITE
from tests.flows.talk.play import house

features.load()

INSIDERS = [Relation.INITIATOR, Relation.GUIDE, Relation.TEAM, Relation.COORDINATOR]
OUTSIDERS = [Relation.ANYONE, Relation.HELPER, Relation.FOLLOWER, Relation.PARTNER]
SOON = date(2026, 3, 16)


@pytest.fixture
async def table(database: Database) -> Table:
    return await laid(database, house())


async def told(table: Table, relation: Relation) -> tuple[str, str]:
    """What somebody reads on the board: of the frame, of the agreements."""
    async with table.database.transaction() as session:
        person = await session.get_one(Person, table.people["Sanne"])
        context = Context(house=table.house, session=session, now=table.now, actor=person)
        view = View(
            initiative=await session.get_one(Initiative, HERE),
            relations=frozenset({Relation.ANYONE, relation}),
            around=context.around,
        )
        found = [await how_it_stands(context, view), await agreements_on_board(context, view)]
    return plain(found[0] or ""), plain(found[1] or "")


async def test_who_leads_and_supports_it_reads_how_the_frame_stands(table: Table) -> None:
    assert await told(table, Relation.INITIATOR) == ("", "")
    await table.does("Jan", WRITE)
    waits = "🧭 Kader: versie 1 wacht op een ja. We beslissen samen."
    assert {(await told(table, one))[0] for one in INSIDERS} == {waits}
    assert {(await told(table, one))[0] for one in OUTSIDERS} == {""}

    await table.does("Fatima", ConfirmFrame(initiative_id=HERE, version=1))
    assert (await told(table, Relation.GUIDE))[0] == "🧭 Kader: afgesproken (versie 1). We beslissen samen."
    await table.does("Jan", CHANGE)
    assert (await told(table, Relation.GUIDE))[0].startswith("🧭 Kader: versie 2 wacht op een ja.")


async def test_agreements_stand_there_in_a_line_each_with_their_state(table: Table) -> None:
    await table.agreement(text="Oud", status=AgreementStatus.KEPT)
    await table.agreement(text="Nee", status=AgreementStatus.REFUSED)
    await table.agreement(text="Kraan", remark="Vorst", by=date(2026, 3, 1))
    await table.agreement(text="Bakken", side=Side.RESIDENTS, status=AgreementStatus.PROPOSED)

    board = (await told(table, Relation.GUIDE))[1]

    assert board == (
        "🤝 Afspraken · 1 gedaan\n"
        "• Kraan\n   👉 Dit doen jullie · uiterlijk zondag 1 maart · ⏰ de dag is voorbij\n"
        "• Bakken\n   🏘 Dit doen de initiatiefnemers · uiterlijk maandag 16 maart · ✍️ voorgesteld, wacht op een ja"
    )


async def test_others_read_them_only_when_the_initiators_made_them_public(table: Table) -> None:
    await table.agreement(text="Kraan")
    await table.agreement(text="Bakken", status=AgreementStatus.PROPOSED)
    assert {(await told(table, one))[1] for one in OUTSIDERS} == {""}

    await table.change(Initiative, public=[Part.AGREEMENTS.value])

    for one in OUTSIDERS:
        board = (await told(table, one))[1]
        assert "Kraan" in board
        assert "Bakken" not in board, "it is not agreed"


async def test_the_board_stays_short(table: Table) -> None:
    for number in range(8):
        await table.agreement(text=f"Ding {number}", by=SOON + timedelta(days=number))

    board = (await told(table, Relation.INITIATOR))[1]

    assert board.startswith("🤝 Afspraken · nog 3 meer\n• Ding 0\n")
    assert "Ding 4" in board
    assert "Ding 5" not in board


@pytest.mark.parametrize("status", list(InitiativeStatus))
async def test_frame_and_agreements_are_a_button_away_while_it_runs(table: Table, status: InitiativeStatus) -> None:
    await table.change(Initiative, status=status)
    initiative = await table.row(Initiative)
    for relation in [*INSIDERS, *OUTSIDERS]:
        view = View(
            initiative=initiative,
            relations=frozenset({Relation.ANYONE, relation}),
            around=house().around("nl", Table.now),
        )
        names = {(button.data or "").split(":")[1] for button in offered(view)}

        wanted = relation in INSIDERS and status not in ENDED
        assert ({"i-frame", "i-agreements"} <= names) == wanted, relation
