"""Standard answers: which fields there are, and how they are filled in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flows.questions.standard.answers import FIELDS, fill, unknown_fields


def test_fields_are_filled_in_however_they_are_written() -> None:
    text = "Beste {voornaam}, { Naam } van {TEAM} zag {referentie} op {datum}."
    values = {"voornaam": "Fatima", "naam": "Jan", "team": "Toezicht", "referentie": "V-1", "datum": "2 maart"}

    assert unknown_fields(text) == []
    assert fill(text, values) == "Beste Fatima, Jan van Toezicht zag V-1 op 2 maart."


def test_what_is_no_field_is_named_once_and_left_as_it_is() -> None:
    text = "Dag {achternaam} {}, {achternaam} van {team} {"

    assert unknown_fields(text) == ["{achternaam}", "{}"]
    assert fill(text, {"team": "Toezicht"}) == "Dag {achternaam} {}, {achternaam} van Toezicht {"


def test_what_a_resident_is_called_is_not_filled_in_again() -> None:
    assert fill("{voornaam}", {"voornaam": "{naam}", "naam": "Jan"}) == "{naam}"


@given(st.lists(st.sampled_from(["{naam}", "{ Team }", "{", "}", "{x}", "ja", "\n"]), max_size=8).map("".join))
def test_no_field_is_left_once_filled_in(text: str) -> None:
    filled = fill(text, dict.fromkeys(FIELDS, "-"))

    assert "{naam}" not in filled
    assert "{ Team }" not in filled
    assert filled.count("-") == text.count("{naam}") + text.count("{ Team }")
