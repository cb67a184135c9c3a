"""Sentences and words as a reader meets them."""

from __future__ import annotations

import pytest

from locales.readability import Readability
from tests.texts import texts


@pytest.fixture(scope="module")
def dutch() -> Readability:
    return Readability(texts().language("nl").readability)


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("", []),
        ("Hoi.", [1]),
        ("Dit is een zin. En dit ook! Of niet? Jawel…", [4, 3, 2, 1]),
        ("Dit is een zin.", [4]),
        ("Zonder punt\nop twee regels", [2, 3]),
        ("• een plant\n- twee planten\n1. drie planten\n2) vier", [2, 2, 2, 1]),
        ("🌱 Start een initiatief ❓ Stel een vraag", [3, 3]),
        ("<b>Dit is</b> <i>vet</i>.", [3]),
        ('Kijk op <a href="https://a.nl/b c d">deze pagina</a>.', [4]),
        ("Neem bijv. Een bloem mee.", [5]),
        ("Mail dhr. Jansen of mevr. De Vries.", [7]),
        ("Mail J. Jansen.", [3]),
        ("Om 14.30 uur begint het, a.u.b. op tijd.", [8]),
        ("Zo heet het: “Hoi.” En nu verder.", [4, 3]),
        ("Kom morgen. 's Avonds is het leuk.", [2, 5]),
        ("Stuur <code>/start met een lange code</code> naar ons.", [4]),
        ("Dit – zegt men – mag & kan.", [5]),
        ("3 &lt; 4 is waar.", [4]),
    ],
)
def test_sentences_are_counted_in_words(dutch: Readability, text: str, lengths: list[int]) -> None:
    assert [len(words) for words in dutch.sentences(text)] == lengths


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Indien je wilt", ["indien"]),
        ("INDIEN", ["indien"]),
        ("Je kunt je plan indienen.", ["indienen"]),
        ("indiener, indienend", []),
        ("dient\n te", ["dient te"]),
        ("<b>tevens</b>", ["tevens"]),
        ("beëindigen", ["beëindigen"]),
        ("Wilt u dat?", ["u"]),
        ("(u)", ["u"]),
        ("uw vraag", ["uw"]),
        ("Doe dat a.u.b. nu", []),
        ("o.a.u. en u.a.o.", []),
        ("drie u's en 'n d'u", []),
        ("Bel ons nu, over een uur", []),
        ("https://example.nl/participatie/u /participatie @participatie", []),
        ("en/of participatie-avond", ["participatie"]),
        ("<code>u</code>", []),
        ('<a href="https://u.nl/participatie">site</a>', []),
    ],
)
def test_words_to_avoid_are_found_whole(dutch: Readability, text: str, words: list[str]) -> None:
    found = dutch.to_avoid(text)

    assert list(found) == words
    assert all(found.values())


def test_a_language_without_data_has_no_rules() -> None:
    rules = Readability({})

    assert not rules.is_checked
    assert rules.to_avoid("Indien u") == {}
    assert rules.sentences("Een. Twee.") == [["Een."], ["Twee."]]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_plainer_word_is_itself_one_to_avoid(language: str) -> None:
    data = texts().language(language).readability
    rules = Readability(data)

    assert len(data["avoid"]) >= 60
    assert {word: instead for word, instead in data["avoid"].items() if rules.to_avoid(instead)} == {}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_word_to_avoid_is_found(language: str) -> None:
    data = texts().language(language).readability
    rules = Readability(data)

    assert [word for word in data["avoid"] if word not in rules.to_avoid(f"Zo {word.capitalize()}, ja.")] == []
