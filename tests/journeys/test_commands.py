"""What can be said at any moment: help, privacy, what is mine, settings, stopping; also in the middle of something."""

import pytest

from storage.conversations import Conversation
from tests.journeys.town import Town

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
"""What is kept here is kept in the other stories too, on both engines; these are about words."""


async def test_help_names_the_commands_and_a_phone_number(town: Town) -> None:
    fatima, jan = await town.resident("Fatima"), await town.worker("Jan", "buitenruimte")

    await fatima.says("/help")
    text = (await fatima.sees("Zo werkt het"))["text"]
    assert "/vraag – Stel een vraag" in text
    assert "/werk" not in text
    assert "Bel gemeente Elzermeer: 14 0999." in text
    assert "Bel 112." in text

    await jan.says("/help")
    assert "/werk – Vragen en initiatieven voor jou" in (await jan.sees("Zo werkt het"))["text"]


async def test_privacy_says_what_is_kept_and_what_can_be_asked(town: Town) -> None:
    fatima = await town.resident("Fatima")

    await fatima.says("/privacy")
    text = (await fatima.sees("🔒 Wat we van je bewaren"))["text"]
    assert "Stuur nooit je burgerservicenummer (BSN)" in text
    assert "Mail naar privacy@elzermeer.example." in text
    assert "Autoriteit Persoonsgegevens" in text


async def test_an_unknown_command_is_answered(town: Town) -> None:
    fatima = await town.resident("Fatima")

    await fatima.says("/rondleiding")
    await fatima.sees("Die opdracht ken ik niet. Tik op /help om te zien wat kan.")


async def test_the_menu_of_commands_is_the_house_s(town: Town) -> None:
    fatima, marieke = await town.resident("Fatima"), await town.coordinator("Marieke")
    await town.quiet()

    assert fatima.commands == [
        "initiatief",
        "vraag",
        "initiatieven",
        "lessen",
        "mijn",
        "instellingen",
        "privacy",
        "help",
        "annuleer",
    ]
    assert set(marieke.commands) - set(fatima.commands) == {
        "werk",
        "artikelen",
        "s",
        "bericht",
        "overzicht",
        "moment",
        "team",
        "regels",
    }


async def test_settings_are_changed_with_buttons(town: Town) -> None:
    fatima = await town.resident("Fatima")

    await fatima.says("/instellingen")
    screen = await fatima.sees("⚙️ Instellingen")
    assert "Taal: Nederlands\nWijk: niet gezegd\nNieuws van de gemeente: aan" in screen["text"]
    assert "Zo zien bewoners je naam" not in screen["text"]
    await fatima.presses("Zet nieuws uit")
    await fatima.sees("Nieuws van de gemeente: uit")
    await fatima.presses("Kies onderwerpen")
    await fatima.sees("Welke onderwerpen wil je volgen?")
    await fatima.presses("Wonen en bouwen")
    await fatima.presses("Afval")
    await fatima.presses("☑️ 🏠 Wonen en bouwen")
    await fatima.presses("Klaar")
    await fatima.sees("Onderwerpen die je volgt: ♻️ Afval en een schone buurt")
    await fatima.presses("Andere wijk")
    await fatima.sees("In welke wijk woon je?")
    await fatima.presses("Waterrand")
    await fatima.sees("Wijk: Waterrand")


async def test_another_language_in_the_middle_changes_the_words_and_nothing_else(town: Town) -> None:
    fatima = await town.resident("Fatima")

    await fatima.says("/initiatief")
    await fatima.says("Een buurttuin beginnen")
    ticks = await fatima.sees("Met wie doe je het?")
    await fatima.presses("Buren")
    before = (await town.only(Conversation)).answers

    await fatima.says("/instellingen")
    await fatima.sees("⚙️ Instellingen")
    await fatima.sees("Met wie doe je het?")
    await fatima.presses("English")
    await fatima.sees("Language: English")
    conversation = await town.only(Conversation)
    assert conversation.answers == before
    assert conversation.drafts == {"helpers": ["neighbours"]}

    await fatima.says("/help")
    await fatima.sees("This is how it works")
    question = await fatima.sees("With whom?")
    assert "☑️ Neighbours" in fatima.buttons(question)
    await fatima.presses("School")
    await fatima.presses("Done")
    await fatima.sees("✅ Neighbours, School")
    assert fatima.buttons(ticks) == []
    await fatima.sees("In which district will it happen?")


async def test_a_command_that_only_tells_something_brings_the_question_back(town: Town) -> None:
    fatima = await town.resident("Fatima")

    await fatima.says("/initiatief")
    await fatima.says("Een buurttuin beginnen")
    await fatima.sees("Met wie doe je het?")
    for command, told in {
        "/help": "Zo werkt het",
        "/privacy": "Wat we van je bewaren",
        "/mijn": "Je hebt nog geen initiatief en geen vraag.",
        "/initiatieven": "Er is nog geen initiatief.",
        "/instellingen": "⚙️ Instellingen",
        "/onzin": "Die opdracht ken ik niet.",
    }.items():
        await fatima.says(command)
        await fatima.sees(told)
        await fatima.sees("Met wie doe je het?")
    await fatima.presses("Buren")
    await fatima.presses("Klaar")
    await fatima.sees("In welke wijk gaat het gebeuren?")


async def test_something_else_parks_what_was_going_on_and_offers_it_afterwards(town: Town) -> None:
    fatima = await town.resident("Fatima", district="Molenwijk")

    await fatima.says("/initiatief")
    await fatima.says("Een buurttuin beginnen")
    await fatima.sees("Met wie doe je het?")
    await fatima.says("/vraag")
    await fatima.sees("⏸ Bewaard voor later: een initiatief beginnen.")
    await fatima.sees("Wat wil je weten?")
    await fatima.says("Mag dat zomaar?")
    await fatima.presses("Ga door")
    await fatima.presses("Groen en water")
    await fatima.presses("Verstuur mijn vraag")
    await fatima.sees("Je vraag is binnen.")
    await fatima.sees("Je was nog bezig met: een initiatief beginnen. Wil je verder?")
    await fatima.presses("Ga verder")
    await fatima.sees("▶️ Verder met: een initiatief beginnen.")
    await fatima.sees("Met wie doe je het?")
    await fatima.presses("Buren")
    await fatima.presses("Klaar")
    await fatima.sees("Waar past je plan het beste bij?")


async def test_later_keeps_the_answers_and_the_command_resumes(town: Town) -> None:
    fatima = await town.resident("Fatima")

    await fatima.says("/initiatief")
    await fatima.says("Een buurttuin beginnen")
    await fatima.presses("⏸ Later")
    await fatima.sees("⏸ Bewaard: een initiatief beginnen.")
    await fatima.says("/initiatief")
    await fatima.sees("▶️ Verder met: een initiatief beginnen.")
    await fatima.sees("Met wie doe je het?")
    assert (await town.only(Conversation)).answers["idea"] == {"value": "Een buurttuin beginnen"}


async def test_stop_is_asked_twice_once_there_are_answers(town: Town) -> None:
    fatima = await town.resident("Fatima")

    await fatima.says("/initiatief")
    await fatima.sees("Wat wil je zelf gaan doen?")
    await fatima.presses("✖️ Stop")
    await fatima.sees("Gestopt met: een initiatief beginnen.")
    await fatima.sees("Wat wil je doen?")

    await fatima.says("/initiatief")
    await fatima.says("Een buurttuin beginnen")
    await fatima.sees("Met wie doe je het?")
    await fatima.presses("✖️ Stop")
    await fatima.sees("Weet je het zeker? Als je stopt, gooi ik je antwoorden weg.")
    await fatima.presses("Ga verder")
    await fatima.sees("Met wie doe je het?")
    await fatima.presses("✖️ Stop")
    await fatima.presses("Ja, stop")
    await fatima.sees("Gestopt met: een initiatief beginnen. Je antwoorden zijn weg.")
    assert await town.rows(Conversation) == []


async def test_cancel_asks_first_once_there_are_answers_and_says_when_there_is_nothing_to_stop(town: Town) -> None:
    fatima = await town.resident("Fatima")

    await fatima.says("/annuleer")
    await fatima.sees("Er is niets om te stoppen.")
    await fatima.says("/initiatief")
    await fatima.sees("Wat wil je zelf gaan doen?")
    await fatima.says("/annuleer")
    await fatima.sees("Gestopt met: een initiatief beginnen.")
    await fatima.says("/initiatief")
    await fatima.says("Een buurttuin beginnen")
    await fatima.sees("Met wie doe je het?")
    await fatima.says("/annuleer")
    await fatima.sees("Weet je het zeker? Als je stopt, gooi ik je antwoorden weg.")
    assert len(await town.rows(Conversation)) == 1
    await fatima.presses("Ja, stop")
    await fatima.sees("Gestopt met: een initiatief beginnen.")
    assert await town.rows(Conversation) == []


async def test_the_menu_s_buttons_do_what_the_commands_do(town: Town) -> None:
    marieke = await town.coordinator("Marieke")
    menu = await marieke.sees_again("Je kunt beginnen.")

    for label, told in {
        "Mijn werk": "Er is nu niets te doen.",
        "Stuur nieuws": "Wat wil je vertellen?",
        "Overzicht": "📊 Overzicht",
        "Teams": "👥 Teams",
        "Begin een initiatief": "Wat wil je zelf gaan doen?",
        "Stel een vraag": "Wat wil je weten?",
        "Initiatieven in de buurt": "Er is nog geen initiatief.",
        "Mijn initiatieven en vragen": "Je hebt nog geen initiatief en geen vraag.",
        "Instellingen": "⚙️ Instellingen",
    }.items():
        await marieke.presses(label, on=menu)
        await marieke.sees(told)
