"""Which team gets a question, and what a rule would change."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from flows.context import Context
from flows.municipality import Municipality
from flows.questions.routing.rerouting import is_free, movers
from flows.questions.routing.route import DESK, FILE, FRONT_DESK, IGNORED, INITIATIVE, KEPT, Routed, route
from flows.questions.routing.trying import understood, when_it_counts
from flows.questions.routing.verbs import AddRule
from storage.database import Database
from storage.questions import Question, QuestionStatus
from storage.routing import RoutingRule, RuleHours
from tests.flows.talk.play import house

MUNICIPALITY = Municipality.load()
OPEN = datetime(2026, 3, 3, 9, tzinfo=UTC)
CLOSED = datetime(2026, 3, 3, 22, tzinfo=UTC)
MOLENWIJK, WATERRAND = "WK999904", "WK999905"


def rule(
    number: int,
    team: str,
    *,
    theme: str | None = None,
    district: str | None = None,
    hours: RuleHours = RuleHours.ALWAYS,
) -> RoutingRule:
    return RoutingRule(
        id=number,
        position=number,
        theme_code=theme,
        district_code=district,
        hours=hours,
        team_code=team,
        created_by=1,
    )


def asked(theme: str | None = "afval", **values: Any) -> Question:
    """One that the file sent to Team Buitenruimte and nobody has touched."""
    kept: dict[str, Any] = {
        "team_code": "buitenruimte",
        "routed_by": "file",
        "district_code": MOLENWIJK,
        "theme_code": theme,
        "created_at": OPEN,
        **values,
    }
    return Question(reference="V-2026-0001", asker_id=1, due_at=OPEN, **kept)


@pytest.mark.parametrize(
    ("rules", "theme", "district", "at", "expected"),
    [
        ([], "afval", MOLENWIJK, OPEN, Routed("buitenruimte", "file")),
        ([], None, None, OPEN, Routed("klantcontact", "front_desk")),
        ([rule(7, "toezicht", theme="afval")], "afval", MOLENWIJK, OPEN, Routed("toezicht", "rule:7")),
        ([rule(7, "toezicht", theme="afval")], "groen", MOLENWIJK, OPEN, Routed("buitenruimte", "file")),
        ([rule(7, "toezicht", theme="afval")], None, MOLENWIJK, OPEN, Routed("klantcontact", "front_desk")),
        ([rule(7, "toezicht", district=MOLENWIJK)], "afval", WATERRAND, OPEN, Routed("buitenruimte", "file")),
        ([rule(7, "toezicht", district=MOLENWIJK)], None, MOLENWIJK, OPEN, Routed("toezicht", "rule:7")),
        ([rule(7, "toezicht", hours=RuleHours.CLOSED)], "afval", None, OPEN, Routed("buitenruimte", "file")),
        ([rule(7, "toezicht", hours=RuleHours.CLOSED)], "afval", None, CLOSED, Routed("toezicht", "rule:7")),
        ([rule(7, "toezicht", hours=RuleHours.OPEN)], "afval", None, CLOSED, Routed("buitenruimte", "file")),
        ([rule(7, "weg"), rule(8, "jeugdteam")], "afval", None, OPEN, Routed("jeugdteam", "rule:8")),
        ([rule(8, "jeugdteam"), rule(7, "toezicht")], None, None, OPEN, Routed("jeugdteam", "rule:8")),
    ],
)
def test_the_first_rule_that_fits_counts_then_the_file_then_the_front_desk(
    rules: list[RoutingRule], theme: str | None, district: str | None, at: datetime, expected: Routed
) -> None:
    assert route(rules, MUNICIPALITY, theme, district, at) == expected


@pytest.mark.parametrize(
    ("values", "free"),
    [
        ({}, True),
        ({"routed_by": "rule:3"}, True),
        ({"routed_by": "desk"}, False),
        ({"routed_by": "ignored"}, False),
        ({"routed_by": None}, False),
        ({"transfers": 1}, False),
        ({"handed_from": "toezicht"}, False),
        ({"assignee_id": 4}, False),
        ({"status": QuestionStatus.CLAIMED}, False),
        ({"status": QuestionStatus.ANSWERED}, False),
    ],
)
def test_rules_move_only_what_nobody_has_touched(values: dict[str, Any], free: bool) -> None:
    assert is_free(asked(**values)) is free


def test_a_rule_moves_what_it_fits_by_when_it_was_asked() -> None:
    by_day, by_night = asked(created_at=OPEN), asked(created_at=CLOSED)

    assert movers([by_day, by_night], [rule(1, "toezicht", hours=RuleHours.CLOSED)], MUNICIPALITY) == [by_night]


@pytest.mark.parametrize("now", [OPEN, CLOSED])
@pytest.mark.parametrize("hours", RuleHours)
def test_a_rule_is_tried_at_a_time_at_which_it_counts(hours: RuleHours, now: datetime) -> None:
    at = when_it_counts(hours, MUNICIPALITY, now)

    assert at >= now
    assert hours is RuleHours.ALWAYS or MUNICIPALITY.is_open(at) is (hours is RuleHours.OPEN)


async def test_a_question_to_try_tells_its_theme_and_district_and_else_is_as_the_rule_has_it(
    database: Database,
) -> None:
    ours = AddRule(theme="loket", district=WATERRAND, hours=RuleHours.ALWAYS, team="toezicht")
    async with database.transaction() as session:
        context = Context(house=house(), session=session, now=OPEN, actor=None)

        assert await understood(context, "De glasbak in de molenwijk zit vol", ours) == ("afval", MOLENWIJK)
        assert await understood(context, "De glasbak bij het plein zit vol", ours) == ("afval", WATERRAND)
        assert await understood(context, None, ours) == ("loket", WATERRAND)


@pytest.mark.parametrize("word", [FILE, FRONT_DESK, DESK, KEPT, IGNORED, INITIATIVE])
def test_every_reason_is_said_in_words(word: str) -> None:
    assert house().catalogue.has(f"routing.why.{word}")
