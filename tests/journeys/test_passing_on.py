"""A question is passed on to another team."""

from storage.questions import Question
from tests.journeys.asking import GLASS, answers, asks
from tests.journeys.town import Town

HANDED = ["👍 Ja, ik neem hem aan", "↩️ Niet van ons", "⋯ Meer"]


async def test_a_question_is_passed_on_with_the_reason_and_keeps_its_term(town: Town) -> None:
    jan, piet = await town.worker("Jan", "buitenruimte"), await town.worker("Piet", "toezicht")
    fatima = await town.resident("Fatima", district="Molenwijk")
    await asks(fatima, "Bij de glasbak staat elke nacht een auto te ronken")
    card = await jan.sees("auto te ronken")
    due = (await town.only(Question)).due_at

    await jan.presses("Zet door")
    choice = await jan.sees("Welk team gaat")
    assert "Team Buitenruimte" not in jan.buttons(choice)
    await jan.presses("Team Toezicht")
    await jan.sees("Waarom hoort de vraag daar?")
    await jan.says("Dit gaat over nachtelijke overlast.")
    review = await jan.sees("Dit zet ik door: V-")
    assert "van Fatima.\nBij de glasbak staat elke nacht een auto te ronken" in review["text"]
    assert "Team\nTeam Toezicht" in review["text"]
    await jan.presses("↪️ Zet door")
    await jan.sees("ligt nu bij Team Toezicht.")

    told = await fatima.sees("↪️ Je vraag V-")
    assert "ligt nu bij Team Toezicht. Je hoeft niets te doen." in told["text"]
    assert "overlast" not in told["text"]
    passed = await piet.sees("auto te ronken")
    assert "Doorgezet, omdat\nDit gaat over nachtelijke overlast." in passed["text"]
    assert piet.buttons(passed) == HANDED
    assert "↪️ Jan zette deze vraag door. Piet is aan de beurt. Is hij van jullie?" in passed["text"]
    await town.quiet()
    assert jan.buttons(card) == []
    assert (await town.only(Question)).due_at == due

    await piet.presses("Ja, ik neem hem aan")
    await piet.toast("👍 Deze vraag is nu van jou.")
    await town.quiet()
    assert "👤 Piet is ermee bezig" in piet.now(passed)
    await answers(piet, "We gaan vannacht kijken.")
    await fatima.sees("– Piet, Team Toezicht")


async def test_a_question_passed_on_to_one_s_own_other_team_stays_on_the_same_card(town: Town) -> None:
    jan, fatima = (
        await town.worker("Jan", "buitenruimte", "toezicht"),
        await town.resident("Fatima", district="Molenwijk"),
    )
    await asks(fatima)
    card = await jan.sees(GLASS)

    await jan.presses("Zet door")
    await jan.presses("Team Toezicht")
    await jan.says("Dit is overlast.")
    await jan.presses("↪️ Zet door")
    await jan.sees("ligt nu bij Team Toezicht")
    await town.quiet()
    assert "Molenwijk · Team Toezicht" in jan.now(card)
    assert jan.buttons(card) == HANDED


async def test_a_team_where_nobody_is_says_so_and_the_one_who_passes_on_reads_who_gets_it(town: Town) -> None:
    jan, samira = await town.worker("Jan", "buitenruimte"), await town.worker("Samira")
    fatima = await town.resident("Fatima", district="Molenwijk")
    await asks(fatima)
    await jan.sees(GLASS)

    await jan.presses("Zet door")
    choice = await jan.sees("Welk team gaat")
    assert "Team Toezicht (nog niemand)" in jan.buttons(choice)
    assert "Klantcontact" in jan.buttons(choice)
    await jan.presses("Team Toezicht (nog niemand)")
    await jan.says("Dit is overlast.")
    await jan.presses("↪️ Zet door")
    done = await jan.sees("staat nu bij Team Toezicht.")
    assert "Daar is nog niemand, dus dit gaat naar Samira." in done["text"]
    told = await fatima.sees("↪️ Je vraag V-")
    assert "Samira" not in told["text"]
    card = await samira.sees("Team Toezicht")
    assert GLASS in card["text"]
    assert samira.buttons(card) == HANDED
