"""One named guide, and somebody who helps while the guide is away."""

from datetime import timedelta

from storage.initiatives import Initiative
from tests.journeys.running_initiative import begun
from tests.journeys.town import Town


async def test_a_guide_is_away_a_colleague_helps_and_on_the_day_the_guide_is_back(town: Town) -> None:
    jan, piet = await town.worker("Jan", "buitenruimte"), await town.worker("Piet", "buitenruimte")
    fatima = await town.resident("Fatima", district="Molenwijk")
    await begun(town, fatima)
    card = await piet.sees("Gebiedsmakelaar: Jan")
    assert "Route: Gewoon beginnen" in card["text"]

    await jan.says("/instellingen")
    await jan.presses("🏖 Ik ben er even niet")
    await jan.sees("Wanneer ben je er weer?")
    await jan.presses("Overmorgen")
    await jan.sees("Wie helpt zolang bij je initiatieven en vragen?")
    await jan.presses("Piet")
    await jan.sees("Klopt dit?")
    await jan.presses("Ja, zo is het")
    await jan.sees("🏖 Goed. Je bent er niet tot")
    told = await fatima.sees("🏖 Jan is er niet tot")
    assert "Piet helpt je zolang" in told["text"]
    await piet.sees("Jij begeleidt zolang: Bloemen op het plein.")
    await town.quiet()
    assert "Piet helpt zolang." in piet.now(card)
    assert piet.buttons(card)[0] == "👋 Groet de bewoner"

    await fatima.replies_to(told, "Wanneer komt er iemand?")
    question = await piet.sees("Wanneer komt er iemand?")
    await piet.replies_to(question, "Morgen!")
    await fatima.sees("Bericht van Piet, die Jan vervangt")
    await fatima.presses("📋 Alles over dit initiatief")
    await fatima.sees("👤 Gebiedsmakelaar: Jan – is er niet tot")
    await piet.says("/werk")
    await piet.sees("🌱 Initiatieven die jij begeleidt")
    marieke = await town.coordinator("Marieke")
    await marieke.says("/team")
    assert "Team Buitenruimte: Jan (🏖 tot" in (await marieke.sees("👥 Teams"))["text"]
    await jan.says("/instellingen")
    screen = await jan.sees("🏖 Je bent er niet tot")
    assert "Piet vervangt je." in screen["text"]
    assert "👋 Ik ben er weer" in jan.buttons(screen)

    await town.passes(timedelta(days=2))
    await jan.sees("👋 Welkom terug! Je begeleidt weer")
    await fatima.sees("👋 Jan is er weer, en helpt je verder")
    await piet.sees("Bedankt voor het helpen!")
    assert (await town.only(Initiative)).deputy_id is None
    assert "Piet helpt zolang." not in piet.now(card)


async def test_a_colleague_takes_over_and_who_is_back_earlier_says_so(town: Town) -> None:
    jan, piet = await town.worker("Jan", "buitenruimte"), await town.worker("Piet", "buitenruimte")
    fatima = await town.resident("Fatima", district="Molenwijk")
    await begun(town, fatima)

    await piet.sees("Gebiedsmakelaar: Jan")
    await piet.presses("📋 Alles over dit initiatief")
    await piet.presses("👤 Ik begeleid dit voortaan")
    await piet.sees("in plaats van Jan? De initiatiefnemers krijgen bericht.")
    await piet.presses("Ja")
    await piet.sees("✅ Jij begeleidt nu")
    await fatima.sees("👤 Piet is nu jouw gebiedsmakelaar")
    await jan.sees("👤 Piet begeleidt voortaan")

    await piet.says("/instellingen")
    await piet.presses("🏖 Ik ben er even niet")
    await piet.presses("Morgen")
    await piet.presses("Laat het aan het team")
    await piet.presses("Ja, zo is het")
    await fatima.sees("Jan helpt je zolang")
    kept = await piet.sees("🏖 Goed. Je bent er niet tot")
    await piet.presses("👋 Ik ben er weer", on=kept)
    await piet.sees("👋 Welkom terug!")
    await fatima.sees("👋 Piet is er weer")
    await piet.presses("Ik ben er weer", on=kept)
    await piet.toast("Je staat niet als afwezig.", alert=True)
