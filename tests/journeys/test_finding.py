"""Looking through the initiatives, one card at a time."""

from datetime import timedelta

from flows.initiatives.finding.alike import index_missing
from storage.columns import now
from storage.initiatives import Initiative, InitiativeStatus
from storage.steps import Step
from tests.journeys.town import Town

MOLENWIJK, AKKERS = "WK999904", "WK999907"


async def holds(town: Town, *initiatives: Initiative) -> None:
    """These run in the town already."""
    async with town.app.database.transaction() as session:
        session.add_all(initiatives)
        await session.flush()
        await index_missing(session, town.app.house.municipality)


def running(title: str, number: int, *, district: str | None = MOLENWIJK, theme: str = "groen") -> Initiative:
    """Somebody's, started long ago."""
    return Initiative(
        reference=f"I-2025-{number:04}",
        title=title,
        idea="Alleen het team leest van de bakker",
        helpers=["neighbours"],
        district_code=district,
        theme_code=theme,
        first_step="Drie buren vragen",
        status=InitiativeStatus.EXPLORING,
        team_code="gebied-stad",
        respond_by=now(),
        created_at=now() - timedelta(days=100),
    )


async def test_a_resident_turns_the_cards_of_their_district_of_a_theme_and_of_who_needs_help(town: Town) -> None:
    kees = await town.resident("Kees", district="Molenwijk")
    await kees.says("/initiatieven")
    await kees.sees("Er is nog geen initiatief. Begin jij het eerste?")
    person = await town.person(kees)
    tuin, soep, sloot = running("Geveltuinen", 1), running("Soepbus", 2, theme="samen"), running("Schone sloot", 3)
    for one in (tuin, soep, sloot):
        one.initiator_id = person.id
    done, far = running("Klaar is Kees", 4), running("Verre vijver", 5, district=AKKERS)
    done.status, done.initiator_id, far.initiator_id = InitiativeStatus.DONE, person.id, person.id
    hidden, stopped = running("Verborgen", 6), running("Gestopt", 7)
    hidden.hidden_at, stopped.status = now(), InitiativeStatus.STOPPED
    soep.created_at = now()
    await holds(town, tuin, soep, sloot, done, far, hidden, stopped)
    async with town.app.database.transaction() as session:
        session.add(Step(initiative_id=sloot.id or 0, text="Netten lenen"))

    await kees.says("/initiatieven")
    menu = await kees.sees("Wat gebeurt er in de buurt?")
    assert kees.buttons(menu)[:4] == ["🏠 Molenwijk (4)", "🆕 Nieuw (1)", "🙋 Hulp is welkom (1)", "📚 Alles (5)"]

    await kees.presses("🏠 Molenwijk")
    card = await kees.sees("Schone sloot")
    assert card["message_id"] == menu["message_id"]
    assert "🌱 Schone sloot\n🌳 Groen en water · Molenwijk · in gesprek\nEerste stap: Drie buren vragen" in card["text"]
    assert kees.buttons(card) == ["◀️", "1/4", "▶️", "📋 Alles over dit initiatief", "↩️ Kijk anders"]
    await kees.presses("1/4")
    await kees.toast("Dit is kaart 1 van 4.")
    await kees.presses("▶️")
    await kees.sees("Soepbus")
    await kees.presses("▶️")
    await kees.sees("Geveltuinen")
    await kees.presses("▶️")
    last = await kees.sees("Klaar is Kees")
    assert "klaar" in last["text"]
    await kees.presses("▶️")
    await kees.sees("Schone sloot")
    await kees.presses("◀️")
    await kees.sees("Klaar is Kees")

    await kees.presses("Kijk anders")
    await kees.presses("Kies een wijk")
    districts = await kees.sees("In welke wijk wil je kijken?")
    assert kees.buttons(districts) == ["De Akkers (1)", "Molenwijk (4)", "↩️ Kijk anders"]
    await kees.presses("De Akkers")
    lonely = await kees.sees("Verre vijver")
    assert kees.buttons(lonely) == ["📋 Alles over dit initiatief", "↩️ Kijk anders"]
    await kees.presses("Kijk anders")
    await kees.presses("Kies een onderwerp")
    await kees.presses("Samen leven en zorg (1)")
    await kees.sees("Soepbus")
    await kees.presses("Kijk anders")
    await kees.presses("Hulp is welkom")
    await kees.sees("Schone sloot")
    await kees.presses("Kijk anders")
    await kees.presses("Nieuw")
    await kees.sees("Soepbus")
    await kees.presses("Alles over dit initiatief")
    await kees.sees("🌱 Soepbus · I-2025-0002")

    assert not any(word in text for text in kees.everything() for word in ("Verborgen", "Gestopt", "bakker"))


async def test_a_resident_searches_with_words(town: Town) -> None:
    kees = await town.resident("Kees")
    await holds(town, running("Geveltuintjes", 1), running("Soepbus", 2), running("Tuin van de gevel af", 3))

    await kees.says("/initiatieven")
    await kees.presses("Zoek een woord")
    await kees.sees("Waar zoek je naar?")
    await kees.says("Zijn er geveltuinen?")
    first = await kees.sees("Gezocht: geveltuinen")
    assert "🌱 Geveltuintjes" in first["text"]
    await kees.presses("▶️")
    assert "🌱 Tuin van de gevel af" in (await kees.sees("Gezocht: geveltuinen"))["text"]

    await kees.says("/initiatieven soep")
    await kees.sees("🌱 Soepbus")
    await kees.says("/initiatieven bakker")
    nothing = await kees.sees("Ik vind niets met “bakker”.")
    assert kees.buttons(nothing) == ["🔎 Zoek een woord", "↩️ Kijk anders", "🌱 Begin een initiatief"]
    await kees.says("/initiatieven wat is er?")
    await kees.sees("Ik vind niets. Probeer een ander woord.")


async def test_forged_buttons_change_nothing(town: Town) -> None:
    kees = await town.resident("Kees")
    await holds(town, running("Geveltuin", 1))
    await kees.says("/initiatieven")
    menu = await kees.sees("Wat gebeurt er in de buurt?")

    for forged in ("find:", "find:x", "find:-1a", "find:0z", "find-at:1", "find-at:²-2", "find-on:x"):
        kees.presses_forged(menu, f"a:{forged}")
        await kees.toast("", alert=True)
    kees.presses_forged(menu, "a:find:9999a")
    await kees.sees("🌱 Geveltuin")
    kees.presses_forged(menu, "a:find:0dWK000000")
    await kees.sees("Hier is nu niets te zien.")
