"""What of a question counts: forms of a word, compounds, related words and slips of the pen."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from flows.questions.asking.understanding import features as module
from flows.questions.asking.understanding.features import features

VOCABULARY = tomllib.loads((Path(module.__file__).parent / "vocabulary.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Mijn kliko is niet geleegd", "afval.bak"),
        ("twee kliko's", "afval.bak"),
        ("een kastanjeboom", "groen.boom"),
        ("de afvalcontainerplaats", "afval.bak"),
        ("hulp in huis", "zorg.huishouden"),
        ("id kaart", "burgerzaken.paspoort"),
        ("ID-kaart", "burgerzaken.paspoort"),
        ("een schuting", "bouwen.aanbouw"),
        ("al dat onkruit", "groen.onkruid"),
        ("gehandikapte", "zorg.beperking"),
        ("CAFÉ", "overlast.horeca"),
    ],
)
def test_a_word_has_the_mark_of_its_group(text: str, mark: str) -> None:
    area = mark.partition(".")[0]

    assert {mark, area} <= set(features(text).marks)


@pytest.mark.parametrize("text", ["", "!?", "de het een", "regels", "overdag", "xqzw", "supermarkt", "automatisch"])
def test_a_text_that_says_nothing_has_no_marks_of_an_area(text: str) -> None:
    assert [mark for mark in features(text).marks if not mark.startswith("_.")] == []


@pytest.mark.parametrize("word", ["vrouw", "verstrooien", "bepaalde", "kader", "kleren", "uitbrengen"])
def test_a_word_that_only_looks_like_a_compound_has_no_mark(word: str) -> None:
    assert features(word).marks == ()


def test_a_loose_group_is_of_no_area() -> None:
    assert features("dochter").marks == ("_.kinderen",)


def test_pieces_know_where_a_word_begins_and_ends() -> None:
    assert features("boom").pieces == ("<bo", "boo", "oom", "om>", "<boo", "boom", "oom>", "<boom", "boom>")


def test_the_forms_of_a_word_have_one_stem() -> None:
    assert features("bomen").stems == features("boompje").stems == ("boom",)


@pytest.mark.parametrize(("area", "groups"), VOCABULARY.items())
def test_an_entry_stands_once_in_a_group_in_small_letters(area: str, groups: dict[str, str]) -> None:
    for group, entries in groups.items():
        twice = [entry for entry, count in Counter(entries.split()).items() if count > 1]

        assert (area, group, twice) == (area, group, [])
        assert entries == entries.casefold()
        assert entries.isascii()


def test_there_are_groups_for_all_that_municipalities_do() -> None:
    assert len(VOCABULARY) >= 20
    assert sum(map(len, VOCABULARY.values())) >= 150
