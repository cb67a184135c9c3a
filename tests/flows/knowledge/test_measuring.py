"""How often the right article is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.errors import TableError
from flows.knowledge.measuring import Query, Row, measure, read_queries

ARTICLES = [
    Row(question="Hoe word ik lid van de bibliotheek?", answer="Kom langs."),
    Row(question="Wanneer is de markt?", answer="Op vrijdag."),
]


def test_a_query_may_write_the_question_with_other_marks(tmp_path: Path) -> None:
    file = tmp_path / "queries.tsv"
    file.write_text("query\tquestion\nmarktdag\twanneer is  de Markt\n", "utf-8")

    assert read_queries(file, ARTICLES) == [Query(query="marktdag", question="wanneer is  de Markt")]


def test_a_query_for_no_article_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "queries.tsv"
    file.write_text("query\tquestion\nprijs\tWat kost een paspoort?\n", "utf-8")

    with pytest.raises(TableError, match="line 2: no article has the question 'Wat kost een paspoort\\?'"):
        read_queries(file, ARTICLES)


def test_first_and_among_three_are_counted_apart() -> None:
    many = [Row(question=f"Wanneer is de markt in wijk {name}?", answer="Op vrijdag.") for name in "abcdefgh"]
    queries = [
        Query(query="Wanneer is de markt in wijk a?", question=many[0].question),
        Query(query="Wanneer is de markt?", question=many[1].question),  # all are as good: the first three are shown
        Query(query="Wanneer is de markt?", question=many[7].question),
        Query(query="lid van de bieb worden", question=ARTICLES[0].question),
    ]

    measured = measure([ARTICLES[0], *many], queries)

    assert (measured.first, measured.top3) == (0.5, 0.75)
    assert 0 < measured.ms < 1_000
