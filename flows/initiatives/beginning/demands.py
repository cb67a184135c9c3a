"""What a route asks of residents, as the municipality's file says it, in words for people."""

from __future__ import annotations

from flows.context import Around, Context
from flows.doors import act, action, id_in
from flows.initiatives.board import INSIDERS, facts
from flows.initiatives.offers import View, offers
from flows.talk.answers import Surroundings
from flows.talk.message import Button, Message
from storage.initiatives import Initiative, Route


def route_name(around: Surroundings, route: Route | None) -> str:
    """What a route is called here, plain; None: a report."""
    rules = around.municipality.routes.get(route) if route else None
    if rules is not None:
        return rules.name.name_in(around.language)
    return around.plain(f"initiative.route.{route or 'report'}.name")


def choice(around: Surroundings, route: Route, district: str | None) -> str:
    """A route among others: what it is, and the hardest of what it asks; HTML."""
    parts = _hardest(around, route, district)
    hardest = around.text("initiative.route.hardest", parts=parts) if parts else ""
    return f"{summary(around, route)}\n{hardest}".strip()


def summary(around: Surroundings, route: Route) -> str:
    """Name of the route and, in a sentence, what it is; HTML."""
    rules = around.municipality.routes.get(route)
    told = (
        around.plain("initiative.route.just_do_it.summary") if rules is None else rules.summary.name_in(around.language)
    )
    return around.text("initiative.route.summary", name=route_name(around, route), summary=told)


def demands(around: Surroundings, route: Route, district: str | None) -> str | None:
    """All that a route asks of an initiative in that district (its code), as HTML; None where it asks nothing."""
    rules, language = around.municipality.routes.get(route), around.language
    if rules is None:
        return None
    say = around.text
    lines = [summary(around, route), ""]
    if rules.applicants:
        who = [around.plain(f"initiative.route.applicants.{one}") for one in rules.applicants]
        lines.append(say("initiative.route.asks.applicants", who=who))
    if rules.minimum_age is not None:
        lines.append(say("initiative.route.asks.age", age=rules.minimum_age))
    if (needed := around.municipality.supporters_needed(route, district)) is not None:
        lines.append(say("initiative.route.asks.supporters", count=needed))
    if rules.maximum_amount is not None:
        lines.append(say("initiative.route.asks.amount", amount=rules.maximum_amount))
    if rules.weeks_ahead is not None:
        lines.append(say("initiative.route.asks.ahead", count=rules.weeks_ahead))
    if rules.answer_weeks is not None:
        lines.append(say("initiative.route.asks.answer", count=rules.answer_weeks))
    if rules.decided_by is not None:
        lines.append(say("initiative.route.asks.decision", who=rules.decided_by.name_in(language)))
    if rules.documents:
        documents = [one.name_in(language) for one in rules.documents]
        lines.append(say("initiative.route.asks.documents", documents=documents))
    if rules.exclusions:
        exclusions = [one.name_in(language) for one in rules.exclusions]
        lines.append(say("initiative.route.asks.exclusions", exclusions=exclusions))
    lines.append(say("initiative.route.asks.source", source=rules.source, url=rules.source_url or ""))
    return "\n".join(lines)


def in_short(around: Surroundings, route: Route | None, district: str | None) -> str:
    """The route and the hardest of what it asks, on one line; plain text."""
    name, parts = route_name(around, route), _hardest(around, route, district)
    return f"{name} ({', '.join(parts)})" if parts else name


def _hardest(around: Surroundings, route: Route | None, district: str | None) -> list[str]:
    rules = around.municipality.routes.get(route) if route else None
    if route is None or rules is None:
        return []
    needed = around.municipality.supporters_needed(route, district)
    return [
        *([around.plain("initiative.route.short.age", age=rules.minimum_age)] if rules.minimum_age else []),
        *([around.plain("initiative.route.short.supporters", count=needed)] if needed else []),
        *([around.plain("initiative.route.short.amount", amount=rules.maximum_amount)] if rules.maximum_amount else []),
        *([around.plain("initiative.route.short.ahead", count=rules.weeks_ahead)] if rules.weeks_ahead else []),
    ]


@offers(56)
def to_demands(view: View) -> list[Button]:
    """Who leads it, and who supports it, can read again what the route asks."""
    asks = view.around.municipality.routes.get(view.initiative.route)
    if view.ended or asks is None or not view.is_(*INSIDERS):
        return []
    return [demands_button(view.around, view.initiative)]


def demands_button(around: Around, initiative: Initiative) -> Button:
    """Shows what the route asks, below."""
    return act(around.plain("initiative.route.buttons.demands"), "i-route", initiative.id or 0)


@action("i-route")
async def press_route(context: Context, argument: str) -> None:
    """What a route asks is the same for everybody."""
    number = id_in(argument)
    initiative = None if number is None else await context.session.get(Initiative, number)
    asked = None if initiative is None else demands(context.around, initiative.route, initiative.district_code)
    if asked is None:
        context.note("common.gone", alert=True)
        return
    await context.reply(Message(text=f"{context.text('initiative.route.ahead')}\n\n{asked}"))


@facts(20)
async def tell_route(context: Context, view: View) -> str | None:
    """Which way it goes; who leads and who supports it read what that asks."""
    initiative, around = view.initiative, view.around
    inside = view.is_(*INSIDERS)
    route = in_short(around, initiative.route, initiative.district_code) if inside else None
    return around.text(
        "initiative.route.on_board",
        route=route or route_name(around, initiative.route),
        amount=initiative.amount if inside else None,
    )
