"""The term of a formal decision is watched."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from flows.context import Context
from flows.initiatives.circle import guides, initiators, no_buttons
from flows.initiatives.lifecycle.decision_rules import decide_buttons
from flows.initiatives.telling import Group, look_at, tell_once
from flows.people.teams import coordinators, watchers
from flows.timers import Again, on_time, plan
from storage.agreements import Decision
from storage.initiatives import ENDED, Initiative
from storage.timers import TimerKind

REMIND_BEFORE = timedelta(days=7)
REMIND_AGAIN = timedelta(days=7)
"""After a term that was not kept: until there is a decision."""


async def watch_over(context: Context, decision: Decision) -> None:
    """From now on; the first thing that happens is the reminder before its last day."""
    remind_at = max(decision.due_at - REMIND_BEFORE, context.now)
    await plan(context.session, TimerKind.DECISION, decision.id or 0, remind_at)


@on_time(TimerKind.DECISION)
async def watch(context: Context, decision_id: int) -> Again:
    """The guide is reminded before; when it is late all who can do something hear it, every week, and the initiators.

    Late is late: nobody is told that it will surely be fine.
    """
    decision = await context.session.get(Decision, decision_id)
    if decision is None or decision.outcome is not None:
        return None
    initiative = await context.session.get_one(Initiative, decision.initiative_id)
    if initiative.status in ENDED:
        return None
    button = partial(decide_buttons, initiative)
    supporting = await guides(context, initiative)
    if context.now <= decision.due_at:
        group = Group(people=supporting, key="decision.soon", buttons=button, values={"due": decision.due_at})
        await tell_once(context, initiative, [group])
        return decision.due_at + timedelta(minutes=1) - context.now
    days = max(1, (context.now - decision.due_at).days)
    values = {"due": decision.due_at, "count": days}
    above = [*await watchers(context, initiative.team_code), *await coordinators(context.session)]
    groups = [
        Group(
            people=await initiators(context, initiative), key="decision.late.yours", buttons=no_buttons, values=values
        ),
        Group(people=supporting, key="decision.late.guide", buttons=button, values=values),
        Group(people=above, key="decision.late.above", buttons=partial(look_at, initiative), values=values),
    ]
    await tell_once(context, initiative, groups)
    return REMIND_AGAIN
