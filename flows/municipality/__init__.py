"""The municipality as configuration: who serves which theme where, and when. Read once, frozen."""

from flows.municipality.calendar import Holidays, OfficeCalendar, OfficeHours, national_holidays
from flows.municipality.model import (
    EXAMPLE,
    Contact,
    Municipality,
    Organisation,
    Privacy,
    RoleTitles,
    Team,
    Theme,
)
from flows.municipality.places import District, Neighbourhood, find_districts, locate
from flows.municipality.routes import Applicant, Area, Reports, RouteRules, Routes, Supporters
from flows.municipality.values import LocalText

__all__ = [
    "EXAMPLE",
    "Applicant",
    "Area",
    "Contact",
    "District",
    "Holidays",
    "LocalText",
    "Municipality",
    "Neighbourhood",
    "OfficeCalendar",
    "OfficeHours",
    "Organisation",
    "Privacy",
    "Reports",
    "RoleTitles",
    "RouteRules",
    "Routes",
    "Supporters",
    "Team",
    "Theme",
    "find_districts",
    "locate",
    "national_holidays",
]
