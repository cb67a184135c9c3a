"""Both sides hold each other to what they agreed: a frame, and who does what by when."""

from datetime import timedelta

from sqlmodel import select

from flows.commands import Done, carry
from flows.context import Context
from flows.doors import ACTIONS
from flows.initiatives.verbs import Plan, StartInitiative
from storage.agreements import Agreement, AgreementStatus, Frame
from storage.columns import now
from storage.initiatives import EventKind, Initiative, InitiativeEvent, InitiativeStatus, Route
from storage.people import Person
from tests.journeys.living import it_is
from tests.journeys.phone import Phone
from tests.journeys.town import Town

PLAN = Plan(
    title="Bloemen op het plein",
    idea="Samen met de buren bloemen planten op het pleintje",
    helpers=("neighbours",),
    district="WK999904",
    theme="groen",
    first_step="Drie buren vragen",
    needs="Water op het plein",
    amount=None,
    photo=None,
    route=Route.JUST_DO_IT,
)
AGREED_EVENTS = {
    EventKind.FRAME_AGREED,
    EventKind.AGREEMENT_MADE,
    EventKind.AGREEMENT_MOVED,
    EventKind.AGREEMENT_KEPT,
    EventKind.AGREEMENT_BROKEN,
}


async def starts(town: Town, phone: Phone) -> None:
    """An initiative as it is once it was told."""
    async with town.app.database.transaction() as session:
        person = (await session.exec(select(Person).where(Person.telegram_id == phone.id))).one()
        context = Context(house=town.app.house, session=session, now=now(), actor=person)
        assert isinstance(await carry(context, StartInitiative(plan=PLAN)), Done)
    await town.quiet()


async def test_a_frame_is_asked_about_changed_and_agreed(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    await starts(town, fatima)

    await jan.presses("Alles over dit initiatief")
    await jan.sees("⏳ Jullie zijn aan zet, sinds vandaag")
    await jan.presses("🧭 Kader")
    await jan.sees("Er is nog geen kader.")
    await jan.presses("Schrijf het kader")
    await jan.sees("Wat staat vast")
    await jan.says("Het hek om het plein blijft staan.")
    await jan.sees("Wat mogen de bewoners zelf beslissen?")
    await jan.says("Welke planten er komen.")
    await jan.sees("Wat beslissen jullie samen?")
    await jan.says("Waar de kraan komt.")
    await jan.sees("5. Samen beslissen: iets gaat alleen door als beide kanten ja zeggen.")
    await jan.presses("5. Samen beslissen")
    await jan.sees("Hoeveel geld is er?")
    await jan.says("veel")
    await jan.sees("Typ een bedrag in hele euro's.")
    await jan.says("€ 1.500")
    await jan.sees("Is er een laatste dag?")
    await jan.presses("Sla over")
    review = await jan.sees("Klopt het kader zo?")
    assert "Geld\n€ 1.500" in review["text"]
    await jan.presses("Verstuur")
    await jan.sees("✅ Gestuurd. De initiatiefnemers zeggen ja of vragen iets.")

    first = await fatima.sees("🧭 Jan, jouw gebiedsmakelaar, maakte een kader.")
    assert "Iets gaat alleen door als beide kanten ja zeggen." in first["text"]
    assert "Versie 1 wacht op een ja van een initiatiefnemer." in first["text"]
    assert fatima.buttons(first) == ["✅ Klopt, afgesproken", "❓ Ik heb een vraag"]
    await fatima.presses("Ik heb een vraag")
    await fatima.sees("Wat wil je vragen")
    await fatima.says("Mag het hek een poortje krijgen?")
    await fatima.sees("✅ Gestuurd. Je krijgt antwoord")

    await jan.sees("Mag het hek een poortje krijgen?")
    await jan.presses("Verander het kader")
    await jan.sees("Waarom verandert het kader")
    await jan.says("Een poortje kan.")
    assert "Welke planten er komen." in (await jan.sees("Klopt het kader zo?"))["text"]
    await jan.presses("✏️ Staat vast")
    await jan.sees("Nu staat er: Het hek om het plein blijft staan.")
    await jan.says("Het hek blijft staan, met een poortje.")
    await jan.sees("Klopt het kader zo?")
    await jan.presses("Verstuur")

    await fatima.sees("veranderde het kader")
    await fatima.presses("Klopt, afgesproken", on=first)
    await fatima.toast("Lees eerst versie 2", alert=True)
    second = await fatima.sees("Waarom het veranderde\nEen poortje kan.")
    assert "Het hek blijft staan, met een poortje." in second["text"]
    await fatima.presses("Klopt, afgesproken", on=second)
    await fatima.sees("Het kader is afgesproken. Jullie kunnen beginnen!")
    await jan.sees("Het kader van “Bloemen op het plein”")

    assert (await town.only(Initiative)).status is InitiativeStatus.AGREED
    assert [frame.confirmed_at is not None for frame in await town.rows(Frame)] == [False, True]
    await fatima.presses("Klopt, afgesproken", on=second)
    await fatima.toast("Dit kader is al afgesproken.", alert=True)
    await jan.sees_nothing_new()


async def test_both_sides_agree_are_reminded_move_keep_and_break(town: Town) -> None:
    jan, ria = await town.worker("Jan", "buitenruimte"), await town.coordinator("Ria")
    fatima, eva = await town.resident("Fatima", district="Molenwijk"), await town.resident("Eva")
    await starts(town, fatima)
    today = town.app.house.around("nl", now()).today
    day, later = today + timedelta(days=10), today + timedelta(days=20)

    # The municipality promises something.
    await jan.presses("Alles over dit initiatief")
    await jan.presses("🤝 Afspraken")
    await jan.sees("Er loopt nu geen afspraak")
    await jan.presses("Nieuwe afspraak")
    await jan.sees("Wat wil je afspreken")
    await jan.says("Een kraan op het plein maken")
    await jan.presses("De gemeente")
    await jan.sees("Wanneer is het uiterlijk klaar?")
    await jan.says(day.isoformat())
    await jan.sees("De initiatiefnemers, het team en de coördinatoren kunnen dit lezen.")
    await jan.presses("Verstuur")
    await jan.sees("✅ Voorgesteld.")
    proposal = await fatima.sees("Een voorstel voor een afspraak")
    await fatima.presses("Ja, afgesproken")
    await fatima.sees("🤝 Afgesproken. Beide kanten krijgen een herinnering.")
    await town.quiet()
    assert "🤝 afgesproken" in fatima.now(proposal)
    await jan.sees("Afgesproken!")

    # It is theirs, and nobody else's.
    for name in (one for one in ACTIONS if one.startswith("i-ag")):
        for argument in ("1", "1-1", "1-2", "x"):
            eva.presses_forged(eva.last, f"a:{name}:{argument}")
    await town.quiet()
    assert (await town.only(Agreement)).status is AgreementStatus.AGREED
    assert eva.last["text"].startswith("Fijn, je kunt beginnen.")

    # The residents promise something, need more time, and do it.
    await jan.presses("🤝 Afspraken")
    await jan.sees("Er loopt 1 afspraak")
    await jan.presses("Nieuwe afspraak")
    await jan.says("De bakken schilderen")
    await jan.presses("De initiatiefnemers")
    await jan.says(day.isoformat())
    await jan.presses("Verstuur")
    await fatima.sees("De bakken schilderen")
    await fatima.presses("Ja, afgesproken")
    await jan.sees("Afgesproken!")
    await fatima.presses("Andere dag")
    await fatima.sees("Welke dag kan “De bakken schilderen” wel klaar zijn?")
    await fatima.says(later.isoformat())
    await fatima.says("Het vriest nog")
    await fatima.presses("Verstuur")
    await fatima.sees("Zonder ja van de andere kant blijft de oude dag.")
    assert "Waarom: Het vriest nog" in (await jan.sees("Een andere dag?"))["text"]
    await jan.presses("Ja, de nieuwe dag")
    await jan.sees("De nieuwe dag geldt nu.")
    await fatima.sees("Er is een nieuwe dag")
    await fatima.presses("Gedaan")
    await fatima.sees("✅ Mooi, dat is gedaan.")
    await jan.sees("Een afspraak is gedaan")

    # Both are reminded of the tap, which doesn't come.
    for days, text in ((-2, "Nog 2 dagen"), (0, "Vandaag is de dag"), (1, "De dag is voorbij")):
        await it_is(town, day + timedelta(days=days))
        assert "Een kraan op het plein maken" in (await fatima.sees(text))["text"]
        assert "Een kraan op het plein maken" in (await jan.sees(text))["text"]
    await fatima.presses("Dit is niet gebeurd")
    await fatima.toast("De dag is nog niet voorbij.", alert=True)
    async with town.app.database.transaction() as session:
        tap = await session.get_one(Agreement, 1)
        tap.by = today - timedelta(days=2)
        session.add(tap)
    await fatima.presses("Dit is niet gebeurd")
    await fatima.sees("Wat is er niet gebeurd bij “Een kraan op het plein maken”?")
    await fatima.says("Er is nog geen kraan.")
    await fatima.sees("Dan lezen ook het team en de coördinatoren dit.")
    await fatima.presses("Verstuur")
    await fatima.sees("✅ Doorgegeven.")
    assert "Waarom: Er is nog geen kraan." in (await ria.sees("De gemeente deed dit niet"))["text"]
    await ria.presses("Alles over dit initiatief")
    board = await ria.sees("⏳ De gemeente is aan zet")
    assert "🤝 Afspraken · 1 gedaan\n• Een kraan op het plein maken\n" in board["text"]
    await ria.presses("🤝 Afspraken")
    assert ria.buttons(await ria.sees("⚠️ niet gelukt op die dag")) == []
    await jan.sees("Doe het alsnog, of vraag een andere dag.")
    await jan.says("/werk")
    assert jan.buttons(await jan.sees("Dit heb jij afgesproken")) == ["⏰ Een kraan op het plein maken"]
    await jan.presses("⏰ Een kraan op het plein maken")
    await jan.sees("Er loopt 1 afspraak")
    await jan.presses("Gedaan")
    await fatima.sees("Een afspraak is gedaan")

    told = [event.kind for event in await town.rows(InitiativeEvent) if event.kind in AGREED_EVENTS]
    assert told == [
        EventKind.AGREEMENT_MADE,
        EventKind.AGREEMENT_MADE,
        EventKind.AGREEMENT_MOVED,
        EventKind.AGREEMENT_KEPT,
        EventKind.AGREEMENT_BROKEN,
        EventKind.AGREEMENT_KEPT,
    ]
