"""Routes for an initiative and their frameworks, as data: what applies, and where that is written."""

from enum import StrEnum

from flows.municipality.values import Count, Frozen, Line, LocalText, WebAddress


class Route(StrEnum):
    """A way in which residents can take the lead."""

    RIGHT_TO_CHALLENGE = "right_to_challenge"
    """Uitdaagrecht: residents take over a task of the municipality, with its budget."""
    COUNCIL_PROPOSAL = "council_proposal"
    """Burgerinitiatiefvoorstel: residents put a subject on the agenda of the council."""
    RESIDENT_INITIATIVE = "resident_initiative"
    """Bewonersinitiatief: residents do something for their neighbourhood, with a small contribution."""


class Applicant(StrEnum):
    """Who may use a route."""

    RESIDENT = "resident"
    """One resident."""
    GROUP = "group"
    """Some residents together, without a legal form."""
    ASSOCIATION = "association"
    """An association or foundation, not for profit."""
    ENTREPRENEUR = "entrepreneur"
    """A business, social enterprises included."""


class RouteRules(Frozen):
    """The framework of one route. What is left out doesn't apply here."""

    name: LocalText
    summary: LocalText
    applicants: tuple[Applicant, ...]
    minimum_age: Count | None = None
    """Years, of the person who applies."""
    supporters: Count | None = None
    """Residents who sign along, the applicant included."""
    maximum_amount: Count | None = None
    """Whole euros, per application."""
    weeks_ahead: Count | None = None
    """Weeks between the application and the start."""
    answer_weeks: Count | None = None
    """Weeks within which the municipality decides."""
    documents: tuple[LocalText, ...] = ()
    exclusions: tuple[LocalText, ...] = ()
    source: Line
    """The ordinance and its article."""
    source_url: WebAddress | None = None


class Routes(Frozen):
    """The routes this municipality has; one that is left out isn't offered."""

    right_to_challenge: RouteRules | None = None
    council_proposal: RouteRules | None = None
    resident_initiative: RouteRules | None = None

    def get(self, route: Route) -> RouteRules | None:
        rules: RouteRules | None = getattr(self, route.value)
        return rules
