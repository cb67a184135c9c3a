"""What the routes of very different municipalities ask."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from flows.municipality import Municipality, Supporters
from storage.initiatives import Route

EXAMPLES = Path(__file__).parents[2] / "municipalities"
VILLAGE = Municipality.load(EXAMPLES / "small_village.toml")
TOWN = Municipality.load(EXAMPLES / "town.toml")
CITY = Municipality.load(EXAMPLES / "city.toml")

CHALLENGE, PROPOSAL, INITIATIVE = Route.RIGHT_TO_CHALLENGE, Route.COUNCIL_PROPOSAL, Route.RESIDENT_INITIATIVE


def ages(municipality: Municipality) -> set[int | None]:
    return {rules.minimum_age for route in Route if (rules := municipality.routes.get(route))}


def test_the_three_differ_in_what_they_ask() -> None:
    assert (ages(VILLAGE), ages(TOWN), ages(CITY)) == ({14}, {16}, {18})
    amounts = [rules.maximum_amount if (rules := one.routes.get(INITIATIVE)) else None for one in (VILLAGE, TOWN, CITY)]
    assert amounts == [500, 5000, 10000]
    weeks = [rules.weeks_ahead if (rules := one.routes.get(INITIATIVE)) else None for one in (VILLAGE, TOWN, CITY)]
    assert weeks == [2, 4, 10]


def test_what_a_municipality_lacks_has_no_rules() -> None:
    assert VILLAGE.routes.get(CHALLENGE) is None
    assert CITY.routes.get(PROPOSAL) is None
    assert all(one.routes.get(Route.JUST_DO_IT) is None for one in (VILLAGE, TOWN, CITY))
    assert VILLAGE.reports is None


@pytest.mark.parametrize(
    ("municipality", "route", "district", "needed"),
    [
        (VILLAGE, PROPOSAL, "wilgenbroek", 50),
        (VILLAGE, INITIATIVE, "wilgenbroek", None),
        (VILLAGE, CHALLENGE, "wilgenbroek", None),
        (TOWN, CHALLENGE, "WK999801", 125),  # 1 % of 18,900 is 189
        (TOWN, CHALLENGE, "WK999802", 75),  # 74.5, and nobody signs by half
        (TOWN, CHALLENGE, "WK999803", 10),  # 6.4
        (TOWN, CHALLENGE, None, 125),  # of the whole town, as long as the district isn't known
        (TOWN, CHALLENGE, "vervallen", 125),
        (TOWN, PROPOSAL, "WK999803", 125),
        (CITY, CHALLENGE, "WK999701", 412),  # 0.1 % of 412,000, exactly
        (CITY, INITIATIVE, None, 25),
        (CITY, Route.JUST_DO_IT, None, None),
    ],
)
def test_supporters_are_a_number_or_a_part_of_the_inhabitants(
    municipality: Municipality, route: Route, district: str | None, needed: int | None
) -> None:
    assert needed == municipality.supporters_needed(route, district)


def test_of_an_unknown_number_the_most_is_asked() -> None:
    assert Supporters(percent=1, at_most=125).needed(None) == 125
    assert Supporters(percent=1).needed(None) is None
    assert Supporters.model_validate(40).needed(None) == 40


def test_a_number_and_a_percentage_exclude_each_other() -> None:
    with pytest.raises(ValidationError, match="is a number, or a table with percent"):
        Supporters(number=5, percent=1)
    with pytest.raises(ValidationError, match="is a number, or a table with percent"):
        Supporters()


def test_there_is_a_formal_decision_only_where_somebody_takes_it() -> None:
    decided = {
        (one.name, route)
        for one in (VILLAGE, TOWN, CITY)
        for route in Route
        if (rules := one.routes.get(route)) and rules.decided_by
    }

    assert decided == {
        ("Berkhaven", CHALLENGE),
        ("Berkhaven", PROPOSAL),
        ("Grootveen", CHALLENGE),
        ("Grootveen", INITIATIVE),
    }


def test_an_objection_without_a_decision_makes_no_sense() -> None:
    content = {"name": "X", "summary": "x", "applicants": ["group"], "source": "x", "objection": "Schrijf."}

    with pytest.raises(ValidationError, match="has an objection but no decided_by"):
        type(TOWN.routes).model_validate({"right_to_challenge": content})
