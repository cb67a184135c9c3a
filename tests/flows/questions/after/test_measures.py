"""How questions go: per theme and district, never of so few that it is about one person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from flows.municipality import Municipality
from flows.questions.after.measures import ENOUGH, Figures, grouped, is_right_first_time, measured
from storage.questions import Helped, Question, QuestionStatus

CALENDAR = Municipality.load().calendar
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def asked(**values: Any) -> Question:
    kept: dict[str, Any] = {"created_at": MONDAY, "team_code": "toezicht", **values}
    return Question(reference="V-2026-0001", asker_id=1, due_at=MONDAY, **kept)


def answered(days: int, **values: Any) -> Question:
    at = MONDAY + timedelta(days=days)
    return asked(status=QuestionStatus.ANSWERED, answered_at=at, first_reaction_at=at, **values)


def test_a_group_has_medians_and_shares() -> None:
    group = [
        answered(0, helped=Helped.YES),
        answered(1, transfers=2),
        answered(1, reopened=1),
        answered(7, helped=Helped.NO),
        asked(),
    ]

    figures = measured(group, CALENDAR)

    # Of Monday to Monday 5 working days; the median of 0, 1, 1, 5. A day is 8.5 hours, on Friday 7.5, on Thursday 10.5.
    assert figures == Figures(
        count=5, first_response=8.5, solution=1, transfers=0.4, first_time_right=0.25, reopened=0.25
    )


def test_of_few_questions_only_the_number_is_told() -> None:
    assert measured([answered(1)] * (ENOUGH - 1), CALENDAR) == Figures(count=ENOUGH - 1)


def test_without_an_answer_there_is_nothing_to_tell_of_answers() -> None:
    assert measured([asked()] * ENOUGH, CALENDAR) == Figures(count=ENOUGH, transfers=0)


@pytest.mark.parametrize(
    ("values", "right"),
    [
        ({}, True),
        ({"helped": Helped.PARTLY}, True),
        ({"helped": Helped.NO}, False),
        ({"transfers": 1}, False),
        ({"reopened": 1}, False),
        ({"status": QuestionStatus.CLAIMED}, False),
    ],
)
def test_right_at_once_is_answered_by_the_first_team_and_not_opened_again(values: dict[str, Any], right: bool) -> None:
    assert is_right_first_time(asked(**{"status": QuestionStatus.ANSWERED, **values})) is right


def test_most_questions_come_first_and_those_of_no_theme_last() -> None:
    questions = [(code, asked()) for code in [None, None, None, "afval", "groen", "groen"]]

    assert [code for code, _ in grouped(questions, CALENDAR)] == ["groen", "afval", None]
