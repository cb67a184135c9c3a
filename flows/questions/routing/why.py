"""Why a question is with that team, for who wonders."""

from __future__ import annotations

from flows.commands import relations
from flows.context import Context
from flows.doors import action, id_in
from flows.permissions import Relation
from flows.questions.routing.route import why
from flows.questions.verbs import WriteNote
from storage.questions import Question

MAY_ASK = frozenset({Relation.TEAM, Relation.ASSIGNEE, Relation.THINKER, Relation.COORDINATOR})


@action("q-why")
async def press_why(context: Context, argument: str) -> None:
    """Why here?"""
    number = id_in(argument)
    question = None if number is None else await context.session.get(Question, number)
    if question is None:
        context.note("common.gone", alert=True)
    elif not await relations(context, WriteNote(question_id=question.id or 0, text=""), question) & MAY_ASK:
        context.note("common.not_allowed", alert=True)
    else:
        context.note("routing.why.shown", alert=True, why=await why(context, context.around, question))
