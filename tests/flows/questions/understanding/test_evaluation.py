"""Reading questions from a file, and judging how they are routed."""

from pathlib import Path

import pytest

from flows.errors import QuestionsError
from flows.questions.understanding.classifier import Example
from flows.questions.understanding.evaluation import described, evaluate
from flows.questions.understanding.reading import parse_examples, read_examples

TRAIN = [Example("de boom is ziek", "groen"), Example("paspoort aanvragen", "loket")]


def test_columns_may_stand_in_any_order_among_others() -> None:
    text = 'Theme\tsource\tQuestion\r\ngroen\tx\t"een ""boom"""\r\n\r\nloket\ty\tpas\r\n'

    assert parse_examples(text) == [Example('een "boom"', "groen"), Example("pas", "loket")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no column 'question'"),
        (b"question\tanswer\na\tb\n", "no column 'theme'"),
        (b"question,theme\na,b\n", "no column"),
        (b"question\ttheme\n", "no question in it"),
        (b"question\ttheme\na\tb\nc\n", ":3: fewer columns"),
        (b"question\ttheme\n\tb\n", ":2: the question or the theme is empty"),
        (b"question\ttheme\n\xff\tb\n", "isn't UTF-8"),
    ],
)
def test_a_bad_file_is_named_with_the_remedy(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "bad.tsv"
    file.write_bytes(content)

    with pytest.raises(QuestionsError, match=said) as caught:
        read_examples(file)

    assert str(caught.value).startswith(str(file))
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionsError, match=r"nothing\.tsv can't be read"):
        read_examples(tmp_path / "nothing.tsv")


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "excel.tsv"
    file.write_text("question\ttheme\na\tb\n", "utf-8-sig")

    assert read_examples(file) == [Example("a", "b")]


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
    with pytest.raises(QuestionsError, match="one theme"):
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
