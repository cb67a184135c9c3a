"""Each way in which residents can take the lead, to its end; the one with money is in `test_whole_life`."""

from __future__ import annotations

import re
from datetime import timedelta

from storage.agreements import Decision
from storage.conversations import Conversation
from storage.initiatives import Initiative, InitiativeStatus, Route
from storage.timers import Timer, TimerKind
from tests.journeys.asking import says_the_theme
from tests.journeys.living import (
    finds,
    it_is,
    lessons,
    opens,
    page,
    presses_below_more,
    tells,
    timeline,
    today,
    told_twice,
)
from tests.journeys.phone import Phone
from tests.journeys.town import Town


async def begins(phone: Phone, first_step: str) -> None:
    """From the first step to the number."""
    await phone.says(first_step)
    await phone.presses("Ja, begin!")
    await phone.sees("🌱 Gefeliciteerd, je bent begonnen!")


async def does_the_step(phone: Phone, title: str, story: str) -> None:
    """The first step is done, and told without a photo."""
    await phone.presses("Stap klaar of later", on=await opens(phone, title))
    await phone.presses("Klaar")
    await phone.says(story)
    await phone.presses("Geen foto")
    await phone.sees("🎉 Mooi, de eerste stap is gezet!")


async def is_done(phone: Phone, title: str, tip: str) -> None:
    """It has happened, and a tip goes on to others."""
    await presses_below_more(phone, "Het is klaar", await opens(phone, title))
    await phone.presses("Ja, het is klaar")
    await phone.sees("🎉 Gelukt!")
    await phone.presses("Vertel wat je leerde")
    await phone.presses("Sla over")
    await phone.presses("Sla over")
    await phone.says(tip)
    await phone.presses("Ja, deel mijn les")
    await phone.sees("💡 Dank je wel!")


async def test_just_do_it_needs_nobody_s_yes(town: Town) -> None:
    fatima = await town.resident("Fatima", district="Molenwijk")
    title = "Soep koken voor de straat"

    await tells(fatima, title, "Samen leven", "Niets")
    await fatima.sees("👍 Je kunt gewoon beginnen.")
    await fatima.presses("Ja, ik ga beginnen")
    await begins(fatima, "Een pan soep bij de voordeur")
    one = await town.only(Initiative)
    assert one.route is Route.JUST_DO_IT
    await does_the_step(fatima, title, "De pan was leeg.")
    assert (await town.only(Initiative)).status is InitiativeStatus.UNDER_WAY
    await is_done(fatima, title, "Vraag wie er allergisch is.")

    (lesson,) = await lessons(town)
    assert (lesson["subject"], lesson["ending"], lesson["tip"]) == (title, "done", "Vraag wie er allergisch is.")
    assert "klaar" in await page(town, f"/initiatieven/{one.reference}")
    assert not any("besluit" in text.casefold() for text in fatima.everything()), "there is nothing to decide"
    await it_is(town, today(town) + timedelta(days=100))
    await fatima.sees_nothing_new()
    assert await told_twice(town) == []
    assert await timeline(town) == ["started", "step_planned", "step_done", "under_way", "done", "lesson"]


async def test_a_task_of_the_municipality_is_taken_over_after_agreements_and_a_decision(town: Town) -> None:
    jan = await town.worker("Jan", "buitenruimte")
    fatima = await town.resident("Fatima", district="Molenwijk")
    title = "Zelf het plantsoen onderhouden"

    await tells(fatima, title, "Groen en water", "Een gemeentetaak overnemen", "Maaien en snoeien")
    await fatima.sees("🛠 Deze route past bij je.")
    await fatima.presses("Ja, dit kies ik")
    await begins(fatima, "Een middag meelopen met de hovenier")
    assert (await town.only(Initiative)).route is Route.RIGHT_TO_CHALLENGE

    # The guide says hello, and then what is fixed and what is free.
    await jan.presses("Groet de bewoner")
    await jan.says("Dag Fatima, ik loop graag mee.")
    await jan.presses("Verstuur")
    await fatima.sees("💬 Bericht van Jan, jouw gebiedsmakelaar")
    await jan.presses("Alles over dit initiatief")
    board = await jan.sees("⏳ ")
    await presses_below_more(jan, "Kader", board)
    await jan.presses("Schrijf het kader")
    for words in ("De bomen blijven staan.", "Welke planten er komen.", "Wanneer er gemaaid wordt."):
        await jan.says(words)
    await jan.presses("6.")
    await jan.says("8000")
    await jan.presses("Sla over")
    await jan.presses("Verstuur")
    await fatima.sees("🧭 Jan, jouw gebiedsmakelaar, maakte een kader.")
    await fatima.presses("Klopt, afgesproken")
    await fatima.sees("Het kader is afgesproken. Vraag nu het officiële besluit.")

    # Both sides say yes to who does what.
    await presses_below_more(jan, "Afspraken", board)
    await jan.presses("Nieuwe afspraak")
    await jan.says("De sleutel van de schuur geven")
    await jan.presses("De gemeente")
    await jan.presses("Overmorgen")
    await jan.presses("Verstuur")
    await fatima.sees("✍️ Een voorstel voor een afspraak")
    await fatima.presses("Ja, afgesproken")
    await fatima.sees("🤝 Afgesproken.")
    await jan.sees("🤝 Afgesproken!")
    await jan.presses("Gedaan")
    await fatima.sees("✅ Een afspraak is gedaan")

    # The decision, with enough names.
    await presses_below_more(jan, "Steun op papier", board)
    await jan.says("9")
    await fatima.sees("🎉 Er is genoeg steun! 10 mensen steunen")
    await fatima.presses("Vraag het officiële besluit")
    await fatima.presses("Ja, vraag het besluit")
    await fatima.sees("De gemeente beslist uiterlijk")
    await jan.presses("Leg het besluit vast")
    await jan.presses("Ja, het mag doorgaan")
    await jan.says("Het plan is goed en het geld is er.")
    await jan.says("Jullie maaien. Ik betaal elk kwartaal 2000 euro.")
    await jan.presses("Verstuur")
    told = await fatima.sees(f"⚖️ Ja! “{title}” mag doorgaan.")
    assert all(words in told["text"] for words in ("Het plan is goed en het geld is er.", "Jullie maaien."))
    assert (await town.only(Initiative)).status is InitiativeStatus.AGREED

    await does_the_step(fatima, title, "We weten nu hoe je snoeit.")
    assert (await town.only(Initiative)).status is InitiativeStatus.UNDER_WAY
    await is_done(fatima, title, "Begin met één perk.")

    await jan.sees("🎉 Gelukt!")
    assert await told_twice(town) == []
    assert await timeline(town) == [
        *("started", "step_planned", "exploring", "greeted", "frame_agreed", "agreement_made", "agreement_kept"),
        *("supporters", "decision_asked", "decided", "agreed", "step_done", "under_way", "done", "lesson"),
    ]


async def test_the_council_says_no_and_what_can_be_done_is_done(town: Town) -> None:
    jan = await town.worker("Jan", "gebied-stad")
    fatima, kees = (
        await town.resident("Fatima", district="Molenwijk"),
        await town.resident("Kees", district="Molenwijk"),
    )
    title = "Een zwembad voor de wijk"
    asked_on = today(town)

    await tells(fatima, title, "Jeugd", "De raad moet iets besluiten", "De raad bouwt een zwembad")
    assert "Besluit door de gemeenteraad" in (await fatima.sees("🏛 Deze route past bij je."))["text"]
    await fatima.presses("Ja, dit kies ik")
    await begins(fatima, "Handtekeningen halen op het schoolplein")

    # Enough of them stand behind it.
    board = await finds(kees, title)
    await presses_below_more(kees, "Ik steun dit", board)
    await kees.sees("Samen zijn jullie met 2. Er zijn er 75 nodig.")
    await fatima.sees("👍 De eerste steun is er!")
    await presses_below_more(kees, "Volg dit initiatief", board)
    await jan.presses("Alles over dit initiatief")
    board = await jan.sees("⏳ ")
    for count, told in (("40", "👍 Jullie zijn over de helft! 42 van de 75"), ("73", "🎉 Er is genoeg steun!")):
        await presses_below_more(jan, "Steun op papier", board)
        await jan.says(count)
        await fatima.sees(told)
    await fatima.presses("Vraag het officiële besluit")
    await fatima.presses("Ja, vraag het besluit")
    await fatima.sees("De gemeente beslist uiterlijk")

    # The council takes long: that is watched, for everybody who can do something about it.
    due = (await town.only(Decision)).due_at.astimezone(town.app.house.municipality.zone).date()
    assert due >= asked_on + timedelta(weeks=12)
    await it_is(town, due - timedelta(days=2))
    await jan.sees(f"⏰ Het besluit over “{title}”")
    await it_is(town, due + timedelta(days=2))
    for phone in (fatima, jan):
        await phone.sees("te laat")

    # It says no. There is something that can be done, and who does it.
    await jan.presses("Leg het besluit vast")
    await jan.presses("Niet op deze manier")
    await jan.says("Een zwembad kost te veel geld.")
    await jan.says("Een waterspeelplaats kan wel. Ik regel de kraan, jullie de stenen.")
    await jan.presses("Verstuur")
    refused = await fatima.sees(f"⚖️ “{title}” kan niet op deze manier.")
    assert "Een zwembad kost te veel geld." in refused["text"]
    assert "Wat kan er wel, en wie doet het?\nEen waterspeelplaats kan wel. Ik regel de kraan" in refused["text"]
    heard = await kees.sees("op deze manier kan het niet")
    assert not any(word in heard["text"] for word in ("geld", "Fatima"))
    assert [one for one in await town.rows(Timer) if one.kind is TimerKind.DECISION] == []
    await fatima.presses("Hoe maak ik bezwaar?")
    await fatima.sees(f"✋ Bezwaar maken over “{title}”")

    # They do what can be done; that needs no other decision, and the guide says so.
    await presses_below_more(jan, "We kunnen beginnen", board)
    await fatima.sees(f"🚀 “{title}” kan beginnen!")
    await kees.sees("kan beginnen")
    await does_the_step(fatima, title, "De stenen liggen klaar.")
    await kees.sees("🎉")
    await is_done(fatima, title, "Vraag eerst wat er wel kan.")

    for phone in (jan, kees):
        await phone.sees("🎉 Gelukt!")
    assert await told_twice(town) == []
    (lesson,) = await lessons(town)
    assert (lesson["ending"], lesson["tip"]) == ("done", "Vraag eerst wat er wel kan.")
    assert await timeline(town) == [
        *("started", "step_planned", "supporters", "supporters", "supporters", "decision_asked", "decided"),
        *("agreed", "step_done", "under_way", "done", "lesson"),
    ]


async def test_what_is_broken_goes_to_the_desk_and_the_question_behind_it_is_answered(town: Town) -> None:
    jan = await town.worker("Jan", "buitenruimte")
    fatima = await town.resident("Fatima", district="Molenwijk")

    await tells(fatima, "De lantaarn bij de brug is stuk", "Straat", "Iets is stuk")
    await fatima.sees("⚠️ Dit is een melding.")
    await fatima.presses("Ja, ik ga het melden")
    report = await fatima.sees("⚠️ Meld het bij Meldpunt Buurt.")
    links = [button.get("url") for row in report["reply_markup"]["inline_keyboard"] for button in row]
    assert "https://www.elzermeer.example/melden" in links
    assert await town.rows(Initiative) == []
    assert await town.rows(Conversation) == []
    await jan.sees_nothing_new()

    await fatima.presses("Stel een vraag")
    await fatima.says("Hoe lang duurt het tot een lantaarn gemaakt is?")
    await fatima.presses("Ga door")
    await says_the_theme(fatima, "Straat en verkeer")
    await fatima.presses("Verstuur mijn vraag")
    asked = await fatima.sees("💬 Je vraag is binnen.")
    assert re.search(r"V-20\d\d-0001", asked["text"])
    await jan.sees("Hoe lang duurt het tot een lantaarn gemaakt is?")
    await jan.presses("Antwoord")
    await jan.says("Meestal binnen vijf werkdagen.")
    await jan.presses("Verstuur antwoord")
    assert "Meestal binnen vijf werkdagen." in (await fatima.sees("💬 Antwoord op je vraag"))["text"]
    await fatima.presses("👍 Dit helpt")
    await jan.sees("🙏 Fatima bedankt je")
    assert await town.rows(Initiative) == []
