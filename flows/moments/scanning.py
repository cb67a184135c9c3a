"""Somebody scans the code of a moment, or opens it from a list: they are welcomed to it, and can begin at once."""

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
    if moment is None:
        await context.reply(Message(text=context.text("moment.unknown"), buttons=_beginnings(context)))
        return
    await _welcome(context, moment, await _guest(context, moment))


@action("mo-see")
async def press_see(context: Context, argument: str) -> None:
    """The same for who sees it in a list; they aren't counted, and hear nothing unless they ask to."""
    number = id_in(argument)
    moment = None if number is None else await context.session.get(Moment, number)
    if moment is None:
        context.note("common.gone", alert=True)
        return
    await _welcome(context, moment, await _row_of(context, moment))


async def _welcome(context: Context, moment: Moment, guest: MomentGuest | None) -> None:
    around, start = context.around, list(_beginnings(context))
    may_ask = guest is None or not guest.remind
    word = "off" if moment.cancelled_at is not None else "over" if is_over(context, moment) else "welcome"
    if word == "welcome" and may_ask and remind_at(around.municipality, moment, context.now) is not None:
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
    """One reminder; who asks for it is a guest from then on."""
    number = id_in(argument)
    moment = None if number is None else await context.session.get(Moment, number)
    if moment is None or moment.cancelled_at is not None:
        context.note("common.gone", alert=True)
        return
    at = remind_at(context.house.municipality, moment, context.now)
    if at is None:
        context.note("moment.refused.no_reminder", alert=True, at=moment.starts_at)
        return
    guest = await _guest(context, moment)
    guest.remind = True
    context.session.add(guest)
    await plan(context.session, TimerKind.MOMENT, moment.id or 0, at)
    context.note("moment.will_remind", at=at)


def _remind_button(context: Context, moment: Moment) -> Button:
    return act(context.around.plain("moment.buttons.remind"), "mo-remind", moment.id or 0)


def _beginnings(context: Context) -> tuple[tuple[Button, ...], ...]:
    return tuple((go(context.around.plain(f"menu.buttons.{name}"), name),) for name in ("initiatief", "vraag"))


async def _row_of(context: Context, moment: Moment) -> MomentGuest | None:
    query = select(MomentGuest).where(MomentGuest.moment_id == moment.id, MomentGuest.person_id == context.me.id)
    return (await context.session.exec(query)).first()


async def _guest(context: Context, moment: Moment) -> MomentGuest:
    """Their row; things of one person happen one after the other, so nobody is counted twice."""
    guest = await _row_of(context, moment)
    if guest is None:
        guest = MomentGuest(moment_id=moment.id or 0, person_id=context.me.id or 0, scanned_at=context.now)
        context.session.add(guest)
        await context.session.flush()
    return guest
