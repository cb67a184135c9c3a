"""What is to be done, as one message: a button for each step, which turns into that step."""

from datetime import timedelta

from flows.initiatives.verbs import DropStep, PlanStep
from storage.columns import now
from storage.steps import Step, StepStatus
from tests.journeys.phone import text_of
from tests.journeys.running_initiative import begun, does, helps, opens_board
from tests.journeys.town import Town

AROUND = ["➕ Stap erbij", "📋 Alles over dit initiatief"]


async def test_each_open_step_has_a_button_and_without_any_there_is_none(town: Town) -> None:
    fatima, kees = await town.resident("Fatima"), await town.resident("Kees")
    one = await begun(town, fatima)
    number, today = one.id or 0, town.app.house.around("nl", now()).today
    await helps(town, kees, number)

    board = await opens_board(fatima, one)
    await fatima.presses("Stap klaar of later", on=board)
    single = await fatima.sees("Drie buren vragen\n👤 jij")
    assert fatima.buttons(single) == ["✅ Klaar", "📅 Andere dag", "↩️ Het lukt mij niet", "🗑 Niet nodig", *AROUND]

    for day in range(6):
        plan = PlanStep(initiative_id=number, text=f"Stap {day}", by=today + timedelta(days=day + 20), mine=day == 1)
        await does(town, fatima, plan)
    await fatima.presses("Stap klaar of later", on=board)
    page = await fatima.sees("Dit staat nog open. Tik op een stap.")
    assert fatima.buttons(page) == ["Drie buren vragen", *(f"Stap {day}" for day in range(4)), "Volgende ▶️", *AROUND]
    assert "▫️ Stap 0 (nog niemand, " in text_of(page)
    await fatima.presses("Volgende", on=page)
    second = await fatima.sees("Stap 5")
    assert second["message_id"] == page["message_id"]
    assert fatima.buttons(second) == ["Stap 4", "Stap 5", "◀️ Vorige", *AROUND]
    await fatima.presses("Stap 5", on=second)
    step = await fatima.sees("Stap 5\n👤 nog niemand")
    assert step["message_id"] == page["message_id"]
    assert fatima.buttons(step)[-3:] == ["👣 Alle stappen", *AROUND]
    await fatima.presses("Niet nodig", on=step)
    await fatima.sees("🗑 Deze stap is weg:")
    assert [row.status for row in await town.rows(Step)].count(StepStatus.DROPPED) == 1

    # A helper sees what others do, without buttons for that; and forged buttons show nothing.
    await kees.says("/mijn")
    await kees.presses("🤝 Bloemen op het plein")
    await kees.presses("Ik doe een stap")
    page = await kees.sees("Dit staat nog open.")
    await kees.presses("Stap 1", on=page)
    taken = await kees.sees("Stap 1\n👤 een initiatiefnemer")
    assert kees.buttons(taken) == ["👣 Alle stappen", "📋 Alles over dit initiatief"]
    for forged in ("i-step-open:1-999", "i-steps-page:1-999"):
        kees.presses_forged(taken, f"a:{forged}")
        await kees.sees_again("Dit staat nog open.")
    for forged in ("i-step-open:1", "i-steps-page:1-x", "i-step-open:9-1"):
        kees.presses_forged(taken, f"a:{forged}")
        await kees.toast("", alert=True)

    for row in await town.rows(Step):
        if row.status is StepStatus.PLANNED:
            await does(town, fatima, DropStep(initiative_id=number, step_id=row.id or 0))
    empty = await opens_board(fatima, one)
    assert "✅ Stap klaar of later" not in fatima.buttons(empty)
    assert "➕ Stap erbij" in fatima.buttons(empty)
    await fatima.presses("Stap klaar of later", on=board)
    nothing = await fatima.sees("Er staat geen stap open.")
    assert fatima.buttons(nothing) == AROUND
