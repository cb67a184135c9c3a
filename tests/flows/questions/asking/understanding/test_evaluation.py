"""Judging how questions are routed."""

import pytest

from flows.errors import TableError
from flows.questions.asking.understanding.classifier import Example
from flows.questions.asking.understanding.evaluation import described, evaluate

TRAIN = [Example("de boom is ziek", "groen"), Example("paspoort aanvragen", "loket")]


def test_shares_are_counted() -> None:
    test = [Example("een zieke boom", "groen"), Example("mijn paspoort", "loket"), Example("de boom", "loket")]

    found = evaluate(TRAIN, test)

    assert found.top1 == pytest.approx(2 / 3)
    assert found.top3 == 1
    assert [coverage for coverage, _ in found.curve] == pytest.approx([1 / 3, 2 / 3, 1])
    assert found.curve[-1][1] == pytest.approx(found.top1)
    assert found.ms > 0


def test_json_has_just_what_was_promised() -> None:
    assert evaluate(TRAIN, TRAIN).as_json().keys() == {"top1", "top3", "ms", "curve"}


def test_a_theme_that_is_only_in_the_test_counts_as_wrong() -> None:
    found = evaluate(TRAIN, [Example("container", "afval"), Example("boom", "groen")])

    assert (found.top1, found.top3) == (0.5, 0.5)


def test_one_theme_is_nothing_to_choose_from() -> None:
    with pytest.raises(TableError, match="one theme"):
        evaluate(TRAIN[:1], TRAIN[:1])


@pytest.mark.parametrize(
    ("theme", "words"),
    [
        ("zorg_jeugd", "zorg jeugd"),
        ("BouwenEnWonen", "Bouwen En Wonen"),
        ("Afval", "Afval"),
        ("werk & geld", "werk geld"),
    ],
)
def test_a_name_is_taken_apart_into_words(theme: str, words: str) -> None:
    assert described(theme) == words
