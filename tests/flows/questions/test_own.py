"""How a question looks to who asked it: what is said of it, and which buttons fit."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows.questions.own import Own, own_buttons, own_text
from locales.catalogue import plain
from storage.people import Person
from storage.questions import INTERNAL, MessageKind, Question, QuestionMessage, QuestionStatus
from tests.flows.talk.play import NOW, around

FATIMA, KEES, JAN = 1, 2, 3
HELPED = ["q-thanks", "q-partly", "q-reopen", "q-ask_on"]


def asked(status: QuestionStatus, *, number: int = 1, by: int = FATIMA) -> Question:
    due = NOW + timedelta(days=7)
    reference = f"V-2026-000{number}"
    return Question(id=number, reference=reference, asker_id=by, team_code="toezicht", status=status, due_at=due)


def own(question: Question, main: Question | None = None, kinds: tuple[MessageKind, ...] = ()) -> Own:
    people = {JAN: Person(id=JAN, first_name="Jan", display_name="Jan"), FATIMA: Person(id=FATIMA, first_name="Fatima")}
    talk = [QuestionMessage(question_id=1, author_id=JAN, kind=kind, text=f"Over {kind}.") for kind in kinds]
    return Own(question=question, main=main or question, talk=talk, authors=people, linked=None)


@pytest.mark.parametrize(
    ("status", "buttons"),
    [
        (QuestionStatus.OPEN, ["q-ask_on"]),
        (QuestionStatus.CLAIMED, ["q-ask_on"]),
        (QuestionStatus.WAITING, ["q-ask_on"]),
        (QuestionStatus.ANSWERED, HELPED),
        (QuestionStatus.CLOSED, ["q-reopen", "q-ask_on"]),
    ],
)
def test_the_buttons_fit_how_it_stands(status: QuestionStatus, buttons: list[str]) -> None:
    rows = own_buttons(around(), own(asked(status)))

    assert [button.data for row in rows for button in row] == [f"a:{name}:1" for name in buttons]


@pytest.mark.parametrize(("asker", "opens"), [(FATIMA, ["a:q-mine:2", "a:q-ask_on:1"]), (KEES, ["a:q-ask_on:1"])])
def test_what_it_goes_along_with_is_opened_only_by_who_asked_that_too(asker: int, opens: list[str]) -> None:
    shown = own(asked(QuestionStatus.MERGED), asked(QuestionStatus.OPEN, number=2, by=asker))

    assert [button.data for row in own_buttons(around(), shown) for button in row] == opens
    text = own_text(around(), shown)
    assert "hoort bij een andere vraag" in text
    assert "⏰ Je krijgt uiterlijk" in text
    assert "0002" not in text


def test_the_date_is_said_as_long_as_an_answer_is_waited_for() -> None:
    late = asked(QuestionStatus.CLAIMED)
    late.due_at = NOW - timedelta(days=1)

    assert "Sorry dat het langer duurt." in own_text(around(), own(late))
    assert "⏰" not in own_text(around(), own(asked(QuestionStatus.ANSWERED)))


def test_all_that_a_resident_may_read_is_said_in_their_words() -> None:
    kinds = tuple(one for one in MessageKind if one not in INTERNAL)

    text = plain(own_text(around(), own(asked(QuestionStatus.ANSWERED), kinds=kinds)))

    for said in ("Je vroeg", "Je schreef", "Antwoord van Jan", "Jan vroeg je", "Jan gaf een nieuwe datum", "Afgerond"):
        assert said in text
