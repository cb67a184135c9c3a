"""The figures of questions for who coordinates: from `/overzicht`, per theme or per district."""

from __future__ import annotations

from datetime import timedelta

from markupsafe import Markup
from sqlmodel import col, select

from flows.context import Around, Context
from flows.doors import act, action
from flows.people.teams import coordinates
from flows.questions.after.measures import ENOUGH, Figures, grouped, measured
from flows.talk.message import Button, Message
from storage.questions import Question, QuestionStatus

PER, DAYS = ("theme", "district"), ("30", "90")


def figures_button(around: Around) -> Button:
    """The way in."""
    return act(around.plain("measures.buttons.open"), "q-figures", "theme-30")


@action("q-figures")
async def press_figures(context: Context, argument: str) -> None:
    """The last 30 or 90 days, per theme or per district; another choice changes the message."""
    if not await coordinates(context):
        context.note("common.coordinators_only", alert=True)
        return
    per, _, days = argument.partition("-")
    again = argument.endswith("-")
    days = days.removesuffix("-")
    if per not in PER or days not in DAYS:
        context.note("talk.stale", alert=True)
        return
    message = await _figures(context, per, int(days))
    if again:
        await context.edit_pressed(message)
    else:
        await context.reply(message)


async def _figures(context: Context, per: str, days: int) -> Message:
    around, calendar = context.around, context.house.municipality.calendar
    query = select(Question).where(
        col(Question.created_at) > context.now - timedelta(days=days), Question.status != QuestionStatus.MERGED
    )
    questions = (await context.session.exec(query.order_by(col(Question.id)))).all()
    groups = grouped(((one.theme_code if per == "theme" else one.district_code, one) for one in questions), calendar)
    name = around.theme if per == "theme" else around.district
    lines = [_line(around, name(code), figures) for code, figures in groups]
    text = around.text(
        "measures.text",
        days=days,
        per=per,
        all=Markup(_line(around, around.plain("measures.all"), measured(questions, calendar))),
        groups=Markup("\n").join(Markup(line) for line in lines),
        enough=ENOUGH,
        few=any(not figures.enough for _, figures in groups),
    )
    other, longer = ("district" if per == "theme" else "theme"), ("90" if days == 30 else "30")
    buttons = (
        act(around.plain(f"measures.buttons.{other}"), "q-figures", f"{other}-{days}-"),
        act(around.plain("measures.buttons.days", days=longer), "q-figures", f"{per}-{longer}-"),
    )
    return Message(text=text, buttons=(buttons,))


def _line(around: Around, name: str, figures: Figures) -> str:
    if not figures.enough:
        return around.text("measures.few", name=name, count=figures.count)
    return around.text(
        "measures.line",
        name=name,
        count=figures.count,
        hours=_whole(figures.first_response),
        days=_whole(figures.solution),
        transfers=_whole(None if figures.transfers is None else figures.transfers * 100),
        right=_whole(None if figures.first_time_right is None else figures.first_time_right * 100),
        reopened=_whole(None if figures.reopened is None else figures.reopened * 100),
    )


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)
