"""What else is done at the desk, and what the clock does there: each story tells one thing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from flows.timers import run_due
from storage.columns import now
from storage.questions import Question, QuestionStatus
from tests.journeys.asking import GLASS, answers, asks, presses_more
from tests.journeys.living import it_is
from tests.journeys.phone import Message, Phone
from tests.journeys.town import Town

ANSWER = "Morgen komt de wagen."


async def jan_and_fatima(town: Town) -> tuple[Phone, Phone]:
    """Somebody of the team, and a resident."""
    return await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")


async def passes_until(town: Town, moment: datetime | None) -> None:
    """Just beyond a moment that was written down."""
    assert moment is not None
    await town.passes(moment - now() + timedelta(minutes=1))


def working_day(town: Town, *, after: datetime | None = None, days: int = 1) -> date:
    """A working day, so many after today, or after a moment."""
    house = town.app.house.municipality
    day = house.calendar.due(after or now(), days).astimezone(house.zone).date()
    return day if day > house.today(after or now()) else working_day(town, after=after, days=days + 1)


def written(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"


async def takes(worker: Phone, words: str = GLASS) -> Message:
    """Claim the question; gives the card."""
    card = await worker.sees(words)
    await worker.presses("Ik pak dit op", on=card)
    await worker.toast("nu van jou")
    return card


async def passes_on(worker: Phone, team: str = "Team Toezicht") -> None:
    await worker.presses("Zet door")
    await worker.presses(team)
    await worker.says("Dit is overlast.")
    await worker.presses("↪️ Zet door")
    await worker.sees(f"ligt nu bij {team}.")


async def test_the_clock_stands_still_while_the_resident_is_asked_something(town: Town) -> None:
    jan, fatima = await jan_and_fatima(town)
    await asks(fatima)
    card = await takes(jan)
    due = (await town.only(Question)).due_at

    await presses_more(jan, "❔ Vraag iets terug")
    await jan.says("Welke glasbak bedoel je?")
    await jan.presses("Vraag het")
    await jan.sees("De klok staat stil.")
    asked = await fatima.sees("❔ Jan wil nog iets weten over je vraag V-")
    assert "Welke glasbak bedoel je?" in asked["text"]
    await town.quiet()
    assert "⏸️ Jan wacht tot" in jan.now(card)
    await town.passes(timedelta(minutes=1))
    await jan.sees("📬 Aangekomen")

    await town.passes(timedelta(days=7))  # longer than the term, shorter than the wait
    await fatima.does_not_see("had al beantwoord moeten zijn")
    assert (await town.only(Question)).status == QuestionStatus.WAITING
    await fatima.presses("💬 Antwoord")
    await fatima.says("Die bij de school.")
    await fatima.presses("Ga door")
    await jan.sees("Die bij de school.")
    question = await town.only(Question)
    assert (question.status, question.paused_at, question.waits_until) == (QuestionStatus.CLAIMED, None, None)
    assert question.due_at > max(due - timedelta(days=7), now())
    await town.quiet()
    assert "👤 Jan is ermee bezig" in jan.now(card)


async def test_who_does_not_reply_is_waited_for_until_an_end(town: Town) -> None:
    jan, fatima = await jan_and_fatima(town)
    await asks(fatima)
    await jan.sees(GLASS)
    await presses_more(jan, "❔ Vraag iets terug")
    await jan.says("Welke glasbak bedoel je?")
    await jan.presses("Vraag het")
    await fatima.sees("Jan wil nog iets weten")

    await passes_until(town, (await town.only(Question)).waits_until)
    await jan.sees("⏰ De bewoner heeft niet geantwoord over V-")
    question = await town.only(Question)
    assert (question.status, question.assignee_id) == (QuestionStatus.CLAIMED, (await town.person(jan)).id)
    await answers(jan, ANSWER)
    await fatima.sees(ANSWER)


async def test_a_note_is_for_colleagues_only(town: Town) -> None:
    jan, fatima = await jan_and_fatima(town)
    piet = await town.worker("Piet", "buitenruimte")
    await asks(fatima)
    await takes(jan)
    of_piet = await piet.sees("👤 Jan is ermee bezig")

    await piet.presses("🔒 Notitie", on=of_piet)
    await piet.says("Deze bak stond vorige week ook vol.")
    await piet.sees("🔒 Genoteerd bij V-")
    told = await jan.sees("🔒 Notitie van Piet bij V-")
    assert "Deze bak stond vorige week ook vol." in told["text"]
    await town.quiet()
    assert "🔒 Notitie van Piet (alleen voor collega's)\nDeze bak stond vorige week ook vol." in piet.now(of_piet)
    await answers(jan, ANSWER)
    await fatima.sees(ANSWER)
    await fatima.says("/mijn")
    await town.quiet()
    assert not any("vorige week" in said for said in fatima.everything())


async def test_a_colleague_of_another_team_thinks_along_and_the_question_stays(town: Town) -> None:
    jan, fatima = await jan_and_fatima(town)
    piet = await town.worker("Piet", "toezicht")
    await asks(fatima)
    await jan.sees(GLASS)

    await presses_more(jan, "💡 Laat iemand meedenken")
    await jan.presses("Piet")
    await jan.says("Mag die bak daar staan?")
    await jan.sees("💡 Piet denkt mee over V-")
    assert piet.buttons(await piet.sees("Wie pakt dit op?")) == ["🔒 Notitie"]
    asked = await piet.sees("💡 Jan vraagt of je meedenkt over V-")
    assert "Mag die bak daar staan?" in asked["text"]
    await piet.presses("Schrijf een notitie", on=asked)
    await piet.says("Ja, dat mag.")
    await jan.sees("🔒 Notitie van Piet bij V-")  # who asked hears it, also of a question that nobody has
    question = await town.only(Question)
    assert (question.team_code, question.assignee_id) == ("buitenruimte", None)
    assert not any("mag" in said for said in fatima.everything()[-3:])


async def test_what_is_passed_on_is_accepted(town: Town) -> None:
    jan, fatima = await jan_and_fatima(town)
    piet = await town.worker("Piet", "toezicht")
    await asks(fatima)
    await jan.sees(GLASS)
    await passes_on(jan)

    await piet.sees("Is hij van jullie?")
    await piet.presses("Ja, ik neem hem aan")
    await piet.sees("👤 Piet is ermee bezig")
    question = await town.only(Question)
    assert (question.accept_by, question.handed_from, question.status) == (None, None, QuestionStatus.CLAIMED)


async def test_what_is_passed_on_is_given_back_with_the_reason(town: Town) -> None:
    jan, fatima = await jan_and_fatima(town)
    piet = await town.worker("Piet", "toezicht")
    await asks(fatima)
    await takes(jan)
    await passes_on(jan)

    card = await piet.sees("Is hij van jullie?")
    await piet.presses("Niet van ons")
    await piet.says("Vuilnis is geen overlast.")
    await piet.sees("ligt weer bij Team Buitenruimte")
    back = await jan.sees("↩️ Piet van Team Toezicht geeft V-")
    assert "Vuilnis is geen overlast." in back["text"]
    question = await town.only(Question)
    assert (question.team_code, question.accept_by) == ("buitenruimte", None)
    assert (question.status, question.assignee_id) == (QuestionStatus.CLAIMED, (await town.person(jan)).id)
    await town.quiet()
    assert piet.buttons(card) == []
    assert not any("geen overlast" in said for said in fatima.everything())
    await jan.presses("👀 Bekijk de vraag", on=back)
    await jan.sees("Teruggegeven, omdat\nVuilnis is geen overlast.")


async def test_what_nobody_accepts_in_time_comes_back(town: Town) -> None:
    jan, fatima = await jan_and_fatima(town)
    await town.worker("Piet", "toezicht")
    await asks(fatima)
    await jan.sees(GLASS)
    await passes_on(jan)

    await passes_until(town, (await town.only(Question)).accept_by)
    await jan.sees("↩️ Team Toezicht heeft V-")
    question = await town.only(Question)
    assert (question.team_code, question.accept_by) == ("buitenruimte", None)
    assert question.assignee_id == (await town.person(jan)).id
    await answers(jan, ANSWER)
    await fatima.sees(ANSWER)


async def test_a_part_becomes_a_question_of_its_own(town: Town) -> None:
    jan, fatima = await jan_and_fatima(town)
    piet = await town.worker("Piet", "toezicht")
    await asks(fatima, "Wanneer wordt de glasbak geleegd? En wie doet er iets aan de herrie bij het café?")
    await takes(jan, "glasbak geleegd")

    await presses_more(jan, "✂️ Splits")
    await jan.says("Wie doet er iets aan de herrie bij het café?")
    await jan.presses("Overlast")
    await jan.presses("✂️ Splits")
    await jan.sees("is nu een eigen vraag, bij Team Toezicht.")
    told = await fatima.sees("ging over twee dingen.")
    assert "Wie doet er iets aan de herrie bij het café?" in told["text"]
    await piet.sees("🔗 Hoort bij V-")
    first, part = await town.rows(Question)
    assert (part.linked_id, part.team_code, part.asker_id) == (first.id, "toezicht", first.asker_id)
    assert (first.status, part.status) == (QuestionStatus.CLAIMED, QuestionStatus.CLAIMED)  # there work is divided
    await answers(piet, "Wij gaan langs.")
    await fatima.sees("Wij gaan langs.")
    assert [one.status for one in await town.rows(Question)] == [QuestionStatus.CLAIMED, QuestionStatus.ANSWERED]


async def test_two_residents_get_the_one_answer_to_what_both_asked(town: Town) -> None:
    jan, fatima = await jan_and_fatima(town)
    kees = await town.resident("Kees", district="Molenwijk")
    await asks(fatima)
    await jan.sees(GLASS)
    receipt = await asks(kees, "Is de glasbak al geleegd?")
    await jan.sees("Is de glasbak al geleegd?")

    await presses_more(jan, "➕ Voeg samen")
    await jan.presses("Wanneer wordt de glasbak")
    await jan.presses("➕ Voeg samen")
    await jan.sees("gaat nu mee met V-")
    await kees.sees("➕ Iemand vroeg hetzelfde als jij in V-")
    card = await jan.sees_again("➕ Samen met V-")
    await kees.replies_to(receipt, "Hij zit nu echt vol.")
    await jan.sees("Hij zit nu echt vol.")

    await jan.presses("✏️ Antwoord", on=card)
    await jan.says(ANSWER)
    await jan.presses("Verstuur antwoord")
    for resident, asked in ((fatima, GLASS), (kees, "Is de glasbak al geleegd?")):
        answer = await resident.sees("💬 Antwoord op je vraag V-")
        assert ANSWER in answer["text"]
        assert asked in answer["text"]
    assert {one.status for one in await town.rows(Question)} == {QuestionStatus.ANSWERED}
    await kees.presses("🤔 Dit helpt niet")
    await kees.says("Nog steeds vol.")
    await kees.presses("Ga door")
    await jan.sees("Nog steeds vol.")
    first, second = await town.rows(Question)
    assert (first.status, second.status) == (QuestionStatus.ANSWERED, QuestionStatus.CLAIMED)


async def test_what_goes_along_and_is_taken_apart_again_is_heard_by_all_and_stands_so_on_their_cards(
    town: Town,
) -> None:
    jan, fatima = await jan_and_fatima(town)
    noor = await town.worker("Noor", "buitenruimte")
    kees = await town.resident("Kees", district="Molenwijk")
    await asks(fatima)
    await asks(kees, "Is de glasbak al geleegd?")
    own = await jan.sees("Is de glasbak al geleegd?")
    await takes(noor)
    of_noor = await noor.sees("Is de glasbak al geleegd?")
    await presses_more(jan, "➕ Voeg samen", on=own)
    await jan.presses("Wanneer wordt de glasbak")
    await jan.presses("➕ Voeg samen")
    told = await noor.sees("➕ Jan voegt V-")  # it is hers, and a card that changes makes no sound
    assert "Is de glasbak al geleegd?" in told["text"]
    await jan.does_not_see("➕ Jan voegt")
    assert "➕ Hoort bij een andere vraag" in jan.now(own)
    card = await noor.sees_again("➕ Samen met V-")

    await noor.presses("⋯ Meer", on=card)
    await noor.presses("➗ Haal weer uit elkaar")
    for worker, before in ((noor, of_noor), (jan, own)):
        await worker.sees("is weer een eigen vraag.")
        await town.quiet()
        assert "📥 Wie pakt dit op?" in worker.now(before)
    await kees.sees("krijgt toch een eigen antwoord. Je hoeft niets te doen.")
    assert "Samengevoegd met" not in noor.now(card)


async def test_what_is_put_aside_comes_back_that_day(town: Town) -> None:
    jan, fatima = await jan_and_fatima(town)
    await asks(fatima)
    card = await takes(jan)
    day = working_day(town)

    await presses_more(jan, "💤 Later verder")
    await jan.says(written(day))
    await jan.sees("💤 Je ziet V-")
    await town.quiet()
    assert "💤 Jan gaat" in jan.now(card)
    await it_is(town, day)
    await jan.sees("💤 Je wilde V-")
    await jan.sees("👤 Jan is ermee bezig")
    assert (await town.only(Question)).snoozed_until is None


async def test_a_second_reader_says_what_can_be_better_and_then_that_it_may_go(town: Town) -> None:
    jan, fatima = await jan_and_fatima(town)
    piet = await town.worker("Piet", "buitenruimte")
    await asks(fatima)
    await takes(jan)

    await jan.presses("✏️ Antwoord")
    await jan.says("Wij komen binnenkort.")
    await jan.presses("✏️ Meelezen")
    await jan.presses("Piet")
    await jan.presses("Verstuur antwoord")
    await jan.sees("👀 Piet kan je antwoord op V-")
    await fatima.does_not_see("binnenkort")
    asked = await piet.sees("👀 Lees je mee?")
    assert "Wij komen binnenkort." in asked["text"]
    await piet.presses("Kan beter", on=asked)
    await piet.says("Noem de dag.")
    back = await jan.sees("✏️ Piet heeft een opmerking over je antwoord op V-")
    assert "Noem de dag." in back["text"]
    assert "Wij komen binnenkort." in back["text"]

    await jan.presses("✏️ Antwoord", on=back)
    await jan.says(ANSWER)
    await jan.presses("✏️ Meelezen")
    await jan.presses("Iemand van mijn team")
    await jan.presses("Verstuur antwoord")
    await piet.sees(ANSWER)
    await piet.presses("Goed, verstuur")
    await piet.toast("✅ Verstuurd")
    answer = await fatima.sees(ANSWER)
    assert "– Jan, Team Buitenruimte" in answer["text"]
    await jan.sees("✅ Piet vond je antwoord op V-")
    await piet.presses("Goed, verstuur", on=asked)
    await piet.toast("Hier hoeft niemand meer mee te lezen.", alert=True)
    assert not any("binnenkort" in said for said in fatima.everything())


async def test_an_answer_is_corrected_where_the_resident_has_it(town: Town) -> None:
    jan, fatima = await jan_and_fatima(town)
    await asks(fatima)
    card = await answers(jan, "Morgen kont de wagen.")
    answer = await fatima.sees("Morgen kont de wagen.")

    await jan.presses("🩹 Verbeter")
    await jan.says(ANSWER)
    await jan.presses("Verbeter mijn antwoord")
    await jan.sees("is verbeterd.")
    await fatima.sees("🩹 Jan heeft het antwoord op V-")
    await town.quiet()
    assert ANSWER in fatima.now(answer)
    assert "kont" not in fatima.now(answer)
    assert "Verbeterd op" in fatima.now(answer)
    assert fatima.buttons(answer)[0] == "👍 Dit helpt"
    assert "Antwoord (verbeterd)\nMorgen komt de wagen." in jan.now(card)


async def test_a_new_date_is_heard_by_the_resident_with_the_reason(town: Town) -> None:
    jan, fatima = await jan_and_fatima(town)
    await asks(fatima)
    await takes(jan)
    due = (await town.only(Question)).due_at

    await presses_more(jan, "📅 Nieuwe datum")
    await jan.says(written(working_day(town, after=due, days=3)))
    await jan.says("De wagen is stuk.")
    await jan.presses("Geef deze datum")
    await jan.sees("📅 De bewoner hoort dat je V-")
    told = await fatima.sees("duurt langer. Je krijgt uiterlijk")
    assert "De wagen is stuk." in told["text"]
    question = await town.only(Question)
    assert question.due_at > due
    assert question.postponed == 1


async def test_what_a_silent_colleague_has_goes_back_to_the_team(town: Town) -> None:
    jan, fatima = await jan_and_fatima(town)
    piet = await town.worker("Piet", "buitenruimte")
    await asks(fatima)
    await takes(jan)

    await it_is(town, working_day(town, days=3))
    await jan.sees("stond al een paar dagen stil")
    await piet.sees("ligt weer open voor jullie team. Wie pakt hem op?")
    question = await town.only(Question)
    assert (question.status, question.assignee_id) == (QuestionStatus.OPEN, None)


async def test_what_nobody_takes_goes_to_the_front_desk(town: Town) -> None:
    jan, fatima = await jan_and_fatima(town)
    samira = await town.worker("Samira")
    await asks(fatima)
    await jan.sees(GLASS)
    await samira.does_not_see(GLASS)

    await it_is(town, working_day(town, days=3))
    await samira.sees("📥 Bij Team Buitenruimte pakte niemand V-")
    assert (await town.only(Question)).team_code == town.app.house.municipality.front_desk.code
    await samira.sees("📥 Wie pakt dit op?")
    await answers(samira, ANSWER)
    await fatima.sees(ANSWER)


async def test_what_is_late_is_heard_by_the_coordinator_and_once_by_the_resident(town: Town) -> None:
    jan, fatima = await jan_and_fatima(town)
    marieke, samira = await town.coordinator("Marieke"), await town.worker("Samira")
    await asks(fatima)
    await jan.sees(GLASS)
    due = (await town.only(Question)).due_at

    day = working_day(town, after=due)
    await it_is(town, day)
    late = await marieke.sees("is te laat, sinds")
    assert "De vraag ligt bij Samira." in late["text"]
    await samira.sees("🔴 V-")
    await fatima.sees("😔 Je vraag V-")
    await it_is(town, working_day(town, after=due, days=3))
    await marieke.sees("is te laat, sinds")
    await fatima.does_not_see("had al beantwoord moeten zijn")


async def test_that_an_answer_did_not_arrive_is_seen(town: Town) -> None:
    jan, fatima = await jan_and_fatima(town)
    town.provokes("sendMessage", 403)
    await asks(fatima)
    card = await takes(jan)
    town.sandbox.world.accounts[fatima.id].blocked = True  # and the bot wasn't told
    await answers(jan, ANSWER)

    await town.passes(timedelta(minutes=11))
    await jan.sees("het antwoord is niet aangekomen. De bewoner heeft de bot geblokkeerd.")
    await town.quiet()
    assert "🚫 Niet aangekomen." in jan.now(card)


async def test_what_did_not_help_three_times_is_a_coordinator_s(town: Town) -> None:
    jan, fatima = await jan_and_fatima(town)
    marieke = await town.coordinator("Marieke")
    await asks(fatima)
    await takes(jan)
    for number in range(1, 4):
        await jan.presses("✏️ Antwoord")
        await jan.says(f"Antwoord {number}.")
        await jan.presses("Verstuur antwoord")
        await fatima.sees(f"Antwoord {number}.")
        await fatima.presses("🤔 Dit helpt niet")
        await fatima.says(f"Nee, om reden {number}.")
        await fatima.presses("Ga door")
        await fatima.sees("is weer open.")
    await marieke.sees("Nee, om reden 3.")
    question = await town.only(Question)
    assert (question.reopened, question.assignee_id) == (3, (await town.person(marieke)).id)
    await answers(marieke, "Ik bel je vandaag.")
    await fatima.sees("Ik bel je vandaag.")


async def test_what_is_said_long_after_the_answer_is_a_new_question_that_is_linked(town: Town) -> None:
    jan, fatima = await jan_and_fatima(town)
    await asks(fatima)
    await answers(jan, ANSWER)
    answer = await fatima.sees(ANSWER)

    await town.passes(timedelta(days=31))
    await fatima.replies_to(answer, "Nu is hij weer vol.")
    await fatima.sees("💬 Je antwoord was al lang geleden.")
    card = await jan.sees("Nu is hij weer vol.")
    assert "🔗 Hoort bij V-" in card["text"]
    old, new = await town.rows(Question)
    assert (old.status, new.status, new.linked_id) == (QuestionStatus.CLOSED, QuestionStatus.OPEN, old.id)


async def test_what_somebody_has_who_goes_away_is_their_replacement_s(town: Town) -> None:
    jan, fatima = await jan_and_fatima(town)
    piet = await town.worker("Piet", "buitenruimte")
    kees = await town.resident("Kees", district="Molenwijk")
    await asks(fatima)
    await takes(jan)
    await asks(kees, "Waar kan mijn oude bank heen?")
    await takes(jan, "oude bank")
    await presses_more(jan, "❔ Vraag iets terug")
    await jan.says("Hoe groot is de bank?")
    await jan.presses("Vraag het")
    asked = await kees.sees("Hoe groot is de bank?")

    await jan.says("/instellingen")
    await jan.presses("Ik ben er even niet")
    await jan.says(written(working_day(town, days=5)))
    await jan.presses("Piet")
    await jan.presses("Ja, zo is het")
    await piet.sees("🏖 Jan is er even niet. Jij hebt nu: V-")
    await town.quiet()
    first, second = await town.rows(Question)
    his = (await town.person(piet)).id
    assert (first.status, first.assignee_id) == (QuestionStatus.CLAIMED, his)
    assert (second.status, second.assignee_id) == (QuestionStatus.WAITING, his)
    await kees.replies_to(asked, "Twee meter.")
    await piet.sees("Twee meter.")


async def test_what_somebody_has_who_goes_away_without_a_replacement_is_the_team_s(town: Town) -> None:
    jan, fatima = await jan_and_fatima(town)
    piet = await town.worker("Piet", "buitenruimte")
    await asks(fatima)
    await takes(jan)
    await piet.sees("👤 Jan is ermee bezig")

    await jan.says("/instellingen")
    await jan.presses("Ik ben er even niet")
    await jan.says(written(working_day(town, days=5)))
    await jan.presses("Laat het aan het team")
    await jan.presses("Ja, zo is het")
    await piet.sees("📥 Wie pakt dit op?")
    question = await town.only(Question)
    assert (question.status, question.assignee_id) == (QuestionStatus.OPEN, None)


async def test_my_work_says_what_waits_for_the_resident_what_is_late_and_what_i_am_to_read(town: Town) -> None:
    jan, fatima = await jan_and_fatima(town)
    piet = await town.worker("Piet", "buitenruimte")
    await asks(fatima)
    await takes(jan)
    await presses_more(jan, "❔ Vraag iets terug")
    await jan.says("Welke glasbak bedoel je?")
    await jan.presses("Vraag het")
    await asks(fatima, "Waar kan mijn oude bank heen?")
    await takes(jan, "oude bank")
    await jan.presses("✏️ Antwoord")
    await jan.says(ANSWER)
    await jan.presses("✏️ Meelezen")
    await jan.presses("Piet")
    await jan.presses("Verstuur antwoord")
    await piet.sees("👀 Lees je mee?")

    await jan.says("/werk")
    await jan.sees("🧰 Jij bent hiermee bezig")
    waits = await jan.sees("⏸️ Dit wacht op de bewoner")
    assert "glasbak" in jan.buttons(waits)[0]
    await piet.says("/werk")
    reads = await piet.sees("👀 Lees jij dit antwoord mee?")
    await piet.presses("oude bank", on=reads)
    again = await piet.sees(ANSWER)
    await piet.presses("Goed, verstuur", on=again)
    await fatima.sees(ANSWER)

    await asks(fatima, "Wie ruimt de bladeren op bij de container?")
    await piet.sees("bladeren")
    await town.passes((await town.rows(Question))[-1].due_at - now() + timedelta(days=1))
    await piet.says("/werk")
    late = await piet.sees("📥 Dit wacht op iemand van je team")
    assert piet.buttons(late)[0].startswith("⏰ V-")


async def test_in_the_morning_who_works_here_hears_what_waits(town: Town) -> None:
    jan, fatima = await jan_and_fatima(town)
    piet = await town.worker("Piet", "toezicht")
    await asks(fatima)
    await takes(jan)
    await asks(fatima, "Waar kan mijn oude bank heen?")
    await jan.sees("oude bank")

    house = town.app.house
    rules = house.municipality.questions
    morning = datetime.combine(working_day(town), rules.digest, house.municipality.zone)
    await run_due(town.app.database, house, morning)
    town.app.sender.wake()
    told = await jan.sees("☀️ Goedemorgen! Dit wacht vandaag.")
    assert told["text"].endswith("🧰 Bij jou: 1\n📥 Bij je team, nog door niemand opgepakt: 1")
    await piet.does_not_see("Goedemorgen")
    await jan.presses("🧰 Mijn werk", on=told)
    await jan.sees("🧰 Jij bent hiermee bezig")
    await run_due(town.app.database, house, morning + timedelta(minutes=5))
    await jan.does_not_see("Goedemorgen")


async def test_a_replacement_who_is_away_too_is_replaced_in_turn(town: Town) -> None:
    jan, fatima = await jan_and_fatima(town)
    piet, samira = await town.worker("Piet", "buitenruimte"), await town.worker("Samira", "buitenruimte")
    await asks(fatima)
    await takes(jan)

    for away, instead in ((jan, "Piet"), (piet, "Samira")):
        await away.says("/instellingen")
        await away.presses("Ik ben er even niet")
        await away.says(written(working_day(town, days=5)))
        await away.presses(instead)
        await away.presses("Ja, zo is het")
        await away.sees("🏖 Goed.")
    await samira.sees("🏖 Piet is er even niet. Jij hebt nu: V-")
    assert (await town.only(Question)).assignee_id == (await town.person(samira)).id


async def test_what_waits_for_a_resident_is_the_team_s_again_when_who_asked_is_gone(town: Town) -> None:
    jan, fatima = await jan_and_fatima(town)
    piet = await town.worker("Piet", "buitenruimte")
    await asks(fatima)
    await jan.sees(GLASS)
    await presses_more(jan, "❔ Vraag iets terug")
    await jan.says("Welke glasbak bedoel je?")
    await jan.presses("Vraag het")
    asked = await fatima.sees("Welke glasbak bedoel je?")
    await piet.sees("⏸️ Jan wacht tot")

    await town.quiet()
    await jan.blocks()
    await piet.sees("📥 Wie pakt dit op?")
    question = await town.only(Question)
    assert (question.status, question.assignee_id, question.paused_at) == (QuestionStatus.OPEN, None, None)
    await fatima.replies_to(asked, "Die bij de school.")
    await piet.sees("Die bij de school.")
