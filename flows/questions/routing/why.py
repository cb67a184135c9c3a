"""Why a question is with that team, for who wonders."""

from __future__ import annotations

from flows.commands import may
from flows.context import Context
from flows.doors import action
from flows.permissions import MAY_SEE_QUESTION
from flows.questions.pressed import in_button
from flows.questions.routing.route import why


@action("q-why")
async def press_why(context: Context, argument: str) -> None:
    """Why here?"""
    question = await in_button(context, argument)
    if question is None:
        return
    if await may(context, MAY_SEE_QUESTION, question):
        context.note("routing.why.shown", alert=True, why=await why(context, context.around, question))
    else:
        context.note("common.not_allowed", alert=True)
