"""The people of an initiative: who leads along, helps, follows and supports it, and what they see of each other."""

import re
from datetime import timedelta

from sqlmodel import select

from flows.commands import Done, carry
from flows.context import Context
from flows.initiatives.verbs import Plan, StartInitiative
from storage.columns import now
from storage.initiatives import EventKind, Initiative, InitiativeEvent, Route
from storage.participation import Participant, Participation
from storage.people import Person
from tests.journeys.phone import Phone
from tests.journeys.town import Town

PLAN = {
    "title": "Bloemen op het plein",
    "idea": "Samen met de buren bloemen planten op het pleintje",
    "helpers": ("neighbours",),
    "district": "WK999904",
    "theme": "groen",
    "first_step": "Drie buren vragen",
    "needs": None,
    "amount": None,
    "photo": None,
}


async def begins(town: Town, phone: Phone, route: Route = Route.JUST_DO_IT) -> str:
    """Start an initiative as it is once it was told; gives the code of the link to follow it."""
    async with town.app.database.transaction() as session:
        person = (await session.exec(select(Person).where(Person.telegram_id == phone.id))).one()
        context = Context(house=town.app.house, session=session, now=now(), actor=person)
        outcome = await carry(context, StartInitiative(plan=Plan(**PLAN, route=route)))  # type: ignore[arg-type]
        assert isinstance(outcome, Done)
        initiative = await session.get_one(Initiative, outcome.subject_id)
    town.app.sender.wake()
    await phone.sees("je bent begonnen!")
    return f"f{initiative.reference}"


async def helps(phone: Phone, *what: str, names: bool = False) -> None:
    """Offer help, from the board."""
    await phone.presses("Ik wil helpen")
    await phone.sees("Wat kun je doen?")
    for one in what:
        await phone.presses(one)
    await phone.presses("✅ Klaar")
    await phone.sees("Wil je er iets bij zeggen?")
    await phone.presses("Nee, dit is genoeg")
    await phone.sees("Mogen de initiatiefnemers je voornaam zien")
    await phone.presses("Ja, dat mag" if names else "Nee, nog niet")
    await phone.sees("Dit lezen de initiatiefnemers")
    await phone.presses("Ja, ik help")
    await phone.sees("Wat fijn dat je helpt")


async def opens(phone: Phone, code: str) -> None:
    """Open the link, and the board below what it says."""
    await phone.says(f"/start {code}")
    await phone.sees("Bloemen op het plein")
    await phone.presses("Alles over dit initiatief")


async def kinds(town: Town, phone: Phone) -> set[Participation]:
    person = await town.person(phone)
    return {row.kind for row in await town.rows(Participant) if row.person_id == person.id}


async def test_a_helper_and_an_initiator_write_through_the_bot_until_both_want_to_know_the_other(town: Town) -> None:
    fatima, kees = await town.resident("Fatima"), await town.resident("Kees")
    code = await begins(town, fatima)

    await opens(kees, code)
    board = await kees.sees("👥 0 helpers · 1 volger")
    assert {"🤝 Ik wil helpen", "🔕 Volg niet meer", "👍 Ik steun dit"} <= set(kees.buttons(board))
    await helps(kees, "Handen", "Gereedschap")
    offered = await fatima.sees("🤝 Iemand wil helpen met “Bloemen op het plein”")
    assert "Wie? helper 1\nWaarmee? 🙌 Handen en 🔧 Gereedschap" in offered["text"]
    await fatima.replies_to(offered, "Wat fijn! Kun je zaterdag?")
    await fatima.sees("✅ Gestuurd aan helper 1")
    asked = await kees.sees("Een initiatiefnemer van “Bloemen op het plein”")
    await kees.replies_to(asked, "Zaterdag kan ik.")
    await kees.sees("✅ Gestuurd aan de initiatiefnemers")
    await fatima.sees("💬 helper 1 schrijft over “Bloemen op het plein”")
    assert not any("Kees" in text for text in fatima.everything())
    assert not any("Fatima" in text for text in kees.everything())

    await fatima.presses("👤 Wissel namen uit")
    await fatima.sees("👤 Ik vraag het aan helper 1")
    await kees.sees("wil namen uitwisselen. Wil jij dat ook?")
    assert not any("Kees" in text for text in fatima.everything())
    assert not any("Fatima" in text for text in kees.everything())
    await kees.presses("Ja, wissel namen uit")
    await fatima.sees("heet Kees.")
    await kees.sees("heet Fatima.")
    await kees.presses("Ja, wissel namen uit")
    await kees.toast("Dit heb je al gezegd.", alert=True)

    await kees.says("/mijn")
    mine = await kees.sees("🤝 Hier help ik mee, of dit volg ik")
    assert "Bloemen op het plein\n→ net begonnen" in mine["text"]
    await kees.presses("🤝 Bloemen op het plein")
    await kees.sees("Je helpt met: 🙌 Handen en 🔧 Gereedschap. Initiatiefnemers: Fatima.")
    await kees.presses("Schrijf de initiatiefnemers")
    await kees.says("Ik neem een schep mee.")
    said = await fatima.sees("💬 Kees schrijft over “Bloemen op het plein”")
    await kees.presses("Stop met helpen")
    await kees.sees("Wil je niet meer helpen")
    await kees.presses("Ja, ik stop")
    await kees.sees("👋 Je helpt niet meer")
    await fatima.sees("👋 Kees helpt niet meer")
    await fatima.replies_to(said, "Neem ook een hark mee")
    await fatima.sees("Deze helper doet niet meer mee.")
    await kees.does_not_see("hark")
    assert await kinds(town, kees) == set()


async def test_initiators_write_to_all_but_not_too_often_and_anybody_can_stop_that(town: Town) -> None:
    fatima, kees, anna = await town.resident("Fatima"), await town.resident("Kees"), await town.resident("Anna")
    code = await begins(town, fatima)
    await fatima.says("/mijn")
    await fatima.presses("🌱 Bloemen op het plein")
    await fatima.presses("Mensen en berichten")
    screen = await fatima.sees("👥 De mensen van “Bloemen op het plein”")
    await fatima.presses("Schrijf iedereen", on=screen)
    await fatima.toast("Er zijn nog geen helpers of volgers", alert=True)
    await opens(anna, code)
    await opens(kees, code)
    await helps(kees, "Kennis")

    for number in (1, 2, 3):
        await fatima.presses("Schrijf iedereen", on=screen)
        await fatima.sees("Voor wie van “Bloemen op het plein” is je bericht?")
        await fatima.presses("Alleen de helpers" if number == 1 else "Helpers en volgers")
        await fatima.sees("Wat wil je vertellen")
        await fatima.says(f"Bericht {number}: zaterdag planten we.")
        await fatima.sees("📣 Bericht van de initiatiefnemers")
        await fatima.sees(f"Het gaat naar {min(number, 2)} mens")
        await fatima.presses("Verstuur nu")
        await fatima.sees(f"✅ Gestuurd aan {min(number, 2)} mens")
        heard = await kees.sees(f"Bericht {number}: zaterdag planten we.")
        assert kees.buttons(heard) == ["✏️ Schrijf terug", "🔕 Geen berichten meer"]
    told = await anna.sees("Bericht 2: zaterdag planten we.")
    await anna.does_not_see("Bericht 1")
    assert not any("Fatima" in text for text in anna.everything() + kees.everything())
    await fatima.presses("Schrijf iedereen", on=screen)
    await fatima.toast("Je stuurde al 3 berichten in een week.", alert=True)

    await anna.replies_to(told, "Ik kom ook!")
    await anna.sees("Hier kan ik je antwoord niet doorsturen.")
    await anna.presses("Geen berichten meer", on=told)
    await anna.sees("🔕 Je krijgt geen berichten meer van")
    await anna.presses("Zet berichten aan")
    await anna.sees("🔔 Je krijgt weer berichten van")
    await anna.presses("Geen berichten meer", on=told)
    await kees.blocks()
    await town.passes(timedelta(days=8))
    await fatima.presses("Schrijf iedereen", on=screen)
    await fatima.toast("Er zijn nog geen helpers of volgers", alert=True)
    await fatima.does_not_see("Ik kom ook!")


async def test_somebody_leads_along_once_both_said_yes(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima")
    await begins(town, fatima)
    await fatima.says("/mijn")
    await fatima.presses("🌱 Bloemen op het plein")
    await fatima.presses("Mensen en berichten")
    await fatima.presses("Nodig iemand uit")
    await fatima.sees("De link werkt één keer")
    link = await fatima.sees("Doe je mee als initiatiefnemer")
    found = re.search(r"https://t\.me/\w+\?start=(i\S+)", link["text"])
    assert found is not None

    noor = town.phone("Noor")
    await noor.says(f"/start {found[1]}")
    await noor.sees("👋 Hallo Noor!")
    question = await noor.sees("Je bent uitgenodigd voor “Bloemen op het plein”.")
    assert "Fatima" not in question["text"]
    await noor.presses("Ja, ik doe mee")
    await noor.sees("✅ Fijn! Wie je uitnodigde, kijkt of het klopt.")
    await noor.sees("Je was nog bezig met: kennismaken.")
    await fatima.sees("➕ Noor heeft je link geopend")
    assert await kinds(town, noor) == set()
    await fatima.presses("Ja, dat klopt")
    await fatima.sees("🎉 Noor is nu ook initiatiefnemer")
    await noor.sees("samen met Fatima")
    await jan.sees("➕ Noor is nu ook initiatiefnemer")
    assert await kinds(town, noor) == {Participation.INITIATOR}

    piet = await town.resident("Piet")
    await piet.says(f"/start {found[1]}")
    await piet.sees("Deze link is al gebruikt.")
    await piet.says("/start inietvanhier")
    await piet.sees("Deze link ken ik niet.")
    await fatima.presses("Nodig iemand uit")
    second = re.search(r"start=(i\S+)", (await fatima.sees("Doe je mee als initiatiefnemer"))["text"])
    assert second is not None
    await piet.says(f"/start {second[1]}")
    await piet.presses("Ja, ik doe mee")
    await fatima.sees("➕ Piet heeft je link geopend")
    await fatima.presses("Nee, iemand anders")
    await piet.sees("De link was voor iemand anders.")
    assert await kinds(town, piet) == set()
    await noor.does_not_see("Piet")


async def test_support_counts_once_each_and_every_milestone_is_told_once(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima")
    kees = await town.resident("Kees")
    code = await begins(town, fatima, Route.COUNCIL_PROPOSAL)

    await opens(kees, code)
    await kees.sees("👍 Steun: 1 van de 75")
    await kees.presses("Ik steun dit")
    await kees.sees("Samen zijn jullie met 2. Er zijn er 75 nodig. Niemand ziet je naam.")
    await fatima.sees("👍 De eerste steun is er!")
    await kees.presses("Steun niet meer")
    await kees.sees("Je steunt “Bloemen op het plein”")
    await kees.presses("👍 Ik steun dit")
    await kees.sees("Samen zijn jullie met 2.")

    await jan.presses("Alles over dit initiatief")
    for count, told, total in (
        ("vijftig", None, 0),
        ("50", "Jullie zijn over de helft!", 52),
        ("73", "genoeg steun", 75),
    ):
        await jan.presses("Steun op papier")
        await jan.sees("Hoeveel mensen steunen “Bloemen op het plein” op papier?")
        await jan.says(count)
        if told is None:
            await jan.sees("Typ een getal")
            await jan.presses("✖️ Stop")
        else:
            await jan.sees(f"In totaal steunen {total} mensen dit. Er zijn er 75 nodig.")
            await fatima.sees(told)
    await jan.presses("Steun op papier")
    await jan.says("80")
    await jan.sees("In totaal steunen 82 mensen dit.")
    await fatima.sees_nothing_new()
    events = [one for one in await town.rows(InitiativeEvent) if one.kind is EventKind.SUPPORTERS]
    assert [(one.details["milestone"], one.details["count"]) for one in events] == [
        ("first", 2),
        ("half", 52),
        ("all", 75),
    ]
    assert not any("Kees" in text for text in fatima.everything() + jan.everything())


async def test_what_nobody_leads_any_more_is_taken_over_and_handed_on(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima")
    kees, anna = await town.resident("Kees"), await town.resident("Anna")
    code = await begins(town, fatima)
    await opens(anna, code)
    await opens(kees, code)
    await helps(kees, "Ruimte")

    await fatima.says("/mijn")
    await fatima.presses("🌱 Bloemen op het plein")
    await fatima.presses("Mensen en berichten")
    await fatima.presses("Stop als initiatiefnemer")
    await fatima.sees("Jij bent de enige.")
    await fatima.presses("Ja, ik stop")
    await fatima.sees("Je bent geen initiatiefnemer meer")
    await jan.sees("🙋 Fatima is gestopt, en niemand leidt “Bloemen op het plein”")
    await kees.sees("🙋 “Bloemen op het plein”")
    await anna.sees("🙋 “Bloemen op het plein”")
    assert (await town.only(Initiative)).initiator_id is None
    await jan.presses("Groet de bewoner")
    await jan.sees("Stel je even voor")
    await jan.says("Dag Fatima, hoe gaat het?")
    await jan.presses("Verstuur")
    await jan.sees("Niemand leidt dit initiatief nu.")

    await anna.presses("Ik neem het over")
    await anna.sees("De andere initiatiefnemers en het team van de gemeente zien dan je voornaam: Anna.")
    await anna.presses("Ja, ik neem het over")
    await anna.sees("🎉 Jij bent nu het eerste aanspreekpunt")
    await jan.sees("🤲 Anna is nu het eerste aanspreekpunt")
    await kees.sees("Iemand heeft de leiding overgenomen.")
    assert not any("Anna" in text or "Fatima" in text for text in kees.everything())
    await kees.presses("Ik neem het over")
    await kees.toast("Iemand leidt dit al.", alert=True)
    assert (await town.only(Initiative)).initiator_id == (await town.person(anna)).id

    for answer in ("Nee, liever niet", "Ja, ik neem het over"):
        await anna.presses("Alles over dit initiatief")
        await anna.presses("Mensen en berichten")
        await anna.presses("Draag het over")
        await anna.sees("Wie wordt het eerste aanspreekpunt?")
        await anna.presses("helper 1")
        await anna.presses("Ja, vraag het")
        await anna.sees("🤲 Ik vraag het aan helper 1.")
        await kees.sees("🤲 De initiatiefnemers vragen jou")
        if answer.startswith("Nee"):
            await kees.presses(answer)
            await kees.sees("Goed, dan blijft het zoals het is.")
            await anna.sees("🤲 helper 1 neemt “Bloemen op het plein”")
        else:
            await kees.presses("Ik neem het over")
            await kees.presses(answer)
            await kees.sees("🎉 Jij bent nu het eerste aanspreekpunt")
    await anna.sees("🤲 Kees is nu het eerste aanspreekpunt")
    await jan.sees("🤲 Kees is nu het eerste aanspreekpunt")
    initiative = await town.only(Initiative)
    assert initiative.initiator_id == (await town.person(kees)).id
    assert await kinds(town, anna) == await kinds(town, kees) == {Participation.INITIATOR}
