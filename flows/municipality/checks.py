"""What must fit together in a municipality's file, across its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flows.errors import MunicipalityError, TableError
from flows.municipality.reading import known
from flows.municipality.routes import Area
from flows.tables import read_table
from storage.initiatives import Route

if TYPE_CHECKING:
    from flows.municipality.model import Municipality, Team


def first_problem(municipality: Municipality) -> str | None:
    """The first thing that doesn't fit, with its place in the file and the remedy."""
    return next(_problems(municipality), None)


def check_example_questions(table: Path, themes: Sequence[str]) -> None:
    """A table to learn from, with the columns question and theme. Raises MunicipalityError, with the line."""
    try:
        rows = read_table(table, "question", "theme")
    except TableError as exc:
        raise MunicipalityError(f"example_questions: {exc}, or leave example_questions out") from exc
    for line, (_, theme) in rows:
        if theme not in themes:
            raise MunicipalityError(
                f"example_questions: {table}, line {line}: {theme!r} is not a theme; {known(theme, themes)}"
            )


def _problems(municipality: Municipality) -> Iterator[str]:
    for table in ("themes", "districts", "organisations", "teams"):
        items = getattr(municipality, table)
        yield from _repeated(table, "code", (item.code for item in items))
        yield from _repeated(table, "name", (str(item.name).casefold() for item in items))
    for number, district in enumerate(municipality.districts):
        yield from _repeated(f"districts[{number}].postcodes", "", district.postcodes)
    yield from _repeated(
        "neighbourhoods",
        "code",
        (buurt.code for district in municipality.districts for buurt in district.neighbourhoods),
    )

    for number, team in enumerate(municipality.teams):
        yield from _unknown_in_team(municipality, team, f"teams[{number}]")
    yield from _front_desk(municipality)
    for number, partner in enumerate(municipality.organisations):
        if all(team.organisation != partner.code for team in municipality.teams):
            yield (
                f"organisations[{number}] ({partner.code}): has no team; "
                f"add a [[teams]] with organisation = '{partner.code}'"
            )
    yield from _uncounted(municipality)


def _uncounted(municipality: Municipality) -> Iterator[str]:
    """A percentage of an unknown number of inhabitants is no number."""
    for route in Route:
        rules = municipality.routes.get(route)
        if rules is None or rules.supporters is None or rules.supporters.percent is None:
            continue
        missing = [] if municipality.inhabitants else ["inhabitants, at the top of the file"]
        if rules.supporters.of is Area.DISTRICT:
            missing += [
                f"inhabitants of districts[{number}] ({district.code})"
                for number, district in enumerate(municipality.districts)
                if not district.inhabitants
            ]
        if missing:
            yield f"routes.{route}.supporters: a percentage of how many? add {missing[0]}"


def _unknown_in_team(municipality: Municipality, team: Team, place: str) -> Iterator[str]:
    of = f" (team {team.code})"
    themes = [theme.code for theme in municipality.themes]
    districts = [district.code for district in municipality.districts]
    partners = [partner.code for partner in municipality.organisations]
    for code in team.themes:
        if code not in themes:
            yield f"{place}.themes{of}: {code!r} is not a theme; {known(code, themes)}"
    for code in team.districts:
        if code not in districts:
            yield f"{place}.districts{of}: {code!r} is not a district; {known(code, districts)}"
    if team.organisation is not None and team.organisation not in partners:
        yield (
            f"{place}.organisation{of}: {team.organisation!r} is not an organisation; "
            f"{known(team.organisation, partners)}"
        )


def _front_desk(municipality: Municipality) -> Iterator[str]:
    desks = [(number, team) for number, team in enumerate(municipality.teams) if team.front_desk]
    if not desks:
        yield "teams: none is the front desk; add front_desk = true to the team that serves everything"
    if len(desks) > 1:
        names = ", ".join(team.code for _, team in desks)
        yield f"teams: {names} are all the front desk; leave front_desk = true at one of them"
    for number, team in desks:
        for setting, wrong in (
            ("organisation", team.organisation is not None),
            ("themes", bool(team.themes)),
            ("districts", bool(team.districts)),
            ("questions", team.questions is False),
        ):
            if wrong:
                yield (
                    f"teams[{number}].{setting} (team {team.code}): the front desk is the municipality's own "
                    f"and serves everything; leave {setting} out"
                )


def _repeated(place: str, setting: str, values: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for number, value in enumerate(values):
        if value in seen:
            where = f"{place}[{number}].{setting}" if setting else place
            yield f"{where}: {value!r} is there twice; give each its own {setting or 'line'}"
        seen.add(value)
