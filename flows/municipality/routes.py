"""Routes for an initiative and their frameworks, and reports, as data: what applies, and where that is written."""

from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import Annotated, Self

from pydantic import Field, model_validator

from flows.municipality.values import Count, Frozen, Line, LocalText, Name, WebAddress
from storage.initiatives import Route


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


class Area(StrEnum):
    """Whose inhabitants a percentage is of."""

    MUNICIPALITY = "municipality"
    DISTRICT = "district"
    """Where the initiative is; of the municipality for one that has no district yet."""


class Supporters(Frozen):
    """How many residents sign along, the applicant included: a number, or a percentage within bounds."""

    number: Count | None = None
    percent: Annotated[float, Field(gt=0, le=100)] | None = None
    of: Area = Area.MUNICIPALITY
    at_least: Count = 1
    at_most: Count | None = None

    @model_validator(mode="before")
    @classmethod
    def _a_number_alone(cls, value: object) -> object:
        return {"number": value} if isinstance(value, int) else value

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.number is None) == (self.percent is None):
            raise ValueError("is a number, or a table with percent: { percent = 1, at_most = 125 }")
        if self.number is not None and self.model_fields_set - {"number"}:
            raise ValueError("has a number, so of, at_least and at_most mean nothing; leave them out")
        if self.at_most is not None and self.at_most < self.at_least:
            raise ValueError(f"at_most ({self.at_most}) is less than at_least ({self.at_least}); correct one of them")
        return self

    def needed(self, inhabitants: int | None) -> int | None:
        """How many that is among so many inhabitants; where those are unknown the most it can be, if that is."""
        if self.percent is None:
            return self.number
        if inhabitants is None:
            return self.at_most
        share = max(self.at_least, ceil(inhabitants * Fraction(str(self.percent)) / 100))
        return share if self.at_most is None else min(share, self.at_most)


class RouteRules(Frozen):
    """The framework of one route. What is left out doesn't apply here."""

    name: LocalText
    summary: LocalText
    applicants: tuple[Applicant, ...]
    minimum_age: Count | None = None
    """Years, of the person who applies."""
    supporters: Supporters | None = None
    maximum_amount: Count | None = None
    """Whole euros, per application."""
    weeks_ahead: Count | None = None
    """Weeks between the application and the start."""
    answer_weeks: Count | None = None
    """Weeks within which the municipality decides, or answers where nobody decides."""
    documents: tuple[LocalText, ...] = ()
    exclusions: tuple[LocalText, ...] = ()
    source: Line
    """The ordinance and its article."""
    source_url: WebAddress | None = None
    decided_by: LocalText | None = None
    """Who takes the formal decision; None: there is none."""
    objection: LocalText | None = None
    """How somebody who disagrees with the decision can object."""

    def supporters_needed(self, inhabitants: int | None) -> int | None:
        """How many sign along, of so many inhabitants (None: unknown); None: nobody has to."""
        return None if self.supporters is None else self.supporters.needed(inhabitants)

    @model_validator(mode="after")
    def _no_objection_without_a_decision(self) -> Self:
        if self.objection is not None and self.decided_by is None:
            raise ValueError("has an objection but no decided_by; add who decides, or leave objection out")
        return self


class Routes(Frozen):
    """The routes this municipality has; one that is left out isn't offered."""

    right_to_challenge: RouteRules | None = None
    council_proposal: RouteRules | None = None
    resident_initiative: RouteRules | None = None

    def get(self, route: Route) -> RouteRules | None:
        """The rules of a route; None where the municipality lacks it, and for what needs no rules."""
        rules: RouteRules | None = getattr(self, route.value, None)
        return rules


class Reports(Frozen):
    """Where something broken or a nuisance is reported (melding): that is no initiative."""

    name: LocalText | None = None
    """What the desk is called here."""
    website: WebAddress
    phone: Name | None = None
