"""Who was written down on paper: taken over whole by whoever it turns out to be, and forgotten with the initiative."""

from datetime import timedelta

import pytest
from sqlalchemy import delete
from sqlmodel import col

from flows import features
from flows.initiatives.beginning.claiming import LETTERS, read, written
from flows.initiatives.lifecycle.forgetting import forget_ended
from flows.initiatives.verbs import (
    ClaimPaper,
    FollowInitiative,
    MakePaperCode,
    OfferHelp,
    StartForSomebody,
    SupportInitiative,
)
from storage.database import Database
from storage.initiatives import Initiative, InitiativeStatus
from storage.moments import PaperClaim
from storage.outbox import OutboxMessage
from storage.participation import Participant, Participation
from storage.people import Person
from storage.steps import Step
from storage.timers import Timer
from tests.flows.initiatives.table import MONDAY, Table, laid
from tests.flows.initiatives.who_may import PLAN
from tests.flows.talk.play import house

features.load()

WRITTEN_DOWN = 2
"""The initiative that is on paper; the table has one already."""


@pytest.fixture
async def table(database: Database) -> Table:
    """With another initiative, so that numbers aren't the same by chance."""
    table = await laid(database, house())
    await table.change(Initiative, reference="I-2025-0009")
    return table


async def writes_down(table: Table, who: str = "Ria") -> str:
    """Gives the code."""
    done = await table.does(who, StartForSomebody(first_name=" Ali ", plan=PLAN))
    assert done.shown_once is not None
    return done.shown_once


async def ali(table: Table) -> Person | None:
    return next((one for one in await table.rows(Person) if one.telegram_id is None), None)


async def test_a_code_is_easy_to_copy_and_hard_to_guess() -> None:
    assert not set("01IO") & set(LETTERS)
    assert written("ABCDEFGH2345") == "ABCD-EFGH-2345"
    assert read("abcd-efgh 2345") == "ABCDEFGH2345"


async def test_who_took_part_already_leads_it_and_is_in_it_once(table: Table) -> None:
    code = await writes_down(table)
    await table.does("Sanne", OfferHelp(initiative_id=WRITTEN_DOWN, offers=("hands",), text=None, show_name=False))
    await table.does("Sanne", FollowInitiative(initiative_id=WRITTEN_DOWN, follow=True))
    await table.does("Sanne", SupportInitiative(initiative_id=WRITTEN_DOWN, support=True))

    await table.does("Sanne", ClaimPaper(code=written(code)))

    rows = [one for one in await table.rows(Participant) if one.initiative_id == WRITTEN_DOWN]
    assert [(one.person_id, one.kind) for one in rows] == [(table.people["Sanne"], Participation.INITIATOR)]
    assert (await table.row(Initiative, WRITTEN_DOWN)).initiator_id == table.people["Sanne"]
    assert [one.owner_id for one in await table.rows(Step)] == [table.people["Sanne"]]
    assert await ali(table) is None
    assert await table.is_refused("Sanne", ClaimPaper(code=code)) == "paper.refused.yours"
    assert await table.is_refused("Bram", ClaimPaper(code=code)) == "paper.refused.used"


async def test_who_wrote_it_down_or_guides_it_does_not_take_it_over(table: Table) -> None:
    code = await writes_down(table)
    initiative = await table.row(Initiative, WRITTEN_DOWN)
    guide = next(name for name, number in table.people.items() if number == initiative.guide_id)

    for who in ("Ria", guide):
        assert await table.is_refused(who, ClaimPaper(code=code)) == "paper.refused.not_for_you"
    assert (await ali(table)) is not None


async def test_a_new_code_ends_the_one_before_and_none_is_made_where_nobody_is_on_paper(table: Table) -> None:
    first = await writes_down(table)
    guide_id = (await table.row(Initiative, WRITTEN_DOWN)).guide_id
    guide = next(name for name, number in table.people.items() if number == guide_id)
    done = await table.does(guide, MakePaperCode(initiative_id=WRITTEN_DOWN))

    assert done.shown_once not in (None, first)
    assert await table.is_refused("Sanne", ClaimPaper(code=first)) == "paper.refused.expired"
    await table.does("Sanne", ClaimPaper(code=done.shown_once or ""))
    assert await table.is_refused(guide, MakePaperCode(initiative_id=WRITTEN_DOWN)) == "paper.refused.nobody_on_paper"
    assert await table.is_refused("Jan", MakePaperCode(initiative_id=1)) == "paper.refused.nobody_on_paper"


@pytest.mark.parametrize("name", ["", "   ", "x" * 41])
async def test_a_first_name_is_short_and_is_one(table: Table, name: str) -> None:
    assert await table.is_refused("Jan", StartForSomebody(first_name=name, plan=PLAN)) == "paper.refused.name"
    assert await ali(table) is None


async def test_the_code_itself_is_kept_nowhere_but_in_what_is_shown_once(table: Table) -> None:
    code = await writes_down(table)
    claim = (await table.rows(PaperClaim))[0]

    assert code not in str(claim)
    said = [row for row in await table.rows(OutboxMessage) if code in str(row.payload)]
    assert [row.person_id for row in said] == [table.people["Ria"]]


async def test_whoever_is_on_paper_is_forgotten_with_the_initiative(table: Table) -> None:
    await writes_down(table)
    claimed = await writes_down(table)
    await table.does("Sanne", ClaimPaper(code=claimed))
    for number in (WRITTEN_DOWN, WRITTEN_DOWN + 1):
        await table.change(Initiative, number, status=InitiativeStatus.STOPPED, ended_at=MONDAY)

    async with table.database.transaction() as session:
        await session.exec(delete(Timer).where(col(Timer.id) > 0))
        assert await forget_ended(session, MONDAY + timedelta(days=1)) == 2

    assert {one.id for one in await table.rows(Person)} == set(table.people.values())
