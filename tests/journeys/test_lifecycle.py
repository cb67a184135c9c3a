"""How initiatives end, well or early, and what the municipality decides."""

from datetime import timedelta

from flows.initiatives.verbs import CountPaperSupport
from storage.agreements import Decision
from storage.initiatives import InitiativeStatus, Route
from storage.participation import Involvement, InvolvementStatus, Participant, Participation
from storage.people import Role
from storage.timers import Timer, TimerKind
from tests.journeys.phone import Phone
from tests.journeys.running_initiative import begun, does, follows, helps, initiative, opens_board
from tests.journeys.town import Town

NAMES = ("Fatima", "Kees", "Sanne", "Omar")


async def test_from_beginning_to_done_everybody_hears_it_once(town: Town) -> None:
    jan = await town.worker("Jan", "buitenruimte")
    fatima, kees = await town.resident("Fatima"), await town.resident("Kees")
    sanne = town.phone("Sanne", language="en")
    await sanne.says("/start")
    await sanne.presses("rather not say")
    one = await begun(town, fatima)
    await helps(town, kees, one.id or 0)
    await follows(town, kees, one.id or 0)
    await follows(town, sanne, one.id or 0)

    await jan.presses("📋 Alles over dit initiatief")
    await jan.sees("🌱 Bloemen op het plein")
    await jan.presses("🚀 We kunnen beginnen")
    await jan.sees("🚀 “Bloemen op het plein” (I-")
    await fatima.sees("🚀 “Bloemen op het plein” kan beginnen!")
    for phone, words in ((kees, "kan beginnen"), (sanne, "can begin")):
        await phone.sees(f"({one.reference}) {words}.")
        await phone.does_not_see(words)
    assert (await initiative(town, one.id or 0)).status is InitiativeStatus.AGREED
    await jan.presses("🚀 We kunnen beginnen")
    await jan.toast("“Bloemen op het plein” is al verder.", alert=True)

    await opens_board(fatima, one)
    await fatima.presses("🎉 Het is klaar")
    await fatima.sees("Is “Bloemen op het plein” klaar?")
    await fatima.presses("🎉 Ja, het is klaar")
    await fatima.sees("Gelukt! “Bloemen op het plein” is klaar.")
    await sanne.sees("🎉 They did it! “Bloemen op het plein” (I-")
    for phone in (jan, kees):
        await phone.sees("🎉 Gelukt! “Bloemen op het plein” (I-")
        await phone.does_not_see("Gelukt!")
    ended = await initiative(town, one.id or 0)
    assert ended.status is InitiativeStatus.DONE
    assert ended.ended_at is not None
    assert {timer.kind for timer in await town.rows(Timer)} & {TimerKind.RHYTHM, TimerKind.STEP} == set()

    await opens_board(fatima, one)
    assert "🏁 Afgelopen op" in (await fatima.sees_again("🏁 Afgelopen op"))["text"]
    for phone in (kees, sanne):
        assert not any(name in text for text in phone.everything() for name in NAMES if name != phone.name)


async def test_stopping_is_fine_and_the_reason_stays_between_who_leads_and_who_supports(town: Town) -> None:
    jan = await town.worker("Jan", "buitenruimte")
    petra = await town.worker("Petra", "sociaal-werk", role=Role.PARTNER)
    fatima, kees = await town.resident("Fatima"), await town.resident("Kees")
    one = await begun(town, fatima)
    await helps(town, kees, one.id or 0)
    async with town.app.database.transaction() as session:
        joined = InvolvementStatus.JOINED
        session.add(Involvement(initiative_id=one.id or 0, team_code="sociaal-werk", status=joined))

    await opens_board(fatima, one)
    board = await fatima.presses("🛑 Stop dit initiatief")
    await fatima.sees("Waarom stopt “Bloemen op het plein”?")
    await fatima.says("Mijn moeder is ziek")
    await fatima.sees("Dan stopt “Bloemen op het plein”.")
    await fatima.presses("🛑 Ja, stop ermee")
    await fatima.sees("🍂 “Bloemen op het plein” is gestopt.")
    assert "Mijn moeder is ziek" in (await jan.sees("🍂 “Bloemen op het plein”"))["text"]
    for phone in (kees, petra):
        assert "moeder" not in (await phone.sees("🍂 “Bloemen op het plein”"))["text"]
    assert (await initiative(town, one.id or 0)).end_reason == "Mijn moeder is ziek"

    await fatima.presses("🛑 Stop dit initiatief", on=board)
    await fatima.toast("“Bloemen op het plein” is al afgelopen.", alert=True)
    await opens_board(fatima, one)
    assert "Mijn moeder is ziek" in (await fatima.sees_again("🏁 Afgelopen op"))["text"]


async def test_two_go_on_as_one_when_both_want_that(town: Town) -> None:
    await town.worker("Jan", "buitenruimte")
    fatima, kees = await town.resident("Fatima"), await town.resident("Kees")
    sanne, omar = await town.resident("Sanne"), await town.resident("Omar")
    one, other = await begun(town, fatima), await begun(town, kees, "Een groen plein")
    await helps(town, sanne, one.id or 0)
    await helps(town, sanne, other.id or 0)
    await follows(town, omar, one.id or 0)
    await helps(town, kees, one.id or 0)

    await opens_board(fatima, one)
    await fatima.presses("🤝 Ga samen met een ander")
    await fatima.says("I-2020-9999")
    await fatima.sees("Dat nummer ken ik niet.")
    await fatima.says(other.reference.lower().replace("-", " "))
    await fatima.sees("Waarom wil je samen met “Een groen plein”?")
    await fatima.says("Het is hetzelfde plein")
    await fatima.sees("“Bloemen op het plein” gaat verder als “Een groen plein”")
    await fatima.presses("🤝 Vraag het hen")
    await fatima.sees("🤝 Gevraagd aan de initiatiefnemers van “Een groen plein”.")

    asked = await kees.sees("willen samen verder met “Een groen plein”")
    assert "Het is hetzelfde plein" in asked["text"]
    await kees.presses("Nee, we gaan apart verder", on=asked)
    await kees.sees("gaan apart verder. Zij weten het.")
    await fatima.sees("“Een groen plein” gaat liever apart verder.")
    await kees.presses("🤝 Ja, we gaan samen", on=asked)
    await kees.toast("Deze vraag is er niet meer.", alert=True)

    await opens_board(fatima, one)
    await fatima.presses("🤝 Ga samen met een ander")
    await fatima.says(other.reference)
    await fatima.says("Toch samen?")
    await fatima.presses("🤝 Vraag het hen")
    await kees.sees("Toch samen?")
    await kees.presses("🤝 Ja, we gaan samen")
    await kees.sees("🤝 “Bloemen op het plein” is nu een deel van “Een groen plein”.")
    await fatima.sees("🤝 “Bloemen op het plein” gaat verder als “Een groen plein”")
    for phone in (sanne, omar):
        await phone.sees("gaat verder als “Een groen plein”")
        await phone.does_not_see("Een groen plein")

    merged = await initiative(town, one.id or 0)
    assert (merged.status, merged.merged_into_id) == (InitiativeStatus.MERGED, other.id)
    people = {(await town.person(phone)).id: phone.name for phone in (fatima, kees, sanne, omar)}
    there = [one for one in await town.rows(Participant) if one.initiative_id == other.id]
    assert sorted((people[one.person_id], one.kind) for one in there) == [
        ("Fatima", Participation.HELPER),
        ("Kees", Participation.INITIATOR),
        ("Omar", Participation.FOLLOWER),
        ("Sanne", Participation.HELPER),
    ]
    numbers = [one.number for one in there if one.kind is Participation.HELPER]
    assert sorted(numbers) == list(range(1, len(numbers) + 1)), "every helper is called by a number of their own"
    assert all(one.offer_text is None for one in there if people[one.person_id] == "Fatima")
    await opens_board(fatima, one)
    await fatima.presses("➡️ Naar het nieuwe initiatief")
    await fatima.sees(f"🌱 Een groen plein · {other.reference}")


async def offers_to_take_it_on(jan: Phone) -> None:
    await jan.presses("📋 Alles over dit initiatief")
    await jan.presses("🏛 Bied aan het over te nemen")
    await jan.says("Het past bij ons onderhoud")
    await jan.presses("Verstuur")
    await jan.sees("✅ Aangeboden. De initiatiefnemers kiezen.")


async def test_the_municipality_takes_it_on_only_when_the_initiators_want_that(town: Town) -> None:
    jan = await town.worker("Jan", "buitenruimte")
    fatima = await town.resident("Fatima")
    one = await begun(town, fatima)

    await offers_to_take_it_on(jan)
    asked = await fatima.sees("🏛 Jan biedt aan dat de gemeente “Bloemen op het plein”")
    assert "Het past bij ons onderhoud" in asked["text"]
    await fatima.presses("Nee, het blijft van ons")
    await fatima.sees("“Bloemen op het plein” blijft van jullie.")
    await jan.sees("houden het zelf")
    assert (await initiative(town, one.id or 0)).status is InitiativeStatus.IDEA
    await fatima.presses("🏛 Ja, neem het over", on=asked)
    await fatima.toast("Dit aanbod is er niet meer.", alert=True)

    await offers_to_take_it_on(jan)
    await fatima.presses("🏛 Ja, neem het over")
    await fatima.sees("🏛 De gemeente neemt “Bloemen op het plein” over.")
    await jan.sees("🏛 De gemeente neemt “Bloemen op het plein”")
    assert (await initiative(town, one.id or 0)).status is InitiativeStatus.TAKEN_ON


async def test_a_formal_decision_is_watched_explained_and_can_be_objected_to(town: Town) -> None:
    jan, piet = await town.worker("Jan", "buitenruimte"), await town.worker("Piet", "buitenruimte")
    omar = await town.coordinator("Omar")
    fatima, kees = await town.resident("Fatima"), await town.resident("Kees")
    one = await begun(town, fatima, route=Route.RESIDENT_INITIATIVE)
    await follows(town, kees, one.id or 0)

    fatima.presses_forged(await opens_board(fatima, one), f"a:i-objection:{one.id}")
    await fatima.toast("Er is nog geen besluit.", alert=True)
    await fatima.presses("📨 Vraag het officiële besluit")
    asking = await fatima.sees("Is het plan van “Bloemen op het plein” compleet?")
    assert "Het besluit komt van burgemeester en wethouders, binnen 4 weken." in asking["text"]
    assert "• Een eenvoudige begroting" in asking["text"]
    await fatima.presses("📨 Ja, vraag het besluit")
    await fatima.sees("Er zijn 3 mensen nodig die meetekenen. Je hebt er nu 1, dus je mist er nog 2.")
    await does(town, jan, CountPaperSupport(initiative_id=one.id or 0, count=2))
    board = await opens_board(fatima, one)
    fatima.presses_forged(board, f"a:i-begin:{one.id}")
    await fatima.toast("Hier is eerst een besluit voor nodig.", alert=True)
    await fatima.presses("📨 Vraag het officiële besluit")
    await fatima.presses("📨 Ja, vraag het besluit")
    await fatima.sees("📨 Het besluit over “Bloemen op het plein” is gevraagd.")
    await jan.sees("De laatste dag is")
    await opens_board(fatima, one)
    assert "⚖️ De gemeente beslist uiterlijk" in (await fatima.sees_again("⚖️ De gemeente beslist"))["text"]

    await town.passes(timedelta(days=24))
    await jan.sees("⏰ Het besluit over “Bloemen op het plein”")
    await town.passes(timedelta(days=14))
    await fatima.sees("dagen te laat")
    for phone in (jan, piet, omar):
        await phone.sees("dagen te laat")

    await jan.presses("⚖️ Leg het besluit vast")
    await jan.presses("Niet op deze manier")
    await jan.says("Er ligt een gasleiding onder het plein")
    await jan.says("Zet bakken neer. Ik regel de aarde, jullie de planten.")
    await jan.presses("Verstuur")
    told = await fatima.sees("⚖️ “Bloemen op het plein” kan niet op deze manier.")
    assert "Er ligt een gasleiding onder het plein" in told["text"]
    assert "Wat kan er wel, en wie doet het?\nZet bakken neer." in told["text"]
    assert "Jan denkt met je mee." in told["text"]
    assert "gasleiding" not in (await kees.sees("op deze manier kan het niet"))["text"]
    assert all(timer.kind is not TimerKind.DECISION for timer in await town.rows(Timer))

    await fatima.presses("✋ Hoe maak ik bezwaar?")
    how = await fatima.sees("✋ Bezwaar maken over “Bloemen op het plein”")
    assert "Dat is zes weken na het besluit." in how["text"]
    assert "Schrijf binnen zes weken aan burgemeester en wethouders" in how["text"]
    assert (await town.only(Decision)).objected_at is not None
    await town.passes(timedelta(days=44))  # one more than six weeks, also where the clock went back in between
    await fatima.presses("✋ Hoe maak ik bezwaar?")
    assert "Vraag dan een nieuw besluit." in (await fatima.sees("Die dag is voorbij."))["text"]


async def test_a_decision_that_grants_it_lets_it_begin(town: Town) -> None:
    jan = await town.worker("Jan", "buitenruimte")
    fatima, kees = await town.resident("Fatima"), await town.resident("Kees")
    one = await begun(town, fatima, route=Route.RESIDENT_INITIATIVE)
    await follows(town, kees, one.id or 0)
    await does(town, jan, CountPaperSupport(initiative_id=one.id or 0, count=2))
    board = await opens_board(fatima, one)
    fatima.presses_forged(board, f"a:i-begin:{one.id}")
    await fatima.toast("Hier is eerst een besluit voor nodig.", alert=True)
    await fatima.presses("📨 Vraag het officiële besluit")
    await fatima.presses("📨 Ja, vraag het besluit")
    board = await opens_board(fatima, one)
    assert "🚀 We kunnen beginnen" not in fatima.buttons(board)
    fatima.presses_forged(board, f"a:i-begin:{one.id}")
    await fatima.toast("Het officiële besluit is gevraagd.", alert=True)

    await jan.presses("⚖️ Leg het besluit vast")
    await jan.presses("Ja, het mag doorgaan")
    await jan.says("Het past bij de plannen")
    await jan.says("Begin in april. Wij halen de tegels weg.")
    await jan.presses("Verstuur")
    await fatima.sees("⚖️ Ja! “Bloemen op het plein” mag doorgaan.")
    await fatima.does_not_see("kan beginnen!")
    await kees.sees("het mag doorgaan")
    await kees.does_not_see("kan beginnen")
    assert (await initiative(town, one.id or 0)).status is InitiativeStatus.AGREED
