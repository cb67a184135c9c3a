"""Buttons that are old, and buttons that nobody was given."""

from datetime import timedelta

from flows import features
from flows.doors import ACTIONS
from flows.initiatives.verbs import (
    InviteInitiator,
    OfferHelp,
    PlanMoment,
    PlanStep,
    ProposeAgreement,
    ReportInitiative,
    StopInitiative,
)
from flows.talk.buttons import Control, data_of
from storage.columns import now
from storage.conversations import Conversation
from storage.initiatives import Side
from storage.participation import Involvement
from tests import needs
from tests.dumps import dump
from tests.journeys.phone import Phone
from tests.journeys.running_initiative import begun, does
from tests.journeys.town import Town

features.load()


async def test_an_old_button_is_answered_and_not_applied(town: Town) -> None:
    fatima = await town.resident("Fatima")

    await fatima.says("/initiatief")
    await fatima.says("Een buurttuin beginnen")
    ticks = await fatima.sees("Met wie doe je het?")
    await fatima.presses("Buren")
    await fatima.presses("Klaar")
    await fatima.sees("In welke wijk gaat het gebeuren?")
    before = (await town.only(Conversation)).answers

    await fatima.presses("School", on=ticks)
    await fatima.toast("Die vraag heb je al beantwoord.", alert=True)
    await fatima.presses("⬅️ Terug", on=ticks)
    await fatima.toast("Die vraag heb je al beantwoord.", alert=True)
    assert (await town.only(Conversation)).answers == before
    await fatima.presses("Waterrand")
    await fatima.sees("Waar past je plan het beste bij?")


async def test_a_button_of_what_was_stopped_is_answered(town: Town) -> None:
    fatima = await town.resident("Fatima")

    await fatima.says("/initiatief")
    await fatima.says("Een buurttuin beginnen")
    ticks = await fatima.sees("Met wie doe je het?")
    await fatima.says("/annuleer")
    await fatima.presses("Ja, stop")
    await fatima.sees("Gestopt")
    town.provokes("editMessageReplyMarkup")  # its buttons are gone already
    await fatima.presses("Buren", on=ticks)
    await fatima.toast("Dit is al klaar. Deze knop doet niets meer.", alert=True)
    assert await town.rows(Conversation) == []


async def test_a_button_of_what_was_parked_resumes_it(town: Town) -> None:
    fatima = await town.resident("Fatima")

    await fatima.says("/initiatief")
    await fatima.says("Een buurttuin beginnen")
    ticks = await fatima.sees("Met wie doe je het?")
    await fatima.says("/vraag")
    await fatima.sees("Wat wil je weten?")
    town.provokes("editMessageReplyMarkup")
    await fatima.presses("Buren", on=ticks)
    await fatima.sees("⏸ Bewaard voor later: een vraag stellen.")
    await fatima.sees("▶️ Verder met: een initiatief beginnen.")
    await fatima.sees("Met wie doe je het?")
    statuses = {row.name: row.status for row in await town.rows(Conversation)}
    assert statuses == {"initiative.start": "active", "question.ask": "parked"}


NONSENSE = (
    "",
    "c:1:idea",
    "c:zzzzzz:idea:x",
    "c:-1:idea:x",
    "c:１:idea:x",
    "t:1:0000000000000000",
    "a:q-claim",
    "a:q-claim:",
    "a:q-claim:-1",
    "a:q-claim:999999999",
    "a:q-claim:99999999999999999999",
    "a:q-claim:1 OR 1=1",
    "a:role-end:999999999",
    "a:i-write:999999999",
    "a:language:xx",
    "a:theme:../../etc",
    "a:nothing:1",
    "m:nothing",
    "m:start",
    "x",
    "🙂" * 16,
)


async def test_nonsense_in_a_button_is_answered(town: Town) -> None:
    fatima = await town.resident("Fatima")
    before = await dump(town.app.database, without=("outbox", "seen_updates", "leases"))

    town.provokes("editMessageReplyMarkup")
    for data in NONSENSE:
        fatima.presses_forged(fatima.last, data)
        await town.quiet()
        assert await dump(town.app.database, without=("outbox", "seen_updates", "leases")) == before, data


async def test_somebody_else_s_conversation_cannot_be_touched(town: Town) -> None:
    fatima, eva = await town.resident("Fatima"), await town.resident("Eva")
    await fatima.says("/initiatief")
    await fatima.says("Een buurttuin beginnen")
    await fatima.sees("Met wie doe je het?")
    await town.quiet()
    journal, screen = await town.only(Conversation), fatima.screen()
    before = await dump(town.app.database, without=("outbox", "seen_updates", "leases"))

    town.provokes("editMessageReplyMarkup")
    for option in ("neighbours", "done", *Control):
        for question in ("helpers", ""):
            eva.presses_forged(eva.last, data_of(journal.id, question, option))
            await eva.toast("Dit is al klaar. Deze knop doet niets meer.", alert=True)
    await town.quiet()
    assert await dump(town.app.database, without=("outbox", "seen_updates", "leases")) == before
    assert fatima.screen() == screen


async def test_old_buttons_of_what_ended_change_nothing(town: Town) -> None:
    jan, marieke = await town.worker("Jan", "buitenruimte"), await town.coordinator("Marieke")
    fatima, kees = await town.resident("Fatima", district="Molenwijk"), await town.resident("Kees")
    await _has_everything(town, fatima, kees, marieke)
    await does(town, fatima, StopInitiative(initiative_id=1, reason="Verhuisd"))
    town.provokes("editMessageText")
    town.provokes("editMessageReplyMarkup")
    kept = ("initiatives", "steps", "agreements", "decisions", "frames", "ending_offers", "initiative_messages")
    before = await dump(town.app.database)

    still = {"i-public", "i-hush", "i-hear", "i-unhelp", "i-unfollow", "i-unsupport", "i-p-no", "i-names", "i-myname"}
    """What stays possible: to see less of each other, or to know each other's names."""
    for phone in needs.size((fatima,), (fatima, kees, jan)):
        for name in {name for name in ACTIONS if name.startswith("i-")} - still:
            for argument in ("1", "1-1", "1-2"):
                phone.presses_forged(phone.last, f"a:{name}:{argument}")
            await town.quiet()
    after = await dump(town.app.database)
    for table in kept:
        assert after[table] == before[table], table


async def _has_everything(town: Town, fatima: Phone, kees: Phone, marieke: Phone) -> None:
    """An initiative with one of everything a button can name: each has number 1, and Kees, who helps, number 2."""
    await begun(town, fatima, "Bloemen op het plein")
    await does(town, kees, OfferHelp(initiative_id=1, offers=("hands",), text="Buurtgeheim van Kees", show_name=False))
    by = town.app.house.around("nl", now()).today + timedelta(days=9)
    agreement = ProposeAgreement(initiative_id=1, text="Buurtgeheim over water", side=Side.RESIDENTS, by=by)
    await does(town, fatima, agreement)
    await does(town, fatima, PlanStep(initiative_id=1, text="Buurtgeheim: de stap", by=by, mine=False))
    await does(town, fatima, InviteInitiator(initiative_id=1))
    await does(town, kees, ReportInitiative(initiative_id=1, text="Buurtgeheim in een melding"))
    await does(town, marieke, PlanMoment(title="Koffie", place="Plein", district=None, starts_at=now() + timedelta(5)))
    async with town.app.database.transaction() as session:
        session.add(Involvement(initiative_id=1, team_code="sociaal-werk"))
