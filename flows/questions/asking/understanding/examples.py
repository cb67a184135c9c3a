"""Questions with their themes: of a file, and those that come with the example municipality."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from flows.questions.asking.understanding.classifier import Example
from flows.tables import read_table


def read_examples(file: Path) -> list[Example]:
    """Of a table with the columns `question` and `theme`. Raises TableError."""
    return [Example(*row.fields) for row in read_table(file, "question", "theme")]


@cache
def example_questions() -> tuple[Example, ...]:
    """To learn from, some forty for each of its themes."""
    return _shipped("example-questions.tsv")


@cache
def questions_apart() -> tuple[Example, ...]:
    """Never learned from: to judge by."""
    return _shipped("example-questions-apart.tsv")


def _shipped(name: str) -> tuple[Example, ...]:
    with as_file(files("flows") / "municipality" / name) as file:
        return tuple(read_examples(file))
