"""Before the rules change: where a question goes now and would go, and how many that wait change team."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import TypedDict

from sqlmodel import col, select

from flows.context import Context
from flows.municipality import Municipality
from flows.questions.asking.guessing import guess_theme, named_district
from flows.questions.routing.rerouting import free_questions, movers
from flows.questions.routing.route import in_words, route, rules_of
from flows.questions.routing.verbs import AddRule
from flows.questions.words import first_words
from flows.talk.own_words import Words
from storage.questions import Question
from storage.routing import RoutingRule, RuleHours


class Tried(TypedDict):
    """What a rule would do, in the words of who makes it; as JSON."""

    example: str | None
    """The question; None: there was none yet."""
    theme: str
    district: str
    before: str
    after: str
    """The team now, and the team with the rule."""
    moves: int
    """How many that wait would change team."""


class Effect(TypedDict):
    """What moving or dropping a rule would do; as JSON."""

    rule: str
    """In words; empty: it is no longer there."""
    moves: int
    """How many that wait would change team."""


def when_it_counts(hours: RuleHours, municipality: Municipality, now: datetime) -> datetime:
    """`now`, or else a moment soon at which a rule for those hours counts, in UTC."""
    if hours is RuleHours.ALWAYS or municipality.is_open(now) is (hours is RuleHours.OPEN):
        return now
    if hours is RuleHours.OPEN:
        return municipality.next_opening(now)
    tomorrow = now.astimezone(municipality.zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(0), municipality.zone).astimezone(UTC)


async def tried(context: Context, *, rule: AddRule, example: str | None) -> Tried:
    """Try it on what somebody typed, or on the question that came last."""
    around, municipality = context.around, context.house.municipality
    question = None if example else await _last(context)
    if question is not None:
        theme, district = question.theme_code, question.district_code
        shown: str | None = await first_words(context, question) or question.reference
    else:
        theme, district = await understood(context, example, rule)
        shown = example
    rules = await rules_of(context)
    at = when_it_counts(rule.hours, municipality, context.now)
    with_it = [new_rule(context, rule), *rules]
    return Tried(
        example=shown,
        theme=around.theme(theme),
        district=around.district(district),
        before=around.team(route(rules, municipality, theme, district, at).team),
        after=around.team(route(with_it, municipality, theme, district, at).team),
        moves=await _would_move(context, with_it),
    )


async def effect(context: Context, *, rule_id: int, up: bool | None) -> Effect:
    """Of moving a rule up or down; `up` None: of dropping it."""
    rules = await rules_of(context)
    rule = next((one for one in rules if one.id == rule_id), None)
    if rule is None:
        return Effect(rule="", moves=0)
    then = without(rules, rule) if up is None else moved(rules, rule, up=up)
    return Effect(rule=in_words(context.around, rule), moves=await _would_move(context, then))


def new_rule(context: Context, rule: AddRule) -> RoutingRule:
    """The rule as it is kept once it has its place; it isn't kept yet."""
    return RoutingRule(
        position=0,
        theme_code=rule.theme,
        district_code=rule.district,
        hours=rule.hours,
        team_code=rule.team,
        created_by=context.me.id or 0,
        created_at=context.now,
    )


def moved(rules: Sequence[RoutingRule], rule: RoutingRule, *, up: bool) -> list[RoutingRule]:
    """The list with a rule and the one above it, or below, in each other's place; the same where there is none."""
    ordered, at = list(rules), rules.index(rule)
    to = at - 1 if up else at + 1
    if 0 <= to < len(ordered):
        ordered[at], ordered[to] = ordered[to], ordered[at]
    return ordered


def without(rules: Sequence[RoutingRule], rule: RoutingRule) -> list[RoutingRule]:
    """The list without a rule."""
    return [one for one in rules if one is not rule]


async def _would_move(context: Context, rules: Sequence[RoutingRule]) -> int:
    return len(movers(await free_questions(context), rules, context.house.municipality))


async def understood(context: Context, text: str | None, rule: AddRule) -> tuple[str | None, str | None]:
    """The likeliest theme and the district named in `text`; what it doesn't tell is as the rule has it."""
    if text is None:
        return rule.theme, rule.district
    guess = await guess_theme(context, (Words(text=text),))
    theme = guess["theme"] or next(iter(guess["likely"]), rule.theme)
    return theme, named_district(context.house.municipality, text) or rule.district


async def _last(context: Context) -> Question | None:
    query = select(Question).order_by(col(Question.id).desc()).limit(1)
    return (await context.session.exec(query)).first()
