"""Whatever somebody types, every kind of answer takes it or says why not; nothing raises."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.initiatives.beginning.start import Helper
from flows.talk.answers import Accepted, AnswerType, Drafted, Photo, Refused, Skippable, Text, Unfit
from flows.talk.choices import Choice, Choices, OneOf, YesNo
from flows.talk.dates import Date
from flows.talk.own_words import OwnWords
from flows.talk.places import DistrictAnswer, TeamAnswer, ThemeAnswer
from flows.talk.review import Review
from flows.talk.times import Time
from tests.flows.talk.accepting import QUESTION, accept, shown
from tests.flows.talk.play import around
from tests.needs import size

ANSWERS: list[AnswerType[Any]] = [
    Text(),
    Choice(Helper),
    Choices(Helper),
    OneOf({"a": "A", "b": ""}),
    YesNo(),
    Photo(),
    Skippable(Text(max_length=10)),
    Skippable(DistrictAnswer()),
    DistrictAnswer(),
    ThemeAnswer(),
    TeamAnswer(),
    OwnWords(),
    Date(),
    Time(),
    Date(earliest=-10_000, latest=10_000_000),
    Review([]),
]
DIGITS = st.text(st.characters(categories=["Nd", "No"]), min_size=1, max_size=4)
DAYLIKE = st.tuples(DIGITS, st.sampled_from("-/. "), DIGITS, st.sampled_from("-/. "), DIGITS).map("".join)
TYPED = st.text() | DAYLIKE | st.from_regex(r"\w{0,9} ?\d{1,4}(e|th)? ?\w{0,9} ?\d{0,4}", fullmatch=True)
EXAMPLES = size(20, 60)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: type(answer).__name__)
@settings(deadline=None, max_examples=EXAMPLES)
@given(typed=TYPED, language=st.sampled_from(["nl", "en"]))
async def test_any_text_is_taken_or_refused(answer: AnswerType[Any], typed: str, language: str) -> None:
    match await accept(answer, typed, language=language):
        case Accepted(value=value):
            again = json.loads(json.dumps(value))
            answer.load(again)
            assert isinstance(shown(answer, again, language=language), str)
        case Drafted(value=value):
            assert answer.options(QUESTION, around(language), json.loads(json.dumps(value)))
        case Refused(key=key, values=values):
            assert around(language).text(key, **values)
        case other:
            raise AssertionError(other)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: type(answer).__name__)
@settings(deadline=None, max_examples=EXAMPLES)
@given(value=JSON)
def test_any_kept_value_is_loaded_or_unfit(answer: AnswerType[Any], value: Any) -> None:
    with suppress(Unfit):
        answer.load(value)
        assert isinstance(shown(answer, value), str)
