"""How often the right article is found, and in what time: for a file of articles and a file of queries.

Both are TSV: UTF-8, a line of column names, then a line each. Other columns are allowed and left aside. A field may
stand in double quotes, as spreadsheets write them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from flows.errors import ArticlesError
from flows.knowledge.finder import Finder
from flows.knowledge.words import words

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


def read_articles(text: str) -> list[Row]:
    """The articles of a file with the columns `question` and `answer`.

    Raises:
        ArticlesError: A column is missing, a line has other fields than the first, or there is nothing to read.
    """
    return [Row(question=question, answer=answer) for _, question, answer in _rows(text, "question", "answer")]


def read_queries(text: str, articles: Sequence[Row]) -> list[Query]:
    """The queries of a file with the columns `query` and `question`, the latter as one of the articles has it.

    Raises:
        ArticlesError: As for the articles, or no article has the question; the message begins with the line.
    """
    known = {_same(one.question) for one in articles}
    found = []
    for line, query, question in _rows(text, "query", "question"):
        if _same(question) not in known:
            raise ArticlesError(f"line {line}: no article has the question {question[:80]!r}; write it as it is there")
        found.append(Query(query=query, question=question))
    return found


def _rows(text: str, one: str, other: str) -> Iterator[tuple[int, str, str]]:
    """Of each line its number and these two fields."""
    lines = [line.removesuffix("\r") for line in text.removeprefix("\ufeff").split("\n")]
    head = [_unquoted(name).strip().casefold() for name in lines[0].split("\t")]
    for name in (one, other):
        if name not in head:
            raise ArticlesError(f"has no column {name!r}; its first line must name the columns, parted by tabs")
    rows = [(number, line.split("\t")) for number, line in enumerate(lines[1:], 2) if line.strip()]
    if not rows:
        raise ArticlesError("has nothing below the names of its columns; add at least one line")
    for number, fields in rows:
        if len(fields) != len(head):
            raise ArticlesError(
                f"line {number}: has {len(fields)} fields and should have {len(head)}; "
                "part them by tabs, with no tab or line break in a field"
            )
        row = dict(zip(head, map(_unquoted, fields), strict=True))
        if not row[one].strip() or not row[other].strip():
            raise ArticlesError(f"line {number}: its {one} or {other} is empty; fill it in or remove the line")
        yield number, row[one].strip(), row[other].strip()


def _unquoted(field: str) -> str:
    if len(field) > 1 and field.startswith('"') and field.endswith('"'):
        return field[1:-1].replace('""', '"')
    return field


def _same(question: str) -> str:
    """The same for questions that differ in capitals, marks and spaces only."""
    return " ".join(words(question))
