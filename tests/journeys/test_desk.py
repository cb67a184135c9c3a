"""The team's side of a question: take it, give it back, answer, close it."""

from storage.questions import Question
from tests.journeys.asking import GLASS, answers, asks, presses_more, says_the_theme
from tests.journeys.phone import Phone
from tests.journeys.town import Town

FREE = ["🙋 Ik pak dit op", "✏️ Antwoord", "↪️ Zet door", "⋯ Meer"]
MINE = ["✏️ Antwoord", "↪️ Zet door", "⋯ Meer", "↩️ Geef terug aan het team"]


async def test_who_takes_a_question_has_the_buttons_and_can_give_it_back(town: Town) -> None:
    jan, piet = await town.worker("Jan", "buitenruimte"), await town.worker("Piet", "buitenruimte")
    fatima = await town.resident("Fatima", district="Molenwijk")
    await asks(fatima)
    of_jan, of_piet = await jan.sees(GLASS), await piet.sees(GLASS)

    await jan.presses("Ik pak dit op")
    await jan.toast("👍 Deze vraag is nu van jou.")
    await piet.sees("👤 Jan is ermee bezig")
    assert jan.buttons(of_jan) == MINE
    assert piet.buttons(of_piet) == ["🔒 Notitie"]
    await fatima.says("/mijn")
    await fatima.sees("→ er is iemand mee bezig (bij Team Buitenruimte, antwoord uiterlijk")

    await jan.presses("Geef terug aan het team")
    await jan.toast("Deze vraag is terug bij het team.")
    await piet.sees("📥 Wie pakt dit op?")
    assert jan.buttons(of_jan) == FREE
    assert piet.buttons(of_piet) == FREE


async def test_an_answer_by_button_is_seen_once_more_and_says_who_gave_it(town: Town) -> None:
    jan, piet = await town.worker("Jan", "buitenruimte"), await town.worker("Piet", "buitenruimte")
    fatima = await town.resident("Fatima", district="Molenwijk")
    await jan.says("/instellingen")
    await jan.presses("Mijn naam")
    await jan.says("Jan de Wit, buitenruimte")
    await jan.sees("Bewoners zien voortaan: Jan de Wit, buitenruimte.")
    await asks(fatima)
    of_jan, of_piet = await jan.sees(GLASS), await piet.sees(GLASS)

    await jan.presses("✏️ Antwoord")
    await jan.sees("Schrijf je antwoord")
    await jan.says("Morgen komt de wagen. <b>Echt</b> & zeker!")
    review = await jan.sees("Dit stuur ik naar Fatima (V-")
    assert f"Goed zo?\n{GLASS}" in review["text"]
    await fatima.does_not_see("Morgen")
    await jan.presses("✏️ Antwoord")
    await jan.sees("Nu staat er: Morgen komt de wagen. <b>Echt</b> & zeker!")
    await jan.says("Morgen komt de wagen. <b>Heus</b> & zeker!")
    await jan.presses("Verstuur antwoord")
    await jan.sees("✅ Je antwoord op V-")

    answer = await fatima.sees("💬 Antwoord op je vraag V-")
    assert GLASS in answer["text"]
    assert "Morgen komt de wagen. <b>Heus</b> & zeker!" in answer["text"]
    assert "– Jan de Wit, buitenruimte, Team Buitenruimte" in answer["text"]
    assert fatima.buttons(answer) == ["👍 Dit helpt", "🤏 Helpt een beetje", "🤔 Dit helpt niet", "💬 Nog een vraag"]
    await town.quiet()
    assert "✅ Beantwoord door Jan de Wit, buitenruimte" in piet.now(of_piet)
    assert piet.buttons(of_piet) == []
    assert jan.buttons(of_jan) == ["✏️ Vul je antwoord aan", "🩹 Verbeter", "📚 Maak er een artikel van"]


async def test_a_reply_to_the_card_is_the_answer(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    await asks(fatima)
    card = await jan.sees(GLASS)

    await jan.replies_to(card, "Morgen komt de wagen.")
    review = await jan.sees("Dit stuur ik naar Fatima (V-")
    assert "Antwoord\nMorgen komt de wagen." in review["text"]
    await jan.replies_to(card, "Overmorgen komt de wagen.")
    await jan.sees("Overmorgen komt de wagen.")
    await jan.presses("Verstuur antwoord")
    await fatima.sees("Overmorgen komt de wagen.")
    assert (await town.only(Question)).status == "answered"
    await fatima.does_not_see("Antwoord op je vraag")


async def test_a_photo_is_no_answer(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    await asks(fatima)
    card = await jan.sees(GLASS)

    await jan.sends_photo(reply_to=card)
    await jan.sees("Ik heb hier tekst nodig.")
    await jan.sees("Schrijf je antwoord")
    await jan.says("Morgen komt de wagen.")
    await jan.presses("Verstuur antwoord")
    await fatima.sees("Morgen komt de wagen.")


async def test_an_answer_can_be_completed_later(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    await asks(fatima)
    await answers(jan, "Morgen komt de wagen.")
    await fatima.sees("Morgen komt de wagen.")

    await jan.presses("Vul je antwoord aan")
    await jan.says("Het wordt een uur later.")
    await jan.presses("Verstuur antwoord")
    await fatima.sees("Het wordt een uur later.")


async def test_a_question_is_closed_with_a_reason_that_the_resident_reads(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    await asks(fatima)
    card = await jan.sees(GLASS)

    await presses_more(jan, "☑️ Rond af")
    await jan.sees("Fatima leest dit. Schrijf het vriendelijk.")
    await jan.says("Je hebt dit gisteren ook al gevraagd.")
    review = await jan.sees("Dit leest Fatima (V-")
    assert f"Goed zo?\n{GLASS}" in review["text"]
    await jan.presses("☑️ Rond af")
    await jan.sees("is afgerond. De bewoner leest waarom.")

    closed = await fatima.sees("☑️ Je vraag V-")
    assert "Je hebt dit gisteren ook al gevraagd.\n\n– Jan" in closed["text"]
    assert fatima.buttons(closed) == ["🤔 Dit helpt niet"]
    await town.quiet()
    assert jan.now(card).endswith("☑️ Afgerond")
    assert jan.buttons(card) == []

    await fatima.presses("Dit helpt niet")
    await fatima.sees("Wat mis je nog in het antwoord op")
    await fatima.says("Het antwoord kwam nooit aan.")
    await fatima.presses("Ga door")
    await fatima.sees("is weer open.")
    await jan.sees("Het antwoord kwam nooit aan.")
    assert (await town.only(Question)).reopened == 1


async def test_my_work_shows_what_is_mine_and_what_waits(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    await fatima.says("/werk")
    await fatima.sees("Dit is voor mensen van de gemeente en partners.")
    await jan.says("/werk")
    await jan.sees("Er is nu niets te doen.")

    await asks(fatima)
    await jan.sees(GLASS)
    await asks(fatima, "Waar kan mijn oude bank heen?")
    await jan.sees("Waar kan mijn oude bank heen?")
    await jan.presses("Ik pak dit op")
    await jan.toast("nu van jou")
    await jan.says("/werk")
    mine, waits = await jan.sees("🧰 Jij bent hiermee bezig"), await jan.sees("📥 Dit wacht op iemand van je team")
    assert [label.split(" · ")[1] for label in jan.buttons(mine)] == ["Waar kan mijn oude bank heen?"]
    *waiting, on_paper = jan.buttons(waits)
    assert [label.split(" · ")[1] for label in waiting] == ["Wanneer wordt de glasbak gele…"]
    assert on_paper == "🧾 Schrijf op voor een bewoner"

    await jan.presses("glasbak", on=waits)
    card = await jan.sees(GLASS)
    await jan.presses("Ik pak dit op", on=card)
    await jan.toast("nu van jou")
    await jan.sees("👤 Jan is ermee bezig")


async def test_old_buttons_of_what_is_done_do_nothing(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    await asks(fatima)
    card = await answers(jan, "Morgen komt de wagen.")
    await fatima.sees("Morgen komt de wagen.")

    await jan.presses("Ik pak dit op", on=card)
    await jan.toast("Deze vraag is al klaar.", alert=True)
    await jan.presses("Zet door", on=card)
    await jan.toast("Deze vraag is al klaar.", alert=True)
    await fatima.presses("👍 Dit helpt")
    await jan.sees("bedankt je")
    for label in ("Ik pak dit op", "✏️ Antwoord", "Zet door", "⋯ Meer"):
        await jan.presses(label, on=card)
        await jan.toast("Deze vraag is al klaar.", alert=True)
    assert (await town.only(Question)).status == "closed"


async def test_who_works_here_can_ask_too(town: Town) -> None:
    jan, piet = await town.worker("Jan", "buitenruimte"), await town.worker("Piet", "buitenruimte")

    await jan.says("/vraag")
    await jan.says(GLASS)
    await jan.presses("Ga door")
    await says_the_theme(jan, "Afval")
    await jan.presses("Het gaat niet over een wijk")
    await jan.presses("Verstuur mijn vraag")
    receipt = await jan.sees("Je vraag is binnen.")
    await jan.does_not_see("📥 Wie pakt dit op?")
    await jan.replies_to(receipt, "Die bij de school")
    await jan.sees("✅ Toegevoegd aan V-")
    card = await piet.sees("Die bij de school")
    await piet.replies_to(card, "Morgen!")
    await piet.presses("Verstuur antwoord")
    answer = await jan.sees("💬 Antwoord op je vraag V-")
    await jan.replies_to(answer, "Hoe laat?")
    await jan.sees("✅ Toegevoegd aan V-")
    await piet.sees("Hoe laat?")


async def test_one_s_own_question_is_offered_to_oneself_only_when_there_is_nobody_else(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima")

    await jan.says("/vraag")
    await jan.says(GLASS)
    await jan.presses("Ga door")
    await says_the_theme(jan, "Afval")
    await jan.presses("Het gaat niet over een wijk")
    await jan.presses("Verstuur mijn vraag")
    await jan.sees("Je vraag is binnen.")
    card = await jan.sees("📥 Wie pakt dit op?")
    assert jan.buttons(card) == FREE
    await fatima.does_not_see(GLASS)


async def test_what_stands_below_a_photo_is_the_answer_and_that_the_photo_stays_here_is_said(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    await asks(fatima)
    card = await jan.sees(GLASS)

    await jan.sends_photo("De wagen staat al klaar.", reply_to=card)
    await jan.sees("Je tekst heb ik. De foto niet: hier past alleen tekst.")
    review = await jan.sees("Dit stuur ik naar Fatima")
    assert "De wagen staat al klaar." in review["text"]
    await jan.presses("Verstuur antwoord")
    await fatima.sees("De wagen staat al klaar.")


async def test_a_reply_to_the_card_that_is_too_long_is_refused_and_asked_again(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    await asks(fatima)
    card = await jan.sees(GLASS)

    await jan.replies_to(card, "a" * 3001)
    await jan.sees("Je tekst heeft 3.001 tekens. Er passen er 3.000.")
    await jan.sees("Schrijf je antwoord")
    await fatima.does_not_see("aaa")
    await jan.replies_to(card, "a" * 3000)
    await jan.sees("Dit stuur ik naar Fatima (V-")
    await jan.presses("Verstuur antwoord")
    await fatima.sees("a" * 3000)


async def test_the_last_answer_is_corrected_by_who_gave_it_or_has_the_question_however_far_it_is(town: Town) -> None:
    jan, piet = await town.worker("Jan", "buitenruimte"), await town.worker("Piet", "buitenruimte")
    fatima = await town.resident("Fatima", district="Molenwijk")
    await asks(fatima)
    card = await answers(jan, "Maandag komt de wagen.")
    answer = await fatima.sees("Maandag komt de wagen.")
    of_piet = await piet.sees(GLASS)

    async def corrects(worker: Phone, day: str) -> None:
        await worker.sees("Schrijf je hele antwoord op")
        await worker.says(f"{day} komt de wagen.")
        await worker.presses("Verbeter mijn antwoord")
        await worker.sees("is verbeterd.")
        told = await fatima.sees("🩹 ")
        assert told["reply_to_message"]["message_id"] == answer["message_id"]
        await town.quiet()
        assert f"{day} komt de wagen." in fatima.now(answer)

    await fatima.presses("👍 Dit helpt")
    await jan.sees("bedankt je")
    await town.quiet()
    assert (jan.buttons(card), piet.buttons(of_piet)) == (["🩹 Verbeter"], [])
    await jan.presses("🩹 Verbeter")
    await corrects(jan, "Dinsdag")
    assert "🤔 Dit helpt niet" in fatima.buttons(answer)

    await fatima.replies_to(answer, "Hoe laat?")
    more = await jan.sees("Hoe laat?")
    piet.presses_forged(of_piet, f"a:q-correct:{(await town.only(Question)).id}")
    await piet.toast("Dit kan alleen het team", alert=True)
    await presses_more(jan, "🩹 Verbeter", on=more)
    await corrects(jan, "Woensdag")

    await jan.presses("Geef terug aan het team")
    await piet.presses("Ik pak dit op")
    await jan.sees("👤 Piet is ermee bezig")
    await town.quiet()
    assert jan.buttons(card) == ["🔒 Notitie", "🩹 Verbeter"]
    await presses_more(piet, "🩹 Verbeter")
    await corrects(piet, "Donderdag")
    jan.presses_forged(card, f"a:q-correct:{(await town.only(Question)).id}")
    await corrects(jan, "Vrijdag")
