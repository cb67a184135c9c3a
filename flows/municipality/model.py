"""The municipality: what its file says, and the questions the house asks it."""

from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError, field_validator, model_validator

from flows.errors import MunicipalityError
from flows.municipality import places
from flows.municipality.calendar import Holidays, OfficeCalendar, OfficeHours
from flows.municipality.checks import check_example_questions, first_problem
from flows.municipality.places import District
from flows.municipality.question_rules import QuestionRules
from flows.municipality.reading import explain, read
from flows.municipality.rest import QuietHours, SmallSteps
from flows.municipality.routes import Area, Reports, Routes
from flows.municipality.values import (
    Code,
    Count,
    DistrictCode,
    EmailAddress,
    Emoji,
    Frozen,
    Line,
    LocalText,
    Name,
    WebAddress,
    WorkingDays,
    Yes,
)
from storage.initiatives import Route

EXAMPLE = Path(__file__).with_name("example.toml")
"""A complete, fictional municipality: the demo's, and the explanation of every setting."""


class Contact(Frozen):
    """Where people can always turn to, so that no conversation is a dead end."""

    phone: Name
    website: WebAddress
    front_desk: Line
    """The address people can walk to."""


class Privacy(Frozen):
    """Who answers for personal data, and how long a finished matter is kept."""

    controller: Line
    officer_email: EmailAddress
    months_kept: Count
    statement: WebAddress | None = None


class RoleTitles(Frozen):
    """What roles are called here; a role left out keeps the word of the texts."""

    resident: LocalText | None = None
    civil_servant: LocalText | None = None
    partner: LocalText | None = None
    coordinator: LocalText | None = None
    admin: LocalText | None = None

    def title_in(self, role: str, language: str) -> str | None:
        """The title of a role, or None where the municipality has no word of its own."""
        title: LocalText | None = getattr(self, role, None) if role in type(self).model_fields else None
        return title.name_in(language) if title else None


class Theme(Frozen):
    """What a question or an initiative is about."""

    code: Code
    name: LocalText
    emoji: Emoji = ""
    answer_days: WorkingDays | None = None
    examples: tuple[LocalText, ...] = ()
    """Sentences as residents write them."""

    def name_in(self, language: str) -> str:
        return self.name.name_in(language)


class Organisation(Frozen):
    """A partner of the municipality, with teams of its own."""

    code: Code
    name: Name


class Team(Frozen):
    """People who share one pile of work: for these themes and districts, or for all where none are named."""

    code: Code
    name: Name
    organisation: Code | None = None
    """None is the municipality itself."""
    themes: tuple[Code, ...] = ()
    districts: tuple[DistrictCode, ...] = ()
    front_desk: Yes = False
    questions: Yes | None = None
    """Whether new work comes here by itself; a partner's team only when it says so."""
    assign: Literal["open", "load"] = "open"
    """A new question is open to all of the team, or goes to who is here and has the fewest."""

    @property
    def takes_new_work(self) -> bool:
        return self.organisation is None if self.questions is None else self.questions

    @property
    def assigns_by_load(self) -> bool:
        return self.assign == "load"

    def serves(self, theme: str | None, district: str | None) -> bool:
        """Whether theme and district are its own; unknown (None) fits only a team that takes all."""
        return (not self.themes or theme in self.themes) and (not self.districts or district in self.districts)


class Municipality(Frozen):
    """A municipality as its file describes it. Read once with ``load``; codes in it are checked."""

    name: Name
    guide_title: LocalText
    timezone: Name = "Europe/Amsterdam"
    answer_days: WorkingDays
    contact: Contact
    privacy: Privacy
    office_hours: OfficeHours
    holidays: Holidays = Holidays()
    role_titles: RoleTitles = RoleTitles()
    themes: Annotated[tuple[Theme, ...], Field(min_length=1)]
    districts: Annotated[tuple[District, ...], Field(min_length=1)]
    organisations: tuple[Organisation, ...] = ()
    teams: Annotated[tuple[Team, ...], Field(min_length=1)]
    routes: Routes = Routes()
    reports: Reports | None = None
    inhabitants: Count | None = None
    quiet_hours: QuietHours = QuietHours()
    questions: QuestionRules = QuestionRules()
    small_steps: SmallSteps = SmallSteps()
    example_questions: Path | None = None
    """A table of questions with their themes, to learn from; in the file its name, here the whole path."""

    @field_validator("timezone")
    @classmethod
    def _timezone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            raise ValueError(
                f"{name!r} is not a time zone this machine knows; use a name such as Europe/Amsterdam, "
                "or install the package tzdata"
            ) from None
        return name

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if problem := first_problem(self):
            raise ValueError(problem)
        return self

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """Read a municipality from its TOML file; None is the example that comes with the package.

        Raises MunicipalityError: one line with the file, the place in it, and what to do.
        """
        path = path or EXAMPLE
        content = read(path)
        try:
            municipality = cls.model_validate(content)
        except ValidationError as error:
            raise MunicipalityError(f"{path}: {explain(error, cls, content)}") from error
        if municipality.example_questions is None:
            return municipality
        table = path.parent / municipality.example_questions
        check_example_questions(table, [theme.code for theme in municipality.themes])
        return municipality.model_copy(update={"example_questions": table})

    def supporters_needed(self, route: Route, district: str | None) -> int | None:
        """How many residents sign along on this route, for an initiative in that district; None: nobody has to."""
        rules = self.routes.get(route)
        if rules is None or rules.supporters is None:
            return None
        there = self.district(district) if district and rules.supporters.of is Area.DISTRICT else None
        return rules.supporters_needed(there.inhabitants if there else self.inhabitants)

    @property
    def front_desk(self) -> Team:
        """The team that serves everything that nobody else does."""
        return next(team for team in self.teams if team.front_desk)

    def theme(self, code: str) -> Theme | None:
        """The theme with this code; None when it is no longer in the file."""
        return next((theme for theme in self.themes if theme.code == code), None)

    def district(self, code: str) -> District | None:
        """The district with this code; None when it is no longer in the file."""
        return next((district for district in self.districts if district.code == code), None)

    def team(self, code: str) -> Team | None:
        """The team with this code; None when it is no longer in the file."""
        return next((team for team in self.teams if team.code == code), None)

    def organisation(self, code: str) -> Organisation | None:
        """The partner with this code; None when it is no longer in the file."""
        return next((partner for partner in self.organisations if partner.code == code), None)

    def route(self, theme: str | None, district: str | None) -> Team:
        """The team for new work: the first in the file that serves it, or else the front desk."""
        for team in self.teams:
            if team.takes_new_work and not team.front_desk and team.serves(theme, district):
                return team
        return self.front_desk

    def answer_days_for(self, theme: str | None) -> int:
        """Working days within which a question about this theme is answered."""
        known = self.theme(theme) if theme is not None else None
        return known.answer_days if known and known.answer_days else self.answer_days

    def find_districts(self, text: str) -> tuple[District, ...]:
        """The districts a typed text may mean, best first, at most five; see ``places``."""
        return places.find_districts(self.districts, text)

    def locate(self, latitude: float, longitude: float) -> District | None:
        """The district at this point (degrees, WGS 84), or None outside the municipality."""
        return places.locate(self.districts, latitude, longitude)

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @cached_property
    def calendar(self) -> OfficeCalendar:
        return OfficeCalendar(zone=self.zone, hours=self.office_hours, holidays=self.holidays)

    def due(self, start: datetime, working_days: int) -> datetime:
        """By when something asked at ``start`` (aware) is due, in UTC; see ``OfficeCalendar.due``."""
        return self.calendar.due(start, working_days)

    def today(self, at: datetime) -> date:
        """The day it is here at that moment (aware)."""
        return at.astimezone(self.zone).date()

    def waking(self, at: datetime) -> datetime:
        """``at`` (aware), or when the quiet hours it falls in are over."""
        return self.quiet_hours.waking(at, self.zone)

    def is_quiet(self, at: datetime) -> bool:
        """Whether ``at`` (aware) falls in the quiet hours."""
        return self.waking(at) > at

    def is_open(self, at: datetime) -> bool:
        return self.calendar.is_open(at)

    def next_opening(self, at: datetime) -> datetime:
        """The first moment from ``at`` (aware) on that the office is open, in UTC."""
        return self.calendar.next_opening(at)
