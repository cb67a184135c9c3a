"""Which buttons a question has for whom. Pure, so that every state and person can be tried."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from flows.context import Around
from flows.doors import act
from flows.talk.message import Button, Rows
from storage.questions import OVER, QuestionStatus

if TYPE_CHECKING:
    from flows.questions.desk.cards import Seen
    from storage.people import Person
    from storage.questions import Question

MORE = (
    "new_date",
    "ask_back",
    "correct",
    "note",
    "colleague",
    "assign",
    "theme",
    "split",
    "merge",
    "unmerge",
    "snooze",
    "why",
    "close",
)
"""Behind "more", in the order of how often it is needed."""


def of(around: Around, seen: Seen, viewer: Person) -> Rows:
    """Under the card: what is done most; the rest is behind "more"."""
    question = seen.question
    return tuple(tuple(_button(around, word, question) for word in row) for row in words_of(seen, viewer))


def words_of(seen: Seen, viewer: Person) -> tuple[tuple[str, ...], ...]:
    """The same, as the words of the buttons."""
    question = seen.question
    mine = question.assignee_id == viewer.id
    free = mine or (question.assignee_id is None and viewer.id not in seen.thinking)
    may_correct = seen.answer is not None and viewer.id is not None and (mine or seen.answerer == viewer.id)
    correct = (("correct",),) if may_correct else ()
    match question.status:
        case QuestionStatus.OPEN | QuestionStatus.CLAIMED if question.accept_by is not None and free:
            return (("accept",), ("return",), ("more",))
        case QuestionStatus.OPEN if free:
            return (("claim",), ("answer",), ("transfer", "more"))
        case QuestionStatus.CLAIMED if mine:
            return (("answer",), ("transfer", "more"), ("release",))
        case QuestionStatus.WAITING if mine:
            return (("answer",), ("transfer", "more"), ("release",))
        case QuestionStatus.OPEN | QuestionStatus.CLAIMED | QuestionStatus.WAITING:
            return (("note",), *correct)
        case QuestionStatus.ANSWERED if mine:
            return (("answer_more", "correct"), ("article",))
        case _:
            return correct


def more_of(around: Around, question: Question, viewer: Person, nothing_for: Collection[str]) -> Rows:
    """Behind "more": what can be done with it now. `nothing_for`: words with nobody, or nothing, to choose from."""
    words = [word for word in MORE if word not in nothing_for]
    if question.assignee_id != viewer.id or question.status != QuestionStatus.CLAIMED:
        words.remove("snooze")
    if question.status == QuestionStatus.WAITING:
        words.remove("ask_back")
    buttons = [_button(around, word, question) for word in words]
    return tuple(tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2))


def for_coordinator(around: Around, question: Question) -> Rows:
    """What a coordinator can do with a question of any team: give it to somebody of that team."""
    ended = question.status in OVER
    return () if ended else ((_button(around, "assign", question), _button(around, "why", question)),)


def _button(around: Around, word: str, question: Question) -> Button:
    name = "k-from" if word == "article" else f"q-{word}"
    return act(around.plain(f"question.buttons.{word}"), name, question.id or 0)
