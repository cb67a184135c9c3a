"""A word about a step: once before its day, and one friendly question when the day has passed."""

from __future__ import annotations

from datetime import timedelta

from flows.context import Context
from flows.initiatives.steps.card import words_for_owner
from flows.initiatives.steps.steps import morning, next_word, today
from flows.timers import Again, on_time
from storage.initiatives import ENDED, Initiative
from storage.steps import Step, StepStatus
from storage.timers import TimerKind


@on_time(TimerKind.STEP)
async def watch(context: Context, step_id: int) -> Again:
    """Remind whoever does it; once the day has passed ask, and then leave it."""
    step = await context.session.get(Step, step_id)
    if step is None or step.by is None:
        return None
    initiative = await context.session.get_one(
        Initiative, step.initiative_id, with_for_update=True, populate_existing=True
    )
    await context.session.refresh(step)
    if step.status is not StepStatus.PLANNED or initiative.status in ENDED:
        return None
    municipality, now = context.house.municipality, context.now
    days_left = (step.by - today(context)).days
    if days_left > 1:
        return next_word(municipality, step.by, now) - now
    if days_left < 0:
        await words_for_owner(context, initiative, step, "step.overdue")
        return None
    await words_for_owner(context, initiative, step, "step.tomorrow" if days_left else "step.today")
    return morning(municipality, step.by + timedelta(days=1)) - now
