"""Conversations begun with any release so far go on with today's code.

The journals of a release are written by `python -m scripts.golden_journals`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flows import features
from flows.talk.ask import Asking
from flows.talk.replay import Broken, Conversation, find, replay
from flows.talk.screen import screen
from tests.flows.talk.play import JOURNAL, around

features.load()

GOLDEN = Path(__file__).with_name("golden")
LEFT: frozenset[str] = frozenset()
"""Conversations of earlier releases that were taken out on purpose; who was busy with one is told that it broke."""
JOURNALS = [file for file in sorted(GOLDEN.glob("*/*.json")) if json.loads(file.read_text("utf-8"))["name"] not in LEFT]

golden = pytest.mark.parametrize("file", JOURNALS, ids=lambda file: f"{file.parent.name}-{file.stem}")


def read(file: Path) -> tuple[Conversation, dict[str, Any], int]:
    """The conversation, its answers, and how many of those it was started with."""
    kept = json.loads(file.read_text("utf-8"))
    talk = find(kept["name"])
    assert talk is not None, f"{kept['name']} is gone, and people are busy with it; put it back, or its name in LEFT"
    return talk, kept["answers"], len(kept["given"])


@golden
def test_every_prefix_goes_on(file: Path) -> None:
    talk, answers, given = read(file)
    entries = list(answers.items())

    for length in range(given, len(entries) + 1):
        outcome = replay(talk, dict(entries[:length]))

        assert not isinstance(outcome, Broken), outcome
        if isinstance(outcome, Asking):
            assert screen(talk, JOURNAL, outcome, around()).text


@golden
def test_every_answer_can_still_be_changed(file: Path) -> None:
    talk, answers, _ = read(file)

    for name in answers:
        outcome = replay(talk, answers, changing=name)

        assert not isinstance(outcome, Broken), outcome
        if isinstance(outcome, Asking):
            assert screen(talk, JOURNAL, outcome, around(), changing=True).text


def test_there_are_journals() -> None:
    assert JOURNALS
