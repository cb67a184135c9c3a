"""A district: by its button, a shared location, its name, a neighbourhood's or a postcode."""

from __future__ import annotations

import pytest

from flows.talk import incoming
from flows.talk.answers import Drafted, Given, Skippable, Unfit
from flows.talk.places import DistrictAnswer, TeamAnswer
from tests.flows.talk.accepting import UNUSABLE, accept, kept, labels, pressed, refused, shown

BINNENSTAD, LINDENRIJK, MOLENWIJK = "WK999901", "WK999903", "WK999904"
ELZERDIJK, BUITENGEBIED = "WK999909", "WK999910"


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (pressed(MOLENWIJK), MOLENWIJK),
        ("Molenwijk", MOLENWIJK),
        ("  molenwijk ", MOLENWIJK),
        ("MOLENWYK", MOLENWIJK),
        ("Centrum", BINNENSTAD),
        ("Wiekenbuurt", MOLENWIJK),
        ("8992", LINDENRIJK),
        ("8992 AB", LINDENRIJK),
        ("8992ab", LINDENRIJK),
        (incoming.Location(latitude=52.78, longitude=5.42), BINNENSTAD),
    ],
)
async def test_a_district_is_recognised(what: Given | str, code: str) -> None:
    answer = DistrictAnswer()

    assert await kept(answer, what) == code
    assert answer.load(code) == code


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("Timboektoe", "unknown_place"),
        ("1012", "unknown_place"),
        ("", "unknown_place"),
        (pressed("WK000000"), "place"),
        (incoming.Location(latitude=51.0, longitude=5.0), "outside"),
        (UNUSABLE["photo"], "place"),
        (UNUSABLE["voice"], "place"),
        (UNUSABLE["sticker"], "place"),
    ],
)
async def test_says_what_is_expected(what: Given | str, why: str) -> None:
    assert await refused(DistrictAnswer(), what) == f"talk.refused.{why}"


async def test_a_postcode_of_two_districts_leaves_the_choice() -> None:
    answer = DistrictAnswer()

    taken = await accept(answer, "8998")

    assert isinstance(taken, Drafted)
    assert taken.why is not None
    assert (taken.value, taken.why.key) == ([ELZERDIJK, BUITENGEBIED], "talk.refused.several_places")
    assert labels(answer, draft=taken.value) == ["Elzerdijk", "Buitengebied"]
    assert await kept(answer, pressed(BUITENGEBIED), draft=taken.value) == BUITENGEBIED


@pytest.mark.parametrize("what", [pressed(MOLENWIJK), "Molenwijk", "8993"])
async def test_after_a_choice_of_two_any_other_district_is_still_fine(what: Given | str) -> None:
    assert await kept(DistrictAnswer(), what, draft=[ELZERDIJK, BUITENGEBIED]) == MOLENWIJK


async def test_a_district_may_be_left_out() -> None:
    answer = Skippable(DistrictAnswer())

    assert await kept(answer, pressed("skip"), question="welcome.district") is None
    assert labels(answer, question="welcome.district")[-1] == "Dat zeg ik liever niet"
    assert labels(answer, draft=[ELZERDIJK], question="welcome.district") == ["Elzerdijk", "Dat zeg ik liever niet"]


def test_a_district_reads_as_its_name_also_when_it_has_left() -> None:
    assert shown(DistrictAnswer(), MOLENWIJK) == "Molenwijk"
    assert shown(DistrictAnswer(), "WK000000") == "WK000000"


@pytest.mark.parametrize("value", [None, 5, [MOLENWIJK]])
def test_anything_but_a_code_no_longer_fits(value: object) -> None:
    with pytest.raises(Unfit):
        DistrictAnswer().load(value)


def test_teams_without_anybody_come_last() -> None:
    shown = labels(TeamAnswer(but="toezicht", empty=["wijkbeheer", "gebied-stad"]))

    assert shown[:2] == ["Team Buitenruimte", "Gebiedsteam Dorpen en Buitengebied"]
    assert shown[-2:] == ["Wijkbeheer Woonmeer (nog niemand)", "Gebiedsteam Stad (nog niemand)"]
