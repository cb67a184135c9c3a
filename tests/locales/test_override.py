"""A municipality says it in its own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from locales.catalogue import Catalogue, CatalogueError
from tests.locales.conftest import Write

OURS = {
    "nl/a.toml": 'hi = "Hoi {{ name }}, welkom bij {{ place }}"\nbye = "Dag"\n[day]\none = "dag"\nother = "dagen"',
    "en/a.toml": 'hi = "Hi {{ name }}, welcome to {{ place }}"\nbye = "Bye"',
}


def test_its_keys_replace_ours_and_all_others_stay(write: Write) -> None:
    own = write("own", **{"nl/own.toml": 'hi.text = "Moin {{ name }}"'})
    catalogue = Catalogue.load(folder=write("texts", **OURS), override=own)

    assert catalogue.text("hi", "nl", name="Sanne", place="Delfzijl") == "Moin Sanne"
    assert catalogue.text("bye", "nl") == "Dag"
    assert catalogue.text("hi", "en", name="Sanne", place="Delfzijl") == "Hi Sanne, welcome to Delfzijl"


def test_it_may_bring_a_language(write: Write) -> None:
    own = write("own", **{"fy/own.toml": 'hi = "Goeie {{ name }}"'})
    catalogue = Catalogue.load(folder=write("texts", **OURS), override=own)

    assert catalogue.languages == ("nl", "en", "fy")
    assert catalogue.text("hi", "fy", name="Sanne", place="Dokkum") == "Goeie Sanne"
    assert catalogue.text("bye", "fy") == "Dag"


def test_what_one_language_leaves_out_another_may_use(write: Write) -> None:
    own = write("own", **{"nl/own.toml": 'hi = "Moin"', "pl/own.toml": 'hi = "Cześć {{ name }}"'})
    catalogue = Catalogue.load(folder=write("texts", **OURS), override=own)

    assert catalogue.text("hi", "nl", name="Sanne", place="Delfzijl") == "Moin"
    assert catalogue.text("hi", "pl", name="Sanne", place="Delfzijl") == "Cześć Sanne"


def test_a_plural_may_become_one_text(write: Write) -> None:
    own = write("own", **{"nl/own.toml": 'day = "{{ count }} dagen"'})
    catalogue = Catalogue.load(folder=write("texts", **OURS), override=own)

    assert catalogue.text("day", "nl", count=1) == "1 dagen"


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"nl/own.toml": 'hoi = "x"'}, r"own/nl/own\.toml: There is no text 'hoi'; did you mean hi\?$"),
        ({"nl/own.toml": 'hi = "{{ naam }}"'}, r"'hi' isn't given naam; it may use: name, place\.$"),
        ({"nl/own.toml": 'bye = "{{ name }}"'}, r"'bye' isn't given name; it may use: nothing\.$"),
        ({"nl/own.toml": 'bye = {one = "x", other = "y"}'}, r"'bye' isn't given count"),
        ({"nl/own.toml": 'hi = "{{ name"'}, r"own/nl/own\.toml: 'hi': correct the template"),
        ({"nl/own.toml": 'hi = "{{ name | groot }}"'}, r"own/nl/own\.toml: 'hi': correct the template: .*groot"),
        ({"nl/own.toml": "hi"}, r"own/nl/own\.toml isn't valid TOML"),
        ({"own.toml": 'hi = "x"'}, r"own holds no texts; put them in a folder a language, as nl/own\.toml\.$"),
        ({"dutch/own.toml": 'hi = "x"'}, r"own/dutch isn't named after a language"),
    ],
)
def test_what_would_fail_in_a_conversation_is_refused_at_once(write: Write, files: dict[str, str], says: str) -> None:
    with pytest.raises(CatalogueError, match=says) as caught:
        Catalogue.load(folder=write("texts", **OURS), override=write("own", **files))

    assert "\n" not in str(caught.value)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="nowhere isn't a folder; give the folder that holds your texts"):
        Catalogue.load(override=tmp_path / "nowhere")
