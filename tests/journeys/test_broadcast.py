"""One message to many."""

from datetime import timedelta

import pytest

from storage.broadcasts import Broadcast
from tests.journeys.phone import Phone
from tests.journeys.town import Town

NEWS = "Zaterdag is het opruimdag! Doe je mee? <3"


async def composes(marieke: Phone, text: str = NEWS) -> None:
    """Up to the choice for whom."""
    await marieke.says("/bericht")
    await marieke.sees("Wat wil je vertellen?")
    await marieke.says(text)
    await marieke.sees("Hoort er een foto bij?")
    await marieke.presses("Geen foto")
    await marieke.sees("Voor wie is het?")


async def test_a_message_to_everybody_from_preview_to_result(town: Town) -> None:
    marieke, fatima, kees = (
        await town.coordinator("Marieke"),
        await town.resident("Fatima"),
        await town.resident("Kees"),
    )

    await composes(marieke)
    await marieke.presses("Iedereen")
    preview = await marieke.sees(NEWS)
    await marieke.sees("👆 Zo ziet het eruit. Het gaat naar 3 mensen.")
    await fatima.sees_nothing_new()
    await marieke.presses("Verstuur nu (3)")
    progress = await marieke.sees("📣 Je nieuws wordt verstuurd")
    assert "▱▱▱▱▱▱▱▱▱▱ 0 van 3" in progress["text"]
    copies = [await phone.sees(NEWS) for phone in (fatima, kees, marieke)]
    assert {copy["text"] for copy in copies} == {preview["text"]}
    assert {tuple(phone.buttons(copy)) for phone, copy in zip((fatima, kees, marieke), copies, strict=True)} == {
        tuple(marieke.buttons(preview))
    }

    await town.passes(timedelta(seconds=3))
    await marieke.sees("📣 Je nieuws is verstuurd\n\n✅ Aangekomen: 3")
    await town.passes(timedelta(seconds=3))
    await marieke.sees_nothing_new()
    broadcast = await town.only(Broadcast)
    assert (broadcast.recipients, broadcast.sent, broadcast.failed, broadcast.unknown) == (3, 3, 0, 0)


async def test_a_message_with_a_photo_to_one_district(town: Town) -> None:
    marieke = await town.coordinator("Marieke")
    fatima, kees = (
        await town.resident("Fatima", district="Molenwijk"),
        await town.resident("Kees", district="Waterrand"),
    )

    await marieke.says("/bericht")
    await marieke.says(NEWS)
    await marieke.sees("Hoort er een foto bij?")
    await marieke.sends_photo()
    await marieke.presses("Eén wijk")
    await marieke.sees("Welke wijk?")
    await marieke.presses("Molenwijk")
    await marieke.sees_photo(NEWS)
    await marieke.sees("Het gaat naar 1 mens.")
    await marieke.presses("Verstuur nu")
    await fatima.sees_photo(NEWS)
    await kees.does_not_see(NEWS)


async def test_a_message_to_who_follows_a_theme_and_another_choice_in_the_review(town: Town) -> None:
    marieke, fatima, kees = (
        await town.coordinator("Marieke"),
        await town.resident("Fatima"),
        await town.resident("Kees"),
    )
    await fatima.says("/instellingen")
    await fatima.presses("Kies onderwerpen")
    await fatima.presses("Groen en water")
    await fatima.presses("Klaar")
    await fatima.sees("Onderwerpen die je volgt: 🌳 Groen en water")

    await composes(marieke)
    await marieke.presses("Iedereen")
    await marieke.sees("Het gaat naar 3 mensen.")
    await marieke.presses("✏️ Voor wie")
    await marieke.sees("Nu staat er: Iedereen")
    await marieke.presses("Wie een onderwerp volgt")
    await marieke.presses("Groen en water")
    await marieke.sees("Het gaat naar 1 mens.")
    await marieke.presses("Verstuur nu")
    await fatima.sees(NEWS)
    await kees.does_not_see(NEWS)


async def test_who_says_stop_gets_no_more_until_they_take_it_back(town: Town) -> None:
    marieke, fatima = await town.coordinator("Marieke"), await town.resident("Fatima", district="Molenwijk")
    await town.resident("Kees", district="Molenwijk")

    await composes(marieke)
    await marieke.presses("Eén wijk")
    await marieke.presses("Molenwijk")
    await marieke.sees("Het gaat naar 2 mensen.")
    await marieke.presses("Verstuur nu")
    await fatima.sees(NEWS)
    await fatima.presses("Ik wil geen nieuws meer")
    await fatima.sees("Je krijgt geen nieuws meer van de gemeente.")

    await composes(marieke, "Tweede bericht")
    await marieke.presses("Eén wijk")
    await marieke.presses("Molenwijk")
    await marieke.sees("Het gaat naar 1 mens.")
    await marieke.presses("Verstuur nu")
    await fatima.does_not_see("Tweede bericht")

    await fatima.presses("Zet nieuws aan")
    await fatima.sees("Je krijgt weer nieuws van de gemeente.")
    await composes(marieke, "Derde bericht")
    await marieke.presses("Eén wijk")
    await marieke.presses("Molenwijk")
    await marieke.presses("Verstuur nu")
    await fatima.sees("Derde bericht")


async def test_news_for_nobody_is_not_sent_and_is_not_lost(town: Town) -> None:
    marieke, fatima = await town.coordinator("Marieke"), await town.resident("Fatima", district="Molenwijk")

    await composes(marieke)
    await marieke.presses("Eén wijk")
    await marieke.presses("Elzerdijk")
    await marieke.sees("Niemand krijgt dit nu.")
    await marieke.presses("Verstuur nu")
    await marieke.sees("Niemand past bij deze keuze, dus er is niets verstuurd.")
    await fatima.does_not_see(NEWS)
    assert await town.rows(Broadcast) == []

    await marieke.presses("Iedereen")
    await marieke.sees("Het gaat naar 2 mensen.")
    await marieke.presses("Verstuur nu")
    await fatima.sees(NEWS)


async def test_who_blocked_the_bot_is_counted_as_not_reached(town: Town) -> None:
    marieke, fatima = await town.coordinator("Marieke"), await town.resident("Fatima")
    town.provokes("sendMessage", 403)

    await composes(marieke)
    await marieke.presses("Iedereen")
    await marieke.sees("Het gaat naar 2 mensen.")
    town.sandbox.world.accounts[fatima.id].blocked = True  # and nobody has told the bot
    await marieke.presses("Verstuur nu")
    await marieke.sees("Je nieuws wordt verstuurd")
    await town.passes(timedelta(seconds=3))
    await marieke.sees("✅ Aangekomen: 1\n🚫 Niet aangekomen: 1")

    await composes(marieke, "Tweede bericht")
    await marieke.presses("Iedereen")
    await marieke.sees("Het gaat naar 1 mens.")


@pytest.mark.parametrize("who", ["resident", "civil servant"])
async def test_others_may_not_send(town: Town, who: str) -> None:
    kees = await (town.resident("Kees") if who == "resident" else town.worker("Kees", "buitenruimte"))

    for command in ("/bericht", "/overzicht", "/team"):
        await kees.says(command)
        await kees.sees("Dit kan alleen een coördinator. Tik op /help om te zien wat jij kunt.")
    await kees.says(NEWS)
    await kees.does_not_see("Hoort er een foto bij?")
    assert await town.rows(Broadcast) == []


async def test_who_is_no_longer_a_coordinator_when_sending_may_not(town: Town) -> None:
    marieke, petra, fatima = (
        await town.coordinator("Marieke"),
        await town.coordinator("Petra"),
        await town.resident("Fatima"),
    )

    await composes(marieke)
    await marieke.presses("Iedereen")
    review = await marieke.sees("Het gaat naar 3 mensen.")
    await petra.says("/team")
    await petra.presses("Haal iemand weg")
    await petra.presses("Coördinatoren")
    await petra.presses("Marieke")
    await petra.presses("Ja, haal weg")
    await petra.sees("Marieke is gestopt met")
    given_back = await marieke.sees("Dit wilde je zeggen.")
    assert NEWS in given_back["text"]
    town.provokes("editMessageReplyMarkup")  # its buttons are gone already
    await marieke.presses("Verstuur nu", on=review)
    await marieke.toast("Dit is al klaar.")
    await fatima.does_not_see(NEWS)
    assert await town.rows(Broadcast) == []


async def test_a_reply_to_news_is_offered_as_a_question(town: Town) -> None:
    marieke, fatima = await town.coordinator("Marieke"), await town.resident("Fatima")

    await composes(marieke)
    await marieke.presses("Iedereen")
    await marieke.presses("Verstuur nu")
    news = await fatima.sees(NEWS)
    await fatima.replies_to(news, "Mag ik mijn dochter meenemen?")
    await fatima.sees("Wil je dit aan de gemeente vragen?")
    await fatima.presses("Ja, vraag het")
    assert "Over welke wijk gaat het?" in await fatima.is_asked()


async def test_the_preview_s_button_only_says_what_it_would_do(town: Town) -> None:
    marieke = await town.coordinator("Marieke")

    await composes(marieke)
    await marieke.presses("Iedereen")
    preview = await marieke.sees(NEWS)
    review = await marieke.sees("Het gaat naar 1 mens.")
    assert marieke.buttons(review)[0] == "📣 Verstuur nu (1)"
    await marieke.presses("Ik wil geen nieuws meer", on=preview)
    await marieke.toast("Dit is een voorbeeld. Bij bewoners zet deze knop hun nieuws uit.")
    assert (await town.person(marieke)).updates_on
    assert marieke.buttons(preview) == ["🔕 Ik wil geen nieuws meer"]
    await marieke.presses("Verstuur nu (1)")
    copy = await marieke.sees("📣 Nieuws van gemeente")
    await marieke.presses("Ik wil geen nieuws meer", on=copy)
    await marieke.sees("Je krijgt geen nieuws meer van de gemeente.")
    assert not (await town.person(marieke)).updates_on
