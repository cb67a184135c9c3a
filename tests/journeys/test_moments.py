"""A moment in the neighbourhood: planned, printed, scanned, remembered, and over or called off."""

from datetime import timedelta
from urllib.parse import parse_qs, urlparse

from bot.sandbox.files import image_size
from storage.columns import now
from storage.moments import Moment, MomentGuest
from storage.timers import Timer, TimerKind
from tests.journeys.asking import asks
from tests.journeys.living import it_is, today
from tests.journeys.phone import Message, Phone, text_of
from tests.journeys.town import Town


async def plans(town: Town, marieke: Phone, *, at: str = "14.30") -> Message:
    """Plan a moment in two days; gives the card with the code."""
    await marieke.says("/moment")
    await marieke.sees("Momenten in de buurt")
    await marieke.presses("Plan een moment")
    await marieke.sees("Hoe heet het moment?")
    await marieke.says("Koffie op het plein")
    await marieke.sees("Waar is het?")
    await marieke.says("Voor de bibliotheek")
    await marieke.presses("Overmorgen")
    await marieke.sees("Hoe laat begint het?")
    await marieke.says(at)
    await marieke.presses("Molenwijk")
    await marieke.sees("Klopt dit zo?")
    await marieke.presses("Ja, plan het")
    return await marieke.sees_photo("Je moment staat klaar.")


def code_in(card: Message) -> str:
    """What stands behind `?start=` in the link."""
    link = text_of(card).splitlines()[-1]
    return parse_qs(urlparse(link).query)["start"][0]


async def test_who_scans_the_code_is_welcomed_and_counted_and_can_begin(
    town: Town,
) -> None:
    marieke, sanne, kees = (
        await town.coordinator("Marieke"),
        town.phone("Sanne"),
        await town.resident("Kees", district="Molenwijk"),
    )
    card = await plans(town, marieke)
    picture = town.sandbox.world.files.content(card["photo"][-1]["file_id"])
    size = image_size(picture)
    assert size is not None
    assert size[0] == size[1] > 700
    code = code_in(card)

    await sanne.says(f"/start {code}")
    await sanne.sees("burgerservicenummer")
    welcome = await sanne.sees("Welkom bij “Koffie op het plein”!")
    assert "om 14.30 uur" in text_of(welcome)
    assert "Voor de bibliotheek" in text_of(welcome)
    await sanne.sees("In welke wijk woon je?")
    await sanne.presses("Herinner me eraan", on=welcome)
    await sanne.toast("Goed, ik stuur je een bericht op")
    await sanne.presses("Stel een vraag", on=welcome)
    await sanne.sees("Wat wil je weten?")

    await kees.says(f"/start {code}")
    await kees.sees("Welkom bij “Koffie op het plein”!")
    await kees.says(f"/start {code}")
    await kees.sees("Welkom bij “Koffie op het plein”!")
    assert len(await town.rows(MomentGuest)) == 2

    moment = await town.only(Moment)
    await town.passes(moment.starts_at - now() + timedelta(hours=1))
    await kees.does_not_see("🔔 Denk je aan")
    await asks(kees)
    await marieke.says("/overzicht")
    await marieke.presses("Buurtmomenten")
    await marieke.presses("Koffie op het plein")
    assert "Gescand: 2 · 🌱 initiatieven: 0 · 💬 vragen: 1" in text_of(await marieke.sees("Gescand"))
    await town.passes(timedelta(days=3))
    await kees.says(f"/start {code}")
    over = await kees.sees("“Koffie op het plein” is geweest")
    assert kees.buttons(over) == ["🌱 Begin een initiatief", "💬 Stel een vraag"]
    await kees.says("/start bOnbekend")
    await kees.sees("Deze code ken ik niet.")


async def test_who_looks_around_sees_what_comes_near_them_and_can_be_reminded(town: Town) -> None:
    marieke = await town.coordinator("Marieke")
    kees, eva = await town.resident("Kees", district="Molenwijk"), await town.resident("Eva", district="Waterrand")
    await plans(town, marieke)

    await kees.says("/initiatieven")
    around = await kees.sees("Er is nog geen initiatief.")
    assert text_of(around).startswith("📍 Koffie op het plein · ")
    assert " om 14.30 uur · Voor de bibliotheek\n" in text_of(around)
    await kees.presses("📍 Koffie op het plein")
    await kees.sees("Welkom bij “Koffie op het plein”!")
    assert await town.rows(MomentGuest) == []
    await kees.presses("Herinner me eraan")
    await kees.toast("Goed, ik stuur je een bericht op")
    await eva.says("/initiatieven")
    assert "Koffie" not in text_of(await eva.sees("Er is nog geen initiatief."))

    moment = await town.only(Moment)
    await it_is(town, today(town) + timedelta(days=2))
    await kees.sees("🔔 Denk je aan “Koffie op het plein”?")
    await town.passes(moment.starts_at - now() + timedelta(hours=2))
    await kees.says("/initiatieven")
    over = await kees.sees("Er is nog geen initiatief.")
    assert kees.buttons(over) == ["🌱 Begin een initiatief"]
    assert len(await town.rows(MomentGuest)) == 1


async def test_who_scanned_hears_that_it_is_called_off_and_nobody_else_plans_or_stops_one(town: Town) -> None:
    marieke, kees, jan = await town.coordinator("Marieke"), await town.resident("Kees"), await town.worker("Jan")
    card = await plans(town, marieke)
    await kees.says(f"/start {code_in(card)}")
    await kees.sees("Welkom bij")
    await kees.presses("Herinner me eraan")
    await kees.toast("Goed, ik stuur je een bericht op")
    assert any(one.kind is TimerKind.MOMENT for one in await town.rows(Timer))

    await jan.says("/moment")
    await jan.sees("coördinator")
    await marieke.presses("Het gaat niet door")
    await marieke.sees("Eén bewoner heeft de code gescand")
    await marieke.presses("Ja, het gaat niet door")
    await marieke.sees("gaat niet door. Eén bewoner")
    off = await kees.sees("gaat helaas niet door")
    assert kees.buttons(off) == ["🌱 Begin een initiatief", "💬 Stel een vraag"]
    await kees.says(f"/start {code_in(card)}")
    await kees.sees("gaat helaas niet door")
    assert not any(one.kind is TimerKind.MOMENT for one in await town.rows(Timer))

    await marieke.presses("Het gaat niet door", on=card)
    await marieke.toast("Dit moment gaat al niet door.")
    await town.passes(timedelta(days=2))
    await kees.does_not_see("🔔 Denk je aan")
    assert (await town.only(Moment)).cancelled_at is not None
