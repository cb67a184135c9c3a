"""What a resident can do with an answer."""

from storage.questions import Question
from tests.journeys.asking import GLASS, answers, asks
from tests.journeys.town import Town

ANSWER = "Morgen komt de wagen."


async def test_thanks_are_passed_on_once_and_the_question_is_done(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    await asks(fatima)
    card = await answers(jan, ANSWER)
    answer = await fatima.sees(ANSWER)

    await fatima.presses("👍 Dit helpt")
    await fatima.toast("🙏 Doorgegeven!")
    await jan.sees("🙏 Fatima bedankt je voor je antwoord op V-")
    await fatima.presses("👍 Dit helpt", on=answer)
    await fatima.toast("Je hebt al bedankt.", alert=True)
    await jan.does_not_see("bedankt je")
    assert "🙏 Bedankt" in jan.now(card)
    await fatima.says("/mijn")
    await fatima.sees("→ afgerond")


async def test_the_resident_asks_on_with_the_button(town: Town) -> None:
    jan, piet = await town.worker("Jan", "buitenruimte"), await town.worker("Piet", "buitenruimte")
    fatima = await town.resident("Fatima", district="Molenwijk")
    await asks(fatima)
    card = await answers(jan, ANSWER)
    await fatima.sees(ANSWER)

    await fatima.presses("Nog een vraag")
    await fatima.sees("Wat wil je nog weten over V-")
    await fatima.says("Hoe laat ongeveer?")
    await fatima.presses("Ga door")
    await fatima.sees("✅ Toegevoegd aan V-")
    more = await jan.sees("💬 Fatima zegt nog iets over V-")
    assert "Hoe laat ongeveer?" in more["text"]
    await piet.does_not_see("zegt nog iets")
    assert "Antwoord\nMorgen komt de wagen." in jan.now(card)
    assert "👤 Jan is ermee bezig" in jan.now(card)

    await jan.presses("✏️ Antwoord", on=more)
    await jan.says("Om acht uur.")
    await jan.presses("Verstuur antwoord")
    await fatima.sees("Om acht uur.")


async def test_the_resident_asks_on_by_replying_to_the_answer(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    await asks(fatima)
    await answers(jan, ANSWER)
    answer = await fatima.sees(ANSWER)

    await fatima.replies_to(answer, "Hoe laat ongeveer?")
    await fatima.sees("✅ Toegevoegd aan V-")
    more = await jan.sees("Hoe laat ongeveer?")
    await jan.replies_to(more, "Om acht uur.")
    await jan.presses("Verstuur antwoord")
    await fatima.sees("Om acht uur.")


async def test_whatever_brings_an_answered_question_back_counts_and_the_third_time_is_a_coordinator_s(
    town: Town,
) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    marieke = await town.coordinator("Marieke")
    await asks(fatima)
    for number in range(1, 4):
        await answers(jan, f"Antwoord {number}.")
        answer = await fatima.sees(f"Antwoord {number}.")
        assert (await town.only(Question)).helped is None  # a new answer isn't rated yet
        if number == 3:
            await fatima.presses("Dit helpt niet", on=answer)
            await fatima.says("Vraag 3?")
            await fatima.presses("Ga door")
            await fatima.sees("is weer open. Een coördinator kijkt er nu naar.")
            why = await marieke.sees("kwam al 3× terug na een antwoord. Daarom heb jij de vraag nu, namens de")
            await marieke.sees("🤔 Het antwoord op V-")  # it wasn't hers
            await jan.sees(why["text"].replace("heb jij", "heeft Marieke"))
        elif number == 2:
            await fatima.presses("👍 Dit helpt")
            await fatima.presses("Nog een vraag", on=answer)
            await fatima.says("Vraag 2?")
            await fatima.presses("Ga door")
        else:
            await fatima.replies_to(answer, "Vraag 1?")
        await fatima.replies_to(answer, f"En over vraag {number} nog dit.")  # it is open by now: that doesn't count
        await (marieke if number == 3 else jan).sees(f"En over vraag {number} nog dit.")
    question = await town.only(Question)
    assert (question.reopened, question.assignee_id) == (3, (await town.person(marieke)).id)
    assert question.helped == "no"


async def test_an_answer_that_did_not_help_reopens_the_question(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    await asks(fatima)
    card = await answers(jan, ANSWER)
    await fatima.sees(ANSWER)

    await fatima.presses("Dit helpt niet")
    await fatima.sees("Wat mis je nog in het antwoord op")
    await fatima.sends_sticker()
    await fatima.sees("Stuur een tekst, foto, spraakbericht of locatie.")
    await fatima.says("Hij is nu al vol!")
    await fatima.presses("Ga door")
    await fatima.sees("is weer open. Je krijgt uiterlijk")
    assert "Hij is nu al vol!" in (await jan.sees("🤔 Je antwoord op V-"))["text"]
    await town.quiet()
    assert "👤 Jan is ermee bezig" in jan.now(card)
    await fatima.says("/mijn")
    await fatima.sees("→ er is iemand mee bezig")
    question = await town.only(Question)
    assert (question.reopened, question.status) == (1, "claimed")


async def test_thanks_and_a_new_question_after_it_reopen_too(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    await asks(fatima, GLASS)
    await answers(jan, ANSWER)
    answer = await fatima.sees(ANSWER)
    await fatima.presses("👍 Dit helpt")
    await jan.sees("bedankt je")

    await fatima.presses("Nog een vraag", on=answer)
    await fatima.says("En de papierbak?")
    await fatima.presses("Ga door")
    await fatima.sees("✅ Toegevoegd aan V-")
    await jan.sees("En de papierbak?")
    assert (await town.only(Question)).status == "claimed"


async def test_thanks_in_words_bring_nothing_back(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    receipt = await asks(fatima)
    await fatima.replies_to(receipt, "Alvast bedankt!")
    await fatima.sees("😊 Graag gedaan!")
    await jan.does_not_see("zegt nog iets")
    await answers(jan, ANSWER)
    answer = await fatima.sees(ANSWER)

    await fatima.says("Bedankt!")
    await fatima.sees("😊 Graag gedaan! Wil je nog iets doen?")
    await fatima.replies_to(answer, "Dank je wel!")
    await fatima.sees("🙏 Graag gedaan! Ik geef je bedankje door.")
    await jan.sees("🙏 Fatima bedankt je")
    assert (await town.only(Question)).status == "closed"
