"""Two people at the same question."""

import asyncio

from storage.audit import AuditEntry
from storage.people import Person
from storage.questions import Question
from tests.journeys.asking import GLASS, asks, presses_more, says_the_theme
from tests.journeys.town import Town


async def test_of_two_who_take_a_question_at_once_one_gets_it(town: Town) -> None:
    names = ["Jan", "Piet", "Samira"]
    workers = [await town.worker(name, "buitenruimte") for name in names]
    fatima = await town.resident("Fatima", district="Molenwijk")
    await asks(fatima)
    cards = [await worker.sees(GLASS) for worker in workers]

    await asyncio.gather(
        *(worker.presses("Ik pak dit op", on=card) for worker, card in zip(workers, cards, strict=True))
    )
    await town.quiet()

    question = await town.only(Question)
    people = {person.id: person for person in await town.rows(Person)}
    winner = people[question.assignee_id].first_name
    for worker, card in zip(workers, cards, strict=True):
        assert f"👤 {winner} is ermee bezig" in worker.now(card)
        if worker.name == winner:
            await worker.toast("👍 Deze vraag is nu van jou.")
        else:
            await worker.toast(f"{winner} is hier al mee bezig.", alert=True)
            assert worker.buttons(card) == ["🔒 Notitie"]
    claims = [entry for entry in await town.rows(AuditEntry) if entry.command == "ClaimQuestion"]
    assert [people[entry.actor_id].first_name for entry in claims] == [winner]


async def test_who_answers_after_somebody_else_took_it_gets_the_text_back(town: Town) -> None:
    jan, piet = await town.worker("Jan", "buitenruimte"), await town.worker("Piet", "buitenruimte")
    fatima = await town.resident("Fatima", district="Molenwijk")
    await asks(fatima)
    await jan.sees(GLASS)
    await piet.sees(GLASS)

    await piet.presses("✏️ Antwoord")
    await piet.says("Een heel lang antwoord waar ik een uur aan werkte")
    await piet.sees("Dit stuur ik naar Fatima (V-")
    await piet.presses("Geef terug aan het team")
    await jan.presses("Ik pak dit op")
    await jan.toast("nu van jou")
    await piet.presses("Verstuur antwoord")
    back = await piet.sees("Jan is hier al mee bezig. Je tekst is niet verstuurd. Hier is hij terug:")
    assert "Een heel lang antwoord waar ik een uur aan werkte" in back["text"]
    await fatima.does_not_see("een uur aan werkte")


async def test_who_answers_a_question_that_was_closed_meanwhile_gets_the_text_back(town: Town) -> None:
    jan, piet = await town.worker("Jan", "buitenruimte"), await town.worker("Piet", "buitenruimte")
    fatima = await town.resident("Fatima", district="Molenwijk")
    await asks(fatima)
    await jan.sees(GLASS)
    of_piet = await piet.sees(GLASS)

    await piet.presses("✏️ Antwoord", on=of_piet)
    await piet.says("Morgen komt de wagen.")
    await piet.sees("Dit stuur ik naar Fatima (V-")
    await piet.presses("Geef terug aan het team")
    await presses_more(jan, "☑️ Rond af")
    await jan.says("Deze vraag is dubbel.")
    await jan.presses("☑️ Rond af")
    await jan.sees("is afgerond")
    await piet.presses("Verstuur antwoord")
    await piet.sees("Je tekst is niet verstuurd. Hier is hij terug:\n\nMorgen komt de wagen.")
    await fatima.sees("Deze vraag is dubbel.")
    await fatima.does_not_see("Morgen komt de wagen.")


async def test_the_same_button_pressed_twice_does_it_once(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    await fatima.says("/vraag")
    await fatima.says(GLASS)
    await fatima.presses("Ga door")
    await says_the_theme(fatima, "Afval")
    review = await fatima.sees("Klopt je vraag zo?")

    town.provokes("editMessageReplyMarkup")  # the buttons are gone already
    await asyncio.gather(*(fatima.presses("Verstuur mijn vraag", on=review) for _ in range(3)))
    await fatima.sees("Je vraag is binnen.")
    await fatima.does_not_see("Je vraag is binnen.")
    await fatima.toast("Dit is al klaar. Deze knop doet niets meer.")
    await town.only(Question)
    await jan.sees(GLASS)
    await jan.does_not_see(GLASS)


async def test_updates_that_come_twice_are_carried_out_once(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")

    town.provokes("answerCallbackQuery")  # it is answered already
    town.sandbox.faults.duplicate(times=100)
    await asks(fatima)
    await jan.sees(GLASS)
    await jan.presses("Ik pak dit op")
    await jan.toast("nu van jou")
    await town.quiet()

    await town.only(Question)
    await jan.no_toast()
    await fatima.does_not_see("Je vraag is binnen.")


async def test_many_at_once_get_in_nobody_s_way(town: Town) -> None:
    workers = [await town.worker(name, "buitenruimte") for name in ("Jan", "Piet")]
    residents = [await town.resident(f"Bewoner {number}", district="Molenwijk") for number in range(5)]

    await asyncio.gather(*(asks(resident, f"Vraag van {resident.name}") for resident in residents))
    cards = [[await worker.sees_again(f"Vraag van {resident.name}") for resident in residents] for worker in workers]
    await asyncio.gather(
        *(
            worker.presses("Ik pak dit op", on=card)
            for worker, theirs in zip(workers, cards, strict=True)
            for card in theirs
        ),
        *(resident.says("/mijn") for resident in residents),
    )
    await town.quiet()

    questions = await town.rows(Question)
    assert sorted(question.reference[-4:] for question in questions) == ["0001", "0002", "0003", "0004", "0005"]
    assert {question.status for question in questions} == {"claimed"}
    for first, second in zip(*cards, strict=True):
        assert workers[0].now(first) == workers[1].now(second)


async def test_two_who_leave_at_once_leave_nothing_behind(town: Town) -> None:
    jan, piet = await town.worker("Jan", "buitenruimte"), await town.worker("Piet", "buitenruimte")
    samira, fatima = await town.worker("Samira"), await town.resident("Fatima", district="Molenwijk")
    for worker in (jan, piet, jan, piet):
        await asks(fatima)
        await worker.presses("Ik pak dit op")
        await worker.toast("nu van jou")

    for method in ("sendMessage", "editMessageText"):
        town.provokes(method, 403)
    await asyncio.gather(jan.blocks(), piet.blocks())
    await town.quiet()
    assert {(question.status, question.assignee_id) for question in await town.rows(Question)} == {("open", None)}
    await samira.says("/werk")
    waits = await samira.sees("📥 Dit wacht op iemand van je team")
    assert [button[:6] for button in samira.buttons(waits)].count("V-2026"[:6]) == 4
