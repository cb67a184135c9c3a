"""Buttons that are old, and buttons that nobody was given."""

from typing import Any

from flows import features
from flows.doors import ACTIONS
from flows.talk.buttons import Control, data_of
from storage.conversations import Conversation
from storage.people import Role
from tests.dumps import dump
from tests.journeys.asking import answers, asks
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


OPEN = {"i-open", "i-more", "i-less", "i-follow", "i-unfollow", "i-support", "i-unsupport", "i-help", "i-report"}
"""What anybody may do with an initiative that isn't theirs."""
GUARDED = [name for name in ACTIONS if name.startswith(("q-", "i-", "team-", "role-")) and name not in OPEN]
"""The other buttons change what is one's own: language, district, news."""


async def test_forged_buttons_change_nothing_that_is_somebody_else_s(town: Town) -> None:
    jan, marieke = await town.worker("Jan", "buitenruimte"), await town.coordinator("Marieke")
    fatima, eva = await town.resident("Fatima", district="Molenwijk"), await town.resident("Eva")
    await asks(fatima, "Eerste vraag")
    await answers(jan, "Een antwoord")
    await asks(fatima, "Tweede vraag")
    await asks(fatima, "Derde vraag")
    await jan.presses("Ik pak dit op")
    await _starts(fatima)
    await town.invitation(Role.COORDINATOR)
    await town.quiet()
    other = await town.person(eva)
    before = await dump(town.app.database, without=("outbox", "seen_updates", "leases", "timers"))
    seen_before = [len(phone.everything()) for phone in (jan, marieke, fatima)]

    for name in GUARDED:
        for argument in ("", "0", "1", "2", "3", "4"):
            eva.presses_forged(eva.last, f"a:{name}:{argument}")
    await town.quiet()
    assert await dump(town.app.database, without=("outbox", "seen_updates", "leases", "timers")) == before

    town.provokes("editMessageText")  # nothing changed in it
    town.provokes("editMessageReplyMarkup")
    for name in ACTIONS.keys() - set(GUARDED) - OPEN:
        for argument in ("", "1", "en", "groen", str(other.id)):
            eva.presses_forged(eva.last, f"a:{name}:{argument}")
    await town.quiet()
    after = await dump(town.app.database, without=("outbox", "seen_updates", "leases", "timers"))
    assert _without(after, other.id) == _without(before, other.id)
    assert [len(phone.everything()) for phone in (jan, marieke, fatima)] == seen_before


async def _starts(fatima: Any) -> None:
    await fatima.says("/initiatief")
    await fatima.says("Samen met de buren bloemen planten")
    await fatima.presses("Buren")
    await fatima.presses("Klaar")
    await fatima.presses("Groen en water")
    await fatima.presses("Niets, wij kunnen beginnen")
    await fatima.presses("Ja, ik ga beginnen")
    await fatima.says("Drie buren vragen")
    await fatima.presses("Ja, begin!")
    await fatima.sees("je bent begonnen!")


def _without(dumped: dict[str, list[dict[str, Any]]], person_id: int | None) -> dict[str, list[dict[str, Any]]]:
    """The rows that aren't this person's own."""
    own = {"people": "id", "conversations": "person_id", "cards": "person_id", "audit": "actor_id"}
    own |= {"theme_followers": "person_id"}
    return {
        table: [row for row in rows if table not in own or row[own[table]] != person_id]
        for table, rows in dumped.items()
    }
