"""The questions that come with the example municipality, in the words of many different people."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from flows.questions.understanding.classifier import Example
from flows.questions.understanding.reading import parse_examples


@cache
def example_questions() -> tuple[Example, ...]:
    """To learn from, some forty for each of its themes."""
    return _shipped("example-questions.tsv")


@cache
def questions_apart() -> tuple[Example, ...]:
    """Never learned from: to judge by."""
    return _shipped("example-questions-apart.tsv")


def _shipped(name: str) -> tuple[Example, ...]:
    return tuple(parse_examples((files("flows") / "municipality" / name).read_text("utf-8")))
