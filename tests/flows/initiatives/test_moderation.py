"""Who decides about what should not be public, and what one decision settles."""

import pytest

from flows.context import House
from flows.initiatives.verbs import AppealHiding, DecideAppeal, HideInitiative, KeepInitiative, ReportInitiative
from flows.municipality import Municipality
from storage.database import Database
from storage.initiatives import Initiative
from storage.moderation import Report, ReportStatus
from storage.people import Role, RoleGrant
from tests.flows.initiatives.table import HERE, Table, laid
from tests.texts import texts


@pytest.fixture
async def table(database: Database) -> Table:
    """Fatima and Bram lead, Ria coordinates."""
    house = House(municipality=Municipality.load(None), catalogue=texts(), bot_username="bot")
    return await laid(database, house)


async def coordinates(table: Table, who: str) -> None:
    """Somebody else does too."""
    async with table.database.transaction() as session:
        session.add(RoleGrant(person_id=table.people[who], role=Role.COORDINATOR))


async def test_nobody_decides_about_their_own_initiative_where_another_can(table: Table) -> None:
    await coordinates(table, "Fatima")
    await table.does("Sanne", ReportInitiative(initiative_id=HERE, text="Klopt niet"))
    keep = KeepInitiative(initiative_id=HERE, report_id=HERE, reason="Klopt wel")

    assert await table.is_refused("Fatima", keep) == "moderation.refused.your_own"
    await table.does("Ria", HideInitiative(initiative_id=HERE, reason="Klopt niet", report_id=HERE))
    await table.does("Fatima", AppealHiding(initiative_id=HERE, text="Klopt wel"))
    appeal = DecideAppeal(initiative_id=HERE, report_id=HERE, granted=True, reason="Klopt wel")
    assert await table.is_refused("Fatima", appeal) == "moderation.refused.your_own"
    await table.does("Ria", appeal)  # she hid it, but nobody else can look at it

    assert (await table.row(Initiative)).hidden_at is None


async def test_one_decision_settles_all_reports_and_everybody_who_reported_hears_it(table: Table) -> None:
    for who in ("Sanne", "Piet"):
        await table.does(who, ReportInitiative(initiative_id=HERE, text=f"Van {who}"))
    again = ReportInitiative(initiative_id=HERE, text="Nog eens")
    assert await table.is_refused("Sanne", again) == "moderation.refused.reported"
    await table.said()

    await table.does("Ria", HideInitiative(initiative_id=HERE, reason="Een naam", report_id=HERE))

    said = await table.said()
    assert set(said) == {"Fatima", "Bram", "Jan", "Sanne", "Piet", "Ria"}
    assert all(len(heard) == 1 and "Een naam" in heard[0] for who, heard in said.items() if who != "Ria")
    assert not any(name in "".join(said["Fatima"] + said["Jan"]) for name in ("Sanne", "Piet", "Ria"))
    assert [one.status for one in await table.rows(Report)] == [ReportStatus.HIDDEN, ReportStatus.HIDDEN]
    assert await table.is_refused("Sanne", again) == "moderation.refused.hidden"
    hide = HideInitiative(initiative_id=HERE, reason="Nog een naam")
    assert await table.is_refused("Ria", hide) == "moderation.refused.hidden_already"

    await table.does("Bram", AppealHiding(initiative_id=HERE, text="De naam is weg"))
    second = AppealHiding(initiative_id=HERE, text="Echt")
    assert await table.is_refused("Fatima", second) == "moderation.refused.appealed"
    refuse = DecideAppeal(initiative_id=HERE, report_id=HERE, granted=False, reason="Nog niet")
    await table.does("Ria", refuse)
    assert await table.is_refused("Ria", refuse) == "moderation.refused.decided"
    assert await table.is_refused("Bram", second) == "moderation.refused.appeal_refused"
    assert (await table.row(Initiative)).hidden_at is not None


async def test_a_coordinator_who_hid_it_leaves_the_appeal_to_another_but_may_come_back_on_it(table: Table) -> None:
    await coordinates(table, "Sanne")
    await table.does("Ria", HideInitiative(initiative_id=HERE, reason="Reclame"))
    await table.does("Fatima", AppealHiding(initiative_id=HERE, text="Geen reclame"))
    decide = DecideAppeal(initiative_id=HERE, report_id=HERE, granted=False, reason="Toch wel")

    assert await table.is_refused("Ria", decide) == "moderation.refused.you_hid_it"
    await table.does("Ria", KeepInitiative(initiative_id=HERE, report_id=HERE, reason="Ik zat ernaast"))

    assert (await table.row(Initiative)).hidden_at is None
    assert (await table.row(Report)).status is ReportStatus.APPEAL_GRANTED
    assert await table.timeline() == ["hidden", "shown"]
    assert await table.is_refused("Sanne", decide) == "moderation.refused.decided"
    late = AppealHiding(initiative_id=HERE, text="Waarom?")
    assert await table.is_refused("Fatima", late) == "moderation.refused.not_hidden"
