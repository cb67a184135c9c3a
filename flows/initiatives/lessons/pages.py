"""`/lessen`: what was learned here and elsewhere, one lesson on a page."""

from __future__ import annotations

from sqlmodel import col, func, select

from flows.context import Context
from flows.doors import act, action, bot_command, go, id_in
from flows.initiatives.lessons.desk import card_text, withdraw_button
from flows.people.teams import coordinates
from flows.talk.message import Button, Message, Rows
from storage.lessons import Lesson


@bot_command("lessen")
async def lessons(context: Context, argument: str) -> None:
    """The newest first."""
    await context.reply(await _page(context, 0))


@action("lessons")
async def press_page(context: Context, argument: str) -> None:
    """Turn the page; where lessons went meanwhile it is the last."""
    number = id_in(argument)
    if number is None:
        context.note("common.gone", alert=True)
        return
    await context.edit_pressed(await _page(context, number))


async def _page(context: Context, number: int) -> Message:
    around, seen = context.around, col(Lesson.withdrawn_at).is_(None)
    total = (await context.session.exec(select(func.count()).select_from(Lesson).where(seen))).one()
    begin: Rows = ((go(around.plain("menu.buttons.initiatief"), "initiatief"),),)
    if total == 0:
        return Message(text=around.text("lessons.none"), buttons=begin)
    number = min(number, total - 1)
    query = select(Lesson).where(seen).order_by(col(Lesson.id).desc()).offset(number).limit(1)
    lesson = (await context.session.exec(query)).one()
    turn: list[Button] = []
    if number > 0:
        turn.append(act(around.plain("lesson.buttons.previous"), "lessons", number - 1))
    if number < total - 1:
        turn.append(act(around.plain("lesson.buttons.next"), "lessons", number + 1))
    rows: Rows = (tuple(turn),) if turn else ()
    if await coordinates(context):
        rows = (*rows, (withdraw_button(around, lesson),))
    heading = around.text("lessons.page", number=number + 1, total=total)
    return Message(text=f"{heading}\n\n{card_text(around, lesson)}", buttons=(*rows, *begin))
