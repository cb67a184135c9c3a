"""What the words of a question may stand for."""

from __future__ import annotations

from collections import Counter

import pytest

from flows.knowledge.groups import Groups, parse
from flows.knowledge.meaning import Meanings
from flows.knowledge.words import words
from flows.words.analysis import stem

ARTICLES = "Hoe vraag ik een paspoort aan? Toeristenbelasting aanvragen. Een identiteitskaart. Zonder huurwoning."
MEANINGS = Meanings(
    Counter(words(ARTICLES)), Groups(list(parse("identiteitskaart, idkaart, pasje | rijbewijs\nbezwaar, niet eens")))
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("paspord anvragen", "paspoort aanvragen"),
        ("toeristen belasting", "toeristenbelasting"),
        ("id kaart", "idkaart"),
        ("zolder", "zolder"),  # everyday words are no slips
        ("een huurhuis", "een huurhuis"),
        ("paspoort en huurwoning", "paspoort en huurwoning"),
    ],
)
def test_spelling_is_corrected_and_compounds_joined(typed: str, meant: str) -> None:
    assert " ".join(MEANINGS.corrected(typed)) == meant


def test_a_word_stands_for_itself_most_and_for_others_less() -> None:
    (sought,) = MEANINGS.of(words("pasje"))
    shares = sought.terms

    assert sought.word == stem("pasje")
    assert 1.0 == shares[stem("pasje")] > shares[stem("identiteitskaart")] > shares[stem("rijbewijs")] > 0


def test_a_phrase_is_sought_besides_its_words() -> None:
    found = MEANINGS.of(words("ik ben het er niet mee eens"))

    assert [one.word for one in found] == [None]
    assert stem("bezwaar") in found[0].terms


def test_words_in_many_questions_weigh_less() -> None:
    light, heavy = MEANINGS.of(words("nieuwe paspoort"))

    assert 0 < light.weight < heavy.weight
