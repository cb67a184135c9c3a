"""Give an answer type something, and get back what became of it."""

from __future__ import annotations

import json
from typing import Any

from flows.talk import incoming
from flows.talk.answers import Acceptance, Accepted, AnswerType, Chosen, Drafted, Given, Refused
from tests.flows.talk.play import around

QUESTION = "initiative.start.helpers"
"""A question with texts, for answer types whose options have them."""
UNUSABLE: dict[str, incoming.Content] = {
    "photo": incoming.Photo(photo="photo-1", caption="kijk"),
    "voice": incoming.Voice(voice="voice-1"),
    "location": incoming.Location(latitude=52.78, longitude=5.42),
    "sticker": incoming.Unsupported(),
    "edited": incoming.Edited(message_id=1, text="anders"),
}
"""What isn't text."""


def given(what: Given | str) -> Given:
    """A string is something typed."""
    return incoming.Text(text=what) if isinstance(what, str) else what


async def accept(
    answer: AnswerType[Any], what: Given | str, *, draft: Any = None, language: str = "nl", question: str = QUESTION
) -> Acceptance:
    """What `answer` makes of it."""
    return await answer.accept(given(what), question, around(language), draft)


async def kept(answer: AnswerType[Any], what: Given | str, **how: Any) -> Any:
    """The value that is kept, as it comes back from the database."""
    taken = await accept(answer, what, **how)
    assert isinstance(taken, Accepted), taken
    return json.loads(json.dumps(taken.value))


async def refused(answer: AnswerType[Any], what: Given | str, **how: Any) -> str:
    """The key of the text that says why it is no answer."""
    taken = await accept(answer, what, **how)
    assert isinstance(taken, Refused), taken
    around().text(taken.key, **taken.values)
    return taken.key


async def drafted(answer: AnswerType[Any], what: Given | str, **how: Any) -> Any:
    """The part of the answer so far."""
    taken = await accept(answer, what, **how)
    assert isinstance(taken, Drafted), taken
    return taken.value


def pressed(key: str) -> Chosen:
    """The button with that key."""
    return Chosen(key=key)


def shown(answer: AnswerType[Any], value: Any, *, language: str = "nl", question: str = QUESTION) -> str:
    """As a person reads it."""
    return answer.show(value, question, around(language))


def labels(answer: AnswerType[Any], *, draft: Any = None, language: str = "nl", question: str = QUESTION) -> list[str]:
    """What the buttons say."""
    return [option.label for row in answer.options(question, around(language), draft) for option in row]
