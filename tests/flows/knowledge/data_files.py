"""What finding is measured by; see `data/README.md`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from flows.knowledge.finder import Finder
from flows.knowledge.measuring import Query, Row, read_articles, read_queries

DATA = Path(__file__).parent / "data"


@cache
def articles() -> list[Row]:
    """The 178 of central government."""
    return read_articles(DATA / "articles.tsv")


@cache
def finder() -> Finder[Row]:
    """Built of them once."""
    return Finder.build(articles())


def queries(name: str) -> list[Query]:
    """`tuned_on` or `set_apart`."""
    return read_queries(DATA / f"queries_{name}.tsv", articles())


def unanswered(name: str) -> list[str]:
    """What none of them answers; `tuned_on` or `set_apart`."""
    return (DATA / f"unanswered_{name}.txt").read_text("utf-8").splitlines()
