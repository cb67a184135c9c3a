"""Partners think along, as far as the residents want."""

from datetime import timedelta

from flows.initiatives.verbs import Plan, StartInitiative
from storage.initiatives import Initiative, Route
from storage.people import Role
from tests.journeys.phone import Phone
from tests.journeys.running_initiative import does
from tests.journeys.town import Town

TITLE = "Samen met de buren lampen ophangen"
IDEA = "Samen met de buren lampen ophangen in de donkere steeg"


async def starts(town: Town, phone: Phone, *, photo: bool = False) -> None:
    """An initiative about safety, of somebody in Molenwijk."""
    picture = (await phone.sends_photo())["photo"][-1]["file_id"] if photo else None
    plan = Plan(
        title=TITLE,
        idea=IDEA,
        helpers=("neighbours",),
        district="WK999904",
        theme="veilig",
        first_step="Drie buren vragen",
        needs=None,
        amount=None,
        photo=picture,
        route=Route.JUST_DO_IT,
    )
    await does(town, phone, StartInitiative(plan=plan))
    await phone.sees("je bent begonnen!")


async def test_a_partner_hears_what_the_resident_shares_joins_and_is_kept_out_again(town: Town) -> None:
    jan = await town.worker("Jan", "toezicht")
    noor = await town.worker("Noor", "sociaal-werk", role=Role.PARTNER)
    omar = await town.worker("Omar", "wijkagenten", role=Role.PARTNER)
    fatima = await town.resident("Fatima", district="Molenwijk")
    await starts(town, fatima, photo=True)

    proposal = await fatima.sees("🤝 Deze partners denken graag mee over “Samen met de buren lampen ophangen”.")
    assert "Sociaal werk (Welzijn Elzermeer): weet nog niets" in proposal["text"]
    assert "Wijkagenten Elzermeer (Politie Meerkust): weet nog niets" in proposal["text"]
    assert "Jeugdteam" not in proposal["text"]
    await noor.says("/werk")
    await noor.sees("Er is nu niets te doen.")

    await fatima.presses("✖️ Nee", on=proposal)
    await fatima.toast("Sociaal werk ziet niets van je plan.")
    await fatima.presses("✅ Ja: Sociaal werk")
    consent = await fatima.sees("Wat mag Sociaal werk (Welzijn Elzermeer) zien")
    assert "⬜ Wat er nodig is" not in fatima.buttons(consent), "nothing is needed"
    await fatima.presses("Het idee")
    await fatima.presses("De foto")
    await fatima.presses("Klaar")
    review = await fatima.sees("Mag Sociaal werk (Welzijn Elzermeer) meekijken?")
    assert "Dit zien ze ook\nHet idee, De foto" in review["text"]
    await noor.sees_nothing_new()
    await fatima.presses("✅ Ja, deel dit")
    await fatima.sees("ziet nu de naam, de wijk en het onderwerp, en ook: het idee en de foto. Meer niet.")

    card = await noor.sees("Deze bewoners vragen of jullie meedenken.")
    assert IDEA in card["text"]
    assert "Fatima" not in card["text"]
    assert "Drie buren vragen" not in card["text"]
    await noor.sees_photo()
    await jan.sees("🤝 Sociaal werk mag meekijken")
    await omar.sees_nothing_new()

    await noor.presses("Wij doen mee")
    await noor.sees("Wat kan Sociaal werk doen")
    await noor.says("Wij hebben een ladder.")
    await noor.sees("🎉 Jullie doen mee")
    joined = await fatima.sees("doet mee met")
    assert "Noor schrijft:\n\nWij hebben een ladder." in joined["text"]
    await jan.sees("Wij hebben een ladder.")
    await fatima.replies_to(joined, "Fijn! Zaterdag?")
    asked = await noor.sees("Een initiatiefnemer schrijft over")
    assert "Fijn! Zaterdag?" in asked["text"]
    await noor.replies_to(asked, "Zaterdag is goed.")
    await fatima.sees("Noor van Sociaal werk (Welzijn Elzermeer) schrijft")
    await jan.sees("Zaterdag is goed.")
    await noor.says("/werk")
    await noor.sees("🤝 Hier kijken jullie mee als partner")
    await noor.presses("Samen met de buren lampen")
    latest = await noor.sees("Jullie doen mee. Dit mogen jullie zien:")
    await noor.presses("📋 Alles over dit initiatief")
    assert "Fatima" not in (await noor.sees("👤 Gebiedsmakelaar: Jan"))["text"]

    await fatima.presses("📋 Alles over dit initiatief")
    board = await fatima.sees("👤 Gebiedsmakelaar: Jan")
    assert (
        "Sociaal werk (Welzijn Elzermeer): doet mee (ziet ook: het idee en de foto) – Wij hebben een ladder."
        in board["text"]
    )
    await fatima.presses("🤝 Partners")
    await fatima.sees("Jij kiest wie meekijkt, en wat ze zien.")
    await fatima.presses("✖️ Stop")
    await fatima.sees("Sociaal werk (Welzijn Elzermeer): kijkt niet mee")
    await noor.sees("Bedankt voor het meedenken.")
    await jan.sees("delen “Samen met de buren lampen ophangen”")
    assert "wordt niet meer met je gedeeld" in noor.now(latest)
    assert noor.buttons(latest) == []
    await noor.presses("Wij doen mee", on=card)
    await noor.toast("Dit wordt niet met jullie gedeeld.", alert=True)
    await noor.says("/werk")
    await noor.sees("Er is nu niets te doen.")

    assert not any("Fatima" in text or "Drie buren" in text for text in noor.everything())
    assert not any(word in text for text in omar.everything() for word in ("Fatima", IDEA, "lampen"))


async def test_a_partner_that_cannot_says_why_and_the_guide_proposes_another(town: Town) -> None:
    jan = await town.worker("Jan", "toezicht")
    omar = await town.worker("Omar", "wijkagenten", role=Role.PARTNER)
    fatima = await town.resident("Fatima", district="Molenwijk")
    await starts(town, fatima)

    await fatima.sees("🤝 Deze partner denkt graag mee")
    await fatima.presses("✅ Ja: Wijkagenten Elzermeer")
    await fatima.presses("Mijn voornaam")
    await fatima.presses("Klaar")
    await fatima.presses("✅ Ja, deel dit")
    card = await omar.sees("Van wie? Fatima")
    assert IDEA not in card["text"]
    await omar.replies_to(card, "Wat een goed plan!")
    await omar.sees("Doe eerst mee.")
    await omar.presses("✖️ Wij kunnen niet")
    await omar.sees("Waarom kan Wijkagenten Elzermeer niet meedoen")
    await omar.says("Er is nu geen agent vrij. Vraag het sociaal werk.")
    await omar.sees("Bedankt dat je zegt waarom.")
    await town.quiet()
    assert "wordt niet meer met je gedeeld" in omar.now(card)
    declined = await fatima.sees("Wijkagenten Elzermeer (Politie Meerkust) kan nu niet meedoen")
    assert "Het plan gaat gewoon door." in declined["text"]
    assert "Er is nu geen agent vrij." in declined["text"]
    await jan.sees("Er is nu geen agent vrij.")

    noor = await town.worker("Noor", "sociaal-werk", role=Role.PARTNER)
    await jan.presses("📋 Alles over dit initiatief")
    await jan.presses("🤝 Partners")
    await jan.sees("kan nu niet – Er is nu geen agent vrij.")
    await jan.presses("➕ Stel een partner voor")
    await jan.presses("Sociaal werk")
    await jan.sees("✅ Voorgesteld: Sociaal werk")
    await fatima.sees("Jan, je gebiedsmakelaar, stelt een partner voor")
    await noor.sees_nothing_new()
    await fatima.presses("✅ Ja: Sociaal werk")
    await fatima.presses("Klaar")
    assert "alleen naam, wijk en onderwerp" in (await fatima.sees("meekijken?"))["text"]
    await fatima.presses("✅ Ja, deel dit")
    seen = await noor.sees("Deze bewoners vragen of jullie meedenken.")
    assert "de naam, de wijk en het onderwerp." in seen["text"]
    await fatima.presses("🤝 Partners")
    await fatima.presses("👁 Wat zien ze?")
    await fatima.presses("Het idee")
    await fatima.presses("Klaar")
    await fatima.presses("✅ Ja, deel dit")
    await fatima.sees("✅ Aangepast.")
    await town.quiet()
    assert IDEA in noor.now(seen)


async def test_without_anybody_at_a_partner_nothing_is_proposed_and_nobody_else_sees_it(town: Town) -> None:
    desk = await town.worker("Ans")
    fatima = await town.resident("Fatima", district="Molenwijk")
    await starts(town, fatima)

    await desk.sees("🌱 Samen met de buren lampen ophangen")
    await fatima.does_not_see("denkt graag mee")
    await fatima.presses("📋 Alles over dit initiatief")
    await fatima.presses("🤝 Partners")
    await fatima.sees("Er is nog geen partner. Wil je er een? Vraag het je gebiedsmakelaar.")
    assert (await town.only(Initiative)).title == "Samen met de buren lampen ophangen"
    await town.passes(timedelta(hours=2))
    await desk.does_not_see("meekijken")
