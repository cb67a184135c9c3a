"""Which team gets a question: rules of the coordinators, whose turn it is in a team, and what is answered often."""

from flows.questions.routing.verbs import AddRule
from storage.people import Role
from storage.questions import Question, StandardAnswer
from storage.routing import RoutingRule, RuleHours
from tests.journeys.asking import GLASS, asks
from tests.journeys.phone import text_of
from tests.journeys.running_initiative import does
from tests.journeys.town import Town


async def test_a_rule_is_tried_then_counts_also_for_what_waits(town: Town) -> None:
    marieke = await town.coordinator("Marieke")
    jan, kim = await town.worker("Jan", "buitenruimte"), await town.worker("Kim", "jeugdteam", role=Role.PARTNER)
    fatima = await town.resident("Fatima", district="Molenwijk")
    receipt = await asks(fatima)
    await jan.sees(GLASS)

    await marieke.says("/regels")
    await marieke.sees("Er zijn nog geen eigen regels.")
    await marieke.presses("Nieuwe regel")
    await marieke.presses("Afval")
    await marieke.presses("Molenwijk")
    await marieke.presses("Altijd")
    await marieke.presses("Jeugdteam")
    await marieke.sees("Probeer de regel eerst uit.")
    await marieke.presses("Neem de laatste vraag")
    review = text_of(await marieke.sees("Zo werkt de regel"))
    assert GLASS in review
    assert "Nu: Team Buitenruimte\nMet deze regel: Jeugdteam Het Baken" in review
    assert "Vragen die wachten en naar een ander team gaan: 1." in review
    assert (await town.only(Question)).team_code == "buitenruimte"
    await marieke.presses("Bewaar de regel")
    await marieke.sees("✅ De regel geldt nu")
    await marieke.sees("1. ♻️ Afval en een schone buurt · Molenwijk → Jeugdteam Het Baken")

    card = await kim.sees(GLASS)
    number = (await town.only(Question)).id
    kim.presses_forged(card, f"a:q-why:{number}")
    await kim.toast("Hier, omdat regel 1 van de coördinatoren dat zegt: ♻️ Afval")
    fatima.presses_forged(receipt, f"a:q-why:{number}")
    await fatima.toast("Dit kan alleen het team")
    await fatima.sees("ligt nu bij Jeugdteam Het Baken.")
    question = await town.only(Question)
    assert question.routed_by == f"rule:{(await town.only(RoutingRule)).id}"
    await jan.says("/regels")
    await jan.sees("Dit kan alleen een coördinator.")

    await kim.presses("Ik pak dit op")
    await kim.toast("👍 Deze vraag is nu van jou.")
    await marieke.presses("🗑 1")
    assert "Vragen die nu wachten, blijven waar ze zijn." in text_of(await marieke.sees("Haal je deze regel weg?"))
    await marieke.presses("Ja")
    await marieke.sees("Deze regel geldt niet meer")
    assert await town.rows(RoutingRule) == []
    assert (await town.only(Question)).team_code == "jeugdteam"
    await fatima.does_not_see("ligt nu bij Team Buitenruimte")


async def test_who_moves_or_drops_a_rule_sees_first_what_goes_elsewhere(town: Town) -> None:
    marieke, fatima = await town.coordinator("Marieke"), await town.resident("Fatima", district="Molenwijk")
    kees = await town.worker("Kees", "buitenruimte")
    for theme, team in (("afval", "buitenruimte"), (None, "jeugdteam")):
        await does(town, marieke, AddRule(theme=theme, district=None, hours=RuleHours.ALWAYS, team=team))
    await asks(fatima)
    assert (await town.only(Question)).team_code == "jeugdteam"

    await marieke.says("/regels")
    await marieke.presses("⬇️ 1")
    asked = text_of(await marieke.sees("Zet je deze regel lager?"))
    assert "Vragen die wachten en naar een ander team gaan: 1." in asked
    await marieke.presses("Nee")
    assert (await town.only(Question)).team_code == "jeugdteam"
    await marieke.sees("🧭 Regels voor vragen")
    await marieke.presses("⬇️ 1")
    await marieke.presses("Ja")
    await marieke.toast("Goed. Vragen die naar een ander team zijn gegaan: 1.")
    await marieke.sees("1. ♻️ Afval en een schone buurt · alle wijken → Team Buitenruimte")
    await fatima.sees("ligt nu bij Team Buitenruimte.")

    await marieke.presses("🗑 1")
    assert "naar een ander team gaan: 1." in text_of(await marieke.sees("Haal je deze regel weg?"))
    await marieke.presses("Nee")
    await marieke.sees("🧭 Regels voor vragen")
    await kees.presses("Ik pak dit op")
    await marieke.presses("⬆️ 2")  # nothing that waits goes elsewhere: at once
    await marieke.toast("Goed.")
    assert [one.team_code for one in sorted(await town.rows(RoutingRule), key=lambda one: one.position)] == [
        "jeugdteam",
        "buitenruimte",
    ]


async def test_a_team_that_works_by_turns_gives_each_question_to_who_is_here_and_has_least(town: Town) -> None:
    jan, kim, piet = [await town.worker(name, "toezicht") for name in ("Jan", "Kim", "Piet")]
    fatima = await town.resident("Fatima", district="Molenwijk")
    await piet.says("/instellingen")
    await piet.presses("Ik ben er even niet")
    await piet.says("over een week")
    await piet.presses("Laat het aan het team")
    await piet.presses("Ja, zo is het")
    await town.quiet()

    for number in range(3):
        await asks(fatima, f"Wie doet er iets aan de harde muziek bij het café? {number}", theme="Overlast")
    await town.quiet()

    people = {one: (await town.person(one)).id for one in (jan, kim, piet)}
    assert [one.assignee_id for one in await town.rows(Question)] == [people[jan], people[kim], people[jan]]
    await jan.sees("is voor jou. Jij bent nu aan de beurt bij Team Toezicht.")
    await kim.sees("is voor jou.")
    await piet.does_not_see("is voor jou.")


async def test_who_coordinates_sees_how_questions_go_but_not_of_a_few(town: Town) -> None:
    marieke, fatima = await town.coordinator("Marieke"), await town.resident("Fatima", district="Molenwijk")
    receipt = await asks(fatima)
    await marieke.says("/overzicht")
    assert "Nog door niemand opgepakt: 1" in text_of(await marieke.sees("📊 Overzicht"))

    await marieke.presses("Cijfers vragen")
    shown = await marieke.sees("Cijfers vragen, de laatste 30 dagen")
    assert "♻️ Afval en een schone buurt: 1\n" in text_of(shown)
    assert "Bij minder dan 5 vragen zie je alleen het aantal." in text_of(shown)
    await marieke.presses("Per wijk")
    await marieke.sees("Molenwijk: 1")
    await marieke.presses("Laatste 90 dagen")
    await marieke.sees("Cijfers vragen, de laatste 90 dagen")
    fatima.presses_forged(receipt, "a:q-figures:theme-30")
    await fatima.toast("Dit kan alleen een coördinator.")


async def test_a_standard_answer_is_made_filled_in_and_seen_once_more_before_it_goes(town: Town) -> None:
    jan, kees = await town.worker("Jan", "buitenruimte"), await town.worker("Kees", "toezicht")
    fatima = await town.resident("Fatima", district="Molenwijk")
    await asks(fatima)
    await jan.sees(GLASS)

    await jan.says("/s")
    await jan.sees("Jouw team heeft er nog geen.")
    await jan.presses("Nieuw standaardantwoord")
    await jan.says("Glasbak vol")
    await jan.says("Beste {achternaam}, morgen komt de wagen.")
    await jan.sees("Dit kan ik niet invullen: {achternaam}.")
    await jan.says("Beste {voornaam}, je BSN is 111222333.")
    await jan.sees("dat op een BSN lijkt")
    await jan.says("Beste {voornaam}, morgen komt de wagen van {team}.")
    await jan.sees("Klopt het zo?")
    await jan.presses("✅ Bewaar")
    await jan.sees("“Glasbak vol” staat klaar voor Team Buitenruimte.")

    await jan.presses("✏️ Antwoord")
    await jan.sees("Schrijf je antwoord")
    await jan.says("/s glas")
    await jan.sees("Kies er een. Je ziet het nog voor het weggaat.")
    await jan.presses("Glasbak vol")
    await jan.sees("Beste Fatima, morgen komt de wagen van Team Buitenruimte.")
    await fatima.does_not_see("Beste Fatima")
    await jan.presses("Verstuur antwoord")
    await fatima.sees("Beste Fatima, morgen komt de wagen van Team Buitenruimte.")

    await kees.says("/s")
    await kees.sees("Jouw team heeft er nog geen.")
    noor = await town.worker("Noor", "klantcontact")
    await noor.says("/s")
    await noor.presses("Nieuw standaardantwoord")
    await noor.says("Openingstijden")
    await noor.says("Beste {voornaam}, we zijn open van 9 tot 5.")
    await noor.presses("✏️ Team")
    of_teams = noor.buttons(await noor.sees("Voor welk team is het antwoord?"))
    assert of_teams[0] == "Klantcontact", "their own; after it those without anybody, which they look after"
    assert "Wijkbeheer Woonmeer" in of_teams
    await jan.says("/s")
    await jan.presses("Glasbak vol")
    await jan.presses("Haal weg")
    await jan.sees("Haal je “Glasbak vol” weg voor het hele team?")
    await jan.presses("Nee")
    await jan.sees("📋 Standaardantwoorden")
    await jan.presses("Glasbak vol")
    await jan.presses("Haal weg")
    await jan.presses("Ja")
    await jan.sees("🗑 “Glasbak vol” is weg.")
    assert await town.rows(StandardAnswer) == []
