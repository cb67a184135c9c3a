"""The question in a button, for whatever is done with it."""

from __future__ import annotations

from flows.context import Context
from flows.doors import id_in
from storage.questions import Question


async def in_button(context: Context, argument: str) -> Question | None:
    """The question whose number a button carries; where there is none, that is said."""
    number = id_in(argument)
    question = None if number is None else await context.session.get(Question, number)
    if question is None:
        context.note("common.gone", alert=True)
    return question
