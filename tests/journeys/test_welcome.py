"""The first meeting."""

import pytest

from tests.journeys.asking import says_the_theme
from tests.journeys.phone import Phone
from tests.journeys.town import Town

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
"""What is kept here is kept in the other stories too, on both engines; these are about words."""

MENU = [
    "🌱 Begin een initiatief",
    "💬 Stel een vraag",
    "🏘 Initiatieven in de buurt",
    "📋 Mijn initiatieven en vragen",
    "⚙️ Instellingen",
]


async def lives_in(fatima: Phone, district: str) -> None:
    """What the settings say."""
    await fatima.says("/instellingen")
    await fatima.sees(f"Wijk: {district}")


async def test_who_would_rather_not_say_where_they_live_can_begin(town: Town) -> None:
    fatima = town.phone("Fatima")

    await fatima.says("/start")
    hello = await fatima.sees("👋 Hallo Fatima! Ik ben Stuur, de hulp van gemeente Elzermeer.")
    assert "nooit je burgerservicenummer" in hello["text"]
    await fatima.sees("In welke wijk woon je?")
    await fatima.presses("Dat zeg ik liever niet")
    await fatima.sees("✅ Dat zeg ik liever niet")
    menu = await fatima.sees("Fijn, je kunt beginnen. Wat wil je doen?")

    assert fatima.buttons(menu) == MENU
    await lives_in(fatima, "niet gezegd")


async def test_a_district_is_chosen_with_a_button(town: Town) -> None:
    fatima = town.phone("Fatima")

    await fatima.says("/start")
    question = await fatima.sees("In welke wijk woon je?")
    await fatima.presses("Waterrand")
    await fatima.sees("✅ Waterrand")
    await fatima.sees("Fijn, je kunt beginnen.")

    assert fatima.buttons(question) == []
    await lives_in(fatima, "Waterrand")


@pytest.mark.parametrize(
    ("typed", "district"),
    [
        ("8993 AB", "Molenwijk"),
        ("Molenwijk", "Molenwijk"),
        ("ik woon in de Vogelbuurd", "Lindenrijk"),
        ("centrum", "Binnenstad"),
    ],
)
async def test_a_district_is_understood_from_what_is_typed(town: Town, typed: str, district: str) -> None:
    fatima = town.phone("Fatima")

    await fatima.says("/start")
    await fatima.sees("In welke wijk woon je?")
    await fatima.says(typed)
    await fatima.sees("Fijn, je kunt beginnen.")

    await lives_in(fatima, district)


async def test_a_postcode_of_two_districts_is_asked_about(town: Town) -> None:
    fatima = town.phone("Fatima")

    await fatima.says("/start")
    await fatima.says("8998 ZZ")
    choice = await fatima.sees("Ik vond meer dan één wijk. Welke bedoel je?")
    assert fatima.buttons(choice) == ["Elzerdijk", "Buitengebied", "Dat zeg ik liever niet"]
    await fatima.presses("Buitengebied")
    await fatima.sees("Fijn, je kunt beginnen.")

    await lives_in(fatima, "Buitengebied")


async def test_a_shared_location_gives_the_district_if_it_lies_in_the_municipality(town: Town) -> None:
    fatima = town.phone("Fatima")

    await fatima.says("/start")
    await fatima.sees("In welke wijk woon je?")
    await fatima.shares_location(52.3702, 4.8952)
    await fatima.sees("Die plek ligt niet in onze gemeente.")
    await fatima.shares_location(52.7800, 5.4000)
    await fatima.sees("Fijn, je kunt beginnen.")

    await lives_in(fatima, "Molenwijk")


async def test_what_is_no_place_is_asked_again(town: Town) -> None:
    fatima = town.phone("Fatima")

    await fatima.says("/start")
    await fatima.says("Timboektoe")
    await fatima.sees("Die plek ken ik niet.")
    await fatima.sends_sticker()
    await fatima.sees("Kies je wijk, typ je postcode of deel je locatie.")
    await fatima.presses("De Akkers")
    await fatima.sees("Fijn, je kunt beginnen.")


async def test_start_brings_somebody_known_to_where_they_were(town: Town) -> None:
    fatima = await town.resident("Fatima")

    await fatima.says("/start")
    menu = await fatima.sees("👋 Hallo Fatima. Wat wil je doen?")
    assert fatima.buttons(menu) == MENU

    await fatima.presses("Begin een initiatief")
    await fatima.says("Samen met de buren bloemen planten")
    await fatima.sees("Met wie doe je het?")
    await fatima.says("/start")
    await fatima.sees("👋 Hier was je gebleven: een initiatief beginnen.")
    await fatima.sees("Met wie doe je het?")


async def test_start_in_the_middle_of_the_welcome_welcomes_anew(town: Town) -> None:
    fatima = town.phone("Fatima")

    await fatima.says("/start")
    await fatima.sees("In welke wijk woon je?")
    await fatima.says("/start")
    await fatima.sees("In welke wijk woon je?")
    await fatima.presses("Lindenrijk")
    await fatima.sees("Fijn, je kunt beginnen.")

    await lives_in(fatima, "Lindenrijk")


async def test_the_first_message_is_not_lost_when_it_is_not_start(town: Town) -> None:
    fatima, jan = town.phone("Fatima"), await town.worker("Jan", "buitenruimte")

    await fatima.says("De lantaarn in de Dorpsstraat is stuk")
    await fatima.sees("👋 Hallo Fatima! Ik ben Stuur")
    await fatima.sees("https://www.elzermeer.example/melden")
    await fatima.presses("Toch aan de gemeente vragen")
    await says_the_theme(fatima, "Straat en verkeer")
    await fatima.presses("Binnenstad")
    review = await fatima.sees("Klopt je vraag zo?")
    assert "De lantaarn in de Dorpsstraat is stuk" in review["text"]
    await fatima.presses("Verstuur mijn vraag")
    await fatima.sees("Je vraag is binnen.")

    card = await jan.sees("De lantaarn in de Dorpsstraat is stuk")
    assert "Straat en verkeer" in card["text"]


async def test_a_photo_as_the_first_message_is_kept_too(town: Town) -> None:
    fatima = town.phone("Fatima")

    await fatima.sends_photo("Kapotte bank")
    await fatima.sees("Wil je dit aan de gemeente vragen?")
    await fatima.presses("Ja, vraag het")
    await fatima.presses("Weet ik niet")
    await fatima.presses("Het gaat niet over een wijk")
    review = await fatima.sees("Klopt je vraag zo?")

    assert "📷 foto Kapotte bank" in review["text"]


async def test_a_sticker_as_the_first_message_is_met_with_the_welcome(town: Town) -> None:
    fatima = town.phone("Fatima")

    await fatima.sends_sticker()
    await fatima.sees("👋 Hallo Fatima!")
    await fatima.sees("In welke wijk woon je?")
    await fatima.does_not_see("kan ik niet lezen")


async def test_a_command_as_the_first_message_does_what_it_says_after_the_greeting(town: Town) -> None:
    fatima = town.phone("Fatima")

    await fatima.says("/help")
    await fatima.sees("👋 Hallo Fatima! Ik ben Stuur")
    await fatima.sees("Zo werkt het")
    await fatima.says("/mijn")
    await fatima.sees("Je hebt nog geen initiatief en geen vraag.")
    await fatima.says("/start")
    await fatima.sees("👋 Hallo Fatima! Ik ben Stuur")
    await fatima.sees("In welke wijk woon je?")
