"""The parts that finding by meaning is made of: spelling, compounds, verbs, groups of words."""

from __future__ import annotations

import pytest

from flows.knowledge.compounds import Compounds
from flows.knowledge.groups import FILE, Groups, groups, parse
from flows.knowledge.spelling import Spelling
from flows.knowledge.verbs import Verbs
from flows.knowledge.words import kinds, telling, words
from flows.words.analysis import stem


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("paspoort", "paspoort"),
        ("paspoord", "paspoort"),  # by ear
        ("paspoor", "paspoort"),  # a letter less
        ("paspoortt", "paspoort"),
        ("pasboort", "paspoort"),  # another letter
        ("papsoort", "paspoort"),  # two exchanged
        ("vergnuninge", "vergunning"),  # more than one, in a long word
    ],
)
def test_a_misspelt_word_is_recognised(typed: str, meant: str) -> None:
    spelling = Spelling({"paspoort": 3, "vergunning": 1, "pas": 9})

    assert meant in spelling.meant(typed)
    assert spelling.corrected(typed) == meant


@pytest.mark.parametrize("typed", ["paspop", "huis", "rasboort", "2024"])
def test_another_word_is_not_taken_for_a_mistake(typed: str) -> None:
    spelling = Spelling({"paspoort": 1, "2025": 1, "thuis": 1})

    assert spelling.meant(typed) == {typed: 1.0}
    assert spelling.corrected(typed) == typed


def test_the_nearer_a_word_the_more_it_counts() -> None:
    meant = Spelling({"verhuisd": 1, "verhuizd": 1, "verhuis": 1}).meant("verhuist")

    assert meant["verhuist"] > meant["verhuisd"] == meant["verhuizd"] > meant["verhuis"] > 0


def test_of_words_that_are_equally_near_the_most_used_was_meant() -> None:
    assert Spelling({"ligt": 1, "lift": 5}).corrected("licht") == "ligt"  # it sounds the same: that is nearer
    assert Spelling({"kast": 1, "kant": 5, "kerst": 9}).corrected("kamt") == "kant"
    assert Spelling({"bakker": 1, "bakken": 5}).corrected("bakkel") == "bakken"


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("huurtoeslag", ("huur", "toeslag")),
        ("gemeentebelast", ("gemeent", "belast")),
        ("stadskantoor", ("stad", "kantoor")),  # a joining s
        ("hondenbelast", ("hond", "belast")),  # and en
        ("paspoort", ()),  # no poort is known
        ("toeslag", ()),
    ],
)
def test_a_compound_is_split_where_both_parts_are_known(compound: str, parts: tuple[str, ...]) -> None:
    known = ["huur", "toeslag", "gemeent", "belast", "stad", "kantoor", "hond", "pas"]

    assert Compounds(known).split(compound) == parts


def test_a_part_finds_its_compounds_and_a_compound_its_parts() -> None:
    compounds = Compounds(["huur", "toeslag", "huurtoeslag"])

    assert [word for word, _ in compounds.related("huur")] == ["huurtoeslag"]
    assert [word for word, _ in compounds.related("huurtoeslag")] == ["huur", "toeslag"]


@pytest.mark.parametrize(
    ("form", "verb"),
    [
        ("gestemd", "stemmen"),
        ("aangevraagd", "aanvragen"),
        ("verhuisd", "verhuizen"),
        ("uitgeschreven", "uitschrijven"),
        ("verloren", "verliezen"),
        ("overleden", "overlijden"),
        ("gekregen", "krijgen"),
    ],
)
def test_a_participle_is_known_for_its_verb_and_the_other_way_round(form: str, verb: str) -> None:
    assert stem(verb) in Verbs([stem(verb)]).forms(stem(form))
    assert stem(form) in Verbs([stem(verb), stem(form)]).forms(stem(verb))


@pytest.mark.parametrize("word", ["gemeente", "geboorte", "gevaar", "gebied", "verkeer"])
def test_what_only_looks_like_a_participle_is_left_alone(word: str) -> None:
    assert Verbs(["meent", "boort", "vaar", "keer", "bied"]).forms(stem(word)) == set()


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("waar vraag ik een paspoort aan", "aanvragen"),
        ("ik geef het morgen door", "doorgeven"),
        ("om mij uit te schrijven", "uitschrijven"),
    ],
)
def test_a_verb_in_two_pieces_is_put_together(text: str, verb: str) -> None:
    verbs = Verbs([stem(verb)])
    said = words(text)

    assert stem(verb) in {one for at in range(len(said)) for one in verbs.separated(said, at)}


def test_a_group_counts_for_all_its_words_and_less_for_what_is_related() -> None:
    found = Groups(list(parse("bibliotheek, bieb | boeken # lenen\n\n# niets\n")))

    shares = dict(found.of("bieb"))
    assert shares[stem("bibliotheek")] > shares[stem("boeken")] > 0
    assert stem("bieb") in dict(found.of(stem("boeken")))
    assert stem("lenen") not in shares


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ik ben het er niet mee eens", True),
        ("niet eens", True),
        ("niet een van ons heeft dat ooit met hem afgesproken", False),
        ("eens niet", False),
    ],
)
def test_a_phrase_is_found_with_a_few_words_between(text: str, found: bool) -> None:
    phrases = Groups(list(parse("bezwaar, niet eens"))).phrases(words(text))

    assert [stem("bezwaar") in one for one in phrases] == ([True] if found else [])


def test_every_group_that_comes_along_says_something() -> None:
    lines = [line.partition("#")[0].strip() for line in FILE.read_text("utf-8").splitlines()]
    written = [line for line in lines if line]

    assert [line for line in written if sum(len(part.split(",")) for part in line.split("|")) < 2] == []
    assert len(list(parse(FILE.read_text("utf-8")))) == len(written) >= 150
    assert stem("werkgever") in dict(groups().of(stem("baas")))


def test_words_lose_their_accents_capitals_and_apostrophes() -> None:
    assert words("Zo’n CAFÉ, foto's & 2e-hands!") == ["zon", "cafe", "fotos", "2e", "hands"]
    assert telling(words("Hoe kan ik een café beginnen?")) == [stem("cafe"), stem("beginnen")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("waar is het", {"place"}),
        ("hoe lang duurt dat", {"time"}),
        ("wie mag dat", {"person", "allowed"}),
        ("ja", set()),
    ],
)
def test_what_is_asked_for_is_seen_by_the_asking_word(text: str, kind: set[str]) -> None:
    assert kinds(words(text)) == kind
