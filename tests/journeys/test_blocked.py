"""Somebody blocks the bot, and comes back."""

from datetime import timedelta

from storage.outbox import OutboxMessage
from storage.questions import Question
from tests.journeys.asking import GLASS, answers, asks
from tests.journeys.town import Town


async def test_an_answer_is_kept_for_who_blocked_the_bot_and_comes_when_they_return(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    town.provokes("sendMessage", 403)
    await asks(fatima)
    card = await jan.sees(GLASS)

    await fatima.blocks()
    await jan.presses("✏️ Antwoord")
    await jan.says("Morgen komt de wagen.")
    await jan.presses("Verstuur antwoord")
    await jan.sees("🚫 Fatima heeft de bot nu geblokkeerd. Je antwoord op V-")
    await fatima.does_not_see("Morgen komt de wagen.")

    assert "🚫 Niet aangekomen. De bewoner heeft de bot geblokkeerd." in jan.now(card)

    await fatima.unblocks()
    await fatima.sees("👋 Fijn dat je er weer bent, Fatima. Wat je had, is bewaard: tik op /mijn.")
    await fatima.sees("Morgen komt de wagen.")
    await town.passes(timedelta(minutes=1))
    assert "📬 Aangekomen" in jan.now(card)
    await fatima.presses("👍 Dit helpt")
    await jan.sees("🙏 Fatima bedankt je")
    await town.quiet()
    assert {row.status for row in await town.rows(OutboxMessage)} == {"sent"}


async def test_who_writes_again_is_back_too(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    town.provokes("sendMessage", 403)
    await asks(fatima)
    await jan.sees(GLASS)

    town.sandbox.world.accounts[fatima.id].blocked = True  # and the bot wasn't told: it notices when it sends
    await answers(jan, "Morgen komt de wagen.")
    await fatima.does_not_see("Morgen komt de wagen.")
    assert (await town.person(fatima)).blocked_at is not None

    town.sandbox.world.accounts[fatima.id].blocked = False
    await fatima.says("/mijn")
    await fatima.sees("👋 Fijn dat je er weer bent, Fatima.")
    await town.quiet()
    assert any("Morgen komt de wagen." in shown for shown in fatima.everything())
    assert (await town.person(fatima)).blocked_at is None


async def test_a_draft_is_still_there_after_coming_back(town: Town) -> None:
    fatima = await town.resident("Fatima")

    await fatima.says("/initiatief")
    await fatima.says("Een buurttuin beginnen")
    await fatima.sees("Met wie doe je het?")
    await fatima.blocks()
    await fatima.unblocks()
    await fatima.sees("👋 Fijn dat je er weer bent, Fatima. Wat je had, is bewaard: tik op /mijn.")
    await fatima.says("/start")
    await fatima.sees("👋 Hier was je gebleven: een initiatief beginnen.")
    await fatima.sees("Met wie doe je het?")


async def test_work_of_who_blocked_the_bot_goes_back_to_the_team(town: Town) -> None:
    jan, piet = await town.worker("Jan", "buitenruimte"), await town.worker("Piet", "buitenruimte")
    fatima = await town.resident("Fatima", district="Molenwijk")
    await asks(fatima)
    await jan.sees(GLASS)
    await jan.presses("Ik pak dit op")
    of_piet = await piet.sees("👤 Jan is ermee bezig")

    await jan.blocks()
    await piet.sees("📥 Wie pakt dit op?")
    assert "🙋 Ik pak dit op" in piet.buttons(of_piet)
    assert (await town.only(Question)).assignee_id is None

    await jan.unblocks()
    await jan.sees("👋 Fijn dat je er weer bent, Jan.")
    card = await jan.presses("🙋 Ik pak dit op")
    assert GLASS in card["text"]
    await jan.toast("nu van jou")


async def test_work_goes_back_also_when_only_a_bounced_message_tells_that_somebody_is_gone(town: Town) -> None:
    jan, piet = await town.worker("Jan", "buitenruimte"), await town.worker("Piet", "buitenruimte")
    fatima = await town.resident("Fatima", district="Molenwijk")
    for method in ("sendMessage", "editMessageText"):
        town.provokes(method, 403)
    receipt = await asks(fatima)
    await jan.sees(GLASS)
    await jan.presses("Ik pak dit op")
    await piet.sees("👤 Jan is ermee bezig")

    town.sandbox.world.accounts[jan.id].blocked = True  # and Telegram doesn't say so
    await fatima.replies_to(receipt, "Hij zit alweer vol")
    await town.quiet()
    assert (await town.person(jan)).blocked_at is not None
    await town.passes(timedelta(days=1))
    await piet.sees("📥 Wie pakt dit op?")
    assert (await town.only(Question)).status == "open"
