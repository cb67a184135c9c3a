"""A button under an old message begins no talk that can only end in a refusal: that is said at once."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from flows import features
from flows.commands import Done
from flows.questions import verbs
from flows.verbs import QuestionCommand
from storage.database import Database
from tests import needs
from tests.flows.pressing.people import STATES, Who
from tests.flows.pressing.pressing import pressing
from tests.flows.talk.play import house

features.load()

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
TEXT = "Wij kijken ernaar"
LEADS_TO: dict[str, Callable[[int, int], QuestionCommand]] = {
    "answer": lambda number, _: verbs.AnswerQuestion(question_id=number, text=TEXT),
    "ask_back": lambda number, _: verbs.AskBack(question_id=number, text=TEXT),
    "assign": lambda number, other: verbs.AssignQuestion(question_id=number, person_id=other),
    "close": lambda number, _: verbs.CloseQuestion(question_id=number, reason=TEXT),
    "colleague": lambda number, _: verbs.AskColleague(question_id=number, person_id=Who.ELSEWHERE, text=TEXT),
    "merge": lambda number, _: verbs.MergeQuestion(question_id=number, into_id=1 if number == 2 else 2),
    "new_date": lambda number, _: verbs.GiveNewDate(question_id=number, until=date(2026, 3, 25), reason=TEXT),
    "return": lambda number, _: verbs.ReturnQuestion(question_id=number, reason=TEXT),
    "snooze": lambda number, _: verbs.SnoozeQuestion(question_id=number, until=date(2026, 3, 4)),
    "split": lambda number, _: verbs.SplitQuestion(question_id=number, text=TEXT, theme="groen"),
    "theme": lambda number, _: verbs.SetTheme(question_id=number, theme="afval"),
    "transfer": lambda number, _: verbs.TransferQuestion(question_id=number, team="toezicht", reason=TEXT),
}
"""What the talk of a button ends in, with answers that fit; the second number is that of a colleague."""


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
async def test_what_a_button_begins_can_be_done(database: Database) -> None:
    begun, refused = set[str](), list[str]()
    async with pressing(database, house(), NOW) as town:
        for word, command in LEADS_TO.items():
            for number, status in list(enumerate(STATES, 1))[:: needs.size(3, 1)]:
                for who, other in ((Who.ASSIGNEE, Who.COLLEAGUE), (Who.COLLEAGUE, Who.ASSIGNEE)):
                    if "conversations" not in (await town.presses(who, f"q-{word}", str(number))).rows:
                        continue
                    begun.add(word)
                    outcome = await town.carries(who, command(number, other))
                    if not isinstance(outcome, Done):
                        refused.append(f"{word}, {status}, {who.name}: {outcome}")
    assert not refused, "\n".join(refused)
    assert begun == LEADS_TO.keys() - {"return"}, "nothing was passed on to them"
