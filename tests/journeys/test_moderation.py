"""What is public, and what a coordinator hides of it: chosen, reported, hidden, appealed against, shown again."""

import aiohttp
from sqlmodel import select

from flows.commands import Done, carry
from flows.context import Context
from flows.initiatives.verbs import Plan, StartInitiative
from storage.columns import now
from storage.initiatives import EventKind, Initiative, InitiativeEvent, Route
from storage.moderation import Report, ReportStatus
from storage.people import Person
from tests.journeys.phone import Phone
from tests.journeys.town import Town

PLAN = Plan(
    title="Soep op straat",
    idea="Elke vrijdag soep koken voor de hele straat",
    helpers=("neighbours",),
    district="WK999904",
    theme="groen",
    first_step="Een pan lenen",
    needs=None,
    amount=None,
    photo=None,
    route=Route.JUST_DO_IT,
)


async def starts(town: Town, phone: Phone) -> Initiative:
    """An initiative as it is once it was told."""
    async with town.app.database.transaction() as session:
        person = (await session.exec(select(Person).where(Person.telegram_id == phone.id))).one()
        context = Context(house=town.app.house, session=session, now=now(), actor=person)
        assert isinstance(await carry(context, StartInitiative(plan=PLAN)), Done)
    await town.quiet()
    await phone.sees("je bent begonnen!")
    initiative: Initiative = await town.only(Initiative)
    return initiative


async def page(town: Town, initiative: Initiative) -> tuple[int, str]:
    """The page of an initiative, as anybody opens it."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{town.app.url}/initiatieven/{initiative.reference}") as response,
    ):
        return response.status, await response.text()


async def opens(phone: Phone, initiative: Initiative) -> None:
    """By the link that is on the page."""
    await phone.says(f"/start f{initiative.reference}")
    await phone.presses("Alles over dit initiatief")
    await phone.sees(initiative.reference)


async def test_the_initiator_chooses_what_is_on_the_page(town: Town) -> None:
    fatima = await town.resident("Fatima", district="Molenwijk")
    initiative = await starts(town, fatima)
    status, before = await page(town, initiative)
    assert status == 200
    assert "Soep op straat" in before
    assert "hele straat" not in before
    assert "Fatima" not in before

    await fatima.presses("Alles over dit initiatief")
    await fatima.sees("👁 Openbaar: naam, eerste stap, wijk, thema en hoe het staat.")
    await fatima.presses("👁 Wat is openbaar?")
    await fatima.sees("👁 Wat mag iedereen zien?")
    await fatima.presses("Het idee in jouw woorden")
    await fatima.presses("Mijn voornaam")
    await fatima.presses("Klaar")
    await fatima.sees("Ook: het idee in jouw woorden en mijn voornaam.")
    _, after = await page(town, initiative)
    assert "hele straat" in after
    assert "Fatima" in after

    # What was ticked is ticked the next time, and nothing at all is an answer too.
    await fatima.presses("Alles over dit initiatief")
    await fatima.presses("👁 Wat is openbaar?")
    await fatima.sees("👁 Wat mag iedereen zien?")
    await fatima.presses("☑️ Het idee in jouw woorden")
    await fatima.presses("☑️ Mijn voornaam")
    await fatima.presses("Klaar")
    await fatima.sees("👁 Gelukt.")
    assert (await page(town, initiative))[1] == before


async def test_a_report_is_kept_or_hidden_and_another_coordinator_decides_about_the_appeal(town: Town) -> None:
    marieke, ria = await town.coordinator("Marieke"), await town.coordinator("Ria")
    jan = await town.worker("Jan", "buitenruimte")
    fatima, kees = await town.resident("Fatima", district="Molenwijk"), await town.resident("Kees")
    initiative = await starts(town, fatima)
    await opens(kees, initiative)

    # Kees reports, and a coordinator finds that it may stay.
    await kees.presses("🚩 Klopt hier iets niet?")
    await kees.sees("🚩 Wat klopt er niet aan “Soep op straat”?")
    await kees.says("Soep op straat mag niet.")
    await kees.sees("🙏 Dank je wel dat je meekijkt")
    for coordinator in (marieke, ria):
        told = await coordinator.sees("⚠️ Iemand vindt dat er iets niet klopt")
        assert "Soep op straat mag niet." in told["text"]
        assert "Kees" not in told["text"]
    await kees.presses("🚩 Klopt hier iets niet?")
    await kees.toast("Je melding is er al.", alert=True)
    await ria.presses("👌 Laat het staan", on=told)
    await ria.sees("Waarom mag “Soep op straat” te zien zijn?")
    await ria.says("Soep uitdelen mag gewoon.")
    await ria.sees("👌 “Soep op straat” blijft te zien.")
    assert "Soep uitdelen mag gewoon." in (await kees.sees("Het blijft te zien, en dit is waarom"))["text"]
    await marieke.sees("De melding is behandeld.")
    await marieke.presses("🙈 Verberg het")
    await marieke.toast("Hierover is al beslist.", alert=True)
    await fatima.sees_nothing_new()

    # He reports again. It waits in the overview, and Marieke hides it.
    await kees.presses("🚩 Klopt hier iets niet?")
    await kees.says("Er staat een telefoonnummer in.")
    second = await marieke.sees("Er staat een telefoonnummer in.")
    await ria.sees("Er staat een telefoonnummer in.")
    await marieke.says("/overzicht")
    await marieke.presses("⚠️ Wachtende meldingen: 1")
    await marieke.sees("Er staat een telefoonnummer in.")
    await marieke.presses("🙈 Verberg het", on=second)
    await marieke.sees("🙈 Waarom verberg je “Soep op straat”?")
    await marieke.says("Haal het telefoonnummer uit de naam.")
    await marieke.sees("De initiatiefnemers lezen jouw reden.")
    await marieke.presses("🙈 Ja, verberg het")
    await marieke.sees("🙈 “Soep op straat” is nu verborgen.")
    hidden = await fatima.sees("🙈 Een coördinator heeft “Soep op straat”")
    assert "Haal het telefoonnummer uit de naam." in hidden["text"]
    for told_too in (kees, ria, jan):
        assert "Haal het telefoonnummer" in (await told_too.sees("verborgen"))["text"]
    for phone in (fatima, jan):
        assert "Kees" not in "\n".join(phone.everything())
    assert (await page(town, initiative))[0] == 410
    await kees.says(f"/start f{initiative.reference}")
    await kees.sees("Dit is er niet meer.")
    await kees.says("/initiatieven")
    await kees.does_not_see("Soep op straat")

    # Fatima appeals. Marieke, who hid it, leaves it to Ria.
    await fatima.presses("📨 Ik ben het er niet mee eens", on=hidden)
    await fatima.sees("📨 Waarom moet “Soep op straat” weer te zien zijn?")
    await fatima.says("Het nummer is er al uit.")
    await fatima.sees("📨 Je bezwaar over “Soep op straat” is gestuurd.")
    await fatima.presses("📨 Ik ben het er niet mee eens", on=hidden)
    await fatima.toast("Je bezwaar is er al.", alert=True)
    appeal = await ria.sees("📨 De initiatiefnemers zijn het er niet mee eens")
    assert "Het nummer is er al uit." in appeal["text"]
    await marieke.does_not_see("zijn het er niet mee eens")
    await marieke.says("/overzicht")
    await marieke.presses("⚠️ Wachtende meldingen: 1")
    await marieke.sees("zijn het er niet mee eens")
    await marieke.presses("🙈 Houd het verborgen")
    await marieke.toast("Jij hebt dit zelf verborgen.", alert=True)
    await ria.presses("🌤 Laat het weer zien", on=appeal)
    await ria.sees("🌤 Waarom mag “Soep op straat” weer te zien zijn?")
    await ria.says("Netjes aangepast.")
    await ria.sees("🌤 “Soep op straat” is weer te zien.")
    await fatima.sees("is weer voor iedereen te zien.")
    for told_too in (kees, jan, marieke):
        assert "Netjes aangepast." in (await told_too.sees("weer te zien"))["text"]
    status, text = await page(town, initiative)
    assert status == 200
    for told_nowhere in ("verborgen", "telefoonnummer", "Netjes", "Kees", "Marieke"):
        assert told_nowhere not in text
    assert [one.status for one in await town.rows(Report)] == [ReportStatus.KEPT, ReportStatus.APPEAL_GRANTED]
    kinds = [one.kind for one in await town.rows(InitiativeEvent)]
    assert kinds[-2:] == [EventKind.HIDDEN, EventKind.SHOWN]


async def test_a_coordinator_hides_from_the_board_and_alone_decides_about_the_appeal_too(town: Town) -> None:
    marieke = await town.coordinator("Marieke")
    fatima = await town.resident("Fatima", district="Molenwijk")
    initiative = await starts(town, fatima)
    await opens(marieke, initiative)
    await marieke.presses("⚠️ Bekijk de meldingen")
    await marieke.toast("Er wacht nu geen melding.")
    await marieke.presses("🙈 Verberg het")
    await marieke.says("Dit is reclame.")
    await marieke.presses("🙈 Ja, verberg het")
    hidden = await fatima.sees("Dit is reclame.")
    await fatima.presses("📋 Alles over dit initiatief", on=hidden)
    board = await fatima.sees("🙈 Dit initiatief is nu verborgen.")
    assert "Dit is reclame." in board["text"]
    assert "🚩 Klopt hier iets niet?" not in fatima.buttons(board)

    await fatima.presses("📨 Ik ben het er niet mee eens", on=board)
    await fatima.says("Het is gratis soep.")
    await marieke.sees("Het is gratis soep.")
    await marieke.presses("🙈 Houd het verborgen")
    await marieke.sees("🙈 Waarom blijft “Soep op straat” verborgen?")
    await marieke.says("De winkel staat er nog bij.")
    stays = await fatima.sees("🙈 “Soep op straat”")
    assert "De winkel staat er nog bij." in stays["text"]
    await fatima.presses("📨 Ik ben het er niet mee eens", on=board)
    await fatima.toast("Er is al opnieuw naar gekeken.", alert=True)

    # A coordinator can always come back on it.
    await marieke.presses("📋 Alles over dit initiatief")
    await marieke.presses("🌤 Laat het weer zien")
    await marieke.says("De winkel is eruit.")
    await marieke.sees("🌤 “Soep op straat” is weer te zien.")
    await fatima.sees("De winkel is eruit.")
    assert (await page(town, initiative))[0] == 200


async def test_the_link_on_the_page_asks_with_what_somebody_can_help(town: Town) -> None:
    fatima, kees = await town.resident("Fatima", district="Molenwijk"), town.phone("Kees")
    initiative = await starts(town, fatima)

    await kees.says(f"/start m{initiative.reference}")
    await kees.sees("Wat kun je doen")
    await fatima.says(f"/start m{initiative.reference}")
    await fatima.sees("👁 Openbaar")
    await kees.says("/start mI-1999-0001")
    await kees.sees("Dit is er niet meer.")
