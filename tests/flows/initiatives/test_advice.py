"""The route adviser: for every wish, in very different municipalities, a route that is there and a reason."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.initiatives.beginning.advice import Wish, advise, available
from flows.initiatives.beginning.answers import Advised, RouteAnswer, euros_in
from flows.initiatives.beginning.demands import demands, in_short
from flows.initiatives.beginning.start import TITLE, title_from
from flows.municipality import Municipality, Routes
from storage.initiatives import Route
from tests.flows.municipality.test_routes import CITY, TOWN, VILLAGE
from tests.flows.talk.play import NOW, around, house

EXAMPLE = Municipality.load()
NOTHING = VILLAGE.model_copy(update={"routes": Routes()})
"""A municipality without any route."""
ONLY_COUNCIL = VILLAGE.model_copy(update={"routes": Routes(council_proposal=VILLAGE.routes.council_proposal)})
MUNICIPALITIES = {
    "example": EXAMPLE,
    "village": VILLAGE,
    "town": TOWN,
    "city": CITY,
    "none": NOTHING,
    "council": ONLY_COUNCIL,
}
JUST, INITIATIVE, CHALLENGE, PROPOSAL = (
    Route.JUST_DO_IT,
    Route.RESIDENT_INITIATIVE,
    Route.RIGHT_TO_CHALLENGE,
    Route.COUNCIL_PROPOSAL,
)


@pytest.mark.parametrize(
    ("where", "wish", "amount", "route", "why"),
    [
        ("example", Wish.NOTHING, None, JUST, "nothing"),
        ("none", Wish.NOTHING, None, JUST, "nothing"),
        ("example", Wish.MONEY, None, INITIATIVE, "money"),
        ("example", Wish.MONEY, 300, INITIATIVE, "money"),
        ("example", Wish.MONEY, 2500, INITIATIVE, "money"),
        ("example", Wish.MONEY, 2501, INITIATIVE, "money_too_much"),
        ("village", Wish.MONEY, 500, INITIATIVE, "money"),
        ("village", Wish.MONEY, 501, INITIATIVE, "money_too_much"),
        ("town", Wish.MONEY, 4999, INITIATIVE, "money"),
        ("city", Wish.MONEY, 10_000, INITIATIVE, "money"),
        ("city", Wish.MONEY, 250_000, INITIATIVE, "money_too_much"),
        ("none", Wish.MONEY, 20, JUST, "money_without_route"),
        ("council", Wish.MONEY, None, JUST, "money_without_route"),
        ("example", Wish.PLACE, None, INITIATIVE, "place"),
        ("none", Wish.PLACE, None, JUST, "place_without_route"),
        ("council", Wish.PLACE, None, JUST, "place_without_route"),
        ("example", Wish.TASK, None, CHALLENGE, "task"),
        ("city", Wish.TASK, None, CHALLENGE, "task"),
        ("village", Wish.TASK, None, INITIATIVE, "task_as_initiative"),
        ("none", Wish.TASK, None, JUST, "task_without_route"),
        ("council", Wish.TASK, None, JUST, "task_without_route"),
        ("example", Wish.COUNCIL, None, PROPOSAL, "council"),
        ("village", Wish.COUNCIL, None, PROPOSAL, "council"),
        ("council", Wish.COUNCIL, None, PROPOSAL, "council"),
        ("city", Wish.COUNCIL, None, JUST, "council_without_route"),
        ("none", Wish.COUNCIL, None, JUST, "council_without_route"),
        ("example", Wish.REPORT, None, None, "report"),
        ("none", Wish.REPORT, None, None, "report"),
    ],
)
def test_a_wish_has_its_route_and_a_reason(
    where: str, wish: Wish, amount: int | None, route: Route | None, why: str
) -> None:
    advice = advise(MUNICIPALITIES[where], wish, amount)

    assert (advice.route, advice.why_key) == (route, f"initiative.route.why.{why}")


@pytest.mark.parametrize("where", MUNICIPALITIES)
@pytest.mark.parametrize("wish", Wish)
def test_only_what_is_there_is_named_and_all_of_it_once(where: str, wish: Wish) -> None:
    municipality = MUNICIPALITIES[where]

    advice = advise(municipality, wish, 300)

    named = [*([advice.route] if advice.route else []), *advice.others]
    assert sorted(named) == sorted(available(municipality))
    assert all(one is JUST or municipality.routes.get(one) for one in named)


@pytest.mark.parametrize(
    ("where", "wish", "not_alone"),
    [
        ("example", Wish.TASK, True),
        ("town", Wish.TASK, True),
        ("village", Wish.TASK, False),  # helping along is for one resident too
        ("example", Wish.MONEY, False),
        ("example", Wish.NOTHING, False),
        ("example", Wish.REPORT, False),
    ],
)
def test_who_is_alone_hears_where_others_are_needed(where: str, wish: Wish, not_alone: bool) -> None:
    assert advise(MUNICIPALITIES[where], wish, alone=True).not_alone is not_alone
    assert advise(MUNICIPALITIES[where], wish, alone=False).not_alone is False


def told(municipality: Municipality, language: str) -> Iterator[str]:
    """Every advice of a municipality as it is read."""
    here = type(house())(municipality=municipality, catalogue=house().catalogue, bot_username="StuurBot")
    for wish in Wish:
        for amount in (None, 100, 1_000_000) if wish is Wish.MONEY else (None,):
            for alone in (True, False):
                advice = advise(municipality, wish, amount, alone=alone)
                kept = Advised(
                    route=advice.route or "report",
                    why=advice.why_key,
                    others=list(advice.others),
                    not_alone=advice.not_alone,
                )
                answer = RouteAnswer(kept, amount=amount, district=municipality.districts[0].code)
                for draft in (None, True):
                    said = answer.text("initiative.start.route", here.around(language, NOW), draft)
                    assert said
                    yield said


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("where", MUNICIPALITIES)
def test_every_advice_can_be_read(where: str, language: str) -> None:
    for said in told(MUNICIPALITIES[where], language):
        assert "None" not in said
        assert len(said) < 4096


def test_a_rule_that_is_not_there_is_not_told() -> None:
    here = type(house())(municipality=VILLAGE, catalogue=house().catalogue, bot_username="StuurBot").around("nl", NOW)

    asked = demands(here, INITIATIVE, "wilgenbroek")

    assert asked is not None
    assert "Vanaf 14 jaar" in asked
    assert "Hooguit € 500" in asked
    assert "2 weken" in asked
    for nothing in ("meetekenen", "Besluit", "Nodig", "Kan niet", "href"):
        assert nothing not in asked
    assert demands(here, JUST, None) is None
    assert demands(here, CHALLENGE, None) is None
    assert in_short(here, INITIATIVE, None) == "Dorpspotje (vanaf 14 jaar, hooguit € 500, 2 weken vooraf)"
    assert in_short(here, JUST, None) == "Gewoon beginnen"
    assert in_short(around("en"), None, None) == "A report"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("300 euro voor planten", 300),
        ("€ 300", 300),
        ("€300,- voor aarde", 300),
        ("ongeveer €\u00a01.500", 1500),
        ("1500 euro", 1500),
        ("EUR 2.500,50", 2501),
        ("we need € 1,500.00 for a bench", 1500),
        ("12,50 euro", 13),
        ("10 000 euro", 10_000),
        ("voor 5 buren € 40", 40),
        ("40 euro, dus € 40 in totaal", 40),
        ("€ 100 voor planten en € 50 voor aarde", None),
        ("voor 5 buren", None),
        ("geld", None),
        ("een europese vlag van 3 meter", None),
        ("", None),
    ],
)
def test_an_amount_is_read_where_one_is_named(text: str, amount: int | None) -> None:
    assert euros_in(text) == amount


@given(st.text(max_size=200))
def test_any_text_names_an_amount_or_none(text: str) -> None:
    found = euros_in(text)

    assert found is None or found >= 0


@pytest.mark.parametrize(
    ("idea", "title"),
    [
        ("Ik wil met de buren een geveltuin maken.", "Met de buren een geveltuin maken"),
        ("Wij willen graag een bankje timmeren! Voor ouderen.", "Een bankje timmeren! Voor ouderen"),
        ("We gaan zwerfvuil opruimen. Elke zaterdag, met de klas.", "Zwerfvuil opruimen"),
        ("Samen met de buren bloemen planten op het pleintje", "Samen met de buren bloemen planten"),
        ("I would like to start a lunch club", "Start a lunch club"),
        ("\n\n  straatfeest\nmet muziek", "Straatfeest"),
        ("Ik wil ............", "Ik wil"),
        ("?!?!?!?!?!?!", "?!?!?!?!?!?!"),
        ("ik wilde altijd al een tuin", "Ik wilde altijd al een tuin"),
    ],
)
def test_a_name_is_proposed_from_the_first_words(idea: str, title: str) -> None:
    assert title_from(idea) == title


@given(st.text(min_size=10, max_size=1000).filter(lambda text: len(text.strip()) >= 10))
def test_a_name_always_fits(idea: str) -> None:
    assert 0 < len(title_from(idea)) <= TITLE
