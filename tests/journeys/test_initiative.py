"""From an idea to the guide's greeting."""

import re
from datetime import timedelta

from storage.initiatives import Initiative, Route
from tests.journeys.living import it_is, today
from tests.journeys.phone import Phone
from tests.journeys.town import Town


async def tells_of_an_idea(fatima: Phone) -> None:
    """Up to the review; asks nothing of the municipality, and lives in Molenwijk."""
    await fatima.says("/initiatief")
    await fatima.sees("Wat wil je zelf gaan doen?")
    await fatima.says("Samen met de buren bloemen planten op het pleintje")
    await fatima.sees("Met wie doe je het?")
    await fatima.presses("Buren")
    await fatima.presses("School")
    await fatima.presses("Klaar")
    await fatima.sees("Waar past je plan het beste bij?")
    await fatima.presses("Groen en water")
    await fatima.sees("Wat heb je nodig van de gemeente?")
    await fatima.presses("Niets, wij kunnen beginnen")
    await fatima.sees("Je kunt gewoon beginnen.")
    await fatima.presses("Ja, ik ga beginnen")
    await fatima.sees("Wat is je eerste kleine stap?")
    await fatima.says("Drie buren vragen")


async def test_from_start_to_the_guides_greeting_and_back(town: Town) -> None:
    jan, piet = await town.worker("Jan", "buitenruimte"), await town.worker("Piet", "buitenruimte")
    fatima = await town.resident("Fatima", district="Molenwijk")

    await tells_of_an_idea(fatima)
    review = await fatima.sees("Klopt dit zo?")
    for line in (
        "Idee\nSamen met de buren bloemen planten op het pleintje",
        "Met wie\nBuren, School",
        "Naam\nSamen met de buren bloemen planten",
        "Wijk\nMolenwijk",
        "Onderwerp\nGroen en water",
        "Nodig\nNiets, wij kunnen beginnen",
        "Route\nGewoon beginnen",
        "Eerste stap\nDrie buren vragen",
        "Foto\ngeen foto",
    ):
        assert line in review["text"]
    await fatima.presses("✏️ Naam")
    await fatima.sees("Nu staat er: Samen met de buren bloemen planten")
    await fatima.says("Bloemen op het plein")
    await fatima.sees("Klopt dit zo?")
    await fatima.presses("Ja, begin!")
    started = await fatima.sees("🌱 Gefeliciteerd, je bent begonnen!")
    assert re.search(r"I-20\d\d-0001", started["text"])
    assert "Jan is jouw gebiedsmakelaar." in started["text"]
    assert "Je eerste stap mag je nu al zetten: Drie buren vragen" in started["text"]

    card = await jan.sees("🌱 Bloemen op het plein")
    assert "Met wie? Buren en School" in card["text"]
    assert "Waar? Molenwijk" in card["text"]
    assert "Heeft nodig van de gemeente: niets" in card["text"]
    assert jan.buttons(card) == ["👋 Groet de bewoner", "📋 Alles over dit initiatief"]
    assert piet.buttons(await piet.sees("Gebiedsmakelaar: Jan")) == ["📋 Alles over dit initiatief"]

    await jan.presses("Groet de bewoner")
    await jan.sees("Stel je even voor")
    await jan.says("Dag Fatima, wat een mooi plan! Zullen we morgen kijken?")
    await jan.sees("Dit stuur ik naar Fatima. Goed zo?")
    await jan.presses("Verstuur")
    await jan.sees("✅ Gestuurd aan Fatima.")
    await town.quiet()
    assert "Gebiedsmakelaar: Jan · in gesprek" in jan.now(card)
    assert jan.buttons(card) == ["✏️ Schrijf de bewoner", "📋 Alles over dit initiatief"]

    greeting = await fatima.sees("💬 Bericht van Jan, jouw gebiedsmakelaar")
    assert "Zullen we morgen kijken?" in greeting["text"]
    await fatima.presses("Schrijf terug")
    await fatima.says("Graag, om tien uur?")
    await fatima.sees("✅ Gestuurd. Je gebiedsmakelaar leest het.")
    answer = await jan.sees("💬 Fatima schrijft over “Bloemen op het plein”")
    assert "Graag, om tien uur?" in answer["text"]

    await jan.replies_to(answer, "Tot dan!")
    await jan.sees("✅ Gestuurd aan Fatima.")
    reply = await fatima.sees("Tot dan!")
    await fatima.replies_to(reply, "Fijn!")
    await jan.sees("Fijn!")

    await fatima.says("/mijn")
    mine = await fatima.sees("🌱 Mijn initiatieven")
    assert "Bloemen op het plein\n→ in gesprek" in mine["text"]
    await piet.does_not_see("Fijn!")


async def test_a_photo_reaches_the_team(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")

    await tells_of_an_idea(fatima)
    await fatima.sees("Klopt dit zo?")
    await fatima.presses("✏️ Foto")
    await fatima.sees("Heb je een foto?")
    await fatima.says("Die heb ik niet hier")
    await fatima.sees("Ik heb hier een foto nodig.")
    await fatima.sends_photo()
    assert "Foto\n📷 foto" in (await fatima.sees("Klopt dit zo?"))["text"]
    await fatima.presses("Ja, begin!")
    await fatima.sees("je bent begonnen!")

    await jan.sees("🌱 Samen met de buren bloemen planten")
    await jan.sees_photo("📷 Foto bij I-")


async def test_every_answer_can_be_changed_in_the_review(town: Town) -> None:
    await town.worker("Jan", "gebied-stad")
    fatima = await town.resident("Fatima", district="Molenwijk")
    await tells_of_an_idea(fatima)

    await fatima.sees("Klopt dit zo?")
    await fatima.presses("✏️ Idee")
    assert "Nu staat er: Samen met de buren bloemen" in (await fatima.sees("Wat wil je zelf gaan doen?"))["text"]
    await fatima.says("Elke week samen eten met de hele straat")
    await fatima.sees("Klopt dit zo?")
    await fatima.presses("✏️ Met wie")
    await fatima.presses("Nog alleen")
    await fatima.presses("Klaar")
    await fatima.sees("Klopt dit zo?")
    await fatima.presses("✏️ Onderwerp")
    await fatima.presses("Samen leven en zorg")
    await fatima.sees("Klopt dit zo?")
    await fatima.presses("✏️ Eerste stap")
    await fatima.says("Soep koken")
    await fatima.sees("Klopt dit zo?")
    await fatima.presses("✏️ Wijk")
    await fatima.says("Lindenrijk")
    await fatima.sees("Klopt dit zo?")
    await fatima.presses("✏️ Nodig")
    await fatima.presses("Een plek of vergunning")
    await fatima.sees("Welke plek of vergunning heb je nodig?")
    await fatima.says("Een zaaltje")
    await fatima.sees("Deze route past bij je.")
    await fatima.presses("Ja, dit kies ik")
    await fatima.sees("Klopt dit zo?")
    await fatima.presses("✏️ Naam")
    await fatima.says("Straatsoep")
    review = await fatima.sees("Klopt dit zo?")
    assert "Wat precies\nEen zaaltje" in review["text"]
    await fatima.presses("Ja, begin!")
    await fatima.sees("je bent begonnen!")

    initiative = await town.only(Initiative)
    assert initiative.idea == "Elke week samen eten met de hele straat"
    assert initiative.helpers == ["alone"]
    assert initiative.theme_code == "samen"
    assert initiative.first_step == "Soep koken"
    assert (initiative.needs, initiative.amount, initiative.route) == ("Een zaaltje", None, Route.RESIDENT_INITIATIVE)
    assert initiative.district_code == "WK999903"
    assert initiative.title == "Straatsoep"
    assert initiative.team_code == "gebied-stad"


async def test_back_goes_one_question_back_and_a_change_is_given_up(town: Town) -> None:
    fatima = await town.resident("Fatima", district="Molenwijk")

    await fatima.says("/initiatief")
    await fatima.says("Samen met de buren bloemen planten")
    await fatima.sees("Met wie doe je het?")
    await fatima.presses("⬅️ Terug")
    await fatima.sees("Wat wil je zelf gaan doen?")
    await fatima.says("Een pannakooi bouwen met de jongeren")
    await fatima.sees("Met wie doe je het?")
    await fatima.presses("Vrienden")
    await fatima.presses("Klaar")
    await fatima.sees("Waar past je plan het beste bij?")
    await fatima.presses("⬅️ Terug")
    await fatima.sees("Met wie doe je het?")
    await fatima.presses("Klaar")
    await fatima.presses("Jeugd, school en sport")
    await fatima.presses("Een plek of vergunning")
    await fatima.says("Een hoek van het veldje")
    await fatima.sees("Deze route past bij je.")
    await fatima.presses("⬅️ Terug")
    await fatima.sees("Welke plek of vergunning heb je nodig?")
    await fatima.presses("⬅️ Terug")
    await fatima.sees("Wat heb je nodig van de gemeente?")
    await fatima.presses("Niets, wij kunnen beginnen")
    await fatima.presses("Ja, ik ga beginnen")
    await fatima.says("Een tekening maken")
    await fatima.sees("Klopt dit zo?")
    await fatima.presses("✏️ Naam")
    await fatima.sees("Nu staat er: Een pannakooi bouwen met de jongeren")
    await fatima.presses("⬅️ Terug")
    review = await fatima.sees("Klopt dit zo?")
    assert "Naam\nEen pannakooi bouwen met de jongeren" in review["text"]
    assert "Idee\nEen pannakooi bouwen met de jongeren" in review["text"]


async def test_who_said_no_district_is_asked_where(town: Town) -> None:
    fatima = await town.resident("Fatima")

    await fatima.says("/initiatief")
    await fatima.says("Zwerfvuil opruimen met de klas")
    await fatima.presses("School")
    await fatima.presses("Klaar")
    await fatima.sees("In welke wijk gaat het gebeuren?")
    await fatima.presses("Dat weet ik nog niet")
    await fatima.sees("Waar past je plan het beste bij?")
    await fatima.presses("Afval")
    await fatima.presses("Niets, wij kunnen beginnen")
    await fatima.presses("Ja, ik ga beginnen")
    await fatima.says("De juf vragen")
    assert "Wijk\nnog niet bekend" in (await fatima.sees("Klopt dit zo?"))["text"]
    await fatima.presses("Ja, begin!")
    await fatima.sees("We zoeken een gebiedsmakelaar voor je bij Team Buitenruimte.")


async def test_who_ticks_nothing_or_writes_too_little_is_helped(town: Town) -> None:
    fatima = await town.resident("Fatima")

    await fatima.says("/initiatief")
    await fatima.says("Iets")
    await fatima.sees("Dat is wat kort.")
    await fatima.says("a" * 1001)
    await fatima.sees("Je tekst heeft 1.001 tekens. Er passen er 1.000.")
    await fatima.says("Een buurttuin beginnen")
    await fatima.sees("Met wie doe je het?")
    await fatima.presses("Klaar")
    await fatima.toast("Tik eerst aan wat past.", alert=True)
    await fatima.presses("Buren")
    assert "☑️ Buren" in fatima.buttons(await fatima.sees("Met wie doe je het?"))
    await fatima.presses("☑️ Buren")
    assert "⬜ Buren" in fatima.buttons(await fatima.sees("Met wie doe je het?"))


async def test_residents_find_what_was_started(town: Town) -> None:
    await town.worker("Jan", "buitenruimte")
    fatima, kees = (
        await town.resident("Fatima", district="Molenwijk"),
        await town.resident("Kees", district="De Akkers"),
    )

    await tells_of_an_idea(fatima)
    await fatima.presses("Ja, begin!")
    await fatima.sees("je bent begonnen!")
    await kees.says("/initiatieven bloem")
    card = await kees.sees("Gezocht: bloem")

    assert "🌱 Samen met de buren bloemen planten\n🌳 Groen en water · Molenwijk · net begonnen" in card["text"]
    assert "Eerste stap: Drie buren vragen" in card["text"]
    assert "pleintje" not in card["text"]


async def test_a_draft_that_lies_gets_one_reminder(town: Town) -> None:
    fatima = await town.resident("Fatima")

    await fatima.says("/initiatief")
    await fatima.says("Een buurttuin beginnen")
    await fatima.sees("Met wie doe je het?")
    await it_is(town, today(town) + timedelta(days=2))
    await fatima.sees("👋 Je was begonnen met: een initiatief beginnen. Je antwoorden zijn bewaard.")
    await it_is(town, today(town) + timedelta(days=4))
    await fatima.sees_nothing_new()
    await fatima.presses("Ga verder")
    await fatima.sees("Met wie doe je het?")
