"""A number of things, typed."""

import pytest

from flows.talk import incoming
from flows.talk.answers import Accepted, Refused, Unfit
from flows.talk.numbers import Count
from tests.flows.talk.play import around


@pytest.mark.parametrize(("text", "value"), [("24", 24), (" 0 ", 0), ("1.250", 1250), ("9999", 9999)])
async def test_a_number_is_taken(text: str, value: int) -> None:
    taken = await Count(maximum=9999).accept(incoming.Text(text=text), "x.y", around(), None)

    assert taken == Accepted(value=value)
    assert Count(maximum=9999).load(value) == value


@pytest.mark.parametrize("text", ["veel", "-1", "2,5", "10000", "12 mensen", "", "²", "1" * 40])
async def test_anything_else_is_asked_again(text: str) -> None:
    taken = await Count(maximum=9999).accept(incoming.Text(text=text), "x.y", around(), None)

    assert taken == Refused(key="talk.refused.count", values={"maximum": 9999})


@pytest.mark.parametrize("value", [None, "24", -1, 10_000, True])
def test_a_kept_value_that_no_longer_fits_is_unfit(value: object) -> None:
    with pytest.raises(Unfit):
        Count(maximum=9999).load(value)
