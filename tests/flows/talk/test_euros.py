"""Amounts as people type them."""

import pytest

from flows.talk.answers import Accepted, Refused
from flows.talk.euros import Euros, read_euros
from flows.talk.incoming import Content, Photo, Text
from tests.flows.talk.play import around


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("250", 250),
        ("€ 250", 250),
        ("€250,-", 250),
        ("250 euro", 250),
        ("EUR 1.500", 1500),
        ("1 500,00 euro.", 1500),
        ("12.345.678", 12_345_678),
        ("2,50", None),
        ("1.50", None),
        ("-5", None),
        ("veel", None),
        ("250 of 300", None),
        ("٢٥٠", None),
        ("", None),
    ],
)
def test_reads_what_people_type(text: str, amount: int | None) -> None:
    assert read_euros(text) == amount


async def test_takes_one_euro_to_the_highest() -> None:
    given: list[Content] = [*(Text(text=one) for one in ("0", "1", "500", "501")), Photo(photo="photo-1")]

    taken = [await Euros(highest=500).accept(one, "x", around(), None) for one in given]

    refused = Refused(key="talk.refused.euros")
    assert taken == [refused, Accepted(value=1), Accepted(value=500), refused, refused]
