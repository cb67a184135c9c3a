"""Files of articles and of queries."""

from __future__ import annotations

import pytest

from flows.errors import ArticlesError
from flows.knowledge.measuring import Query, Row, measure, read_articles, read_queries

ARTICLES = [
    Row(question="Hoe word ik lid van de bibliotheek?", answer="Kom langs."),
    Row(question="Wanneer is de markt?", answer="Op vrijdag."),
]


def test_columns_are_found_by_their_names_and_others_left_aside() -> None:
    text = "\ufeffnr\tAnswer\tquestion\r\n1\tKom langs.\tHoe word ik lid van de bibliotheek?\r\n\r\n2\tOp vrijdag.\t"
    text += '"Wanneer is de ""markt""?"\n'

    assert read_articles(text) == [ARTICLES[0], Row(question='Wanneer is de "markt"?', answer="Op vrijdag.")]


def test_a_query_may_write_the_question_with_other_marks() -> None:
    text = "query\tquestion\nmarktdag\twanneer is  de Markt\n"

    assert read_queries(text, ARTICLES) == [Query(query="marktdag", question="wanneer is  de Markt")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ["column 'question'", "first line"]),
        ("question\nwat\n", ["column 'answer'"]),
        ("question\tanswer\n", ["nothing below"]),
        ("question\tanswer\na\tb\nc\n", ["line 3", "1 fields", "2"]),
        ("question\tanswer\na\tb\tc\n", ["line 2", "3 fields"]),
        ("question\tanswer\n\nx\t \n", ["line 3", "empty"]),
    ],
)
def test_a_bad_file_is_refused_with_its_line(text: str, words: list[str]) -> None:
    with pytest.raises(ArticlesError) as refused:
        read_articles(text)

    assert [word for word in words if word not in str(refused.value)] == []


def test_a_query_for_no_article_is_refused() -> None:
    with pytest.raises(ArticlesError, match="line 2: no article has the question 'Wat kost een paspoort\\?'"):
        read_queries("query\tquestion\nprijs\tWat kost een paspoort?\n", ARTICLES)


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
