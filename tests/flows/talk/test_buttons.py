"""What a button carries: never more than 64 bytes, and read back as what it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.talk.buttons import LARGEST_ID, LIMIT, Control, Pressed, data_of, read

NAMES = st.from_regex(r"[a-z_]{1,60}(\[\d{1,3}\])?", fullmatch=True)
OPTIONS = st.text(min_size=1, max_size=80) | st.sampled_from(Control).map(str)
IDS = st.integers(1, LARGEST_ID)


@given(journal_id=IDS, question=NAMES, option=OPTIONS, others=st.lists(OPTIONS, max_size=5))
def test_fits_and_is_read_back(journal_id: int, question: str, option: str, others: list[str]) -> None:
    data = data_of(journal_id, question, option)

    assert len(data.encode()) <= LIMIT
    pressed = read(data)
    assert pressed is not None
    assert pressed.journal_id == journal_id
    assert pressed.option_among(question, [*others, option]) == option
    assert pressed.option_among(question, [one for one in others if one != option]) is None
    assert pressed.option_among(f"{question}x", [*others, option]) is None


@given(data=st.text(max_size=70))
def test_nothing_that_was_forged_raises(data: str) -> None:
    assert read(data) is None or isinstance(read(data), Pressed)


@pytest.mark.parametrize("number", ["", "-1", "zzzzzz", "zzzzzzz", "1_0", "٣", "é", " 1"])
def test_only_a_number_is_a_number(number: str) -> None:
    assert read(f"c:{number}:theme:groen") is None
    assert read(f"t:{number}:0123456789abcdef") is None


def test_an_option_may_hold_colons() -> None:
    pressed = read(data_of(7, "review", "change:photo[2]"))

    assert pressed is not None
    assert pressed.option_among("review", ["change:photo[2]"]) == "change:photo[2]"
