"""Help on paper: somebody without Telegram has an initiative like any other, and can take it over later."""

import re
from datetime import timedelta

from storage.initiatives import Initiative, InitiativeMessage, InitiativeStatus
from storage.moments import PaperClaim
from storage.participation import Participant, Participation
from storage.people import Person
from storage.steps import Step
from tests.journeys.phone import Message, Phone, text_of
from tests.journeys.test_participation import helps
from tests.journeys.town import Town


async def writes_down(worker: Phone, *, district: str = "Molenwijk") -> Message:
    """Write an initiative down for Ali; gives the message with the code."""
    await worker.says("/werk")
    await worker.sees("Er is nu niets te doen.")
    await worker.presses("Schrijf op voor een bewoner")
    await worker.sees("Wat is de voornaam?")
    await worker.says("Ali")
    await worker.sees("Lees dit voor aan Ali")
    await worker.presses("Ja, schrijf het op")
    await worker.says("Samen met de buren bloemen planten op het plein")
    await worker.presses("Buren")
    await worker.presses("Klaar")
    await worker.presses(district)
    await worker.presses("Groen")
    await worker.presses("Niets, het kan beginnen")
    await worker.presses("Ja, ik ga beginnen")
    await worker.sees("Wat is de eerste kleine stap van de bewoner?")
    await worker.says("Drie buren vragen")
    await worker.sees("Klopt dit zo?")
    await worker.presses("Ja, begin!")
    await worker.sees("Opgeschreven voor Ali")
    return await worker.sees_photo("Voor Ali")


def start_in(message: Message) -> str:
    """What to type on another phone."""
    found = re.search(r"/start p[0-9A-Z]{12}", text_of(message))
    assert found is not None, text_of(message)
    return found[0]


async def test_what_was_written_down_is_guided_by_phone_until_the_resident_takes_it_over(town: Town) -> None:
    bea, jan = await town.worker("Bea", "klantcontact"), await town.worker("Jan", "buitenruimte")
    paper = await writes_down(bea)
    start = start_in(paper)
    initiative = await town.only(Initiative)
    ali = next(one for one in await town.rows(Person) if one.telegram_id is None)
    assert (ali.first_name, ali.id) == ("Ali", initiative.initiator_id)
    assert (await town.only(Participant)).name_public is False
    assert initiative.public == []
    claim = await town.only(PaperClaim)
    assert start.removeprefix("/start p") not in claim.code_hash

    card = await jan.sees("Ali: op papier, geen Telegram. Bel of bezoek.")
    assert "🧾 Nieuwe code op papier" in jan.buttons(card)
    await jan.presses("Groet de bewoner", on=card)
    await jan.says("Dag Ali! Ik kom maandag langs.")
    await jan.presses("Verstuur")
    told = text_of(await jan.sees("Bel of bezoek Ali."))
    assert "Ali heeft geen Telegram en leest dit niet." in told
    assert "Dag Ali! Ik kom maandag langs." in told
    await jan.does_not_see("Gestuurd aan")
    assert (await town.only(Initiative)).status is InitiativeStatus.EXPLORING
    assert (await town.only(InitiativeMessage)).text == "Dag Ali! Ik kom maandag langs."
    kees = await town.resident("Kees")
    await kees.says(f"/start f{initiative.reference}")
    await kees.presses("Alles over dit initiatief")
    await kees.sees(initiative.reference)
    await helps(kees, "Handen")
    told = text_of(await jan.sees("Bel of bezoek Ali."))
    assert "Iemand wil helpen" in told
    assert "Kees" not in told
    assert not any("Ali" in one for one in kees.everything())

    await bea.says(start)
    await bea.sees("Deze code is voor de bewoner.")
    me = town.phone("Alí")
    await me.says(start.replace("/start p", "/start p-").lower())
    await me.sees("burgerservicenummer")
    await me.sees("Is dit jouw initiatief?")
    await me.presses("Ja, dit is van mij")
    await me.sees("is nu van jou")
    board = await me.sees(initiative.reference)
    assert "in gesprek" in text_of(board)
    await jan.sees("Ali heeft nu Telegram, als Alí.")
    await town.quiet()
    assert "op papier" not in jan.now(card)

    person = await town.person(me)
    assert (await town.only(Initiative)).initiator_id == person.id
    leading = [one for one in await town.rows(Participant) if one.kind is Participation.INITIATOR]
    assert [one.person_id for one in leading] == [person.id]
    assert (await town.only(Step)).owner_id == person.id
    assert all(one.telegram_id is not None for one in await town.rows(Person))
    await jan.presses("Schrijf de bewoner")
    await jan.says("Fijn dat je er bent!")
    await jan.presses("Verstuur")
    await me.sees("Fijn dat je er bent!")

    await me.says(start)
    await me.sees("Dit initiatief is al van jou.")
    await kees.says(start)
    await kees.sees("Deze code is al gebruikt.")


async def test_a_code_that_is_lost_wrong_or_old_says_what_to_do_and_the_guide_makes_another(town: Town) -> None:
    jan, kees = await town.worker("Jan", "buitenruimte"), await town.resident("Kees")
    first = start_in(await writes_down(jan))
    await jan.says("/werk")
    await jan.sees("Initiatieven die jij begeleidt")
    await jan.presses("I-")
    await jan.presses("Nieuwe code op papier")
    second = start_in(await jan.sees_photo("Voor Ali"))
    assert second != first

    await kees.says(first)
    await kees.sees("Deze code is te oud. Vraag een nieuwe aan je gebiedsmakelaar")
    await kees.says("/start pABCDEFGH2345")
    await kees.sees("Deze code ken ik niet.")
    await kees.says(second)
    await kees.sees("Is dit jouw initiatief?")
    await kees.presses("Nee, niet van mij")
    assert (await town.rows(PaperClaim))[-1].claimed_at is None

    await town.passes(timedelta(days=91))
    await kees.says(second)
    await kees.sees("Deze code is te oud.")


async def test_without_consent_nothing_is_kept_and_residents_write_nothing_down(town: Town) -> None:
    jan, kees = await town.worker("Jan", "buitenruimte"), await town.resident("Kees")
    await jan.says("/werk")
    await jan.presses("Schrijf op voor een bewoner")
    await jan.says("Ali")
    await jan.sees("Lees dit voor aan Ali")
    await jan.presses("Nee, bewaar niets")
    await jan.sees("Wat wil je doen?")
    assert await town.rows(Initiative) == []
    assert len(await town.rows(Person)) == 2

    await kees.says("/mijn")
    kees.presses_forged(await kees.sees("Je hebt nog geen initiatief"), "a:paper:")
    await kees.toast("Dit is voor mensen van de gemeente")
