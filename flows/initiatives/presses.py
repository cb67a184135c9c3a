"""What buttons about an initiative have in common when they are pressed."""

from __future__ import annotations

from flows.context import Context
from flows.doors import id_in
from flows.initiatives.lifecycle.lifecycle import leads, not_now
from flows.talk import dialogue
from storage.initiatives import ENDED, Initiative


async def start_for_leaders(context: Context, argument: str, name: str) -> None:
    """Begin a conversation about a running initiative, for who leads it; else a note says why not."""
    initiative = await initiative_in(context, argument)
    if initiative is None:
        return
    if not await leads(context, initiative):
        context.note("lifecycle.refused.initiators_only", alert=True)
    elif initiative.status in ENDED:
        await context.refuse(not_now(initiative))
    else:
        await dialogue.start(context, name, {"initiative": initiative.id})


async def initiative_in(context: Context, argument: str) -> Initiative | None:
    """The initiative of a button; a note where there is none."""
    number = id_in(argument)
    initiative = None if number is None else await context.session.get(Initiative, number)
    if initiative is None:
        context.note("common.gone", alert=True)
    return initiative
