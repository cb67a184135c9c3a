"""What looks personal in a text: what is found, what isn't, and what is put in its place."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.words.personal import Kind, find, is_iban, kinds, passes_elfproef, stripped
from tests.needs import size

BSN, IBAN, PHONE, EMAIL = Kind.BSN, Kind.IBAN, Kind.PHONE, Kind.EMAIL
DRAWN = size(3_000, 30_000)
EXAMPLES = size(60, 300)

FOUND: list[tuple[str, dict[str, Kind]]] = [
    # BSN
    ("Mijn bsn is 111222333.", {"111222333": BSN}),
    ("BSN:123456782", {"123456782": BSN}),
    ("bsn123456782", {"123456782": BSN}),
    ("BSN-123456782 graag", {"123456782": BSN}),
    ("(123456782)", {"123456782": BSN}),
    ("1234.56.782", {"1234.56.782": BSN}),
    ("123 456 782 of 111-222-333", {"123 456 782": BSN, "111-222-333": BSN}),
    ("11 12 22 333", {"11 12 22 333": BSN}),
    ("in 2026 123 456 782", {"123 456 782": BSN}),
    ("123\u00a0456\u00a0782", {"123\u00a0456\u00a0782": BSN}),
    ("010000008 en 10000008", {"010000008": BSN, "10000008": BSN}),
    ("Jan, 123456782, 12 jaar", {"123456782": BSN}),
    # Bank accounts
    ("NL91ABNA0417164300", {"NL91ABNA0417164300": IBAN}),
    ("naar NL91 ABNA 0417 1643 00 graag", {"NL91 ABNA 0417 1643 00": IBAN}),
    ("nl 91 abna 0417 164 300.", {"nl 91 abna 0417 164 300": IBAN}),
    ("IBAN: NL91-ABNA-0417-1643-00", {"NL91-ABNA-0417-1643-00": IBAN}),
    ("BE68 5390 0754 7034", {"BE68 5390 0754 7034": IBAN}),
    ("DE89370400440532013000", {"DE89370400440532013000": IBAN}),
    (
        "GB29 NWBK 6016 1331 9268 19 en FR1420041010050500013M02606",
        {
            "GB29 NWBK 6016 1331 9268 19": IBAN,
            "FR1420041010050500013M02606": IBAN,
        },
    ),
    ("TR33 0006 1005 1978 6457 8413 26", {"TR33 0006 1005 1978 6457 8413 26": IBAN}),
    # Telephones
    ("06 12345678", {"06 12345678": PHONE}),
    ("Bel 0612345678!", {"0612345678": PHONE}),
    ("tel.06-12 34 56 78", {"06-12 34 56 78": PHONE}),
    ("06.12.34.56.78", {"06.12.34.56.78": PHONE}),
    ("+31612345678 of +31 6 12 34 56 78", {"+31612345678": PHONE, "+31 6 12 34 56 78": PHONE}),
    ("+31 (0)6 12345678", {"+31 (0)6 12345678": PHONE}),
    ("0031 6 12345678 en 31612345678", {"0031 6 12345678": PHONE, "31612345678": PHONE}),
    ("010-1234567", {"010-1234567": PHONE}),
    ("(010) 123 45 67 na 6 uur", {"(010) 123 45 67": PHONE}),
    ("0515 - 12 34 56 12 uur", {"0515 - 12 34 56": PHONE}),
    ("0227-123456, 085 1234567", {"0227-123456": PHONE, "085 1234567": PHONE}),
    ("+31 20 123 4567 / +32 470 12 34 56", {"+31 20 123 4567": PHONE, "+32 470 12 34 56": PHONE}),
    ("op 1-1-2026 06 12345678", {"06 12345678": PHONE}),
    # E-mail
    ("jan@example.nl", {"jan@example.nl": EMAIL}),
    ("Mail: j.de-vries+werk@post.example.com.", {"j.de-vries+werk@post.example.com": EMAIL}),
    ("<Zoë@voorbeeld.example>", {"Zoë@voorbeeld.example": EMAIL}),
    # Several
    (
        "Bel 06 12345678 of mail jan@example.nl, rekening NL91 ABNA 0417 1643 00, bsn 111222333",
        {"06 12345678": PHONE, "jan@example.nl": EMAIL, "NL91 ABNA 0417 1643 00": IBAN, "111222333": BSN},
    ),
    ("0612345678@example.nl", {"0612345678@example.nl": EMAIL}),
]
NOTHING = [
    "",
    "Wanneer wordt de glasbak geleegd?",
    "Ik woon op 1671 AB 12, naast nummer 14 en 16.",
    "Dorpsstraat 123, 1671AB",
    "Op 25-11-2026 om 10.30 uur, of op 06-12-2026 10:30",
    "06-12-2026 10 uur, 25 06 1980 1234",
    "van 01-11-2026 10:00 tot 2026-11-25T10:30",
    "Geboren 25112026, of 20261125, of 19801231",
    "Het kost € 123.456.782 of 123456782 euro, dat is 123456782,50",
    "Mijn vraag was V-2026-0001, de vorige V-2025-0123",
    "order ORD-123456782, zaaknummer 123456782, kenmerk: 123456782",
    "kvk 12345678, ordernummer is 123456782, btw 123456782B01",
    "Bel 112, 14 0227 of 14 010; ook 0900-1234567, 0800 1234567, 0900-8844 en 088 1234567",
    "Mijn kenteken is 12-ABC-3, de oude AB-12-34",
    "123456789 en 111111111 en 000000000",  # don't pass, or are no number
    "12345678901 en 1234567820 en 0123456782",
    "NL91ABNA0417164301 en NL91ABNA04171643",
    "https://voorbeeld.example/zaak/123456782?tel=0612345678",
    "versie 1.123456782, adres 12.34.56.782",
    "@jan en jan@buurt en a @ b.nl",
    "65+ 12-11-2026, 18+2025, +5 25-11-2026",
    "Van 2024 2025 en 2026 weet ik het niet, 100 200 300 mensen",
    "١٢٣٤٥٦٧٨٢",
]


def marked(kind: Kind) -> str:
    """A mark to see."""
    return f"<{kind}>"


def found_in(text: str) -> dict[str, Kind]:
    """What was found, as it stands there."""
    return {text[one.start : one.end]: one.kind for one in find(text)}


@pytest.mark.parametrize(("text", "wanted"), FOUND, ids=[text for text, _ in FOUND])
def test_is_found_where_it_stands(text: str, wanted: dict[str, Kind]) -> None:
    assert found_in(text) == wanted


@pytest.mark.parametrize("text", NOTHING)
def test_other_numbers_and_words_are_left_alone(text: str) -> None:
    assert found_in(text) == {}
    assert stripped(text, marked) == text


def test_a_mark_stands_in_its_place_and_the_rest_stays() -> None:
    text = "Bel 06 12345678 of mail jan@example.nl. Bsn: 111222333!"

    assert stripped(text, marked) == "Bel <phone> of mail <email>. Bsn: <bsn>!"
    assert kinds(text) == (BSN, PHONE, EMAIL)


@pytest.mark.parametrize("groups", ["9", "3 3 3", "4 2 3", "2 2 2 3"])
@settings(deadline=None, max_examples=EXAMPLES)
@given(first=st.integers(1_000_000, 99_999_999), between=st.sampled_from([" ", "-", "\u00a0"]))
def test_every_number_that_passes_is_found(groups: str, first: int, between: str) -> None:
    body = f"{first:08}"
    last = sum((9 - place) * int(digit) for place, digit in enumerate(body)) % 11
    digits = f"{body}{last}"
    if last == 10:
        return  # no digit makes it pass
    rest, parts = digits, []
    for length in map(int, groups.split()):
        parts.append(rest[:length])
        rest = rest[length:]
    written = between.join(parts)

    assert passes_elfproef(digits)
    assert found_in(f"Mijn nummer is {written}, toch?") == {written: BSN}


def test_of_random_numbers_of_nine_digits_one_in_eleven_passes() -> None:
    chance = random.Random(11)
    drawn = [chance.randrange(100_000_000, 1_000_000_000) for _ in range(DRAWN)]

    share = sum(bool(find(f"nummer {number}")) for number in drawn) / DRAWN

    assert share == pytest.approx(1 / 11, abs=0.02)


@settings(deadline=None, max_examples=EXAMPLES)
@given(country=st.sampled_from(["NL", "BE", "DE"]), number=st.integers(0, 10**18 - 1), by=st.integers(1, 96))
def test_an_account_with_other_check_digits_is_none(country: str, number: int, by: int) -> None:
    body = f"{number:018}"[: {"NL": 14, "BE": 12, "DE": 18}[country]]
    check = 98 - int("".join(str(int(one, 36)) for one in f"{body}{country}00")) % 97
    right, wrong = f"{country}{check:02}{body}", f"{country}{(check + by) % 97:02}{body}"

    assert is_iban(right)
    assert found_in(f"naar {right} graag") == {right: IBAN}
    assert not is_iban(wrong)


@settings(deadline=None, max_examples=EXAMPLES)
@given(text=st.text(st.sampled_from("0123456789 -.+()/@aNL€:,"), max_size=80))
def test_whatever_the_text_nothing_is_found_twice(text: str) -> None:
    found = find(text)

    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(0 <= one.start < one.end <= len(text) for one in found)
