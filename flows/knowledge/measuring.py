"""How often the right article is found, and in what time: for a file of articles and a file of queries."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from flows.errors import TableError
from flows.knowledge.finder import Finder
from flows.knowledge.words import words
from flows.tables import read_table

SHOWN = 3
"""Articles that somebody gets to see."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """An article in a file."""

    question: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class Query:
    """What somebody asks, and the question of the article that answers it."""

    query: str
    question: str


@dataclass(frozen=True, kw_only=True)
class Measured:
    """The outcome."""

    first: float
    """How often the right one is the first, from 0 to 1."""
    top3: float
    """How often it is among the three that are shown."""
    ms: float
    """Milliseconds that finding takes, on average."""

    def as_dict(self) -> dict[str, float]:
        """For a machine."""
        return asdict(self)


def measure(articles: Sequence[Row], queries: Sequence[Query]) -> Measured:
    """Find for all queries, as it is done for somebody who asks. Neither may be empty."""
    finder = Finder.build(articles)
    first = shown = 0
    began = time.perf_counter()
    for query in queries:
        found = [_same(one.article.question) for one in finder.find(query.query, SHOWN)]
        right = _same(query.question)
        first += found[:1] == [right]
        shown += right in found
    took = time.perf_counter() - began
    number = len(queries)
    return Measured(first=first / number, top3=shown / number, ms=1000 * took / number)


def read_articles(file: Path) -> list[Row]:
    """The articles of a table with the columns `question` and `answer`. Raises TableError."""
    return [Row(question=row.fields[0], answer=row.fields[1]) for row in read_table(file, "question", "answer")]


def read_queries(file: Path, articles: Sequence[Row]) -> list[Query]:
    """Of a table with the columns `query` and `question`, the latter as one of the articles has it.

    Raises TableError, also when no article has the question.
    """
    known = {_same(one.question) for one in articles}
    found = []
    for line, (query, question) in read_table(file, "query", "question"):
        if _same(question) not in known:
            raise TableError(
                f"{file}, line {line}: no article has the question {question[:80]!r}; write it as it is there"
            )
        found.append(Query(query=query, question=question))
    return found


def _same(question: str) -> str:
    """The same for questions that differ in capitals, marks and spaces only."""
    return " ".join(words(question))
