"""Which team gets a question, and why: the coordinators' rules, then the municipality's file, then the front desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import col, select

from flows.context import Around, Context
from flows.municipality import Municipality
from flows.questions.keeping import bring
from storage.questions import Question
from storage.routing import RoutingRule, RuleHours

FILE, FRONT_DESK, DESK, KEPT, IGNORED, INITIATIVE = "file", "front_desk", "desk", "kept", "ignored", "initiative"
"""Why a question is with its team, where no rule says so; each has its text `routing.why.<word>`."""
RULE = "rule:"
SHOWN = 200
"""Characters, as in a note over a button."""


class Routed(NamedTuple):
    """Where a question goes."""

    team: str
    why: str
    """As `Question.routed_by` keeps it: a rule's number, or one of the words above."""


def fits(rule: RoutingRule, theme: str | None, district: str | None, *, is_open: bool) -> bool:
    """Whether a rule is about such a question, at such a time."""
    hours = {RuleHours.ALWAYS: True, RuleHours.OPEN: is_open, RuleHours.CLOSED: not is_open}[rule.hours]
    return hours and rule.theme_code in (None, theme) and rule.district_code in (None, district)


def route(
    rules: Sequence[RoutingRule], municipality: Municipality, theme: str | None, district: str | None, at: datetime
) -> Routed:
    """The team for such a question asked `at` that moment: the first rule that fits, else the municipality's file.

    A rule for a team that has left the file doesn't count.
    """
    is_open = municipality.is_open(at)
    for rule in rules:
        if municipality.team(rule.team_code) is not None and fits(rule, theme, district, is_open=is_open):
            return Routed(rule.team_code, f"{RULE}{rule.id}")
    team = municipality.route(theme, district)
    return Routed(team.code, FRONT_DESK if team.front_desk else FILE)


async def rules_of(context: Context, *, lock: bool = False) -> list[RoutingRule]:
    """The coordinators' rules, in their order. `lock`: nobody else changes them until this transaction ends."""
    query = select(RoutingRule).order_by(col(RoutingRule.position), col(RoutingRule.id))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return list((await context.session.exec(query)).all())


async def place(context: Context, question: Question) -> None:
    """Give a new question its team and its term and, where the team wants that, somebody of the team."""
    municipality = context.house.municipality
    routed = route(await rules_of(context), municipality, question.theme_code, question.district_code, context.now)
    question.routed_by = routed.why
    question.due_at = municipality.due(context.now, municipality.answer_days_for(question.theme_code))
    context.session.add(question)
    await context.session.flush()
    await bring(context, question, routed.team)


async def why(context: Context, around: Around, question: Question) -> str:
    """Why it is with that team, in words; at most 200 characters."""
    reason = question.routed_by or DESK
    if reason.startswith(RULE):
        rules = enumerate(await rules_of(context), 1)
        number, rule = next(((n, one) for n, one in rules if f"{RULE}{one.id}" == reason), (0, None))
        said = (
            around.plain("routing.why.old_rule")
            if rule is None
            else around.plain("routing.why.rule", number=number, rule=in_words(around, rule))
        )
    else:
        said = around.plain(
            f"routing.why.{reason}",
            team=around.team(question.team_code),
            theme=around.theme(question.theme_code) if question.theme_code else None,
            district=around.district(question.district_code) if question.district_code else None,
        )
    return said if len(said) <= SHOWN else f"{said[: SHOWN - 1].rstrip()}…"


def in_words(around: Around, rule: RoutingRule) -> str:
    """What a rule says, as plain text."""
    return around.plain(
        "routing.rule",
        theme=around.theme(rule.theme_code) if rule.theme_code else None,
        district=around.district(rule.district_code) if rule.district_code else None,
        hours=rule.hours,
        team=around.team(rule.team_code),
        gone=around.municipality.team(rule.team_code) is None,
    )
