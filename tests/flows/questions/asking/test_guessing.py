"""What is understood of somebody's words: where it is, and not more than can be known."""

from __future__ import annotations

import pytest

from flows.municipality import Municipality
from flows.questions.asking.guessing import named_district
from flows.questions.asking.understanding.small_talk import is_small_talk, is_thanks

ELZERMEER = Municipality.load()


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("De glasbak in de Molenwijk is vol", "Molenwijk"),
        ("te weinig plek voor auto's in de vogelbuurt", "Lindenrijk"),
        ("hondenpoep in het centrum", "Binnenstad"),
        ("ik woon op 8994 AB en hoor veel lawaai", "Waterrand"),
        ("postcode 8994ab", "Waterrand"),
        ("nieuwe huizen in Nieuw-Elzen", "Nieuw-Elzen"),
        ("gat in de weg bij Sint Odakerk", "Sint Odakerk"),
        ("hoe ver is het van de Molenwijk naar Waterrand", None),
        ("mijn postcode is 8998", None),
        ("het waterrandje van de vijver", None),
        ("iets over molens", None),
        ("ik betaal 8994567 euro", None),
        ("", None),
    ],
)
def test_a_place_counts_when_it_is_sure(text: str, district: str | None) -> None:
    code = named_district(ELZERMEER, text)

    found = ELZERMEER.district(code) if code is not None else None
    assert (found.name if found is not None else None) == district


@pytest.mark.parametrize("text", ["Hallo!", "dank je wel", "Top", "👍", "goed zo, doei"])
def test_small_talk_is_no_question(text: str) -> None:
    assert is_small_talk(text)


@pytest.mark.parametrize("text", ["en op zondag", "glasbak vol", "mag dat?", "ik wil iets vragen en iets melden"])
def test_what_says_something_is_no_small_talk_however_short(text: str) -> None:
    assert not is_small_talk(text)


@pytest.mark.parametrize(
    ("text", "thanks"),
    [
        ("Bedankt!", True),
        ("dank je wel", True),
        ("Oké, heel erg bedankt voor je snelle antwoord 👍", True),
        ("Thank you very much", True),
        ("top", False),
        ("bedankt, maar dat helpt niet", False),
        ("dank u wel, en wanneer komt de wagen", False),
        ("bedankt?", False),
    ],
)
def test_only_thanks_are_thanks(text: str, thanks: bool) -> None:
    assert is_thanks(text) is thanks
