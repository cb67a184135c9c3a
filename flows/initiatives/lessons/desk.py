"""Reading the lesson of an initiative, and a coordinator who takes one away."""

from __future__ import annotations

from functools import partial

from flows.commands import Done, Outcome, Refused, carries, carry
from flows.context import Around, Context
from flows.doors import act, action, id_in
from flows.initiatives.board import facts
from flows.initiatives.circle import initiators, tell
from flows.initiatives.lessons.asking import lesson_buttons
from flows.initiatives.lessons.lessons import lesson_of
from flows.initiatives.offers import View, offers
from flows.initiatives.verbs import WithdrawLesson
from flows.people.teams import coordinates
from flows.permissions import Relation
from flows.talk.message import Button, Message, Rows
from storage.initiatives import Initiative
from storage.lessons import Lesson


def card_text(around: Around, lesson: Lesson) -> str:
    """The card as HTML."""
    return around.text(
        "lesson.card",
        municipality=lesson.municipality,
        subject=lesson.subject,
        worked=lesson.worked,
        did_not=lesson.did_not,
        tip=lesson.tip,
    )


def withdraw_button(around: Around, lesson: Lesson) -> Button:
    """For a coordinator."""
    return act(around.plain("lesson.buttons.withdraw"), "lesson-gone", lesson.id or 0)


@offers(15)
def offer(view: View) -> list[Button]:
    """Who led it tells; a merged one goes on elsewhere, so there nobody is asked, but may. All others read."""
    if not view.ended:
        return []
    number, around = view.initiative.id or 0, view.around
    read = act(around.plain("lesson.buttons.read"), "i-learned", number)
    if view.is_(Relation.INITIATOR):
        return [act(around.plain("lesson.buttons.share"), "i-lesson", number), read]
    return [read]


@action("i-learned")
async def press_read(context: Context, argument: str) -> None:
    """What was learned from an initiative that ended."""
    number = id_in(argument)
    initiative = None if number is None else await context.session.get(Initiative, number)
    lesson = None if initiative is None else await lesson_of(context, initiative)
    if lesson is None:
        context.note("lesson.none_yet", alert=True)
        return
    is_coordinator = await coordinates(context)
    buttons: Rows = ((withdraw_button(context.around, lesson),),) if is_coordinator else ()
    await context.reply(Message(text=card_text(context.around, lesson), buttons=buttons))


@facts(80)
async def learned(context: Context, view: View) -> str | None:
    """The tip, on the board of what ended."""
    lesson = await lesson_of(context, view.initiative) if view.ended else None
    return None if lesson is None else view.around.text("lesson.on_board", tip=lesson.tip or lesson.worked)


@action("lesson-gone")
async def press_withdraw(context: Context, argument: str) -> None:
    """A coordinator takes it away."""
    number = id_in(argument)
    if number is None:
        context.note("common.gone", alert=True)
        return
    outcome = await carry(context, WithdrawLesson(lesson_id=number))
    if isinstance(outcome, Refused):
        await context.refuse(outcome)
    else:
        await context.drop_pressed_buttons()


@carries(WithdrawLesson)
async def carry_withdraw(context: Context, command: WithdrawLesson) -> Outcome:
    """Nobody sees it any more, here or in the feed. The initiators hear it: they may tell it otherwise."""
    lesson = await context.session.get(Lesson, command.lesson_id, with_for_update=True, populate_existing=True)
    if lesson is None or lesson.withdrawn_at is not None:
        return Refused(key="lesson.refused.withdrawn")
    lesson.withdrawn_at = context.now
    context.session.add(lesson)
    await context.session.flush()
    initiative = await context.session.get(Initiative, lesson.initiative_id) if lesson.initiative_id else None
    if initiative is not None:
        people = await initiators(context, initiative)
        await tell(context, initiative, people, "lesson.withdrawn", buttons=partial(lesson_buttons, initiative))
    await context.say("lesson.is_withdrawn")
    return Done(subject_id=lesson.id)
