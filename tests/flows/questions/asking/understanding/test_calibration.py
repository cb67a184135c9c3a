"""Confidence that means what it says, and the one from which on nobody is asked."""

import pytest

from flows.questions.asking.understanding.calibration import CAUTIOUS, FEW, RIGHT, calibrate, shares


def test_shares_are_together_one_and_in_the_order_of_the_scores() -> None:
    found = shares([2.0, -1.0, 0.5], 1.5)

    assert sum(found) == pytest.approx(1)
    assert found[0] > found[2] > found[1]


def test_scores_of_any_size_are_read() -> None:
    assert shares([5_000.0, -5_000.0], 10) == [1.0, 0.0]


def test_of_few_questions_nothing_is_learned() -> None:
    assert calibrate([([1.0, 0.0], 0)] * (FEW - 1), 2).sure == CAUTIOUS


def test_who_is_right_with_large_scores_only_asks_when_they_are_small() -> None:
    clear = [([4.0, 0.0], 0)] * 60
    doubtful = [([0.5, 0.0], at % 2) for at in range(60)]

    found = calibrate([*clear, *doubtful], 2)

    assert max(found.confidences([4.0, 0.0])) >= found.sure > max(found.confidences([0.5, 0.0]))


def test_scores_that_are_often_wrong_are_trusted_less() -> None:
    often_right = calibrate([([1.0, 0.0], 0 if at % 20 else 1) for at in range(200)], 2)
    often_wrong = calibrate([([1.0, 0.0], 0 if at % 3 else 1) for at in range(200)], 2)

    assert often_wrong.confidences([1.0, 0.0])[0] == pytest.approx(2 / 3, abs=0.05)
    assert often_right.confidences([1.0, 0.0])[0] == pytest.approx(0.95, abs=0.05)
    assert RIGHT > 0.9


def test_what_is_no_theme_is_never_acted_on() -> None:
    small_talk = [([0.5, 0.0, 4.0], at % 2) for at in range(60)]
    clear = [([4.0, 0.0, 0.0], 0)] * 60

    found = calibrate([*clear, *small_talk], 2)

    assert found.sure > max(found.confidences([0.5, 0.0, 4.0])[:2])
