"""What replaying a conversation costs, next to reading its journal from JSON. Run: python -m benchmarks.replay

Every update replays the conversation from the top, so this is paid once or twice for each thing somebody does. The
times depend on the machine; the ratio to `json.loads` of the very same journal, taken in the same run, hardly does.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Callable
from enum import StrEnum
from timeit import Timer
from typing import Any

from flows.talk.answers import Skippable, Text
from flows.talk.ask import Ask, Asking, Entry
from flows.talk.choices import Choice
from flows.talk.replay import Conversation, Finished, replay
from tests.flows.talk.scripted import SCRIPTED

QUESTIONS = 30


class Colour(StrEnum):
    """Something to choose."""

    RED = "red"
    GREEN = "green"


async def many(ask: Ask) -> list[Any]:
    """A long conversation: words, choices, and what may be skipped and depends on the choice."""
    given: list[Any] = []
    for number in range(0, QUESTIONS, 3):
        given.append(await ask(f"text[{number}]", Text()))
        given.append(await ask(f"colour[{number}]", Choice(Colour)))
        given.append(await ask(f"photo[{number}]", Skippable(Text()), after=(f"colour[{number}]",)))
    return given


def journal_of(talk: Conversation) -> dict[str, Entry]:
    """Its journal with every question answered."""
    answers: dict[str, Entry] = {}
    while isinstance(asking := replay(talk, answers), Asking):
        value = "green" if isinstance(asking.answer, Choice) else "Een bankje op het plein"
        answers[asking.name] = {"value": value, "after": asking.after} if asking.after else {"value": value}
    return answers


def microseconds(run: Callable[[], object], seconds: float) -> float:
    """The quickest of several rounds, a call; the others were disturbed."""
    timer = Timer(run)
    calls, taken = timer.autorange()
    rounds = max(3, round(seconds / max(taken, 0.001)))
    return min(timer.repeat(rounds, calls)) / calls * 1e6


def measure(name: str, talk: Conversation, answers: dict[str, Entry], seconds: float) -> list[str]:
    """One line of the table."""
    assert isinstance(replay(talk, answers), Finished), name
    kept = json.dumps(answers)
    replaying = microseconds(lambda: replay(talk, answers), seconds)
    reading = microseconds(lambda: json.loads(kept), seconds)
    return [name, f"{len(answers)}", f"{replaying:.1f}", f"{reading:.1f}", f"{replaying / reading:.2f}"]


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=1.0, help="for each figure")
    seconds = parser.parse_args().seconds
    long = Conversation(name="many", run=many)
    rows = [["conversation", "answers", "replay µs", "json µs", "ratio"]]
    rows.append(measure(f"{QUESTIONS} questions", long, journal_of(long), seconds))
    for scripted in SCRIPTED:
        if str(scripted) in ("initiative.start", "question.ask", "welcome"):
            playing = scripted.begin()
            asyncio.run(scripted.until(playing, None))
            rows.append(measure(str(scripted), scripted.talk, playing.answers, seconds))
    for name, *figures in rows:
        print(f"{name:<20}" + "".join(f"{figure:>12}" for figure in figures))  # noqa: T201 -- figures are what it is for
    return 0


if __name__ == "__main__":
    sys.exit(main())
