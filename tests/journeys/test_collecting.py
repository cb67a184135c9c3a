"""A question grows message by message, until its asker says it is complete."""

import pytest

from storage.conversations import Conversation
from storage.questions import Question, QuestionMessage
from tests.journeys.asking import asks, says_the_theme
from tests.journeys.town import Town

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
"""What is kept here is kept in the other stories too, on both engines; these are about words."""


async def test_two_bubbles_and_a_photo_become_one_question(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")

    first = "Bij de speeltuin ligt glas"
    await fatima.says(first)
    await fatima.sees(f"Wil je dit aan de gemeente vragen?\n{first}\n")
    await fatima.says("Mijn zoon heeft zijn hand gesneden")
    await fatima.sees(f"{first}\nMijn zoon heeft zijn hand gesneden")
    await fatima.sends_photo("Hier")
    so_far = await fatima.sees(f"{first}\nMijn zoon heeft zijn hand gesneden\n📷 foto Hier")
    await town.quiet()
    assert await town.rows(Question) == []
    assert fatima.buttons(so_far)[0] == "✅ Ja, vraag het"
    await fatima.presses("Ja, vraag het")
    await says_the_theme(fatima, "Afval")
    review = await fatima.sees("Klopt je vraag zo?")
    assert f"Vraag\n{first}\nMijn zoon heeft zijn hand gesneden\n📷 foto Hier" in review["text"]
    await fatima.presses("Verstuur mijn vraag")
    await fatima.sees("Je vraag is binnen.")

    question = await town.only(Question)
    card = await jan.sees(first)
    assert "Mijn zoon heeft zijn hand gesneden" in card["text"]
    assert "📷 foto Hier" in card["text"]
    await jan.sees_photo("📎 Hoort bij V-")
    messages = await town.rows(QuestionMessage)
    assert {one.question_id for one in messages} == {question.id}
    assert [(one.text, bool(one.photo)) for one in messages] == [
        (f"{first}\nMijn zoon heeft zijn hand gesneden", False),
        ("Hier", True),
    ]


@pytest.mark.parametrize(
    ("said", "answered"),
    [("hallo", "👋 Wat wil je doen? Je mag ook gewoon je vraag typen."), ("Dank je wel!", "😊 Graag gedaan!")],
)
async def test_small_talk_gets_the_menu_and_makes_no_question(town: Town, said: str, answered: str) -> None:
    fatima = await town.resident("Fatima")

    await fatima.says(said)
    menu = await fatima.sees(answered)
    assert "💬 Stel een vraag" in fatima.buttons(menu)
    assert await town.rows(Conversation) == []
    assert await town.rows(Question) == []


async def test_a_short_question_is_a_question(town: Town) -> None:
    fatima = await town.resident("Fatima")

    await fatima.says("Open vandaag?")
    await fatima.sees("Wil je dit aan de gemeente vragen?\nOpen vandaag?")


async def test_the_home_district_is_proposed_and_can_be_changed_in_the_review(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")

    await fatima.says("/vraag")
    await fatima.says("Wanneer wordt de glasbak geleegd?")
    await fatima.presses("Ga door")
    await says_the_theme(fatima, "Afval")
    await fatima.sees("Wijk\nMolenwijk")
    await fatima.presses("✏️ Wijk")
    await fatima.sees("Nu staat er: Molenwijk")
    await fatima.presses("Waterrand")
    await fatima.sees("Wijk\nWaterrand")
    await fatima.presses("Verstuur mijn vraag")
    await fatima.sees("Je vraag is binnen.")

    await jan.sees("Waterrand · Team Buitenruimte")
    question, home = await town.only(Question), (await town.person(fatima)).district_code
    assert question.district_code not in (None, home)
    await fatima.says("/instellingen")
    await fatima.sees("Wijk: Molenwijk")


async def test_a_typed_postcode_is_confirmed_on_the_screen(town: Town) -> None:
    fatima = await town.resident("Fatima")

    await fatima.says("/vraag")
    await fatima.says("Wanneer wordt de glasbak geleegd?")
    await fatima.presses("Ga door")
    await says_the_theme(fatima, "Afval")
    asked = await fatima.sees("Over welke wijk gaat het?")
    await fatima.says("8993 AB")
    await fatima.sees("Klopt je vraag zo?")
    await town.quiet()
    assert fatima.now(asked).endswith("✅ Molenwijk")
    assert fatima.buttons(asked) == []


async def test_more_is_added_with_the_button_under_the_receipt(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")

    receipt = await asks(fatima)
    assert fatima.buttons(receipt)[0] == "➕ Voeg iets toe"
    await fatima.presses("➕ Voeg iets toe", on=receipt)
    await fatima.says("Hij zit alweer vol")
    await fatima.says("En er staan zakken naast")
    await fatima.sees("Hij zit alweer vol\nEn er staan zakken naast")
    await fatima.presses("Ga door")
    await fatima.sees("✅ Toegevoegd aan V-")
    more = await jan.sees("💬 Fatima zegt nog iets over V-")
    assert "Hij zit alweer vol\nEn er staan zakken naast" in more["text"]
    await town.only(Question)


async def test_no_declines_what_was_offered_and_ends_what_was_asked(town: Town) -> None:
    fatima = await town.resident("Fatima", district="Molenwijk")

    await fatima.says("Waar staat de dichtstbijzijnde glasbak?")
    await fatima.sees("Wil je dit aan de gemeente vragen?")
    await fatima.says("Nee")
    await fatima.sees("Gestopt met: een vraag stellen.")
    assert await town.rows(Question) == []

    await fatima.says("/vraag")
    await fatima.says("Waar staat de dichtstbijzijnde glasbak?")
    await fatima.sees("Wil je nog iets toevoegen?")
    await fatima.says("nee")
    await fatima.sees("Klopt je vraag zo?")
