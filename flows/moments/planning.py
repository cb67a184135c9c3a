"""A coordinator plans a moment in a neighbourhood, prints its QR code, sees what comes of it, or calls it off."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Context
from flows.doors import For, act, action, bot_command, go, id_in
from flows.initiatives.verbs import CancelMoment, PlanMoment
from flows.moments.moment import came_of, guests_of, is_over, link_of
from flows.people.teams import coordinates
from flows.talk import dialogue
from flows.talk.answers import Skippable, Text
from flows.talk.ask import Ask
from flows.talk.choices import YesNo
from flows.talk.dates import Date
from flows.talk.message import Message, qr
from flows.talk.places import DistrictAnswer
from flows.talk.replay import conversation
from flows.talk.times import Time
from flows.timers import unplan
from storage.moments import Moment
from storage.timers import TimerKind

TITLE, PLACE = 80, 200
"""Characters: with the link they fit under the picture."""
CODE_BYTES = 6
"""It gives no right, so it needn't be hard to guess: short codes make squares that are easy to scan."""
SHOWN, LOOK_BACK = 20, timedelta(days=60)
"""The list: so many, and so far back."""


@bot_command("moment", audience=For.COORDINATORS)
async def moments(context: Context, argument: str) -> None:
    """Those that come and those that were, the last planned first; and a way to plan one."""
    if not await coordinates(context):
        await context.say("common.coordinators_only")
        return
    around = context.around
    query = (
        select(Moment)
        .where(col(Moment.cancelled_at).is_(None), col(Moment.starts_at) > context.now - LOOK_BACK)
        .order_by(col(Moment.starts_at).desc())
        .limit(SHOWN)
    )
    found = (await context.session.exec(query)).all()
    zone = around.municipality.zone
    days = [(one, one.starts_at.astimezone(zone)) for one in found]
    rows = [(act(f"{at.day}-{at.month} · {one.title}"[:60], "mo-open", one.id or 0),) for one, at in days]
    plan = (act(around.plain("moment.buttons.plan"), "mo-plan"),)
    await context.reply(Message(text=around.text("moment.list", any=bool(found)), buttons=(plan, *rows)))


@conversation("moment.plan", for_work=True)
async def plan(ask: Ask) -> PlanMoment:
    """What, where and when."""
    zone = await ask.once("zone", _zone)
    title = await ask("title", Text(max_length=TITLE, min_length=3))
    place = await ask("place", Text(max_length=PLACE))
    day = await ask("day", Date(latest=365))
    time = await ask("time", Time())
    district = await ask("district", Skippable(DistrictAnswer()))
    await ask.review()
    return PlanMoment(
        title=title, place=place, district=district, starts_at=datetime.combine(day, time, ZoneInfo(zone))
    )


async def _zone(context: Context) -> str:
    return context.house.municipality.timezone


@conversation("moment.cancel", for_work=True)
async def cancel(ask: Ask) -> CancelMoment | None:
    """Are you sure? Who scanned the code hears it."""
    number = ask.given("moment", int)
    what = await ask.once("what", partial(_what, moment_id=number))
    sure = await ask("sure", YesNo(), values=what)
    return CancelMoment(moment_id=number) if sure else None


async def _what(context: Context, *, moment_id: int) -> dict[str, object]:
    moment = await context.session.get_one(Moment, moment_id)
    return {"title": moment.title, "guests": (await came_of(context, moment)).guests}


@action("mo-plan")
async def press_plan(context: Context, argument: str) -> None:
    """Plan one."""
    if await coordinates(context):
        await dialogue.start(context, "moment.plan")
    else:
        context.note("common.coordinators_only", alert=True)


@action("mo-open")
async def press_open(context: Context, argument: str) -> None:
    """Show one, with its code to print again."""
    if (moment := await _pressed(context, argument)) is not None:
        await show(context, moment)


@action("mo-cancel")
async def press_cancel(context: Context, argument: str) -> None:
    """Ask whether they are sure."""
    moment = await _pressed(context, argument)
    if moment is None:
        return
    if (refused := _settled(context, moment)) is not None:
        await context.refuse(refused)
        return
    await dialogue.start(context, "moment.cancel", {"moment": moment.id})


async def show(context: Context, moment: Moment, *, planned: bool = False) -> None:
    """The code as a picture, the link as text, and what came of it. `planned`: just now."""
    around, came = context.around, await came_of(context, moment)
    text = around.text(
        "moment.card",
        title=moment.title,
        place=moment.place,
        at=moment.starts_at,
        district=around.district(moment.district_code) if moment.district_code else None,
        link=link_of(context, moment),
        planned=planned,
        cancelled=moment.cancelled_at is not None,
        guests=came.guests,
        initiatives=came.initiatives,
        questions=came.questions,
    )
    all_of_them = (go(around.plain("moment.buttons.all"), "moment"),)
    if _settled(context, moment) is not None:
        await context.reply(Message(text=text, buttons=(all_of_them,)))
        return
    off = (act(around.plain("moment.buttons.cancel"), "mo-cancel", moment.id or 0),)
    await context.reply(Message(text=text, photo=qr(link_of(context, moment)), buttons=(all_of_them, off)))


@carries(PlanMoment)
async def carry_plan(context: Context, command: PlanMoment) -> Outcome:
    """The coordinator gets its code, ready to print."""
    if command.starts_at <= context.now:
        return Refused(key="moment.refused.past", ask_again="time")
    moment = Moment(
        code=secrets.token_urlsafe(CODE_BYTES),
        title=command.title,
        place=command.place,
        district_code=command.district,
        starts_at=command.starts_at.astimezone(UTC),
        planned_by=context.me.id or 0,
        created_at=context.now,
    )
    context.session.add(moment)
    await context.session.flush()
    await show(context, moment, planned=True)
    return Done(details={"moment": moment.id, "district": command.district})


@carries(CancelMoment)
async def carry_cancel(context: Context, command: CancelMoment) -> Outcome:
    """Who scanned the code hears it, and what they can do instead."""
    moment = await context.session.get(Moment, command.moment_id, with_for_update=True, populate_existing=True)
    if moment is None:
        return Refused(key="common.gone")
    if (refused := _settled(context, moment)) is not None:
        return refused
    moment.cancelled_at = context.now
    context.session.add(moment)
    await unplan(context.session, TimerKind.MOMENT, moment.id or 0)
    guests = await guests_of(context, moment)
    for guest, person in guests:
        guest.remind = False
        context.session.add(guest)
        around = context.around_for(person)
        text = around.text("moment.called_off", title=moment.title, place=moment.place, at=moment.starts_at)
        names = ("initiatief", "vraag")
        rows = tuple((go(around.plain(f"menu.buttons.{name}"), name),) for name in names)
        await context.send(person, Message(text=text, buttons=rows))
    await context.say("moment.cancelled", title=moment.title, count=len(guests))
    return Done(details={"moment": moment.id, "guests": len(guests)})


def _settled(context: Context, moment: Moment) -> Refused | None:
    """Why nothing about it can be changed any more."""
    if moment.cancelled_at is not None:
        return Refused(key="moment.refused.cancelled")
    return Refused(key="moment.refused.over") if is_over(context, moment) else None


async def _pressed(context: Context, argument: str) -> Moment | None:
    if not await coordinates(context):
        context.note("common.coordinators_only", alert=True)
        return None
    number = id_in(argument)
    moment = None if number is None else await context.session.get(Moment, number)
    if moment is None:
        context.note("common.gone", alert=True)
    return moment
