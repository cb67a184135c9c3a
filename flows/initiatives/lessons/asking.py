"""Who led an initiative that ended is asked for the lesson: at the end, once more, and on the board."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from flows.commands import Refused, carry
from flows.context import Around, Context
from flows.doors import act, action, id_in
from flows.initiatives.circle import initiators, tell
from flows.initiatives.lessons.lessons import lesson_of
from flows.initiatives.verbs import ShareLesson
from flows.talk import dialogue
from flows.talk.message import Rows
from flows.timers import on_time, plan
from storage.initiatives import ENDED, Initiative
from storage.timers import TimerKind

REMIND_AFTER = timedelta(days=3)


async def ask_for_lesson(context: Context, initiative: Initiative) -> None:
    """It has just ended: who led it was asked in the same message, and is reminded once."""
    await plan(context.session, TimerKind.LESSON, initiative.id or 0, context.now + REMIND_AFTER)


def lesson_buttons(initiative: Initiative, around: Around) -> Rows:
    """Tell, or rather not."""
    number = initiative.id or 0
    return (
        (act(around.plain("lesson.buttons.share"), "i-lesson", number),),
        (act(around.plain("lesson.buttons.rather_not"), "i-lesson_no", number),),
    )


@on_time(TimerKind.LESSON)
async def remind(context: Context, initiative_id: int) -> None:
    """Once, unless somebody told already, or wasn't able to."""
    initiative = await context.session.get(Initiative, initiative_id)
    if initiative is None or initiative.status not in ENDED or await lesson_of(context, initiative) is not None:
        return
    people = await initiators(context, initiative)
    await tell(context, initiative, people, "lesson.reminder", buttons=partial(lesson_buttons, initiative))


@action("i-lesson")
async def press_share(context: Context, argument: str) -> None:
    """I will tell."""
    initiative = await _led(context, argument)
    if initiative is None:
        return
    if await lesson_of(context, initiative) is not None:
        context.note("lesson.refused.shared", alert=True)
        return
    await dialogue.start(context, "lesson.share", {"initiative": initiative.id})


@action("i-lesson_no")
async def press_rather_not(context: Context, argument: str) -> None:
    """Rather not: then nobody asks again."""
    initiative = await _led(context, argument)
    if initiative is None:
        return
    outcome = await carry(context, ShareLesson(initiative_id=initiative.id or 0, worked="", did_not="", tip=""))
    if isinstance(outcome, Refused):
        await context.refuse(outcome)
    else:
        await context.drop_pressed_buttons()


async def _led(context: Context, argument: str) -> Initiative | None:
    """The initiative of the button, for who leads it; else a note says why not."""
    number = id_in(argument)
    initiative = None if number is None else await context.session.get(Initiative, number)
    if initiative is None or all(one.id != context.me.id for one in await initiators(context, initiative)):
        context.note("common.gone", alert=True)
        return None
    if initiative.status not in ENDED:
        context.note("lesson.refused.running", alert=True)
        return None
    return initiative
