"""A question in one's own words, and where it goes."""

import re

import pytest

from storage.conversations import Conversation
from storage.questions import Question
from tests.journeys.asking import GLASS, answers, asks, presses_more, says_the_theme
from tests.journeys.town import Town


async def test_a_question_gets_a_number_a_team_and_a_term(town: Town) -> None:
    jan, piet = await town.worker("Jan", "buitenruimte"), await town.worker("Piet", "klantcontact")
    fatima = await town.resident("Fatima", district="Molenwijk")

    await fatima.says("/vraag")
    await fatima.sees("Wat wil je weten?")
    await fatima.says("Wanneer wordt de glasbak geleegd?")
    so_far = await fatima.sees("Dit heb ik nu:\nWanneer wordt de glasbak geleegd?")
    assert fatima.buttons(so_far)[0] == "✅ Ga door"
    await fatima.presses("Ga door")
    await says_the_theme(fatima, "Afval")
    review = await fatima.sees("Klopt je vraag zo?")
    assert "Vraag\nWanneer wordt de glasbak geleegd?" in review["text"]
    assert "Onderwerp\nAfval en een schone buurt" in review["text"]
    assert "Wijk\nMolenwijk" in review["text"]
    await fatima.presses("Verstuur mijn vraag")
    asked = await fatima.sees("💬 Je vraag is binnen.")
    assert re.search(r"Je nummer is V-20\d\d-0001\.", asked["text"])
    assert "Team Buitenruimte gaat ermee aan de slag. Je krijgt uiterlijk" in asked["text"]

    card = await jan.sees("♻️ Afval en een schone buurt")
    assert "Molenwijk · Team Buitenruimte\nVan: Fatima" in card["text"]
    assert "Wanneer wordt de glasbak geleegd?" in card["text"]
    assert "📥 Wie pakt dit op?" in card["text"]
    assert jan.buttons(card) == ["🙋 Ik pak dit op", "✏️ Antwoord", "↪️ Zet door", "⋯ Meer"]
    await piet.does_not_see("glasbak")

    await fatima.says("/mijn")
    mine = await fatima.sees("💬 Mijn vragen")
    assert "0001 · Wanneer wordt de glasbak geleegd?" in mine["text"]
    assert "→ wacht op iemand van het team (bij Team Buitenruimte, antwoord uiterlijk" in mine["text"]


async def test_a_question_about_nothing_in_particular_goes_to_the_front_desk(town: Town) -> None:
    piet, fatima = await town.worker("Piet"), await town.resident("Fatima")

    await fatima.says("/vraag")
    await fatima.says("Ik weet niet waar ik moet zijn")
    await fatima.presses("Ga door")
    await fatima.presses("Weet ik niet")
    await fatima.presses("Het gaat niet over een wijk")
    review = await fatima.sees("Klopt je vraag zo?")
    assert "Onderwerp\nweet ik niet" in review["text"]
    assert "Wijk\ngeen wijk" in review["text"]
    await fatima.presses("Verstuur mijn vraag")
    await fatima.sees("Klantcontact gaat ermee aan de slag.")
    await piet.sees("❓ Nog geen onderwerp\nniet gezegd · Klantcontact")


async def test_a_question_with_a_photo(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")

    await fatima.says("/vraag")
    await fatima.sends_photo("Dit ligt al een week op straat")
    await fatima.presses("Ga door")
    await says_the_theme(fatima, "Afval")
    await fatima.presses("Verstuur mijn vraag")
    await fatima.sees("Je vraag is binnen.")

    await jan.sees("📷 foto Dit ligt al een week op straat")
    await jan.sees_photo("📎 Hoort bij V-")


async def test_a_spoken_question(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")

    await fatima.says("/vraag")
    await fatima.sends_voice()
    await fatima.presses("Ga door")
    await says_the_theme(fatima, "Afval")
    assert "🎤 spraakbericht" in (await fatima.sees("Klopt je vraag zo?"))["text"]
    await fatima.presses("Verstuur mijn vraag")
    await fatima.sees("Je vraag is binnen.")

    await jan.sees("🎤 spraakbericht")
    await jan.sees_voice()


async def test_a_place_as_a_question(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")

    await fatima.says("/vraag")
    await fatima.shares_location(52.7811, 5.4022)
    await fatima.presses("Ga door")
    await says_the_theme(fatima, "Straat en verkeer")
    assert "📍 plek op de kaart" in (await fatima.sees("Klopt je vraag zo?"))["text"]
    await fatima.presses("Verstuur mijn vraag")
    await fatima.sees("Je vraag is binnen.")

    await jan.sees("📍 plek op de kaart")
    place = await jan.sees_location()
    assert place["location"] == pytest.approx({"latitude": 52.7811, "longitude": 5.4022}, abs=1e-4)


@pytest.mark.parametrize("stop", ["✖️ Stop", "/annuleer"])
async def test_words_outside_a_conversation_are_offered_as_a_question_and_may_be_let_go(town: Town, stop: str) -> None:
    fatima = await town.resident("Fatima")

    await fatima.says("Mooi weer vandaag")
    offer = await fatima.sees("Wil je dit aan de gemeente vragen?\nMooi weer vandaag")
    assert fatima.buttons(offer)[0] == "✅ Ja, vraag het"
    await (fatima.says(stop) if stop.startswith("/") else fatima.presses(stop))
    await fatima.sees("Wat wil je doen?")
    assert await town.rows(Conversation) == []
    await fatima.says("/mijn")
    await fatima.sees("Je hebt nog geen initiatief en geen vraag.")


async def test_more_is_added_by_replying_to_the_receipt(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")

    receipt = await asks(fatima, "Wanneer wordt de glasbak geleegd?")
    card = await jan.sees("Wanneer wordt de glasbak geleegd?")
    await fatima.replies_to(receipt, "Hij zit alweer vol")
    await fatima.sees("✅ Toegevoegd aan V-")
    await jan.sees("💬 Fatima zegt nog iets over V-")
    await town.quiet()
    assert "Bewoner\nHij zit alweer vol" in jan.now(card)

    await fatima.sends_photo(reply_to=receipt)
    await fatima.sees("✅ Toegevoegd aan V-")
    await jan.sees_photo("📎 Hoort bij V-")


async def test_a_question_is_opened_again_from_what_is_mine_by_who_asked_it_alone(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    kees = await town.resident("Kees")
    await asks(fatima)
    card = await jan.sees(GLASS)
    await jan.presses("Ik pak dit op", on=card)
    await presses_more(jan, "🔒 Notitie", on=card)
    await jan.says("Die buurt belt vaak.")
    await presses_more(jan, "Vraag iets terug", on=card)
    await jan.says("Welke glasbak?")
    await jan.presses("❔ Vraag het")
    await fatima.sees("wil nog iets weten")

    await fatima.says("/mijn")
    mine = await fatima.presses(f"0001 · {GLASS}")
    own = await fatima.sees("💬 Je vraag V-")
    assert "→ wacht op jouw antwoord" in own["text"]
    assert f"Je vroeg\n{GLASS}" in own["text"]
    assert "Jan vroeg je\nWelke glasbak?" in own["text"]
    assert "belt vaak" not in own["text"]
    kees.presses_forged(kees.last, f"a:q-mine:{(await town.only(Question)).id}")
    await kees.toast("Dit is er niet meer.", alert=True)
    await fatima.presses("💬 Antwoord", on=own)
    await fatima.says("Die bij de molen.")
    await fatima.presses("Ga door")
    await answers(jan, "Morgen.")
    await fatima.sees("💬 Antwoord op je vraag")

    await fatima.presses(f"0001 · {GLASS}", on=mine)
    own = await fatima.sees("→ beantwoord")
    assert "Je schreef\nDie bij de molen." in own["text"]
    assert "Antwoord van Jan\nMorgen." in own["text"]
    await fatima.presses("👍 Dit helpt", on=own)
    await jan.sees("🙏 Fatima bedankt je")
