"""A guide is away: who helps meanwhile, who hears what, and how it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from flows import features
from flows.initiatives.verbs import BecomeGuide, Plan, StartInitiative, WriteToGuide, WriteToInitiator
from flows.timers import run_due
from flows.verbs import EndAbsence, EndAbsenceFor, EndRole, SetAbsence, SetAbsenceFor
from storage.database import Database
from storage.initiatives import Initiative, InitiativeStatus, Route
from storage.participation import Participant, Participation
from storage.people import Absence, Person, Role, RoleGrant
from storage.timers import Timer, TimerKind
from tests.flows.initiatives.table import HERE, MONDAY, TEAM, Table, laid
from tests.flows.talk.play import house

features.load()

BACK = date(2026, 3, 16)
PLAN = Plan(
    title="Bankje",
    idea="Een bankje timmeren",
    helpers=("alone",),
    district=None,
    theme="groen",
    first_step="Hout zoeken",
    needs=None,
    amount=None,
    photo=None,
    route=Route.JUST_DO_IT,
)


@pytest.fixture
async def table(database: Database) -> Table:
    """Jan guides; Piet and Kim are of his team."""
    table = await laid(database, house())
    async with database.transaction() as session:
        person = Person(telegram_id=950, first_name="Kim", created_at=MONDAY)
        session.add(person)
        await session.flush()
        table.people["Kim"] = person.id or 0
        session.add(RoleGrant(person_id=table.people["Kim"], role=Role.CIVIL_SERVANT, team_code=TEAM))
    return table


async def guiding(table: Table, number: int = HERE) -> tuple[str | None, str | None]:
    """Who is guide, and who deputy."""
    names = {value: name for name, value in table.people.items()}
    initiative = await table.row(Initiative, number)
    return names.get(initiative.guide_id), names.get(initiative.deputy_id)


async def is_away(table: Table, who: str, *, replacement: str | None = None, until: date = BACK) -> None:
    number = table.people[replacement] if replacement else None
    await table.does(who, SetAbsence(until=until, replacement_id=number))


async def it_is(table: Table, day: date) -> None:
    """It is eleven in the morning of that day; what was due by then is done."""
    table.now = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    await run_due(table.database, table.house, table.now)


async def absences(table: Table) -> int:
    """How many are away."""
    async with table.database.transaction() as session:
        return len((await session.exec(select(Absence))).all())


async def clocks(table: Table) -> int:
    """How many absences have a clock."""
    return len([one for one in await table.rows(Timer) if one.kind is TimerKind.ABSENCE])


async def grant_of(table: Table, who: str) -> int:
    """Their role."""
    return next(one.id or 0 for one in await table.rows(RoleGrant) if one.person_id == table.people[who])


async def test_initiators_hear_until_when_and_who_helps_and_that_the_guide_is_back(table: Table) -> None:
    await is_away(table, "Jan", replacement="Kim")

    assert await guiding(table) == ("Jan", "Kim")
    said = await table.said()
    for who in ("Fatima", "Bram"):
        assert said[who] == ["🏖 Jan is er niet tot maandag 16 maart. Kim helpt je zolang met “Bloemen” (I-2026-0001)."]
    assert any("Jan, gebiedsmakelaar, is er niet tot maandag 16 maart." in one for one in said["Kim"])
    assert any("👋 Groet de bewoner" in one for one in said["Kim"]), "the card, with the button to write"

    await table.does("Fatima", WriteToGuide(initiative_id=HERE, text="Wanneer komen jullie?"))
    heard = await table.said()
    assert any("Wanneer komen jullie?" in one for one in heard["Kim"])
    assert "Jan" not in heard
    await table.does("Kim", WriteToInitiator(initiative_id=HERE, text="Morgen."))
    assert "Bericht van Kim, die Jan vervangt" in (await table.said())["Fatima"][0]

    await it_is(table, date(2026, 3, 15))
    assert await guiding(table) == ("Jan", "Kim")
    await it_is(table, BACK)
    assert await guiding(table) == ("Jan", None)
    said = await table.said()
    assert any("👋 Jan is er weer, en helpt je verder met “Bloemen” (I-2026-0001)." in one for one in said["Fatima"])
    assert any("Bedankt voor het helpen!" in one for one in said["Kim"])
    assert any("Welkom terug! Je begeleidt weer: Bloemen." in one for one in said["Jan"])
    assert (await absences(table), await clocks(table)) == (0, 0)


async def test_who_is_back_earlier_says_so(table: Table) -> None:
    assert await table.is_refused("Jan", EndAbsence()) == "absence.refused.here"
    await is_away(table, "Jan")
    await table.said()

    await table.does("Jan", EndAbsence())

    assert await guiding(table) == ("Jan", None)
    assert "Jan is er weer" in (await table.said())["Bram"][0]
    assert await clocks(table) == 0


async def test_a_coordinator_says_it_of_who_is_ill_or_has_no_telegram(table: Table) -> None:
    await table.change(Person, table.people["Jan"], telegram_id=None, email="jan@example.org")
    jan = table.people["Jan"]
    gone = SetAbsenceFor(person_id=jan, until=BACK, replacement_id=table.people["Kim"])
    assert await table.is_refused("Piet", gone) == "common.not_allowed"
    assert await table.is_refused("Ria", EndAbsenceFor(person_id=jan)) == "common.gone"
    assert await table.is_refused("Ria", replace(gone, person_id=table.people["Fatima"])) == "common.gone"

    await table.does("Ria", gone)

    assert await guiding(table) == ("Jan", "Kim")
    said = await table.said()
    assert said["Ria"] == ["🏖 Genoteerd: Jan is er niet tot maandag 16 maart. Open vragen gaan naar een collega."]
    assert any("Kim helpt je zolang" in one for one in said["Fatima"])

    await table.does("Ria", EndAbsenceFor(person_id=jan))

    assert await guiding(table) == ("Jan", None)
    assert "👋 Jan is er weer." in (await table.said())["Ria"]
    assert (await absences(table), await clocks(table)) == (0, 0)


@pytest.mark.parametrize("why", ["away", "blocked", "leads", "nothing"])
async def test_who_cannot_stand_in_is_passed_over(table: Table, why: str) -> None:
    """Piet is here longest and guides nothing, so he would be next."""
    match why:
        case "away":
            await is_away(table, "Piet")
        case "blocked":
            await table.change(Person, table.people["Piet"], blocked_at=MONDAY)
        case "leads":
            row = Participant(initiative_id=HERE, person_id=table.people["Piet"], kind=Participation.INITIATOR)
            await table.add(row)

    await is_away(table, "Jan")

    assert await guiding(table) == ("Jan", "Piet" if why == "nothing" else "Kim")


async def test_when_the_deputy_is_away_or_gone_the_next_helps(table: Table) -> None:
    await is_away(table, "Jan", replacement="Piet")
    await table.said()

    await is_away(table, "Piet", until=date(2026, 3, 9))
    assert await guiding(table) == ("Jan", "Kim")
    assert "Kim helpt je zolang" in (await table.said())["Fatima"][0]

    await table.does("Ria", EndRole(grant_id=await grant_of(table, "Kim")))
    assert await guiding(table) == ("Jan", "Ria"), "the team is away, so those who coordinate"
    assert "Ria helpt je zolang" in (await table.said())["Fatima"][0]

    await it_is(table, date(2026, 3, 9))
    assert await guiding(table) == ("Jan", "Ria")


async def test_with_nobody_there_the_initiators_hear_that_it_waits(table: Table) -> None:
    for who in ("Piet", "Kim", "Ria"):
        await table.change(Person, table.people[who], blocked_at=MONDAY)

    await is_away(table, "Jan")

    assert await guiding(table) == ("Jan", None)
    assert "wacht zolang" in (await table.said())["Fatima"][0]
    await table.does("Fatima", WriteToGuide(initiative_id=HERE, text="Wanneer?"))
    assert "✅ Bewaard. Jan leest het op maandag 16 maart." in (await table.said())["Fatima"][0]


async def test_new_initiatives_go_to_who_is_here(table: Table) -> None:
    await table.change(Initiative, reference="I-2025-0001")
    await is_away(table, "Piet")
    await is_away(table, "Kim")

    await table.does("Sanne", StartInitiative(plan=PLAN))
    assert await guiding(table, 2) == ("Jan", None), "though Jan guides one already"

    await is_away(table, "Jan")
    await table.does("Sanne", StartInitiative(plan=PLAN))
    assert await guiding(table, 3) == ("Ria", None)


async def test_what_has_ended_needs_no_deputy(table: Table) -> None:
    await table.change(Initiative, status=InitiativeStatus.DONE, ended_at=MONDAY)

    await is_away(table, "Jan")

    assert await guiding(table) == ("Jan", None)
    assert set(await table.said()) == {"Jan"}


async def test_who_leaves_while_away_leaves_nothing_behind(table: Table) -> None:
    await is_away(table, "Jan", replacement="Kim")
    await table.said()

    await table.does("Ria", EndRole(grant_id=await grant_of(table, "Jan")))

    assert await guiding(table) == ("Piet", None)
    assert "Piet is nu jouw gebiedsmakelaar" in (await table.said())["Fatima"][0]
    assert (await absences(table), await clocks(table)) == (0, 0)


@pytest.mark.parametrize(
    ("until", "replacement", "why"),
    [
        (date(2026, 3, 2), None, "day"),
        (date(2028, 3, 2), None, "day"),
        (BACK, "Jan", "replacement"),
        (BACK, "Ria", "replacement"),
        (BACK, "Sanne", "replacement"),
    ],
)
async def test_an_absence_has_a_day_to_come_and_a_colleague(
    table: Table, until: date, replacement: str | None, why: str
) -> None:
    number = table.people[replacement] if replacement else None

    key = await table.is_refused("Jan", SetAbsence(until=until, replacement_id=number))

    assert key == f"absence.refused.{why}"
    assert await absences(table) == 0


async def test_a_colleague_takes_the_guiding_over_and_everybody_hears_it(table: Table) -> None:
    await is_away(table, "Jan", replacement="Piet")
    await is_away(table, "Kim")
    assert await table.is_refused("Kim", BecomeGuide(initiative_id=HERE)) == "guiding.refused.away"
    await table.does("Kim", EndAbsence())
    await table.said()

    await table.does("Kim", BecomeGuide(initiative_id=HERE))

    assert await guiding(table) == ("Kim", None)
    said = await table.said()
    for who in ("Fatima", "Bram"):
        assert "Kim is nu jouw gebiedsmakelaar" in said[who][0]
    for who in ("Jan", "Piet"):
        assert any("Kim begeleidt voortaan “Bloemen”" in one for one in said[who])
    assert await table.is_refused("Kim", BecomeGuide(initiative_id=HERE)) == "guiding.refused.already"
