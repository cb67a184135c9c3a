"""Separating by weights, and by the nearest middle."""

from flows.questions.asking.understanding.centroids import centroid_scores, train_centroids
from flows.questions.asking.understanding.features import features
from flows.questions.asking.understanding.linear import Vector, linear_scores, train_linear
from flows.questions.asking.understanding.vectors import Space

VECTORS: list[Vector] = [[(0, 1.0)], [(0, 0.8), (2, 0.6)], [(1, 1.0)], [(1, 0.8), (2, 0.6)]]
LABELS = [0, 0, 1, 1]


def test_what_was_learned_is_known() -> None:
    weights = train_linear(VECTORS, LABELS, 2, 3)

    for vector, label in zip(VECTORS, LABELS, strict=True):
        scores = linear_scores(weights, vector)
        assert scores[label] > 0 > scores[1 - label]


def test_what_both_have_separates_nothing() -> None:
    first, second = linear_scores(train_linear(VECTORS, LABELS, 2, 3), [(2, 1.0)])

    assert abs(first - second) < 0.1


def test_a_theme_is_where_its_questions_are() -> None:
    middles = train_centroids(VECTORS, LABELS, 2, 3)

    assert centroid_scores(middles, [(0, 1.0)]) > centroid_scores(middles, [(1, 1.0)])
    assert centroid_scores(middles, []) == [0, 0]


def test_what_is_rare_counts_for_more() -> None:
    space = Space([*map(features, ("groene boom", "groene vijver", "groene heg"))], {("stems",): 1.0})

    first, second = (value for _, value in space.vector(features("groene boom")))

    assert second > first


def test_what_is_new_makes_the_rest_shorter() -> None:
    space = Space([*map(features, ("boom", "vijver"))], {("stems",): 1.0})

    [(_, alone)], [(_, beside)] = space.vector(features("boom")), space.vector(features("boom vliegtuig"))

    assert alone == 1
    assert beside < 0.8


def test_a_kind_has_its_length_whatever_the_length_of_the_question() -> None:
    space = Space([*map(features, ("boom vijver heg", "boom"))], {("stems",): 2.0})

    assert sum(value * value for _, value in space.vector(features("boom vijver heg"))) ** 0.5 == 2.0
    assert sum(value * value for _, value in space.vector(features("boom"))) ** 0.5 == 2.0
