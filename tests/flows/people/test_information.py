"""What is mine, in a list that doesn't get too long."""

import pytest

from flows.people.information import SHOWN, listed
from tests.flows.talk.play import around


@pytest.mark.parametrize("there", [SHOWN, SHOWN + 1])
def test_at_most_so_many_are_shown_and_that_there_is_more_is_said(there: int) -> None:
    text = listed(around(), "questions", [f"V-2026-{number:04}" for number in range(there)])

    assert text.count("V-2026-") == SHOWN
    assert ("Er is nog meer." in text) is (there > SHOWN)
