"""Rules changed: what waits and nobody has touched goes where it would go now."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, select

from flows.context import Context
from flows.municipality import Municipality
from flows.questions.keeping import bring, save, tell_where
from flows.questions.routing.route import FILE, FRONT_DESK, RULE, Routed, route, rules_of
from storage.questions import Question, QuestionStatus
from storage.routing import RoutingRule


def is_free(question: Question) -> bool:
    """Whether only the rules said where it is: nobody has it, and nobody or nothing passed it on since."""
    by_rule = question.routed_by is not None and (
        question.routed_by in (FILE, FRONT_DESK) or question.routed_by.startswith(RULE)
    )
    untouched = question.assignee_id is None and question.handed_from is None and question.transfers == 0
    return by_rule and untouched and question.status == QuestionStatus.OPEN


def where_to(question: Question, rules: Sequence[RoutingRule], municipality: Municipality) -> Routed:
    """Where these rules want it; the hours are those in which it was asked, so that it is the same every time."""
    return route(rules, municipality, question.theme_code, question.district_code, question.created_at)


async def free_questions(context: Context, *, lock: bool = False) -> list[Question]:
    """All that may move, oldest first."""
    query = select(Question).where(Question.status == QuestionStatus.OPEN, col(Question.assignee_id).is_(None))
    query = query.order_by(col(Question.id))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return [one for one in (await context.session.exec(query)).all() if is_free(one)]


def movers(questions: Sequence[Question], rules: Sequence[RoutingRule], municipality: Municipality) -> list[Question]:
    """Which of them would change team."""
    return [one for one in questions if where_to(one, rules, municipality).team != one.team_code]


async def reroute(context: Context) -> int:
    """Bring all that may move where the rules want it; who asked hears where it is now. Gives how many moved.

    The term stays; the new team has as long as any other to take it.
    """
    rules, municipality = await rules_of(context), context.house.municipality
    moved = 0
    for question in await free_questions(context, lock=True):
        team, question.routed_by = where_to(question, rules, municipality)
        context.session.add(question)
        if team == question.team_code:
            continue
        moved += 1
        await bring(context, question, team)
        await tell_where(context, question)
        await save(context, question)
    await context.session.flush()
    return moved
