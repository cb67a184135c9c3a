"""A question is understood: what its words say isn't asked, and what isn't for the desk gets its number at once."""

from storage.knowledge import ArticleSearch
from storage.questions import Question, ThemeBy
from tests.journeys.asking import GLASS, asks
from tests.journeys.town import Town


async def test_only_what_the_words_dont_say_is_asked(town: Town) -> None:
    jan, piet = await town.worker("Jan", "buitenruimte"), await town.worker("Piet")
    tess = await town.worker("Tess", "toezicht")
    fatima = await town.resident("Fatima", district="Molenwijk")

    await fatima.says("/vraag")
    await fatima.says("Wanneer wordt de glasbak in de Vogelbuurt geleegd?")
    await fatima.presses("Ga door")
    review = await fatima.sees("Klopt je vraag zo?")
    assert "Onderwerp\nAfval en een schone buurt" in review["text"]
    assert "Wijk\nLindenrijk" in review["text"]
    await fatima.presses("Verstuur mijn vraag")
    await fatima.sees("Team Buitenruimte gaat ermee aan de slag.")
    await jan.sees("Lindenrijk · Team Buitenruimte")

    await fatima.says("/vraag")
    await fatima.says("Ik weet niet waar ik moet zijn")
    await fatima.presses("Ga door")
    await fatima.sees("Waar gaat het over?")
    await fatima.presses("Weet ik niet")
    await fatima.presses("Verstuur mijn vraag")
    await fatima.sees("Klantcontact gaat ermee aan de slag.")
    await piet.sees("❓ Nog geen onderwerp")

    await fatima.says("/vraag")
    await fatima.says("Er zijn altijd hangjongeren bij de school")
    await fatima.presses("Ga door")
    unclear = await fatima.sees("Ik denk aan een van deze onderwerpen.")
    assert 2 <= fatima.buttons(unclear).index("📋 Iets anders") <= 3
    await fatima.presses("Overlast en veiligheid")
    await fatima.presses("Verstuur mijn vraag")
    await fatima.sees("Team Toezicht gaat ermee aan de slag.")
    await tess.sees("hangjongeren bij de school")

    kept = [(one.theme_code, one.theme_by, one.team_code) for one in await town.rows(Question)]
    assert kept == [
        ("afval", ThemeBy.GUESS, "buitenruimte"),
        (None, None, "klantcontact"),
        ("veilig", ThemeBy.ASKER, "toezicht"),
    ]
    assert {one.outcome for one in await town.rows(ArticleSearch)} == {"nothing"}


async def test_what_belongs_elsewhere_is_said_at_once_and_more_words_find_their_question(town: Town) -> None:
    jan = await town.worker("Jan", "buitenruimte")
    fatima = await town.resident("Fatima", district="Molenwijk")

    await fatima.says("brand!!")
    await fatima.sees("🔥 Is er nu brand? Ga naar buiten en bel 112.")
    await fatima.presses("Oké, dat doe ik")
    await fatima.sees("Goed. Bel 112. Heb je nog een vraag? Stel hem gerust.")
    await fatima.says("Hoe vraag ik huurtoeslag aan?")
    elsewhere = await fatima.sees("📍 Hier gaat de Dienst Toeslagen over.")
    assert "0800-0543" in elsewhere["text"]
    assert fatima.buttons(elsewhere)[:2] == ["✅ Oké, dat doe ik", "💬 Toch aan de gemeente vragen"]
    await fatima.presses("Oké, dat doe ik")
    await fatima.sees("Goed. Heb je nog een vraag? Stel hem gerust.")

    await asks(fatima, GLASS)
    await jan.sees(GLASS)
    await fatima.says("Hij zit nu echt helemaal vol hoor")
    offered = await fatima.sees("Hoort dit bij een vraag die je al stelde?")
    assert next(label.partition(" · ")[2] for label in fatima.buttons(offered)) == "Wanneer wordt de glasbak gele…"
    await fatima.presses("0001 · Wanneer")
    await fatima.sees("✅ Toegevoegd aan V-")
    await jan.sees("Hij zit nu echt helemaal vol hoor")
    assert len(await town.rows(Question)) == 1

    await fatima.says("Kan ik ook een tweede groene container krijgen?")
    await fatima.presses("Nieuwe vraag")
    await fatima.presses("Verstuur mijn vraag")
    await fatima.sees("Je vraag is binnen.")
    assert len(await town.rows(Question)) == 2
