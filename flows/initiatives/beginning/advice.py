"""Which route fits what residents ask of the municipality, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from flows.municipality import Applicant, Municipality
from storage.initiatives import Route


class Wish(StrEnum):
    """What is asked of the municipality."""

    NOTHING = "nothing"
    MONEY = "money"
    PLACE = "place"
    """A place, or a permit."""
    TASK = "task"
    """Residents want to take over something the municipality does."""
    COUNCIL = "council"
    """The council is to decide something."""
    REPORT = "report"
    """Something is broken or a nuisance: that is no initiative."""


@dataclass(frozen=True, kw_only=True)
class Advice:
    """The route that fits best. Only routes that the municipality has are named."""

    route: Route | None
    """None: it is a report, for the desk that handles those."""
    why_key: str
    """The text that says why, in plain words."""
    others: tuple[Route, ...]
    """What can be chosen instead."""
    not_alone: bool = False
    """Who is on their own can't apply here: they need others first."""


def advise(municipality: Municipality, wish: Wish, amount: int | None = None, *, alone: bool = False) -> Advice:
    """The route for a wish. `amount`: whole euros, None where unknown; `alone`: nobody else takes part yet."""
    route, why = _route(municipality, wish, amount)
    rules = municipality.routes.get(route) if route else None
    return Advice(
        route=route,
        why_key=f"initiative.route.why.{why}",
        others=tuple(one for one in available(municipality) if one is not route),
        not_alone=alone and rules is not None and Applicant.RESIDENT not in rules.applicants,
    )


def available(municipality: Municipality) -> tuple[Route, ...]:
    """The routes here; beginning without asking anything is always one."""
    return tuple(route for route in Route if route is Route.JUST_DO_IT or municipality.routes.get(route) is not None)


def _route(municipality: Municipality, wish: Wish, amount: int | None) -> tuple[Route | None, str]:
    """The route, and the last name of the text that says why."""
    initiative = municipality.routes.get(Route.RESIDENT_INITIATIVE)
    most = initiative.maximum_amount if initiative else None
    match wish:
        case Wish.NOTHING:
            return Route.JUST_DO_IT, "nothing"
        case Wish.REPORT:
            return None, "report"
        case Wish.MONEY if initiative is None:
            return Route.JUST_DO_IT, "money_without_route"
        case Wish.MONEY if amount and most and amount > most:
            return Route.RESIDENT_INITIATIVE, "money_too_much"
        case Wish.MONEY:
            return Route.RESIDENT_INITIATIVE, "money"
        case Wish.PLACE if initiative is None:
            return Route.JUST_DO_IT, "place_without_route"
        case Wish.PLACE:
            return Route.RESIDENT_INITIATIVE, "place"
        case Wish.TASK if municipality.routes.get(Route.RIGHT_TO_CHALLENGE) is not None:
            return Route.RIGHT_TO_CHALLENGE, "task"
        case Wish.TASK if initiative is None:
            return Route.JUST_DO_IT, "task_without_route"
        case Wish.TASK:
            return Route.RESIDENT_INITIATIVE, "task_as_initiative"
        case Wish.COUNCIL if municipality.routes.get(Route.COUNCIL_PROPOSAL) is not None:
            return Route.COUNCIL_PROPOSAL, "council"
        case Wish.COUNCIL:
            return Route.JUST_DO_IT, "council_without_route"
