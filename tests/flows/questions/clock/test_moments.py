"""When what happens to a question by itself, in working days and office hours."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from flows.municipality import Municipality
from flows.questions.clock.moments import Event, moments, next_moment
from storage.questions import Question, QuestionStatus

MUNICIPALITY = Municipality.load(None)
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DUE = MUNICIPALITY.due(MONDAY, 5)


def question(status: QuestionStatus, **more: Any) -> Question:
    """Asked on Monday at ten (in the Netherlands), due five working days later, with the team of streets and green."""
    values: dict[str, Any] = {
        "id": 1,
        "reference": "V-2026-0001",
        "asker_id": 1,
        "team_code": "buitenruimte",
        "due_at": DUE,
        "created_at": MONDAY,
        "active_at": MONDAY,
    }
    return Question(status=status, **(values | more))


def events(one: Question) -> list[tuple[str, str]]:
    """What may happen: the event, and the local day and hour."""
    zone = MUNICIPALITY.zone
    return [(at.event, at.at.astimezone(zone).strftime("%a %H:%M")) for at in moments(one, MUNICIPALITY)]


@pytest.mark.parametrize(
    ("status", "more", "expected"),
    [
        (
            QuestionStatus.OPEN,
            {},
            [("ignored", "Wed 17:00"), ("near", "Fri 17:00"), ("over", "Mon 17:00")],
        ),
        (
            QuestionStatus.CLAIMED,
            {"assignee_id": 2},
            [("silent", "Wed 17:00"), ("near", "Fri 17:00"), ("over", "Mon 17:00")],
        ),
        (
            QuestionStatus.CLAIMED,
            {"assignee_id": 2, "snoozed_until": MONDAY + timedelta(days=3)},
            [("snoozed", "Thu 10:00"), ("near", "Fri 17:00"), ("over", "Mon 17:00")],
        ),
        (
            QuestionStatus.OPEN,
            {"handed_from": "toezicht", "accept_by": MONDAY + timedelta(hours=25)},
            [("not_accepted", "Tue 11:00"), ("near", "Fri 17:00"), ("over", "Mon 17:00")],
        ),
        (
            QuestionStatus.WAITING,
            {"assignee_id": 2, "paused_at": MONDAY, "waits_until": MONDAY + timedelta(days=10)},
            [("no_reply", "Thu 10:00")],
        ),
        (
            QuestionStatus.ANSWERED,
            {"assignee_id": 2, "answered_at": MONDAY},
            [("forget", "Wed 11:00")],  # by then it is summer time
        ),
        (QuestionStatus.CLOSED, {}, []),
        (QuestionStatus.CLOSED, {"arrives_by": MONDAY + timedelta(minutes=10)}, [("arrived", "Mon 10:10")]),
        (QuestionStatus.MERGED, {"merged_into_id": 2}, []),
    ],
)
def test_what_is_due_when(status: QuestionStatus, more: dict[str, object], expected: list[tuple[str, str]]) -> None:
    assert events(question(status, **more)) == expected


def test_what_nobody_of_the_front_desk_takes_goes_to_the_coordinators_once() -> None:
    front_desk = MUNICIPALITY.front_desk.code
    assert ("ignored", "Wed 17:00") in events(question(QuestionStatus.OPEN, team_code=front_desk))
    raised = question(QuestionStatus.OPEN, team_code=front_desk, raised_at=MONDAY)
    assert Event.IGNORED not in dict(events(raised))
    assert Event.OVER in dict(events(raised))


def test_being_late_is_said_again_every_working_day() -> None:
    friday = datetime(2026, 3, 13, 9, tzinfo=UTC)
    one = question(QuestionStatus.CLAIMED, assignee_id=2, warned_at=MONDAY, escalated_at=friday, active_at=friday)
    assert ("over", "Mon 17:00") in events(one)


def test_a_question_in_hand_is_always_looked_at_again() -> None:
    for status in (QuestionStatus.OPEN, QuestionStatus.CLAIMED, QuestionStatus.WAITING, QuestionStatus.ANSWERED):
        one = question(status, answered_at=MONDAY, waits_until=DUE, warned_at=MONDAY, escalated_at=DUE)
        assert next_moment(one, MUNICIPALITY) is not None
