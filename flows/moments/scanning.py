"""Somebody scans the code of a moment: they are welcomed to it, and can begin at once."""

from __future__ import annotations

from sqlmodel import col, select

from flows.context import Context
from flows.doors import act, action, go, id_in, start_code
from flows.moments.moment import START, is_over, remind_at
from flows.talk.message import Button, Message
from flows.timers import plan
from storage.moments import Moment, MomentGuest
from storage.timers import TimerKind


@start_code(START)
async def by_code(context: Context, rest: str) -> None:
    """Welcome them; who scans twice is counted once. What is over or off says so, and what can be done now."""
    moment = (await context.session.exec(select(Moment).where(col(Moment.code) == rest))).first()
    around = context.around
    start = [
        (go(around.plain("menu.buttons.initiatief"), "initiatief"),),
        (go(around.plain("menu.buttons.vraag"), "vraag"),),
    ]
    if moment is None:
        await context.reply(Message(text=around.text("moment.unknown"), buttons=tuple(start)))
        return
    guest = await _guest(context, moment)
    word = "off" if moment.cancelled_at is not None else "over" if is_over(context, moment) else "welcome"
    if word == "welcome" and not guest.remind and remind_at(around.municipality, moment, context.now) is not None:
        start.append((_remind_button(context, moment),))
    text = around.text(
        f"moment.{word}",
        title=moment.title,
        place=moment.place,
        at=moment.starts_at,
        begun=moment.starts_at <= context.now,
    )
    await context.reply(Message(text=text, buttons=tuple(start)))


@action("mo-remind")
async def press_remind(context: Context, argument: str) -> None:
    """One reminder, for who scanned the code."""
    number = id_in(argument)
    moment = None if number is None else await context.session.get(Moment, number)
    query = select(MomentGuest).where(MomentGuest.moment_id == number, MomentGuest.person_id == context.me.id)
    guest = None if moment is None else (await context.session.exec(query)).first()
    if moment is None or guest is None or moment.cancelled_at is not None:
        context.note("common.gone", alert=True)
        return
    at = remind_at(context.house.municipality, moment, context.now)
    if at is None:
        context.note("moment.refused.no_reminder", alert=True, at=moment.starts_at)
        return
    guest.remind = True
    context.session.add(guest)
    await plan(context.session, TimerKind.MOMENT, moment.id or 0, at)
    context.note("moment.will_remind", at=at)


def _remind_button(context: Context, moment: Moment) -> Button:
    return act(context.around.plain("moment.buttons.remind"), "mo-remind", moment.id or 0)


async def _guest(context: Context, moment: Moment) -> MomentGuest:
    """Their row; things of one person happen one after the other, so nobody is counted twice."""
    query = select(MomentGuest).where(MomentGuest.moment_id == moment.id, MomentGuest.person_id == context.me.id)
    guest = (await context.session.exec(query)).first()
    if guest is None:
        guest = MomentGuest(moment_id=moment.id or 0, person_id=context.me.id or 0, scanned_at=context.now)
        context.session.add(guest)
        await context.session.flush()
    return guest
