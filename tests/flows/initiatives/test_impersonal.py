"""What others read holds nothing about a person."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis.strategies import text

from flows.initiatives.lessons.impersonal import LEFT_OUT, has_words, without_persons

NAMES = ("Fatima", "Jan van het wijkteam", "Zoë", "Jo", "anne-marie")


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Mail fatima.k+tuin@voorbeeld.nl", "voorbeeld"),
        ("Bel 06-12345678", "1234"),
        ("Bel 0612345678.", "0612"),
        ("Bel +31 6 1234 5678 of 0031612345678", "12"),
        ("Bel (0320) 12 34 56 overdag", "0320"),
        ("Mijn nummer is 123456782", "123"),
        ("Mijn nummer is 1234.56.782", "56"),
        ("Mijn nummer is 123 456 782", "456"),
        ("Op NL91 ABNA 0417 1643 00", "ABNA"),
        ("Bij 8990 AB 12", "8990"),
        ("Bij 8990AB, nr. 12a", "12a"),
        ("Bij 8990 ab 12", "8990"),
        ("Dorpsstraat 12 b is van ons", "12"),
        ("Zoek @jan_dewit of https://t.me/jandewit", "jan"),
        ("Fatima hielp", "Fatima"),
        ("FATIMA hielp, en fatima's broer", "atima"),
        ("Vraag het Jan", "Jan"),
        ("Dat is Zoe haar idee, of Zoës", "Zo"),
        ("Met Anne Marie erbij", "Marie"),
        ("Jo weet alles", "Jo "),
    ],
)
def test_what_says_who_somebody_is_goes(text: str, gone: str) -> None:
    clean = without_persons(text, NAMES)

    assert gone not in clean
    assert LEFT_OUT in clean


@pytest.mark.parametrize(
    "text",
    [
        "In 2025 en 2026 begonnen we op 05-12-2026 om 13.00 uur.",
        "Het kostte € 12.500 voor 1000 bollen en 20 bankjes.",
        "Bel de gemeente op 14 0999.",
        "In januari was het koud, jo!",
        "Vraag het wijkteam van je buurt, en loop 3 keer langs het plein.",
        "Begin met 5 buren; wij waren met 12 man.",
    ],
)
def test_what_says_nothing_of_the_kind_stays(text: str) -> None:
    assert without_persons(text, NAMES) == text


@pytest.mark.parametrize(("text", "has"), [("[…]", False), ("[…] [… ]!", False), ("[…] hielp", True), ("", False)])
def test_nothing_but_gaps_says_nothing(text: str, has: bool) -> None:
    assert has_words(text) is has


@pytest.mark.parametrize(
    "piece", ["a", "a.", "0", "01 ", "06-", "1234 ab ", "straat", "@", "a@", "t.me/", "(0", "NL12", "\u0301"]
)
def test_a_long_text_takes_no_longer_than_it_should(piece: str) -> None:
    started = process_time()
    without_persons(piece * (20_000 // len(piece)), NAMES)

    assert process_time() - started < 1, "what comes from elsewhere may be written to keep us busy"


@given(text(max_size=200))
def test_what_is_clean_stays_so(said: str) -> None:
    clean = without_persons(said, NAMES)

    assert without_persons(clean, NAMES) == clean
