"""Articles offered to who asks: what is shown, and what an answer to it means."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from flows.knowledge.keeping import later
from flows.knowledge.library import Library
from flows.knowledge.missing import grouped
from flows.knowledge.offering import ArticleAnswer, Offered
from flows.knowledge.writing import impersonal
from flows.municipality import Municipality
from flows.opening import open_house
from flows.questions.asking.ask import ask_question
from flows.talk.answers import Accepted, Chosen, Drafted, Unfit
from flows.talk.ask import Asking
from storage.database import Database
from storage.knowledge import Article, ArticleStatus
from tests.flows.talk.play import Play, around, press

GLASS = Offered(
    id=3, question="Waar is de glasbak?", answer="Op het plein.", checked_on="2026-11-03", source=None, sure=True
)
PAPER = Offered(
    id=5, question="Waar laat ik papier?", answer="Bij de straat.", checked_on="2026-11-03", source=None, sure=False
)


def keys(answer: ArticleAnswer, draft: Any = None) -> list[str]:
    return [option.key for row in answer.options("question.ask.helped", around(), draft) for option in row]


def test_a_person_is_always_one_tap_away() -> None:
    assert keys(ArticleAnswer([GLASS])) == ["helps-3", "person"]
    assert keys(ArticleAnswer([GLASS, PAPER])) == ["look-3", "look-5", "person"]
    assert keys(ArticleAnswer([GLASS, PAPER]), "5") == ["helps-5", "all", "person"]


def test_an_article_says_when_it_was_checked_and_how_sure_we_are() -> None:
    text = ArticleAnswer([GLASS]).text("", around(), None) or ""

    assert "Op het plein." in text
    assert "Nagekeken op dinsdag 3 november 2026." in text
    assert "Helpt dit?" in text
    listed = ArticleAnswer([GLASS, PAPER]).text("", around(), None) or ""
    assert "Waar is de glasbak? <i>Nagekeken op dinsdag 3 november 2026.</i>" in listed
    assert listed.count("Nagekeken") == 2
    unsure = ArticleAnswer([PAPER])
    assert "Staat je antwoord hier?" in (unsure.text("", around(), None) or "")
    assert keys(unsure) == ["look-5", "person"]
    assert "Bij de straat." in (unsure.text("", around(), "5") or "")
    assert keys(unsure, "5") == ["helps-5", "person"]


async def test_one_of_several_opens_on_the_same_screen_before_it_can_help() -> None:
    answer = ArticleAnswer([GLASS, PAPER])

    assert await answer.accept(Chosen(key="look-5"), "", around(), None) == Drafted(value="5")
    assert await answer.accept(Chosen(key="helps-5"), "", around(), "5") == Accepted(value="helps-5")
    assert (answer.load("helps-5"), answer.load("person")) == (5, None)
    with pytest.raises(Unfit):
        answer.load("helps-4")


async def test_articles_that_didnt_help_are_not_offered_again_for_more_words() -> None:
    found: dict[str, Any] = {"articles": [GLASS, PAPER], "guess": {"theme": "afval", "likely": []}}
    playing = Play(ask_question, looked_up={**found, "home": None, "place": "WK999904", "shown": [3, 5]})
    for step in ("Waar moet dit heen?", press("done"), press("person"), press("change:words"), "Glas", press("done")):
        await playing.give(step)

    assert asked(playing) == "review"
    playing.looked_up = {**playing.looked_up, "articles": [GLASS]}
    for step in (press("change:words"), "Een fles", press("done")):
        await playing.give(step)
    assert asked(playing) == "helped", "this is another list"


def asked(playing: Play) -> str:
    outcome = playing.outcome()
    assert isinstance(outcome, Asking)
    return outcome.name


def test_what_is_somebodys_own_is_taken_out_of_an_article() -> None:
    said = "Beste Fatima, bel 06-12345678 of mail f.a@voorbeeld.nl. Groet aan Fatima"

    assert impersonal(said, "Fatima") == "Bel … of mail …. Groet aan …"
    assert impersonal("Dag Fatima van Dam, de hond van Fatima mag", "Fatima van Dam") == "De hond van … mag"


def test_searches_that_are_alike_are_counted_together() -> None:
    searches = [(1, "zwembad open zondag"), (2, "is het zwembad zondag open"), (3, "hondenbelasting")]

    assert grouped(searches) == [(1, "zwembad open zondag", 2), (3, "hondenbelasting", 1)]


def test_months_later_is_the_last_day_where_that_month_is_shorter() -> None:
    assert later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert later(date(2026, 11, 3), 12) == date(2027, 11, 3)


async def test_the_library_sees_what_is_written_changed_and_taken_away(database: Database) -> None:
    library, at, day = Library(), datetime(2026, 3, 2, tzinfo=UTC), date(2026, 3, 2)
    async with database.transaction() as session:
        await open_house(session, Municipality.load(None), at)
        assert await library.find(session, "glasbak legen") == []
        article = Article(
            question="Wanneer wordt de glasbak geleegd?",
            answer="Op maandag.",
            team_code="buitenruimte",
            checked_on=day,
            review_on=day,
            updated_at=at,
        )
        session.add(article)
        await session.flush()
        assert [one.article.answer for one in await library.find(session, "glasbak geleegd")] == ["Op maandag."]
        article.answer, article.updated_at = "Op dinsdag.", at.replace(hour=1)
        await session.flush()
        assert [one.article.answer for one in await library.find(session, "glasbak geleegd")] == ["Op dinsdag."]
        article.status = ArticleStatus.RETIRED
        await session.flush()
        assert await library.find(session, "glasbak geleegd") == []
