"""Guests who asked for it are reminded of a moment, once."""

from __future__ import annotations

from flows.context import Context
from flows.moments.moment import guests_of
from flows.talk.message import Message
from flows.timers import Again, on_time
from storage.moments import Moment
from storage.timers import TimerKind


@on_time(TimerKind.MOMENT)
async def remind(context: Context, moment_id: int) -> Again:
    """What, where and when. After a long pause it may have begun: then nobody is reminded any more."""
    moment = await context.session.get(Moment, moment_id)
    if moment is None or moment.cancelled_at is not None or moment.starts_at <= context.now:
        return None
    for guest, person in await guests_of(context, moment):
        if not guest.remind:
            continue
        guest.remind = False
        context.session.add(guest)
        text = context.around_for(person).text(
            "moment.reminder", title=moment.title, place=moment.place, at=moment.starts_at
        )
        await context.send(person, Message(text=text))
    return None
