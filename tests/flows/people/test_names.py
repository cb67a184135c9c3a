"""The first name of somebody, from what a channel calls them."""

import pytest

from flows.people.names import first_name_of
from storage.people import Person


@pytest.mark.parametrize(
    ("whole", "first"),
    [
        ("Fatima", "Fatima"),
        ("Jan de Vries", "Jan"),
        ("🌷 Anne-Marie 🌷", "Anne-Marie"),
        ("🌷Zoë🌷Bakker", "Zoë"),
        ("D'Arcy Smit", "D'Arcy"),
        ("محمد علي", "محمد"),
        ("🌷", ""),
        ("", ""),
    ],
)
def test_is_the_first_word_unless_they_share_it_all(whole: str, first: str) -> None:
    assert first_name_of(Person(first_name=whole)) == first
    assert first_name_of(Person(first_name=whole, shares_name=True)) == whole
