"""Articles: written and kept right from the chat, also from an answer that was given."""

from datetime import timedelta

from flows.commands import Done, carry
from flows.context import Context
from flows.knowledge.desk_verbs import FoundAnswer
from flows.knowledge.offering import articles_for, searched
from flows.knowledge.writing import begin
from storage.columns import now
from storage.knowledge import Article, ArticleSearch, SearchOutcome
from storage.people import Person
from tests.journeys.town import Town


async def test_an_article_is_written_found_helps_and_is_checked(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima")

    await jan.says("/artikelen")
    await jan.presses("Nieuw artikel")
    await jan.says("Wanneer wordt de glasbak geleegd?")
    await jan.says("Elke maandag, behalve op feestdagen.")
    await jan.presses("Afval")
    await jan.sees("Klopt dit artikel?")
    await jan.presses("Zet het klaar")
    await jan.sees("Bewoners vinden nu: Wanneer wordt de glasbak geleegd?")

    person = await town.person(fatima)
    async with town.app.database.transaction() as session:
        me = await session.get_one(Person, person.id)
        context = Context(house=town.app.house, session=session, now=now(), actor=me)
        [found] = await articles_for(context, "wanneer legen jullie de glasbak")
        words = "wanneer legen jullie de glasbak, bel 06-12345678"
        command = FoundAnswer(article_id=found["id"], found=(found["id"],), words=words)
        assert isinstance(await carry(context, command), Done)
        await searched(context, "mag er een matras bij het vuil", [], SearchOutcome.NOTHING, "afval")
        await searched(context, "hoe laat gaat het zwembad open", [], SearchOutcome.NOTHING)
    town.app.sender.wake()
    await fatima.sees("Fijn dat het helpt!")
    assert (await town.only(Article)).helped == 1
    assert (await town.rows(ArticleSearch))[0].asked == "wanneer legen jullie de glasbak, bel …"

    await jan.says("/artikelen")
    await jan.presses("Wat bewoners niet vonden")
    missing = await jan.sees("Gezocht en niet gevonden")
    assert jan.buttons(missing) == ["✏️ 1× mag er een matras bij het vuil"], "of no theme: the front desk reads it"
    numbers = {one.theme_code: one.id for one in (await town.rows(ArticleSearch))[1:]}
    worker = await town.person(jan)
    async with town.app.database.transaction() as session:
        me = await session.get_one(Person, worker.id)
        context = Context(house=town.app.house, session=session, now=now(), actor=me)
        assert (await begin(context, question_id=None, search_id=numbers["afval"]))["question"] is not None
        assert (await begin(context, question_id=None, search_id=numbers[None]))["question"] is None, "a forged button"
    carla = await town.coordinator("Carla")
    await carla.says("/artikelen")
    await carla.presses("Wat bewoners niet vonden")
    assert len(carla.buttons(await carla.sees("Gezocht en niet gevonden"))) == 2
    await town.passes(timedelta(days=190))
    card = await jan.sees("Klopt dit nog?")
    await jan.presses("Klopt", on=card)
    await jan.sees("klopt nog")
    assert (await town.only(Article)).review_on > now().date() + timedelta(days=150)
