"""How it goes: the bot asks in the rhythm that the initiators choose; what stays silent sleeps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flows.context import Context
from flows.municipality import Municipality
from flows.timers import plan
from storage.initiatives import Initiative, Rhythm
from storage.timers import TimerKind

EVERY = {
    Rhythm.WEEKLY: timedelta(days=7),
    Rhythm.FORTNIGHTLY: timedelta(days=14),
    Rhythm.MONTHLY: timedelta(days=30),
    Rhythm.NEVER: timedelta(days=182),
}
"""How long after the last sign of life, or the last question, the bot asks."""


async def plan_rhythm(context: Context, initiative: Initiative) -> None:
    """Have the initiators asked how it goes, in their rhythm from now on."""
    at = waking(context.house.municipality, context.now + EVERY[initiative.rhythm])
    await plan(context.session, TimerKind.RHYTHM, initiative.id or 0, at)


def waking(municipality: Municipality, at: datetime) -> datetime:
    """That moment, or when the quiet hours are over; in UTC."""
    return municipality.waking(at).astimezone(UTC)
