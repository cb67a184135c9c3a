"""What who works here reads as the name of who asks."""

from flows.questions.verbs import AskQuestion
from flows.talk.own_words import Words
from tests.journeys.running_initiative import does
from tests.journeys.town import Town


async def test_who_works_here_sees_a_first_name_until_somebody_shares_all_of_it(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "klantcontact"), await town.resident("Fatima 🌷 van den Berg")
    asked = AskQuestion(words=(Words(text="Wie helpt mij?"),), theme=None, district=None)
    await does(town, fatima, asked)
    card = await jan.sees("Van: Fatima")
    assert "Berg" not in card["text"]

    await fatima.says("/instellingen")
    await fatima.sees("Medewerkers zien bij je vragen: Fatima")
    await fatima.presses("Toon mijn hele naam")
    await fatima.sees("Medewerkers zien bij je vragen: Fatima 🌷 van den Berg")
    await jan.sees("Van: Fatima 🌷 van den Berg")

    await fatima.presses("Toon alleen mijn voornaam")
    await fatima.sees("Medewerkers zien bij je vragen: Fatima")
    await jan.sees("Van: Fatima")
    await town.quiet()
    assert "Berg" not in jan.now(card)
