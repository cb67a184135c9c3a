"""Finding the article that answers a question in somebody's own words."""

from __future__ import annotations

from functools import cache

import pytest

from flows.knowledge.finder import FITS, SURE, Finder
from flows.knowledge.measuring import Query, Row, measure
from tests.flows.knowledge.data_files import articles, finder, queries, unanswered

LIBRARY = Row(question="Hoe word ik lid van de bibliotheek?", answer="Kom langs met je identiteitsbewijs.")
CONTAINER = Row(question="Wanneer wordt mijn grijze container geleegd?", answer="Kijk in de afvalkalender.")
PARKING = Row(question="Hoe vraag ik een parkeervergunning aan?", answer="Dat doe je op onze website.")


@cache
def ours() -> Finder[Row]:
    """Of these three."""
    return Finder.build([LIBRARY, CONTAINER, PARKING])


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("hoe wordt ik lid van de bieb", LIBRARY),  # an everyday word
        ("kliko legen", CONTAINER),
        ("vergunning om te parkeren", PARKING),  # parts of a compound
        ("parkeervergunnig aanvragen", PARKING),  # a slip
        ("wanneer legen jullie de container", CONTAINER),  # another form of the verb
        ("BIBLIOTHEEK!!!", LIBRARY),
    ],
)
def test_what_is_said_otherwise_is_found(text: str, right: Row) -> None:
    assert [one.article for one in ours().find(text, limit=1)] == [right]


@pytest.mark.parametrize("text", ["", "?!", "hoe", "goedemorgen", "wie wint de voetbalwedstrijd", "😀", "a" * 4_000])
def test_what_no_article_answers_finds_nothing(text: str) -> None:
    assert ours().find(text) == []


def test_without_articles_nothing_is_found() -> None:
    assert Finder[Row].build([]).find("Hoe word ik lid van de bibliotheek?") == []


def test_an_articles_own_question_finds_it() -> None:
    missed = [one.question for one in articles() if one not in [hit.article for hit in finder().find(one.question)]]

    assert missed == []


def test_at_most_so_many_are_found_best_first() -> None:
    found = finder().find("Hoe kan ik een paspoort aanvragen?", limit=2)

    assert len(found) == 2
    assert found[0].score >= found[1].score > 0
    assert found[0].fit >= FITS


def test_the_same_question_always_finds_the_same() -> None:
    again = Finder.build(articles())

    for query in queries("tuned_on")[:10]:
        assert again.find(query.query) == finder().find(query.query)


def test_of_the_queries_set_apart_most_find_the_right_article() -> None:
    measured = measure(articles(), queries("set_apart"))

    assert measured.first >= 0.60
    assert measured.top3 >= 0.80


def test_with_a_slip_in_every_query_most_still_find_it() -> None:
    """Of the longest word, two letters in the middle change places."""
    asked = [Query(query=slipped(one.query), question=one.question) for one in queries("set_apart")]

    assert [one for one, other in zip(asked, queries("set_apart"), strict=True) if one == other] == []
    assert measure(articles(), asked).top3 >= 0.65


def slipped(text: str) -> str:
    longest = max(text.split(), key=len)
    at = len(longest) // 2
    pair = longest[at - 1 : at + 1]
    return text.replace(
        longest, longest[: at - 1] + (pair[::-1] if pair[0] != pair[1] else pair[0]) + longest[at + 1 :]
    )


def test_for_what_no_article_answers_mostly_nothing_and_seldom_a_sure_one_is_found() -> None:
    """It knows words, not what they are about: whoever shows what it finds leaves room for "none of these"."""
    best = [max((one.fit for one in finder().find(text)), default=0.0) for text in unanswered("set_apart")]

    assert sum(fit == 0.0 for fit in best) / len(best) >= 0.6
    assert sum(fit < SURE for fit in best) / len(best) >= 0.75


def test_one_that_fits_shows_those_that_are_found_with_it() -> None:
    """The one that scores most may have less of what was asked than the next."""
    found = [finder().find(one.query) for one in queries("tuned_on")]

    assert all(max(one.fit for one in shown) >= FITS for shown in found if shown)
    assert any(shown[0].fit < FITS for shown in found if shown)
