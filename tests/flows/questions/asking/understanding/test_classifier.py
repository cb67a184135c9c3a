"""Guessing a theme from examples, and saying so when it isn't sure."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.municipality import Municipality
from flows.questions.asking.understanding.classifier import Classifier, Example
from flows.questions.asking.understanding.evaluation import evaluate
from flows.questions.asking.understanding.examples import example_questions, questions_apart
from flows.questions.asking.understanding.small_talk import small_talk

THEMES = {theme.code: theme.name_in("nl") for theme in Municipality.load().themes}


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier.train(example_questions(), THEMES)


@pytest.mark.parametrize(
    ("question", "theme"),
    [
        ("me grijze bak is niet opgehaald", "afval"),
        ("Ik wil een nieuw paspoort.", "loket"),
        ("lantarenpaal stuk in de Kerkstraat", "verkeer"),
        ("Kan ik een scootmobiel krijgen?", "samen"),
        ("Mag ik een dakkapel bouwen zonder vergunning?", "wonen"),
    ],
)
def test_a_clear_question_has_its_theme(classifier: Classifier, question: str, theme: str) -> None:
    guess = classifier.guess(question)

    assert guess.theme == theme
    assert guess.candidates[0].theme == theme


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "hallo",
        "ik heb een vraag",
        "xqzw plof",
        "👍",
        "wat is dit nou weer",
        "kan jij me hier even mee helpen",
        "hoe duur is zoiets",
        "mag je dat eigenlijk wel doen",
        "ik wil een pizza",
        "wat voor weer wordt het morgen",
    ],
)
def test_what_says_nothing_has_no_theme(classifier: Classifier, text: str) -> None:
    guess = classifier.guess(text)

    assert guess.theme is None
    assert len(guess.candidates) == 3


@given(text=st.text(max_size=6_000))
@settings(max_examples=50, deadline=None)
def test_any_text_gets_an_answer(classifier: Classifier, text: str) -> None:
    guess = classifier.guess(text)

    confidences = [one.confidence for one in guess.candidates]
    assert confidences == sorted(confidences, reverse=True)
    assert 0 <= sum(confidences) <= 1 + 1e-9
    assert guess.theme in (None, guess.candidates[0].theme)
    assert (guess.theme is None) == (confidences[0] < classifier.sure)


def test_no_line_of_small_talk_is_a_question_with_a_theme(classifier: Classifier) -> None:
    assert {line for line in small_talk() if classifier.guess(line).theme} == set()
    assert set(small_talk()).isdisjoint(one.question for its in _both() for one in its)


def test_the_same_examples_give_the_same_guesses(classifier: Classifier) -> None:
    again = Classifier.train(example_questions(), THEMES)

    assert [again.guess(one.question) for one in questions_apart()[:20]] == [
        classifier.guess(one.question) for one in questions_apart()[:20]
    ]


def test_a_correction_is_learned(classifier: Classifier) -> None:
    asked = "Wie regelt de wuzzel bij de knoeperd?"
    corrections = [Example("de wuzzel doet het niet", "groen"), Example("wuzzel bij de knoeperd", "groen")]

    taught = Classifier.train([*example_questions(), *corrections], THEMES)

    assert classifier.guess(asked).theme is None
    assert taught.guess(asked).candidates[0].theme == "groen"


def test_a_theme_is_known_by_its_name_alone() -> None:
    classifier = Classifier.train([], {"a": "Afval en schone straten", "b": "Paspoort en verhuizen", "c": ""})

    guess = classifier.guess("Ik heb een nieuwe identiteitskaart nodig")

    assert guess.candidates[0].theme == "b"


def test_with_two_themes_there_are_two_candidates() -> None:
    classifier = Classifier.train([Example("boom", "groen"), Example("paspoort", "loket")], {"groen": "", "loket": ""})

    assert [one.theme for one in classifier.guess("een boom").candidates] == ["groen", "loket"]


def test_an_example_of_an_unknown_theme_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown theme 'x'"):
        Classifier.train([Example("boom", "x")], {"a": "", "b": ""})


def test_one_theme_is_nothing_to_choose_from() -> None:
    with pytest.raises(ValueError, match="at least two"):
        Classifier.train([Example("boom", "a")], {"a": ""})


def test_the_questions_apart_are_routed_well() -> None:
    """At least 90 % right where it routes at least 70 % without asking; the right theme in three for 97 %."""
    found = evaluate(example_questions(), questions_apart())

    assert found.top3 >= 0.97
    assert found.coverage >= 0.70
    assert found.accuracy >= 0.90
    assert next(accuracy for coverage, accuracy in found.curve if coverage >= 0.70) >= 0.90


def test_no_question_is_both_learned_from_and_judged_by() -> None:
    learned, apart = ([" ".join(one.question.casefold().split()) for one in its] for its in _both())

    assert set(learned).isdisjoint(apart)
    assert (len(set(learned)), len(set(apart))) == (len(learned), len(apart))
    assert len(learned) + len(apart) >= 400
    assert len(apart) >= len(learned) / 2 - 5


def test_every_theme_has_questions_in_both() -> None:
    for its in _both():
        assert {one.theme for one in its} == THEMES.keys()


def _both() -> tuple[tuple[Example, ...], tuple[Example, ...]]:
    return example_questions(), questions_apart()
