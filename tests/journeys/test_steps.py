"""By small steps: from the first one to its celebration, out of being stuck, and asleep and awake again."""

from datetime import date, timedelta

from sqlmodel import select

from flows.commands import Done, carry
from flows.context import Context
from flows.initiatives.verbs import Plan, StartInitiative
from storage.columns import now
from storage.initiatives import EventKind, Initiative, InitiativeEvent, InitiativeStatus, Rhythm, Route, Side
from storage.participation import Participant, Participation
from storage.people import Person
from storage.questions import Question, QuestionStatus
from storage.steps import Step, StepStatus
from tests.journeys.living import it_is, today
from tests.journeys.phone import Phone
from tests.journeys.town import Town

PLAN = Plan(
    title="Bloemen op het plein",
    idea="Samen met de buren bloemen planten op het pleintje",
    helpers=("neighbours",),
    district="WK999904",
    theme="groen",
    first_step="Drie buren vragen",
    needs=None,
    amount=None,
    photo=None,
    route=Route.JUST_DO_IT,
)


async def starts(town: Town, phone: Phone) -> Initiative:
    """An initiative as it is once it was told."""
    async with town.app.database.transaction() as session:
        person = (await session.exec(select(Person).where(Person.telegram_id == phone.id))).one()
        context = Context(house=town.app.house, session=session, now=now(), actor=person)
        assert isinstance(await carry(context, StartInitiative(plan=PLAN)), Done)
    await town.quiet()
    await phone.sees("je bent begonnen!")
    initiative: Initiative = await town.only(Initiative)
    return initiative


async def takes_part(town: Town, initiative: Initiative, phone: Phone, kind: Participation) -> None:
    """Somebody helps, follows or supports."""
    person = await town.person(phone)
    async with town.app.database.transaction() as session:
        session.add(Participant(initiative_id=initiative.id or 0, person_id=person.id or 0, kind=kind))


async def events(town: Town) -> list[EventKind]:
    """The timeline."""
    return [one.kind for one in await town.rows(InitiativeEvent)]


async def test_the_first_step_is_reminded_of_done_and_celebrated_with_its_photo(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    kees, ali, mia = await town.resident("Kees"), await town.resident("Ali"), await town.resident("Mia")
    initiative = await starts(town, fatima)
    await takes_part(town, initiative, ali, Participation.HELPER)
    await takes_part(town, initiative, kees, Participation.FOLLOWER)
    await takes_part(town, initiative, kees, Participation.SUPPORTER)
    await takes_part(town, initiative, mia, Participation.SUPPORTER)
    step = await town.only(Step)
    assert (step.text, step.by - today(town)) == ("Drie buren vragen", timedelta(days=14))

    await fatima.presses("Alles over dit initiatief")
    board = await fatima.sees("👣 Stappen")
    assert "▫️ Drie buren vragen (jij, " in board["text"]
    await jan.presses("Alles over dit initiatief")
    await jan.presses("🚀 We kunnen beginnen")  # the route has a decision: only the guide says it goes without
    await fatima.sees("kan beginnen")
    await it_is(town, step.by - timedelta(days=2))
    await fatima.sees_nothing_new()
    await it_is(town, step.by - timedelta(days=1))
    reminder = await fatima.sees("👋 Morgen is de dag voor deze stap")
    assert fatima.buttons(reminder) == [
        "✅ Klaar", "📅 Andere dag", "↩️ Het lukt mij niet", "🗑 Niet nodig", "🆘 Het loopt vast",
    ]  # fmt: skip
    await it_is(town, step.by)
    await fatima.does_not_see("Drie buren vragen")

    await fatima.presses("✅ Klaar", on=reminder)
    await fatima.sees("Hoe ging het?")
    await fatima.says("Ze doen alle drie mee!")
    await fatima.sees("Heb je een foto van hoe het werd?")
    await fatima.sends_photo()
    await fatima.sees("Mag iedereen de foto zien?")
    await fatima.presses("Ja, iedereen")
    finished = await fatima.sees("🎉 Mooi, de eerste stap is gezet!")
    assert "“Bloemen op het plein” is op weg." in finished["text"]
    assert "Wat is de volgende kleine stap?" in finished["text"]
    for phone, quiet in ((kees, True), (ali, True), (mia, True), (jan, False)):
        party = await phone.sees_photo("🎉 “Bloemen op het plein” is op weg: de eerste stap is gezet!")
        assert "✅ Drie buren vragen\nZe doen alle drie mee!" in party["caption"]
        assert "Fatima" not in party["caption"]
        assert (len(phone.buttons(party)) == 2) == quiet
        await phone.does_not_see("is op weg")
    assert (await town.only(Initiative)).status is InitiativeStatus.UNDER_WAY
    assert {EventKind.STEP_PLANNED, EventKind.STEP_DONE} <= set(await events(town))
    await fatima.presses("✅ Klaar", on=reminder)
    await fatima.toast("Deze stap is al klaar.", alert=True)

    # Kees has heard enough; the next step is for who wants it, and Ali does.
    await kees.presses("🔕 Geen berichten meer")
    await fatima.presses("➕ Stap erbij", on=finished)
    await fatima.sees("Wat is de volgende kleine stap voor “Bloemen op het plein”?")
    await fatima.says("Plantjes halen")
    await fatima.sees("Wanneer is de stap klaar?")
    await fatima.presses("Over een week")
    await fatima.sees("Wie doet deze stap?")
    await fatima.presses("Iemand die wil helpen")
    await fatima.sees("Ik vraag de helpers wie hem doet.")
    await ali.sees("👣 Wie zet deze stap?")
    await ali.presses("Ik doe deze stap")
    await ali.sees("🙋 Fijn, jij doet deze stap.")
    await fatima.sees("🙋 Iemand doet deze stap")
    by = today(town) + timedelta(days=7)
    await it_is(town, by + timedelta(days=1))
    overdue = await ali.sees("👋 Hoe is het met deze stap van “Bloemen op het plein”?")
    assert ali.buttons(overdue) == ["✅ Klaar", "📅 Andere dag", "↩️ Het lukt mij niet"]
    await it_is(town, by + timedelta(days=5))
    await ali.does_not_see("Plantjes")
    await ali.presses("📅 Andere dag")
    await ali.presses("Over twee weken")
    await ali.sees("📅 Nieuwe dag:")
    await ali.presses("✅ Klaar", on=overdue)
    await ali.says("De kas gaf er twintig.")
    await ali.sends_photo()
    await ali.presses("Nee, niet iedereen")
    assert "heeft nu 2 stappen klaar" in (await ali.sees("🎉 Mooi, weer een stap gezet!"))["text"]
    for inner in (fatima, jan):
        await inner.sees_photo("De kas gaf er twintig.")
    assert "photo" not in await mia.sees("De kas gaf er twintig.")
    await kees.does_not_see("De kas")
    assert [(one.status, bool(one.photo)) for one in await town.rows(Step)] == [
        (StepStatus.DONE, True),
        (StepStatus.DONE, False),
    ]


async def test_what_is_stuck_becomes_a_question_for_the_guide_and_comes_back_answered(town: Town) -> None:
    jan, piet = await town.worker("Jan", "buitenruimte"), await town.worker("Piet", "buitenruimte")
    fatima = await town.resident("Fatima", district="Molenwijk")
    initiative = await starts(town, fatima)

    await it_is(town, today(town) + timedelta(days=14))
    how = await fatima.sees("👋 Vandaag is de dag voor deze stap van “Bloemen op het plein”")
    await fatima.does_not_see("Hoe gaat het")
    await fatima.presses("🆘 Het loopt vast", on=how)
    await fatima.sees("Waar loopt “Bloemen op het plein” op vast")
    await fatima.says("Er is geen kraan in de buurt.")
    receipt = await fatima.sees("🤝 Goed dat je het zegt.")
    assert "ligt bij Jan. Je krijgt uiterlijk " in receipt["text"]
    await jan.sees("🤝 “Bloemen op het plein” loopt vast.")
    card = await jan.sees("Er is geen kraan in de buurt.")
    assert "👤 Jan is ermee bezig" in card["text"]
    assert piet.buttons(await piet.sees("👤 Jan is ermee bezig")) == ["🔒 Notitie"]
    question = await town.only(Question)
    assert (question.initiative_id, question.status) == (initiative.id, QuestionStatus.CLAIMED)
    stuck = await town.only(Initiative)
    assert (stuck.turn, stuck.unanswered) == (Side.MUNICIPALITY, 0)
    assert EventKind.STUCK in await events(town)

    await jan.presses("✏️ Antwoord", on=card)
    await jan.says("Ik regel een sleutel van de kraan bij de school.")
    await jan.presses("Verstuur antwoord")
    answer = await fatima.sees("💬 Antwoord op je vraag")
    assert "een sleutel van de kraan bij de school." in answer["text"]
    assert (await town.only(Initiative)).turn is Side.RESIDENTS
    await fatima.presses("🤔 Dit helpt niet")
    await fatima.says("De school heeft vakantie.")
    await fatima.presses("Ga door")
    await jan.sees("De school heeft vakantie.")
    assert (await town.only(Initiative)).turn is Side.MUNICIPALITY


async def test_silence_is_asked_about_then_sleeps_and_wakes_with_one_tap(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    kees = await town.resident("Kees")
    initiative = await starts(town, fatima)
    await takes_part(town, initiative, kees, Participation.FOLLOWER)
    began = today(town)

    def after(weeks: int) -> date:
        return began + timedelta(weeks=weeks, days=1)

    await it_is(town, after(2))
    await fatima.sees("👋 Hoe is het met deze stap van “Bloemen op het plein”?")
    await fatima.does_not_see("Hoe gaat het")
    await it_is(town, after(4))
    await fatima.sees("👋 Hoe gaat het met “Bloemen op het plein”?")
    await it_is(town, after(6))
    await fatima.sees("👋 Het is al een tijd stil rond “Bloemen op het plein”.")
    await it_is(town, after(7))
    await fatima.sees_nothing_new()
    await jan.does_not_see("slaapt")
    await it_is(town, after(8))
    sleeps = await fatima.sees("💤 “Bloemen op het plein” slaapt nu.")
    await jan.sees("💤 “Bloemen op het plein”")
    await it_is(town, after(30))
    await fatima.sees_nothing_new()
    assert (await town.only(Initiative)).asleep_since is not None
    await kees.sees_nothing_new()

    await fatima.presses("☀️ We gaan weer verder", on=sleeps)
    await fatima.sees("☀️ “Bloemen op het plein” is weer wakker.")
    await jan.sees("is weer wakker.")
    assert (await town.only(Initiative)).asleep_since is None
    assert (await events(town))[-2:] == [EventKind.SLEPT, EventKind.WOKE]

    # Asked less often, and in the end not at all.
    await it_is(town, began + timedelta(days=20))
    await fatima.sees("👋 Hoe gaat het met")
    await fatima.presses("🔕 Vraag het minder vaak")
    await fatima.sees("elke maand.")
    await fatima.presses("📋 Alles over dit initiatief")
    await fatima.presses("⏰ Hoe vaak vraag ik iets?")
    await fatima.sees("Nu is dat: elke maand.")
    await fatima.presses("niet")
    await fatima.sees("Na een half jaar stilte vraag ik het één keer.")
    assert (await town.only(Initiative)).rhythm is Rhythm.NEVER
    await it_is(town, began + timedelta(days=180))
    await fatima.does_not_see("Hoe gaat het")
    await it_is(town, began + timedelta(days=184))
    await fatima.sees("👋 Het is al een tijd stil rond “Bloemen op het plein”.")
    assert kees.everything()[-1].startswith("Fijn, je kunt beginnen.")
