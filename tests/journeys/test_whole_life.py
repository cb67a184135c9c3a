"""The whole life of an initiative with four people in it: one that succeeds, and one that stops and is learned from."""

import re
from datetime import timedelta

from storage.initiatives import Initiative, InitiativeStatus, Side
from storage.people import Role
from tests.journeys.living import (
    finds,
    it_is,
    lessons,
    opens,
    page,
    picture,
    presses_below_more,
    tells,
    timeline,
    today,
    told_twice,
)
from tests.journeys.town import Town

FLOWERS = "Bloemen langs de gevels"
IDEA = "Samen met de buren bloemen planten langs de gevels in de Korenstraat"
STEP = "Drie tegels lichten bij de hoek"
LITTER = "Samen zwerfvuil prikken"


async def turn(town: Town) -> Side:
    """Whose turn it is."""
    initiative: Initiative = await town.only(Initiative)
    return initiative.turn


async def test_from_an_idea_with_money_to_a_lesson_for_the_next_street(town: Town) -> None:
    jan = await town.worker("Jan", "buitenruimte")
    marieke = await town.worker("Marieke", "sociaal-werk", role=Role.PARTNER)
    fatima, kees = (
        await town.resident("Fatima", district="Molenwijk"),
        await town.resident("Kees", district="Molenwijk"),
    )
    town.provokes("editMessageText")  # a partner's card says the same when somebody leads along

    # An idea that asks for money.
    await tells(fatima, IDEA, "Groen en water", "Geld", "200 euro voor planten")
    advice = await fatima.sees("Doen we het zo?")
    assert all(word in advice["text"] for word in ("Bewonersinitiatief", "€ 200", "3 inwoners die meetekenen"))
    await fatima.presses("Ja, dit kies ik")
    await fatima.sees("Wat is je eerste kleine stap?")
    await fatima.says(STEP)
    await fatima.presses("✏️ Naam")
    await fatima.sees("Nu staat er: Samen met de buren bloemen planten")
    await fatima.says(FLOWERS)
    review = await fatima.sees("Klopt dit zo?")
    for line in (f"Naam\n{FLOWERS}", "Bedrag\n€ 200", f"Eerste stap\n{STEP}"):
        assert line in review["text"]
    await fatima.presses("Ja, begin!")
    begun = await fatima.sees("🌱 Gefeliciteerd, je bent begonnen!")
    assert "Jan is jouw gebiedsmakelaar." in begun["text"]
    assert f"Je eerste stap mag je nu al zetten: {STEP}" in begun["text"]
    assert "3. Geef nog geen geld uit." in begun["text"]
    one = await town.only(Initiative)
    assert one.reference in begun["text"]
    board = await opens(fatima, FLOWERS)
    assert "⏳ De gemeente is aan zet" in board["text"]

    # The guide reads it and greets; a partner hears nothing before Fatima says so.
    card = await jan.sees(f"🌱 {FLOWERS} · {one.reference}")
    for line in ("Wat gaat Fatima zelf doen?", IDEA, "€ 200", "Route: Bewonersinitiatief", "⏰ Laat uiterlijk"):
        assert line in card["text"]
    await jan.presses("Groet de bewoner")
    await jan.says("Dag Fatima, wat een mooi plan. Ik bel je dinsdag.")
    await jan.presses("Verstuur")
    await jan.sees("✅ Gestuurd aan Fatima.")
    await fatima.sees("💬 Bericht van Jan, jouw gebiedsmakelaar")
    assert await turn(town) is Side.RESIDENTS

    board = await jan.presses("Alles over dit initiatief")
    board = await jan.sees("⏳ De initiatiefnemers zijn aan zet")
    await presses_below_more(jan, "Partners", board)
    await jan.presses("Stel een partner voor")
    await jan.presses("Sociaal werk")
    await jan.sees("✅ Voorgesteld: Sociaal werk")
    asked = await fatima.sees("🤝 Jan, je gebiedsmakelaar, stelt een partner voor")
    assert "Ze weten nog niets van je plan." in asked["text"]
    await marieke.sees_nothing_new()
    await fatima.presses("Ja: Sociaal werk")
    await fatima.presses("Het idee")
    await fatima.presses("Klaar")
    await fatima.sees("Mag Sociaal werk (Welzijn Elzermeer) meekijken?")
    await fatima.presses("Ja, deel dit")
    await fatima.sees("✅ Doorgegeven.")
    await jan.sees("🤝 Sociaal werk")
    seen = await marieke.sees(f"🤝 {FLOWERS} · {one.reference}")
    assert IDEA in seen["text"]
    assert "Fatima" not in seen["text"]
    await marieke.presses("Wij doen mee")
    await marieke.says("Wij hebben schepjes en een bakfiets.")
    await marieke.sees("🎉 Jullie doen mee")
    for phone in (fatima, jan):
        assert "Wij hebben schepjes en een bakfiets." in (await phone.sees("doet mee met “Bloemen"))["text"]

    # A neighbour finds it, and follows.
    board = await finds(kees, FLOWERS)
    assert "🤝 Doet mee: Sociaal werk (Welzijn Elzermeer)" in board["text"]
    await kees.presses("Volg dit initiatief", on=board)
    await kees.sees(f"🔔 Je volgt nu “{FLOWERS}”")

    # A frame: asked about, changed with a reason, and agreed. It doesn't run ahead of the decision.
    await presses_below_more(jan, "Kader", await jan.sees_again("⏳ De initiatiefnemers zijn aan zet"))
    await jan.sees("Er is nog geen kader.")
    await jan.presses("Schrijf het kader")
    for words in ("De stoep blijft 1,5 meter breed.", "Welke planten er komen.", "Waar de tegels heen gaan."):
        await jan.says(words)
    await jan.presses("5. Samen beslissen")
    await jan.says("200")
    await jan.presses("Sla over")
    await jan.presses("Verstuur")
    await fatima.sees("🧭 Jan, jouw gebiedsmakelaar, maakte een kader.")
    await fatima.presses("Ik heb een vraag")
    await fatima.says("Mag het bij de halte smaller?")
    await fatima.sees("✅ Gestuurd. Je krijgt antwoord, of een nieuw kader om te lezen.")
    assert "Mag het bij de halte smaller?" in (await jan.sees("❓ Een vraag over het kader"))["text"]
    assert await turn(town) is Side.MUNICIPALITY
    await jan.presses("Verander het kader")
    await jan.says("Daar moet een rolstoel langs kunnen.")
    await jan.presses("Staat vast")
    await jan.says("De stoep blijft 1,5 meter breed, ook bij de halte.")
    await jan.presses("Verstuur")
    changed = await fatima.sees("🧭 Jan, jouw gebiedsmakelaar, veranderde het kader.")
    assert "Waarom het veranderde\nDaar moet een rolstoel langs kunnen." in changed["text"]
    await fatima.presses("Klopt, afgesproken", on=changed)
    agreed = await fatima.sees("✅ Dank je wel. Het kader is afgesproken. Vraag nu het officiële besluit.")
    await jan.sees("is afgesproken. Nu komt het officiële besluit.")
    assert await turn(town) is Side.RESIDENTS
    await kees.sees_nothing_new()

    # An agreement: proposed, confirmed, and kept.
    await presses_below_more(jan, "Afspraken", await jan.sees_again("⏳ De initiatiefnemers zijn aan zet"))
    await jan.presses("Nieuwe afspraak")
    await jan.says("Een bak voor de tegels brengen")
    await jan.presses("De gemeente")
    await jan.presses("Overmorgen")
    await jan.presses("Verstuur")
    await fatima.sees("✍️ Een voorstel voor een afspraak")
    await fatima.presses("Ja, afgesproken")
    await fatima.sees("🤝 Afgesproken. Beide kanten krijgen een herinnering.")
    assert "👉 Dit doe jij" in (await jan.sees("🤝 Afgesproken!"))["text"]
    await jan.presses("Gedaan")
    await fatima.sees("✅ Een afspraak is gedaan")

    # Too few stand behind it; two more signed on paper, and the decision can be asked.
    await fatima.presses("Vraag het officiële besluit", on=agreed)
    await fatima.presses("Ja, vraag het besluit")
    await fatima.sees("Je hebt er nu 1, dus je mist er nog 2.")
    await presses_below_more(jan, "Steun op papier", await jan.sees_again("⏳ De initiatiefnemers zijn aan zet"))
    await jan.says("2")
    await jan.sees("In totaal steunen 3 mensen dit.")
    enough = await fatima.sees("🎉 Er is genoeg steun! 3 mensen steunen")
    assert "Vraag nu het officiële besluit, als het plan compleet is." in enough["text"]
    await fatima.presses("Vraag het officiële besluit", on=enough)
    await fatima.sees("Is het plan van “Bloemen langs de gevels” compleet?")
    await fatima.presses("Ja, vraag het besluit")
    await fatima.sees("De gemeente beslist uiterlijk")
    assert await turn(town) is Side.MUNICIPALITY
    await jan.sees("📨 Het besluit over “Bloemen")
    await jan.presses("Leg het besluit vast")
    await jan.presses("Ja, het mag doorgaan")
    await jan.says("Het past bij het groenplan van de wijk.")
    await jan.says("Jullie planten. Ik betaal 200 euro uit.")
    await jan.presses("Verstuur")
    decided = await fatima.sees(f"⚖️ Ja! “{FLOWERS}” mag doorgaan.")
    assert "Jullie planten. Ik betaal 200 euro uit." in decided["text"]
    assert fatima.buttons(decided)[0] == "📋 Alles over dit initiatief"
    assert "groenplan" not in (await kees.sees("het mag doorgaan"))["text"]
    await marieke.sees("het mag doorgaan")
    assert (await town.only(Initiative)).status is InitiativeStatus.AGREED

    # The first step, with a photo: who follows celebrates too, and everybody hears it once.
    board = await opens(fatima, FLOWERS)
    assert "⏳ Jullie zijn aan zet" in board["text"]
    await fatima.presses("Stap klaar of later", on=board)
    await fatima.presses("Klaar")
    await fatima.says("De eerste stokroos staat.")
    await fatima.sends_photo()
    await fatima.presses("Ja, iedereen mag hem zien")
    await fatima.sees("🎉 Mooi, de eerste stap is gezet!")
    for phone in (kees, jan):
        party = await phone.sees_photo(f"🎉 “{FLOWERS}” is op weg: de eerste stap is gezet!")
        assert "De eerste stokroos staat." in party["caption"]
        await phone.does_not_see("op weg")
    await marieke.sees(f"🌿 “{FLOWERS}”")

    # The neighbour helps. They learn each other's name when both want that; later he leads along.
    await kees.presses("Alles over dit initiatief")
    await kees.presses("Ik wil helpen")
    await kees.presses("Gereedschap")
    await kees.presses("Klaar")
    await kees.says("Ik heb een steekwagen.")
    await kees.presses("Nee, nog niet")
    await kees.presses("Ja, ik help")
    await kees.sees("🤝 Wat fijn dat je helpt")
    offered = await fatima.sees("Iemand wil helpen met")
    assert all(word in offered["text"] for word in ("helper 1", "🔧 Gereedschap", "Ik heb een steekwagen."))
    assert not any("Kees" in text for text in fatima.everything())
    assert not any("Fatima" in text for text in kees.everything() + marieke.everything())
    await fatima.presses("Wissel namen uit", on=offered)
    await kees.presses("Ja, wissel namen uit")
    await fatima.sees("heet Kees.")
    await kees.sees("heet Fatima.")

    board = await opens(fatima, FLOWERS)
    assert "🤝 Kees: 🔧 Gereedschap – Ik heb een steekwagen." in board["text"]
    await fatima.presses("Mensen en berichten", on=board)
    people = await fatima.sees("👥 De mensen van")
    await fatima.presses("Schrijf iedereen", on=people)
    await fatima.presses("Alleen de helpers")
    await fatima.says("Zaterdag om tien uur beginnen we.")
    await fatima.sees("Het gaat naar 1 mens.")
    await fatima.presses("Verstuur nu")
    await fatima.sees("✅ Gestuurd aan 1 mens")
    await kees.sees("Zaterdag om tien uur beginnen we.")
    await marieke.sees_nothing_new()
    await fatima.presses("Nodig iemand uit", on=people)
    invitation = re.search(r"start=(i\S+)", (await fatima.sees("Doe je mee als initiatiefnemer"))["text"])
    assert invitation is not None
    await kees.says(f"/start {invitation[1]}")
    await kees.presses("Ja, ik doe mee")
    await fatima.sees("➕ Kees heeft je link geopend")
    await fatima.presses("Ja, dat klopt")
    await kees.sees("🎉 Je bent nu initiatiefnemer")
    await fatima.sees("🎉 Kees is nu ook initiatiefnemer")
    await jan.sees("➕ Kees is nu ook initiatiefnemer")

    # The page says what everybody may know, and more only when they choose so.
    address = f"/initiatieven/{one.reference}"
    shown = await page(town, address)
    assert f"Eerste stap: {STEP}" in shown
    assert not any(word in shown for word in ("Fatima", "Kees", "Jan", "stokroos", "bak voor de tegels", "Korenstraat"))
    assert await picture(town, f"{address}/stappen/1/foto") == 404
    await presses_below_more(fatima, "Wat is openbaar?", await opens(fatima, FLOWERS))
    await fatima.presses("De stappen, met foto's")
    await fatima.presses("De afspraken")
    await fatima.presses("Klaar")
    await fatima.sees("Ook: de stappen, met foto's en de afspraken.")
    await kees.sees("👁 Een andere initiatiefnemer koos")
    shown = await page(town, address)
    assert all(word in shown for word in ("De eerste stokroos staat.", "Een bak voor de tegels brengen"))
    assert not any(word in shown for word in ("Fatima", "Kees", "Jan", "Korenstraat"))
    assert await picture(town, f"{address}/stappen/1/foto") == 200

    # Done, and what was learned goes on.
    await fatima.presses("Het is klaar", on=await opens(fatima, FLOWERS))
    await fatima.presses("Ja, het is klaar")
    for phone in (fatima, kees):
        assert "Wil je drie korte vragen beantwoorden?" in (await phone.sees("🎉 Gelukt!"))["text"]
    for phone in (jan, marieke):
        await phone.sees("🎉 Gelukt!")
    await fatima.presses("Vertel wat je leerde")
    for words in (
        "Aanbellen met een stekje werkte.",
        "We begonnen laat in het jaar.",
        "Begin met drie tegels, zei Kees.",
    ):
        await fatima.says(words)
    await fatima.sees("Zo lezen anderen je les.")
    await fatima.presses("Ja, deel mijn les")
    await fatima.sees("💡 Dank je wel!")
    for phone in (jan, kees):
        await phone.sees("Begin met drie tegels, zei […].")
    (lesson,) = await lessons(town)
    assert (lesson["subject"], lesson["ending"], lesson["tip"]) == (FLOWERS, "done", "Begin met drie tegels, zei […].")
    assert "klaar" in await page(town, address)

    await tells(kees, "Geveltuinen met bloemen langs de Haverstraat", "Groen en water", "Niets")
    await kees.presses("Ja, ik ga beginnen")
    tip = await kees.sees("💡 In één buurt deden ze dit al. Hun tip:\n• Begin met drie tegels, zei […].")
    assert "Wat is je eerste kleine stap?" in tip["text"]
    await kees.presses("Stop")

    await it_is(town, today(town) + timedelta(days=100))
    for phone in (fatima, jan, marieke):
        await phone.sees_nothing_new()
    assert await told_twice(town) == []
    assert await timeline(town) == [
        *("started", "step_planned", "exploring", "greeted", "partner_joined"),
        *("frame_agreed", "agreement_made", "agreement_kept", "supporters", "decision_asked", "decided", "agreed"),
        *("step_done", "under_way", "helper_joined", "initiator_joined", "done", "lesson"),
    ]


async def test_what_stops_is_learned_from_and_then_left_alone(town: Town) -> None:
    jan, marieke = await town.worker("Jan", "buitenruimte"), await town.coordinator("Marieke")
    fatima, kees = (
        await town.resident("Fatima", district="Molenwijk"),
        await town.resident("Kees", district="Molenwijk"),
    )
    began = today(town)

    # Just do it: nothing to ask for, and a guide who says hello.
    await tells(fatima, "Samen zwerfvuil prikken. Elke zaterdag, rond de molen", "Afval", "Niets")
    await fatima.sees("👍 Je kunt gewoon beginnen.")
    await fatima.presses("Ja, ik ga beginnen")
    await fatima.says("Een uur prikken met drie buren")
    await fatima.presses("Ja, begin!")
    begun = await fatima.sees("🌱 Gefeliciteerd, je bent begonnen!")
    assert "route" not in begun["text"]
    await jan.sees("Route: Gewoon beginnen")
    await jan.presses("Groet de bewoner")
    await jan.says("Dag Fatima, goed idee. Zeg het als je iets nodig hebt.")
    await jan.presses("Verstuur")
    await fatima.sees("💬 Bericht van Jan, jouw gebiedsmakelaar")

    # One helps, one follows.
    board = await finds(kees, LITTER)
    await kees.presses("Ik wil helpen", on=board)
    await kees.presses("Handen")
    await kees.presses("Klaar")
    await kees.presses("Nee, dit is genoeg")
    await kees.presses("Nee, nog niet")
    await kees.presses("Ja, ik help")
    await kees.sees("🤝 Wat fijn dat je helpt")
    await fatima.sees("🤝 Iemand wil helpen")
    await marieke.says("/initiatieven zwerfvuil")
    await marieke.presses("Alles over dit initiatief")
    await presses_below_more(marieke, "Volg dit initiatief", await marieke.sees(f"🌱 {LITTER} · I-"))
    await marieke.sees("🔔 Je volgt nu")

    # It is silent. The bot asks, once about the step and then how it goes; nobody else hears that.
    await it_is(town, began + timedelta(days=15))
    await fatima.sees("👋 Hoe is het met deze stap van “Samen zwerfvuil prikken”?")
    await fatima.does_not_see("Hoe gaat het")
    await it_is(town, began + timedelta(days=30))
    how = await fatima.sees("👋 Hoe gaat het met “Samen zwerfvuil prikken”?")
    for phone in (kees, marieke):
        await phone.sees_nothing_new()

    # It is stuck: a question for the guide, who answers.
    await fatima.presses("Het loopt vast", on=how)
    await fatima.sees("Waar loopt “Samen zwerfvuil prikken” op vast, en wat heb je nodig?")
    await fatima.says("Niemand heeft een knijper.")
    assert "ligt bij Jan. Je krijgt uiterlijk " in (await fatima.sees("🤝 Goed dat je het zegt."))["text"]
    assert await turn(town) is Side.MUNICIPALITY
    await jan.sees("🤝 “Samen zwerfvuil prikken” loopt vast.")
    question = await jan.sees("Niemand heeft een knijper.")
    await jan.presses("Antwoord", on=question)
    await jan.says("Ik breng donderdag tien knijpers en ringen.")
    await jan.presses("Verstuur antwoord")
    assert "tien knijpers en ringen." in (await fatima.sees("💬 Antwoord op je vraag"))["text"]
    assert await turn(town) is Side.RESIDENTS
    await fatima.presses("👍 Dit helpt")
    await jan.sees("🙏 Fatima bedankt je")

    # It stops all the same. That is fine; why stays with who leads and who guides.
    await presses_below_more(fatima, "Stop dit initiatief", await opens(fatima, LITTER))
    await fatima.sees("Waarom stopt “Samen zwerfvuil prikken”?")
    await fatima.says("Ik word mantelzorger.")
    await fatima.presses("Ja, stop ermee")
    assert "Stoppen mag. Wat je leerde, helpt een ander." in (await fatima.sees("🍂 “Samen zwerfvuil"))["text"]
    assert "Ik word mantelzorger." in (await jan.sees("🍂 “Samen zwerfvuil prikken”"))["text"]
    for phone in (kees, marieke):
        told = await phone.sees("🍂 “Samen zwerfvuil prikken”")
        assert "Bedankt voor je aandacht en hulp." in told["text"]
        assert "mantelzorger" not in told["text"]
        assert phone.buttons(told) == ["📋 Alles over dit initiatief"]

    # What was learned.
    await fatima.presses("Vertel wat je leerde")
    await fatima.says("De buren wilden wel.")
    await fatima.says("Elke zaterdag was te veel.")
    await fatima.says("Prik een vaste avond in de maand.")
    await fatima.presses("Ja, deel mijn les")
    await fatima.sees("💡 Dank je wel!")
    await jan.sees("Prik een vaste avond in de maand.")
    await kees.presses("Alles over dit initiatief")
    ended = await kees.sees("💡 Geleerd: Prik een vaste avond in de maand.")
    assert "gestopt en ervan geleerd" in ended["text"]
    await marieke.says("/lessen")
    await marieke.sees("Elke zaterdag was te veel.")
    (lesson,) = await lessons(town)
    assert (lesson["subject"], lesson["ending"]) == (LITTER, "stopped")
    one = await town.only(Initiative)
    shown = await page(town, f"/initiatieven/{one.reference}")
    assert "gestopt en ervan geleerd" in shown
    assert not any(word in shown for word in ("Fatima", "Kees", "Jan", "mantelzorger", "knijper"))

    # Whatever day it becomes, nothing is asked of anybody any more.
    for days in (31, 45, 60, 120, 200):
        await it_is(town, began + timedelta(days=days))
    for phone in (fatima, kees, jan, marieke):
        await phone.sees_nothing_new()
    assert await told_twice(town) == []
    assert one.status is InitiativeStatus.STOPPED
    assert await timeline(town) == [
        *("started", "step_planned", "exploring", "greeted", "helper_joined", "stuck", "stopped", "lesson")
    ]
