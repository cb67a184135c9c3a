"""Each way in which residents can take the lead, from the first word to the number; and what is no initiative."""

import re
from datetime import date
from typing import Any

from storage.conversations import Conversation
from storage.initiatives import Initiative, Route
from storage.lessons import Ending, Lesson
from storage.participation import Participant, Participation
from storage.steps import Step
from tests.journeys.phone import Phone
from tests.journeys.town import Town

IDEA = "Samen met de buren het plantsoen opknappen"
WORDS_A_MINUTE = 180
"""Somebody who doesn't read easily: B1 is tested at about this pace."""
TYPED_A_MINUTE = 25
"""Words, with two thumbs."""
SECONDS_A_TAP = 3


class Told:
    """Somebody who tells of an idea, and how much they had to do and read for it."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.deeds = 0
        self.typed = 0

    async def says(self, text: str) -> None:
        self.deeds += 1
        self.typed += len(text.split())
        await self.phone.says(text)

    async def presses(self, label: str) -> None:
        self.deeds += 1
        await self.phone.presses(label)

    async def sees(self, text: str) -> dict[str, Any]:
        return await self.phone.sees(text)

    def minutes(self, before: int) -> float:
        """What it takes a person, by what they read since message number `before`, typed and tapped."""
        read = sum(len(re.findall(r"\w+", said)) for said in self.phone.everything()[before:])
        return read / WORDS_A_MINUTE + self.typed / TYPED_A_MINUTE + self.deeds * SECONDS_A_TAP / 60


async def tells(fatima: Told, asks: str, *, alone: bool = False) -> None:
    """Up to what is asked of the municipality."""
    await fatima.says("/initiatief")
    await fatima.sees("Wat wil je zelf gaan doen?")
    await fatima.says(IDEA)
    await fatima.sees("Met wie doe je het?")
    await fatima.presses("Nog alleen" if alone else "Buren")
    await fatima.presses("Klaar")
    await fatima.sees("Waar past je plan het beste bij?")
    await fatima.presses("Groen en water")
    await fatima.sees("Wat heb je nodig van de gemeente?")
    await fatima.presses(asks)


async def begins(fatima: Told) -> dict[str, Any]:
    """From the first step to the number."""
    await fatima.sees("Wat is je eerste kleine stap?")
    await fatima.says("Drie buren vragen")
    await fatima.sees("Klopt dit zo?")
    await fatima.presses("Ja, begin!")
    return await fatima.sees("🌱 Gefeliciteerd, je bent begonnen!")


async def test_just_do_it_takes_ten_messages_and_three_minutes_at_most(town: Town) -> None:
    await town.worker("Jan", "buitenruimte")
    fatima = Told(await town.resident("Fatima", district="Molenwijk"))
    before = len(fatima.phone.everything())

    await tells(fatima, "Niets, wij kunnen beginnen")
    advice = await fatima.sees("👍 Je kunt gewoon beginnen.")
    assert "dus je hoeft ook niets aan te vragen" in advice["text"]
    await fatima.presses("Ja, ik ga beginnen")
    first = await fatima.sees("Klein is: binnen 14 dagen, hooguit € 250, met zo'n 5 buren.")
    assert "Hun tip" not in first["text"]
    await fatima.says("Drie buren vragen")
    await fatima.sees("Klopt dit zo?")
    await fatima.presses("Ja, begin!")
    started = await fatima.sees("🌱 Gefeliciteerd, je bent begonnen!")

    assert re.search(r"I-20\d\d-0001", started["text"])
    assert "jouw route" not in started["text"], "nothing is asked"
    assert fatima.deeds <= 10
    assert fatima.minutes(before) <= 3
    initiative = await town.only(Initiative)
    assert (initiative.route, initiative.needs, initiative.amount) == (Route.JUST_DO_IT, None, None)
    assert initiative.title == "Samen met de buren het plantsoen"
    step = await town.only(Step)
    assert (step.initiative_id, step.text) == (initiative.id, "Drie buren vragen")
    assert (await town.rows(Conversation)) == []


async def test_money_makes_a_resident_initiative(town: Town) -> None:
    jan = await town.worker("Jan", "buitenruimte")
    fatima = Told(await town.resident("Fatima", district="Molenwijk"))

    await tells(fatima, "Geld")
    await fatima.sees("Hoeveel geld heb je nodig, en waarvoor?")
    await fatima.says("300 euro voor planten")
    advice = await fatima.sees("💶 Deze route past bij je. Je vraagt geld, en € 300 kan.")
    for demand in (
        "Bewonersinitiatief: Je doet samen iets voor je buurt.",
        "Vanaf 16 jaar",
        "3 inwoners die meetekenen, met jou erbij",
        "Hooguit € 2.500",
        "6 weken voor de start",
        "Antwoord binnen 4 weken",
        "Besluit door burgemeester en wethouders",
        "Nodig: Een kort plan; Een eenvoudige begroting",
        "Kan niet: Eten en drinken boven € 250; Activiteiten met winst als doel",
        "Subsidieregeling bewonersinitiatieven Elzermeer 2025, artikelen 3 tot en met 6",
    ):
        assert demand in advice["text"]
    await fatima.presses("Ja, dit kies ik")
    started = await begins(fatima)

    assert fatima.deeds == 10
    assert "Hooguit € 2.500" not in started["text"], "not all of it again, right after it was read"
    await fatima.phone.presses("Wat hoort bij de route?")
    assert "Hooguit € 2.500" in (await fatima.sees("Wat hoort bij jouw route?"))["text"]
    initiative = await town.only(Initiative)
    assert (initiative.route, initiative.amount) == (Route.RESIDENT_INITIATIVE, 300)
    assert initiative.needs == "300 euro voor planten"
    await jan.sees("Heeft nodig van de gemeente: 300 euro voor planten")
    await jan.presses("Alles over dit initiatief")
    board = await jan.sees("🛣 Bewonersinitiatief (vanaf 16 jaar, 3 die meetekenen")
    assert "gevraagd: € 300" in board["text"]


async def test_who_names_no_amount_is_asked_and_too_much_is_told_kindly(town: Town) -> None:
    fatima = Told(await town.resident("Fatima", district="Molenwijk"))

    await tells(fatima, "Geld")
    await fatima.says("Voor een hele speeltuin")
    await fatima.sees("Om hoeveel euro gaat het samen?")
    await fatima.says("heel veel")
    await fatima.sees("Typ een bedrag in hele euro's.")
    await fatima.says("€ 12.000")
    advice = await fatima.sees("Alleen geeft de gemeente hooguit € 2.500, en jij vraagt € 12.000.")
    assert "Begin kleiner, of zoek de rest ergens anders." in advice["text"]
    await fatima.presses("Ja, dit kies ik")
    await begins(fatima)

    initiative = await town.only(Initiative)
    assert (initiative.amount, initiative.needs) == (12_000, "Voor een hele speeltuin")


async def test_a_place_makes_a_resident_initiative_without_an_amount(town: Town) -> None:
    fatima = Told(await town.resident("Fatima", district="Molenwijk"))

    await tells(fatima, "Een plek of vergunning")
    await fatima.sees("Welke plek of vergunning heb je nodig?")
    await fatima.says("Het plantsoen bij de molen")
    await fatima.sees("📍 Deze route past bij je. Je vraagt een plek of een vergunning.")
    await fatima.presses("Ja, dit kies ik")
    await begins(fatima)

    initiative = await town.only(Initiative)
    assert (initiative.route, initiative.amount) == (Route.RESIDENT_INITIATIVE, None)
    assert fatima.deeds <= 10


async def test_a_task_makes_a_right_to_challenge_which_nobody_does_alone(town: Town) -> None:
    fatima = Told(await town.resident("Fatima", district="Molenwijk"))

    await tells(fatima, "Een gemeentetaak overnemen", alone=True)
    await fatima.sees("Welke taak nemen jullie over?")
    await fatima.says("Het onderhoud van het plantsoen")
    advice = await fatima.sees("🛠 Deze route past bij je.")
    assert "Dit kan niet alleen. Zoek eerst een paar mensen." in advice["text"]
    assert "10 inwoners die meetekenen" in advice["text"]
    await fatima.presses("Ja, dit kies ik")
    assert "Uitdaagrecht: Jullie nemen een taak van de gemeente over" in advice["text"]
    await begins(fatima)

    assert (await town.only(Initiative)).route is Route.RIGHT_TO_CHALLENGE
    assert fatima.deeds <= 10


async def test_a_decision_of_the_council_makes_a_proposal(town: Town) -> None:
    fatima = Told(await town.resident("Fatima", district="Molenwijk"))

    await tells(fatima, "De raad moet iets besluiten")
    await fatima.sees("Wat moet de gemeenteraad besluiten?")
    await fatima.says("Het plantsoen blijft groen")
    advice = await fatima.sees("🏛 Deze route past bij je.")
    assert "75 inwoners die meetekenen" in advice["text"]
    assert "Besluit door de gemeenteraad" in advice["text"]
    await fatima.presses("Ja, dit kies ik")
    await begins(fatima)

    assert (await town.only(Initiative)).route is Route.COUNCIL_PROPOSAL
    assert fatima.deeds <= 10


async def test_a_report_goes_to_its_own_desk_and_nothing_is_kept(town: Town) -> None:
    fatima = Told(await town.resident("Fatima", district="Molenwijk"))

    await tells(fatima, "Iets is stuk of geeft last", alone=True)
    await fatima.sees("⚠️ Dit is een melding.")
    await fatima.presses("Ja, ik ga het melden")
    report = await fatima.sees("⚠️ Meld het bij Meldpunt Buurt.")

    assert "📞 14 0999" in report["text"]
    links = [button.get("url") for row in report["reply_markup"]["inline_keyboard"] for button in row]
    assert "https://www.elzermeer.example/melden" in links
    assert await town.rows(Initiative) == []
    assert await town.rows(Conversation) == []
    await fatima.presses("Stel een vraag")
    await fatima.sees("Stuur nooit je BSN.")


async def test_another_route_can_always_be_chosen_and_changed_again(town: Town) -> None:
    fatima = Told(await town.resident("Fatima", district="Molenwijk"))

    await tells(fatima, "Iets is stuk of geeft last")
    await fatima.sees("⚠️ Dit is een melding.")
    await fatima.presses("Laat zien wat nog meer kan")
    ways = await fatima.sees("Kies zelf. Dit kan allemaal:")
    for way in ("Gewoon beginnen:", "Bewonersinitiatief:", "Uitdaagrecht:", "Voorstel aan de gemeenteraad:"):
        assert way in ways["text"]
    await fatima.presses("Uitdaagrecht")
    await fatima.sees("Wat is je eerste kleine stap?")
    await fatima.says("Drie buren vragen")
    review = await fatima.sees("Klopt dit zo?")
    assert "Route\nUitdaagrecht (vanaf 18 jaar, 10 die meetekenen, hooguit € 50.000" in review["text"]
    await fatima.presses("✏️ Route")
    await fatima.sees("Nu staat er: Uitdaagrecht")
    await fatima.presses("Laat zien wat nog meer kan")
    await fatima.sees("Kies zelf.")
    await fatima.presses("Gewoon beginnen")
    await fatima.sees("Klopt dit zo?")
    await fatima.presses("Ja, begin!")
    await fatima.sees("je bent begonnen!")

    assert (await town.only(Initiative)).route is Route.JUST_DO_IT


async def test_who_tells_what_others_do_already_can_join_them_or_go_on(town: Town) -> None:
    kees, fatima = (
        Told(await town.resident("Kees", district="Molenwijk")),
        Told(await town.resident("Fatima", district="Molenwijk")),
    )
    await tells(kees, "Niets, wij kunnen beginnen")
    await kees.presses("Ja, ik ga beginnen")
    await begins(kees)

    await fatima.says("/initiatief")
    await fatima.says("Het plantsoen opknappen met de buren")
    await fatima.presses("Buren")
    await fatima.presses("Klaar")
    await fatima.presses("Groen en water")
    alike = await fatima.sees("👀 Anderen doen al iets wat hierop lijkt.")
    assert "🌱 Samen met de buren het plantsoen\nMolenwijk · net begonnen\nEerste stap: Drie buren" in alike["text"]
    assert "Kees" not in alike["text"]
    await fatima.presses("Mijn plan is anders")
    await fatima.sees("Wat heb je nodig van de gemeente?")
    await fatima.presses("⬅️ Terug")
    await fatima.sees("👀 Anderen doen al iets wat hierop lijkt.")
    await fatima.presses("🔔 Ik volg het")
    await fatima.sees("🔔")
    await fatima.presses("Alles over dit initiatief")
    await fatima.sees("🌱 Samen met de buren het plantsoen · I-")

    assert len(await town.rows(Initiative)) == 1
    kinds = [(one.person_id, one.kind) for one in await town.rows(Participant)]
    assert kinds[-1] == ((await town.person(fatima.phone)).id, Participation.FOLLOWER)

    sanne = Told(await town.resident("Sanne", district="Molenwijk"))
    await sanne.says("/initiatief")
    await sanne.says("Het plantsoen opknappen met de buren")
    await sanne.presses("Buren")
    await sanne.presses("Klaar")
    await sanne.presses("Groen en water")
    await sanne.presses("🤝 Ik doe mee")
    await sanne.sees("🤝 Fijn dat je wilt helpen met “Samen met de buren het plantsoen”!")
    await sanne.presses("Handen")
    await sanne.presses("Klaar")
    await sanne.sees("Nu staat er: Het plantsoen opknappen met de buren")
    await sanne.presses("Laat het zo")
    await sanne.presses("Nee, nog niet")
    await sanne.presses("Ja, ik help")
    await sanne.sees("🤝 Wat fijn dat je helpt")
    offered = await kees.sees("🤝 Iemand wil helpen")
    assert "Het plantsoen opknappen met de buren" in offered["text"]
    assert len(await town.rows(Initiative)) == 1, "no new one"
    assert await town.rows(Conversation) == []

    await tells(kees, "Niets, wij kunnen beginnen")  # what is one's own isn't shown as somebody else's
    await kees.sees("Je kunt gewoon beginnen.")


async def test_what_others_learned_comes_with_the_first_step(town: Town) -> None:
    fatima = Told(await town.resident("Fatima", district="Molenwijk"))
    async with town.app.database.transaction() as session:
        session.add(
            Lesson(
                municipality="Berkhaven",
                subject="Plantsoen in de Havenstraat",
                ending=Ending.DONE,
                learned_on=date(2026, 5, 1),
                worked="De kinderen deden mee.",
                did_not="",
                tip="Vraag eerst wie er water geeft.",
            )
        )

    await tells(fatima, "Niets, wij kunnen beginnen")
    await fatima.presses("Ja, ik ga beginnen")
    tip = await fatima.sees("💡 In één buurt deden ze dit al. Hun tip:")

    assert "• Vraag eerst wie er water geeft. (Plantsoen in de Havenstraat, Berkhaven)" in tip["text"]
    assert "Wat is je eerste kleine stap?" in tip["text"]
