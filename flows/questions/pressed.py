"""The question in a button, for whatever is done with it, or carried out at once."""

from __future__ import annotations

from collections.abc import Callable

from flows.commands import Refused, carry
from flows.context import Context
from flows.doors import id_in
from flows.verbs import QuestionCommand
from storage.questions import Question


async def in_button(context: Context, argument: str) -> Question | None:
    """The question whose number a button carries; where there is none, that is said."""
    number = id_in(argument)
    question = None if number is None else await context.session.get(Question, number)
    if question is None:
        context.note("common.gone", alert=True)
    return question


async def asked_by_me(context: Context, argument: str) -> Question | None:
    """The same, when the presser is who asked it; to all others it isn't there."""
    question = await in_button(context, argument)
    if question is not None and question.asker_id != context.me.id:
        context.note("common.gone", alert=True)
        return None
    return question


async def carry_pressed(context: Context, argument: str, make: Callable[[int], QuestionCommand], done: str) -> None:
    """Carry out what a button says with its question; `done`: what the presser is told then, else why not."""
    if (question := await in_button(context, argument)) is None:
        return
    outcome = await carry(context, make(question.id or 0))
    if isinstance(outcome, Refused):
        await context.refuse(outcome)
    else:
        context.note(done)
