"""Dutch words and their stems, their parts, and how near they are."""

import pytest

from flows.words.analysis import TRIGRAM, is_weak, nearness, stem, stems, stems_in, terms, words


@pytest.mark.parametrize(
    "forms",
    [
        "boom bomen boompje boompjes",
        "tuin tuinen tuintje tuintjes",
        "geveltuin geveltuinen geveltuintjes",
        "gevel gevels",
        "huis huizen huisje",
        "feest feesten feestje",
        "straatfeest straatfeesten straatfeestje",
        "barbecue barbecues",
        "café cafés",
        "taalles taallessen",
        "fietsles fietslessen",
        "bankje banken bank",
        "vogelhuisje vogelhuisjes vogelhuis",
        "schaap schapen",
        "bibliotheek bibliotheken",
        "straat straten",
        "koken kook",
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({one for form in forms.split() for one in stems(form)}) == 1


@pytest.mark.parametrize("pair", ["bom boom", "gevel veld", "tuin tuig", "kade kader"])
def test_other_words_have_other_stems(pair: str) -> None:
    one, other = pair.split()

    assert stem(one) != stem(other)


def test_words_have_no_accents_capitals_or_stop_words() -> None:
    assert words("Wij willen een REÜNIE in Café ’t Hoekje, met z'n allen!") == ["reunie", "cafe", "hoekje", "allen"]
    assert words("Het is van ons allemaal") == []


def test_an_index_has_stems_and_trigrams() -> None:
    bag = terms([("Tuinen", 3), ("tuin op de hof", 1)])

    assert stems_in(bag) == {"tuin": 3, "hof": 1}
    assert bag.keys() - stems_in(bag).keys() == {f"{TRIGRAM}tui", f"{TRIGRAM}uin"}


@pytest.mark.parametrize(
    ("sought", "text", "least", "most"),
    [
        ("geveltuin", "geveltuin", 1.0, 1.0),
        ("geveltuin", "een tuin langs de gevel", 0.85, 0.95),
        ("geveltuin", "groen langs de gevel", 0.4, 0.6),
        ("tuin", "geveltuinen", 0.8, 0.8),
        ("barbecue", "buurtbarbecue", 0.8, 0.8),
        ("barbeque", "barbecue", 0.5, 0.75),
        ("speeltuin", "geveltuinen", 0.0, 0.0),
        ("soep", "een ketel", 0.0, 0.0),
    ],
)
def test_a_compound_is_near_to_its_parts(sought: str, text: str, least: float, most: float) -> None:
    assert least <= nearness(stem(sought), stems(text)) <= most


def test_what_everybody_writes_is_weak() -> None:
    assert is_weak(stem("buren"))
    assert not is_weak(stem("barbecue"))
