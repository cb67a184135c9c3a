"""Who works here: joining with a code, leaving, being removed, and the work that changes hands."""

from datetime import timedelta

import pytest

from bot.inviting import invite
from flows.commands import Refused, carry
from flows.context import Context
from flows.verbs import Invite
from storage.columns import now
from storage.conversations import Conversation
from storage.initiatives import Initiative
from storage.people import Invitation, Person, Role, RoleGrant
from storage.questions import Question
from tests.journeys.asking import GLASS, asks
from tests.journeys.phone import Phone
from tests.journeys.town import Town

EVERYBODY = ["initiatief", "vraag", "initiatieven", "lessen", "mijn", "instellingen", "privacy", "help", "annuleer"]


async def starts_initiative(fatima: Phone) -> str:
    """For the theme green, as somebody who said where they live; gives what the bot says at the end."""
    await fatima.says("/initiatief")
    await fatima.says("Samen met de buren bloemen planten")
    await fatima.presses("Buren")
    await fatima.presses("Klaar")
    await fatima.presses("Groen en water")
    await fatima.presses("Niets, wij kunnen beginnen")
    await fatima.presses("Ja, ik ga beginnen")
    await fatima.says("Drie buren vragen")
    await fatima.presses("Ja, begin!")
    return str((await fatima.sees("je bent begonnen!"))["text"])


async def test_a_code_works_once(town: Town) -> None:
    jan, piet = town.phone("Jan"), town.phone("Piet")
    code = await town.invitation(Role.CIVIL_SERVANT, "buitenruimte")

    await jan.says(f"/start {code}")
    await jan.sees("👋 Hallo Jan! Ik ben Stuur")
    await jan.sees("✅ Je bent nu medewerker van de gemeente bij Team Buitenruimte.")
    menu = await jan.sees("Je kunt beginnen. Nieuw werk komt hier vanzelf binnen.")
    assert jan.buttons(menu)[0] == "🧰 Mijn werk"
    await town.quiet()
    assert [name for name in jan.commands if name not in EVERYBODY] == ["werk", "artikelen", "s"]

    await piet.says(f"/start {code}")
    await piet.sees("Deze code is al gebruikt.")
    await piet.sees("In welke wijk woon je?")
    assert [name for name in piet.commands if name not in EVERYBODY] == []
    assert len(await town.rows(RoleGrant)) == 1


async def test_a_code_expires(town: Town) -> None:
    jan = town.phone("Jan")
    code = await town.invitation(Role.COORDINATOR)

    await town.passes(timedelta(days=8))
    await jan.says(f"/start {code}")
    await jan.sees("Deze code werkt niet meer.")
    assert await town.rows(RoleGrant) == []


async def test_an_unknown_code_gives_nothing(town: Town) -> None:
    jan = town.phone("Jan")

    await jan.says("/start abcdefghijklmnop")
    await jan.sees("Deze code ken ik niet.")
    await jan.sees("In welke wijk woon je?")
    assert await town.rows(RoleGrant) == []


async def test_a_code_for_what_somebody_is_already_stays_good_for_another(town: Town) -> None:
    jan, piet = await town.worker("Jan", "buitenruimte"), town.phone("Piet")
    code = await town.invitation(Role.CIVIL_SERVANT, "buitenruimte")

    await jan.says(f"/start {code}")
    await jan.sees("Je hoort al bij dit team.")
    await piet.says(f"/start {code}")
    await piet.sees("✅ Je bent nu medewerker van de gemeente bij Team Buitenruimte.")


async def test_without_a_team_it_is_the_front_desk(town: Town) -> None:
    jan = town.phone("Jan")

    await jan.says(f"/start {await town.invitation(Role.CIVIL_SERVANT)}")
    await jan.sees("✅ Je bent nu medewerker van de gemeente bij Klantcontact.")


async def test_a_coordinator_invites_and_removes_from_the_bot(town: Town) -> None:
    marieke, anna = await town.coordinator("Marieke"), town.phone("Anna")

    await marieke.says("/team")
    overview = await marieke.sees("👥 Teams")
    assert "Sociaal werk: nog niemand" in overview["text"]
    assert "Coördinatoren: Marieke" in overview["text"]
    await marieke.presses("Nodig iemand uit")
    await marieke.sees("Wie wil je uitnodigen?")
    await marieke.presses("Medewerker van een partner")
    await marieke.sees("Voor welk team?")
    await marieke.presses("Sociaal werk")
    invited = await marieke.sees("✉️ Stuur dit door aan één persoon.")
    assert "Die wordt dan medewerker van een partner bij Sociaal werk." in invited["text"]
    assert "https://t.me/stuur_sandbox_bot?start=" in invited["text"]
    command = next(line for line in invited["text"].splitlines() if line.startswith("/start "))

    await anna.says(command)
    await anna.sees("✅ Je bent nu medewerker van een partner bij Sociaal werk.")
    await marieke.says("/team")
    await marieke.sees("Sociaal werk: Anna")

    await marieke.presses("Haal iemand weg")
    await marieke.presses("Sociaal werk")
    await marieke.sees("Wie wil je weghalen?")
    await marieke.presses("Anna")
    review = await marieke.sees("Weet je het zeker?")
    assert "Team\nSociaal werk\n\nWie\nAnna" in review["text"]
    await marieke.presses("Ja, haal weg")
    await marieke.sees("Anna is gestopt met: Sociaal werk.")
    await anna.sees("Je bent gestopt met: Sociaal werk.")
    await town.quiet()
    assert anna.commands == EVERYBODY
    await anna.says("/werk")
    await anna.sees("Dit is voor mensen van de gemeente en partners.")


async def test_a_partner_is_invited_in_a_partner_s_team_and_a_civil_servant_in_the_municipality_s(town: Town) -> None:
    marieke = await town.coordinator("Marieke")
    offered = {}

    for role in ("Medewerker van een partner", "Medewerker van de gemeente"):
        await marieke.says("/team")
        await marieke.presses("Nodig iemand uit")
        await marieke.presses(role)
        offered[role] = marieke.buttons(await marieke.sees("Voor welk team?"))
        await marieke.presses("Stop")
        await marieke.presses("Ja, stop")

    partners = ["Wijkbeheer Woonmeer", "Sociaal werk", "Jeugdteam Het Baken", "Wijkagenten Elzermeer"]
    assert offered["Medewerker van een partner"][:-3] == partners
    assert "Klantcontact" in offered["Medewerker van de gemeente"]
    assert not set(partners) & set(offered["Medewerker van de gemeente"])


@pytest.mark.parametrize(
    ("role", "team", "key"),
    [
        (Role.PARTNER, "klantcontact", "team.refused.of_municipality"),
        (Role.PARTNER, None, "team.refused.of_municipality"),
        (Role.CIVIL_SERVANT, "sociaal-werk", "team.refused.of_partner"),
        (Role.CIVIL_SERVANT, "maan", "team.refused.no_team"),
        (Role.COORDINATOR, "klantcontact", "team.refused.no_team_needed"),
        (Role.ADMIN, "klantcontact", "team.refused.no_team_needed"),
    ],
)
async def test_nobody_is_invited_where_the_role_does_not_fit(
    town: Town, role: Role, team: str | None, key: str
) -> None:
    async with town.app.database.transaction() as session:
        context = Context(house=town.app.house, session=session, now=now(), actor=None)
        outcome = await carry(context, Invite(role=role, team=team))

    assert isinstance(outcome, Refused)
    assert outcome.key == key
    assert await town.rows(Invitation) == []


async def test_a_coordinator_sees_open_invitations_and_withdraws_one(town: Town) -> None:
    marieke, jan, piet = await town.coordinator("Marieke"), town.phone("Jan"), town.phone("Piet")
    await marieke.says("/team")
    overview = await marieke.sees("👥 Teams")
    assert "Open uitnodigingen" not in overview["text"]
    assert not any("Trek een uitnodiging in" in label for label in marieke.buttons(overview))
    for_toezicht = await town.invitation(Role.CIVIL_SERVANT, "toezicht")
    for_coordinator = await town.invitation(Role.COORDINATOR)
    await town.invitation(Role.ADMIN)

    await marieke.says("/team")
    overview = await marieke.sees("Open uitnodigingen")
    assert "• medewerker van de gemeente bij Team Toezicht, tot en met" in overview["text"]
    assert "• coördinator, tot en met" in overview["text"]
    assert "beheerder" not in overview["text"], "that is for admins"
    assert for_toezicht not in overview["text"]
    await marieke.presses("Trek een uitnodiging in")
    await marieke.presses("bij Team Toezicht")
    await marieke.presses("Ja, trek in")
    await marieke.sees("De uitnodiging is ingetrokken.")

    await jan.says(f"/start {for_toezicht}")
    await jan.sees("Deze code werkt niet meer.")
    await piet.says(f"/start {for_coordinator}")
    await piet.sees("✅ Je bent nu coördinator.")
    jan.presses_forged(jan.last, "a:team-withdraw:")
    await jan.toast("Dit kan alleen een coördinator.", alert=True)
    await marieke.says("/team")
    await marieke.sees("Coördinatoren: Marieke en Piet")
    await marieke.presses("Trek een uitnodiging in", on=overview)
    await marieke.toast("Deze uitnodiging is er niet meer.", alert=True)


async def test_an_invitation_that_is_used_meanwhile_is_not_withdrawn(town: Town) -> None:
    marieke, jan = await town.coordinator("Marieke"), town.phone("Jan")
    code = await town.invitation(Role.CIVIL_SERVANT, "toezicht")
    await marieke.says("/team")
    await marieke.presses("Trek een uitnodiging in")
    await marieke.presses("bij Team Toezicht")
    await marieke.sees("Weet je het zeker?")

    await jan.says(f"/start {code}")
    await jan.sees("✅ Je bent nu medewerker van de gemeente bij Team Toezicht.")
    await marieke.presses("Ja, trek in")
    await marieke.sees("Deze uitnodiging is er niet meer.")
    await marieke.sees("Wat wil je doen?")


async def test_somebody_is_removed_from_a_team_larger_than_a_keyboard(town: Town) -> None:
    marieke = await town.coordinator("Marieke")
    async with town.app.database.transaction() as session:
        for number in range(1, 121):
            person = Person(first_name=f"Collega {number:03}")
            session.add(person)
            await session.flush()
            session.add(RoleGrant(person_id=person.id or 0, role=Role.CIVIL_SERVANT, team_code="toezicht"))

    await marieke.says("/team")
    await marieke.presses("Haal iemand weg")
    teams = await marieke.sees("Uit welk team wil je iemand weghalen?")
    assert marieke.buttons(teams)[:-1] == ["Team Toezicht", "Coördinatoren"]
    await marieke.presses("Team Toezicht")
    people = await marieke.sees("Wie wil je weghalen?")
    assert marieke.buttons(people)[:21] == [*(f"Collega {number:03}" for number in range(1, 21)), "Volgende ▶️"]
    for page in range(1, 6):
        await marieke.presses("Volgende ▶️")
        await town.quiet()
        assert marieke.buttons(people)[0] == f"Collega {page * 20 + 1:03}"
    await marieke.presses("Collega 119")
    await marieke.presses("Ja, haal weg")
    await marieke.sees("Collega 119 is gestopt met: Team Toezicht.")
    assert len(await town.rows(RoleGrant)) == 120


async def test_who_leaves_gives_their_open_work_back(town: Town) -> None:
    jan, piet = await town.worker("Jan", "buitenruimte"), await town.worker("Piet", "buitenruimte")
    fatima = await town.resident("Fatima", district="Molenwijk")
    await asks(fatima)
    of_jan, of_piet = await jan.sees(GLASS), await piet.sees(GLASS)
    await jan.presses("Ik pak dit op")
    await piet.sees("👤 Jan is ermee bezig")
    assert "Jan is jouw gebiedsmakelaar." in await starts_initiative(fatima)

    await jan.says("/instellingen")
    await jan.presses("Stop met: Team Buitenruimte")
    await jan.sees("Wil je stoppen?")
    await jan.presses("Ja, ik stop")
    await jan.sees("Je bent gestopt met: Team Buitenruimte.")

    await piet.sees("📥 Wie pakt dit op?")
    await fatima.sees("👤 Piet is nu jouw gebiedsmakelaar voor “Samen met de buren bloemen planten”")
    await town.quiet()
    assert jan.buttons(of_jan) == []
    assert "🙋 Ik pak dit op" in piet.buttons(of_piet)
    piets = await town.person(piet)
    assert (await town.only(Question)).assignee_id is None
    assert (await town.only(Initiative)).guide_id == piets.id


async def test_who_thinks_better_of_leaving_stays(town: Town) -> None:
    jan = await town.worker("Jan", "buitenruimte")

    await jan.says("/instellingen")
    await jan.presses("Stop met: Team Buitenruimte")
    await jan.presses("Nee, ik blijf")
    await jan.does_not_see("Je bent gestopt met")
    assert len(await town.rows(RoleGrant)) == 1


async def test_the_work_of_an_empty_team_goes_to_the_front_desk(town: Town) -> None:
    jan, piet = await town.worker("Jan", "buitenruimte"), await town.worker("Piet", "klantcontact")
    fatima = await town.resident("Fatima", district="Molenwijk")
    await asks(fatima)
    of_jan = await jan.sees(GLASS)
    await piet.does_not_see(GLASS)

    await jan.says("/instellingen")
    await jan.presses("Stop met: Team Buitenruimte")
    await jan.presses("Ja, ik stop")
    card = await piet.sees(GLASS)
    assert "Team Buitenruimte" in card["text"]
    await town.quiet()
    assert jan.buttons(of_jan) == []
    await piet.presses("Ik pak dit op")
    await piet.toast("nu van jou")


async def test_the_work_of_an_empty_front_desk_goes_to_the_coordinators(town: Town) -> None:
    marieke, fatima = await town.coordinator("Marieke"), await town.resident("Fatima", district="Molenwijk")

    await asks(fatima)
    await marieke.sees(GLASS)
    assert "Marieke is jouw gebiedsmakelaar." in await starts_initiative(fatima)
    await marieke.says("/overzicht")
    overview = await marieke.sees("📊 Overzicht")
    assert "Vragen die wachten: 1, waarvan 0 te laat" in overview["text"]
    assert "Molenwijk: 🌱 1 · 💬 1" in overview["text"]
    await marieke.says("/werk")
    await marieke.sees("📥 Dit wacht op iemand van je team")


async def test_what_nobody_looks_after_waits_for_the_first_who_comes(town: Town) -> None:
    fatima = await town.resident("Fatima", district="Molenwijk")
    await asks(fatima)
    assert "We zoeken een gebiedsmakelaar voor je bij Team Buitenruimte." in await starts_initiative(fatima)

    marieke = await town.coordinator("Marieke")
    await town.quiet()
    card = await marieke.presses("🙋 Ik pak dit op")
    assert GLASS in card["text"]
    await marieke.toast("nu van jou")
    await fatima.sees("👤 Marieke is nu jouw gebiedsmakelaar voor “Samen met de buren bloemen planten”")


async def test_who_joins_the_team_gets_what_waited_at_the_front_desk(town: Town) -> None:
    piet, fatima = await town.worker("Piet", "klantcontact"), await town.resident("Fatima", district="Molenwijk")
    await asks(fatima)
    of_piet = await piet.sees(GLASS)

    jan = await town.worker("Jan", "buitenruimte")
    await town.quiet()
    card = await jan.presses("🙋 Ik pak dit op")
    assert GLASS in card["text"]
    await town.quiet()
    assert piet.buttons(of_piet) == []


async def test_who_is_removed_gives_their_open_work_back(town: Town) -> None:
    marieke, jan = await town.coordinator("Marieke"), await town.worker("Jan", "buitenruimte")
    fatima = await town.resident("Fatima", district="Molenwijk")
    await asks(fatima)
    of_jan = await jan.sees(GLASS)
    await jan.presses("Ik pak dit op")
    await jan.toast("nu van jou")
    assert "Jan is jouw gebiedsmakelaar." in await starts_initiative(fatima)

    await marieke.says("/team")
    await marieke.presses("Haal iemand weg")
    await marieke.presses("Team Buitenruimte")
    await marieke.presses("Jan")
    await marieke.presses("Ja, haal weg")
    card = await marieke.sees(GLASS)
    assert "🙋 Ik pak dit op" in marieke.buttons(card)
    await fatima.sees("👤 Marieke is nu jouw gebiedsmakelaar voor “Samen met de buren bloemen planten”")
    await town.quiet()
    assert jan.buttons(of_jan) == []
    await jan.presses("Ik pak dit op", on=of_jan)
    await jan.toast("Dit kan alleen", alert=True)


async def test_a_code_from_the_command_line_works_while_the_house_is_open(town: Town) -> None:
    jan = town.phone("Jan")

    link, code = await invite(town.settings, Role.PARTNER, "sociaal-werk")
    assert link == f"https://t.me/stuur_sandbox_bot?start={code}"
    await jan.says(f"/start {code}")
    await jan.sees("✅ Je bent nu medewerker van een partner bij Sociaal werk.")


async def test_the_last_coordinator_stays(town: Town) -> None:
    marieke = await town.coordinator("Marieke")

    await marieke.says("/team")
    await marieke.presses("Haal iemand weg")
    await marieke.presses("Coördinatoren")
    await marieke.presses("Marieke · coördinator")
    await marieke.presses("Ja, haal weg")
    await marieke.sees("Dit is de laatste coördinator. Nodig eerst iemand anders uit als coördinator.")
    assert len(await town.rows(RoleGrant)) == 1
    await marieke.says("/instellingen")
    await marieke.presses("Stop met: ")
    await marieke.presses("Ja, ik stop")
    await marieke.sees("Dit is de laatste coördinator.")
    assert len(await town.rows(RoleGrant)) == 1

    await town.coordinator("Petra")
    await marieke.says("/instellingen")
    await marieke.presses("Stop met: ")
    await marieke.presses("Ja, ik stop")
    await marieke.sees("Je bent gestopt met: ")
    assert len(await town.rows(RoleGrant)) == 1
    await marieke.says("/team")
    await marieke.sees("Dit kan alleen een coördinator.")


async def test_what_was_begun_for_work_goes_with_the_last_role(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    marieke = await town.coordinator("Marieke")
    await asks(fatima)
    await jan.presses("Antwoord")
    await jan.sees("Schrijf je antwoord")
    await jan.says("De glasbak wordt maandag geleegd.")
    await jan.sees("Dit stuur ik naar Fatima")

    await marieke.says("/team")
    await marieke.presses("Haal iemand weg")
    await marieke.presses("Team Buitenruimte")
    await marieke.presses("Jan")
    await marieke.presses("Ja, haal weg")
    await jan.sees("Je bent gestopt met:")
    given_back = await jan.sees("Dit wilde je zeggen.")
    assert given_back["text"].endswith("De glasbak wordt maandag geleegd.")

    assert await town.rows(Conversation) == []
