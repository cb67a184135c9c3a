"""Districts: how to recognise one from what a resident types, or from where they are."""

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Annotated, Self

from pydantic import Field, model_validator

from flows.municipality.values import Count, DistrictCode, Frozen, Name, NeighbourhoodCode, Postcode

Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Point = tuple[Latitude, Longitude]
"""Degrees, WGS 84, latitude first: as Telegram's location gives them."""

MOST = 5
"""Districts to offer at most: more is no longer a choice between likely ones."""
_LONGEST = 80
"""Characters of a typed text that are looked at."""
_ALIKE = 0.75
"""The part of a name that must be right: one slip in a name of four letters, two in one of eight."""
_EXACT = 0.95
_OF_A_NEIGHBOURHOOD = 0.98
_ARTICLES = ("de ", "het ", "t ")


class Neighbourhood(Frozen):
    """A part of a district with a name of its own."""

    code: NeighbourhoodCode
    name: Name


class District(Frozen):
    """A district; its place on the map is a boundary, or a centre with a radius, or unknown."""

    code: DistrictCode
    name: Name
    also_called: tuple[Name, ...] = ()
    neighbourhoods: tuple[Neighbourhood, ...] = ()
    postcodes: tuple[Postcode, ...] = ()
    inhabitants: Count | None = None
    centre: Point | None = None
    radius_km: Annotated[float, Field(gt=0, le=50)] | None = None
    boundary: Annotated[tuple[Point, ...], Field(min_length=3)] | None = None
    """The corners in order; the last is joined to the first."""

    @model_validator(mode="after")
    def _radius_has_a_centre(self) -> Self:
        if self.radius_km is not None and self.centre is None:
            raise ValueError("has a radius_km but no centre; add centre = [latitude, longitude]")
        if self.centre is not None and self.radius_km is None and self.boundary is None:
            raise ValueError("has a centre but no radius_km; add one, or a boundary")
        return self


def find_districts(districts: Sequence[District], text: str) -> tuple[District, ...]:
    """The districts a typed text may mean, the best first and at most five.

    Knows names of districts and neighbourhoods, their beginnings, a slip or two, and postcodes
    (``1234``, ``1234AB``, ``1234 AB``). What is meant exactly comes alone.
    """
    wanted = _plain(text)[:_LONGEST].strip()
    if postcode := re.search(r"\b([1-9]\d{3}) ?(?:[a-z]{2})?\b", wanted):
        there = [district for district in districts if postcode[1] in district.postcodes]
        if there:
            return tuple(there[:MOST])
        wanted = (wanted[: postcode.start()] + wanted[postcode.end() :]).strip()
    if not wanted:
        return ()
    scored = [(max(_scores(wanted, district)), district) for district in districts]
    best = max((score for score, _ in scored), default=0.0)
    enough = _EXACT if best >= _EXACT else 0.01
    found = sorted((item for item in scored if item[0] >= enough), key=lambda item: -item[0])
    return tuple(district for _, district in found[:MOST])


def locate(districts: Sequence[District], latitude: float, longitude: float) -> District | None:
    """The first district whose boundary holds this point, or else the nearest that reaches this far."""
    for district in districts:
        if district.boundary is not None and _inside(district.boundary, latitude, longitude):
            return district
    reaching = [
        (distance, district)
        for district in districts
        if district.centre is not None and district.radius_km is not None
        if (distance := _kilometres(district.centre, (latitude, longitude))) <= district.radius_km
    ]
    return min(reaching, key=lambda item: item[0])[1] if reaching else None


def _plain(text: str) -> str:
    """Small letters and digits without accents; all else is one space."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", " ", bare).strip()


def _scores(wanted: str, district: District) -> Iterator[float]:
    for name in (district.name, *district.also_called):
        yield _score(wanted, _plain(name))
    for neighbourhood in district.neighbourhoods:
        yield _score(wanted, _plain(neighbourhood.name)) * _OF_A_NEIGHBOURHOOD


def _score(wanted: str, name: str) -> float:
    """How surely ``wanted`` means ``name``: 1 is the name itself, 0 is something else."""
    short = next((name.removeprefix(article) for article in _ARTICLES if name.startswith(article)), name)
    if wanted in (name, short):
        return 1.0
    if f" {short} " in f" {wanted} ":
        return 0.85 + 0.09 * len(short) / len(wanted)
    if len(wanted) >= 2 and (name.startswith(wanted) or short.startswith(wanted)):
        return 0.75 + 0.1 * len(wanted) / len(name)
    if len(wanted) >= 3 and f" {wanted}" in f" {name}":
        return 0.65 + 0.1 * len(wanted) / len(name)
    alike = max(_likeness(part, short) for part in _parts(wanted, words=len(short.split())))
    return alike * 0.8 if alike >= _ALIKE else 0.0


def _parts(wanted: str, words: int) -> Iterator[str]:
    """The text itself, and each run of as many words in it as the name has."""
    yield wanted
    typed = wanted.split()
    for start in range(len(typed) - words + 1):
        yield " ".join(typed[start : start + words])


def _likeness(typed: str, name: str) -> float:
    if len(typed) < 4 or abs(len(typed) - len(name)) > 3:
        return 0.0
    return SequenceMatcher(None, typed, name, autojunk=False).ratio()


def _kilometres(here: Point, there: Point) -> float:
    """Along a flat map: within a municipality it is right to a few metres."""
    middle = math.radians((here[0] + there[0]) / 2)
    north = math.radians(there[0] - here[0])
    east = math.radians(there[1] - here[1]) * math.cos(middle)
    return 6371.0 * math.hypot(north, east)


def _inside(boundary: Sequence[Point], latitude: float, longitude: float) -> bool:
    """Whether a line from the point to the east crosses the boundary an odd number of times."""
    inside = False
    for (south, west), (north, east) in zip(boundary, (*boundary[1:], boundary[0]), strict=True):
        if (south > latitude) != (north > latitude):
            crossing = west + (latitude - south) / (north - south) * (east - west)
            inside ^= longitude < crossing
    return inside
