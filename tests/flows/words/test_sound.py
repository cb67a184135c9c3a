"""Dutch by ear."""

import pytest

from flows.words.sound import sound


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("verhuist", "verhuisd"),
        ("bewys", "bewijs"),
        ("geit", "gijt"),
        ("vrouw", "vrau"),
        ("licht", "ligt"),
        ("konsulaat", "consulaat"),
        ("alimentasie", "alimentazie"),
        ("telefoon", "telephoon"),
        ("wordt", "wort"),
        ("annvraag", "anvraag"),
    ],
)
def test_words_that_are_mixed_up_sound_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    "pair", ["onkruit onkruid", "verhuist verhuisd", "schuting schutting", "kado cado", "leiden lijden", "gou gau"]
)
def test_what_sounds_alike_is_alike(pair: str) -> None:
    one, other = pair.split()

    assert sound(one) == sound(other)


@pytest.mark.parametrize("pair", ["maan man", "zakken takken", "bestaat bestraat", "vrouwen trouwen"])
def test_what_sounds_different_is_not_alike(pair: str) -> None:
    one, other = pair.split()

    assert sound(one) != sound(other)
