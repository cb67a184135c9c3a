"""Articles: made of an answer that was given, written and kept right from the chat, found by who asks."""

from datetime import timedelta

from flows.context import Context
from flows.knowledge.offering import searched
from storage.columns import now
from storage.knowledge import Article, ArticleSearch, SearchOutcome
from storage.questions import Question
from tests.journeys.asking import answers, asks
from tests.journeys.town import Town


async def test_an_answer_becomes_an_article_that_helps_the_next(town: Town) -> None:
    jan, piet = await town.worker("Jan", "buitenruimte"), await town.worker("Piet")
    fatima, omar = await town.resident("Fatima", district="Molenwijk"), await town.resident("Omar")
    await asks(fatima, "Wanneer wordt de glasbak geleegd? Groeten van Fatima")
    await jan.presses("Ik pak dit op")
    await answers(jan, "Beste Fatima, elke maandag om acht uur. Mail anders jan@elzermeer.nl.")

    await jan.presses("Maak er een artikel van")
    review = await jan.sees("Klopt dit artikel?")
    assert "Wanneer wordt de glasbak geleegd? Groeten van …" in review["text"]
    assert "Elke maandag om acht uur. Mail anders …." in review["text"]
    await jan.presses("✏️ Vraag", on=review)
    await jan.says("Wanneer wordt de glasbak geleegd?")
    piet.presses_forged(await piet.sees_again("Je kunt beginnen."), "a:k-from:1")
    await piet.toast("Dit kan alleen het team dat hierover gaat.")
    await jan.presses("Zet het klaar")
    await jan.sees("Bewoners vinden nu: Wanneer wordt de glasbak geleegd?")

    await omar.says("hoe laat legen ze de glazbak bij ons")
    await omar.presses("vraag het")
    offered = await omar.sees("Nagekeken op")
    assert "Elke maandag om acht uur." in offered["text"]
    assert "Vraag een mens" in omar.buttons(offered)[1]
    await omar.presses("Dit helpt")
    kept = await omar.sees("Fijn dat het helpt!")
    assert "Elke maandag om acht uur." in kept["text"]
    assert "Nagekeken op" in kept["text"]
    article = await town.only(Article)
    assert (article.helped, article.question_id, article.team_code) == (1, 1, "buitenruimte")
    await town.only(Question)
    await omar.says("en wordt de glasbak op zondag geleegd?")
    await omar.sees("Wil je dit aan de gemeente vragen?")
    await omar.presses("vraag het")
    await omar.sees("Nagekeken op")
    await omar.says(
        "Ik bedoel eigenlijk iets heel anders: mijn paspoort is verlopen, hoe vraag ik een nieuw paspoort aan?"
    )
    await omar.presses("vraag het")
    assert "Nagekeken op" not in await omar.is_asked(), "this finds nothing"
    await omar.presses("Het gaat niet over een wijk")
    await omar.presses("Verstuur mijn vraag")
    await omar.sees("Je vraag is binnen.")
    article = await town.only(Article)
    assert (article.helped, article.did_not_help) == (1, 1), "it was shown before they wrote more"
    assert (await town.rows(ArticleSearch))[-1].outcome == SearchOutcome.ASKED


async def test_an_article_is_written_found_helps_and_is_checked(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima")

    await jan.says("/artikelen")
    await jan.presses("Nieuw artikel")
    await jan.says("Wanneer wordt de glasbak geleegd?")
    await jan.says("Elke maandag. Het BSN is 111222333.")
    await jan.sees("dat op een BSN lijkt")
    await jan.says("Elke maandag, behalve op feestdagen.")
    await jan.presses("Afval")
    await jan.sees("Klopt dit artikel?")
    await jan.presses("Zet het klaar")
    await jan.sees("Bewoners vinden nu: Wanneer wordt de glasbak geleegd?")

    await jan.presses("Nieuw artikel")
    await jan.says("Wanneer wordt de papierbak geleegd?")
    await jan.says("Elke eerste dinsdag van de maand.")
    await jan.presses("Afval")
    await jan.presses("Zet het klaar")
    await jan.sees("Bewoners vinden nu: Wanneer wordt de papierbak geleegd?")

    await fatima.says("wanneer legen jullie de glasbak en de papierbak?")
    await fatima.presses("vraag het")
    listed = await fatima.sees("Wanneer wordt de papierbak geleegd? Nagekeken op")
    assert "Wanneer wordt de glasbak geleegd? Nagekeken op" in listed["text"]
    await fatima.presses("papierbak")
    await fatima.presses("Dit helpt")
    assert "Elke eerste dinsdag van de maand." in (await fatima.sees("Fijn dat het helpt!"))["text"]
    assert [one.helped for one in await town.rows(Article)] == [0, 1]
    async with town.app.database.transaction() as session:
        context = Context(house=town.app.house, session=session, now=now(), actor=None)
        await searched(context, "mag er een matras bij het vuil, bel 06-12345678", [], SearchOutcome.NOTHING, "afval")
        await searched(context, "hoe laat gaat het zwembad open", [], SearchOutcome.NOTHING)

    await jan.says("/artikelen")
    await jan.presses("Wat bewoners niet vonden")
    missing = await jan.sees("Ze vonden niets, of een artikel hielp niet.")
    assert jan.buttons(missing) == ["✏️ 1× mag er een matras bij het vuil, bel …"], (
        "of no theme: the front desk reads it"
    )
    numbers = {one.theme_code: one.id for one in (await town.rows(ArticleSearch))[1:]}
    jan.presses_forged(missing, f"a:k-new:{numbers[None]}")
    await jan.sees("Wat vragen bewoners?")
    assert "zwembad" not in await jan.is_asked()
    await jan.presses("Stop")
    await jan.presses("matras", on=missing)
    assert "Nu staat er: mag er een matras bij het vuil, bel …" in await jan.is_asked()
    await jan.presses("Laat het zo")
    await jan.says("Nee, breng het naar de milieustraat.")
    review = await jan.sees("Klopt dit artikel?")
    assert "Afval" in review["text"]
    await jan.presses("✏️ Vraag", on=review)
    assert "Laat het zo" not in await jan.is_asked(), "it would keep the line, not what they change"
    await jan.says("Mag een matras bij het grofvuil?")
    await jan.presses("Zet het klaar")
    await jan.sees("Bewoners vinden nu: Mag een matras bij het grofvuil?")
    await jan.presses("Bekijk het artikel")
    await jan.presses("Haal weg")
    await jan.presses("Laat staan")
    await jan.sees("📚 Artikelen")
    carla = await town.coordinator("Carla")
    await carla.says("/artikelen")
    await carla.presses("Wat bewoners niet vonden")
    assert len(carla.buttons(await carla.sees("Wat bewoners niet vonden"))) == 2
    await town.passes(timedelta(days=190))
    card = await jan.sees("Klopt dit nog?")
    await jan.presses("Klopt", on=card)
    await jan.sees("klopt nog")
    days = sorted((one.review_on - now().date()).days for one in await town.rows(Article))
    assert days[0] <= 14 < 150 < days[-1], "one is asked again, what still is right is for half a year"
