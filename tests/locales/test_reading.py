"""What is wrong with a file of texts is said in one line that names the file."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from locales.catalogue import Catalogue, CatalogueError
from tests.locales.conftest import Write


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"nl/a.toml": "a = "}, r"^nl/a\.toml isn't valid TOML; correct it: Invalid value"),
        ({"nl/a.toml": "a = 3"}, r"""^nl/a\.toml: 'a' must be a text between quotes \("…"\), not 3\.$"""),
        ({"nl/a.toml": 'b.a = ["x"]'}, r"^nl/a\.toml: 'b\.a' must be a text"),
        ({"nl/a.toml": 'a = "x"', "nl/b.toml": 'a = "y"'}, r"^nl/b\.toml: 'a' stands in nl/a\.toml as well"),
        ({"nl/a.toml": 'a = "x"', "nl/b.toml": 'a.text = "y"'}, r"^nl/b\.toml: 'a' stands in nl/a\.toml as well"),
        ({"en/a.toml": 'a = "x"'}, r"^There are no texts in 'nl'"),
    ],
)
def test_a_wrong_file_is_refused(write: Write, files: dict[str, str], says: str) -> None:
    with pytest.raises(CatalogueError, match=says) as caught:
        Catalogue.load(folder=write("texts", **files))

    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_utf_8_is_refused(write: Write) -> None:
    folder = write("texts", **{"nl/a.toml": ""})
    (folder / "nl" / "a.toml").write_bytes('a = "één"'.encode("latin-1"))

    with pytest.raises(CatalogueError, match=r"nl/a\.toml isn't UTF-8; save it as UTF-8"):
        Catalogue.load(folder=folder)


def test_a_file_that_cannot_be_read_is_refused(write: Write) -> None:
    folder = write("texts", **{"nl/a.toml/b": ""})

    with pytest.raises(CatalogueError, match=r"nl/a\.toml can't be read \(Is a directory\)"):
        Catalogue.load(folder=folder)


def test_texts_of_one_table_may_stand_in_several_files(write: Write) -> None:
    catalogue = Catalogue.load(folder=write("texts", **{"nl/a.toml": 'a = "x"', "nl/b.toml": 'a.label = "y"'}))

    assert (catalogue.text("a", "nl"), catalogue.text("a.label", "nl")) == ("x", "y")


def test_data_and_folders_without_texts_are_no_texts(write: Write) -> None:
    folder = write(
        "texts",
        **{"nl/a.toml": 'a = "x"', "nl/_data.toml": 'b = "y"', "nl/c.txt": "", "other/d.py": "", "_e/f.toml": ""},
    )

    catalogue = Catalogue.load(folder=folder)

    assert catalogue.languages == ("nl",)
    assert list(catalogue.source.texts.by_key) == ["a"]


def test_line_breaks_around_a_text_fall_away_and_those_inside_stay(write: Write) -> None:
    toml = """
a = '''
x

  y {% if true %}z{% endif %}
w

'''
b = '''
x
'''
c = {one = "x\\n", other = "\\ny"}
"""
    catalogue = Catalogue.load(folder=write("texts", **{"nl/a.toml": toml}))

    assert catalogue.text("a", "nl") == "x\n\n  y z\nw"
    assert catalogue.text("b", "nl") == "x"
    assert [catalogue.text("c", "nl", count=count) for count in (1, 2)] == ["x", "y"]


@pytest.mark.parametrize("toml", ['a.one = "x"\na.two = "y"', 'a.one.text = "x"\na.other.text = "y"'])
def test_a_table_that_only_looks_like_a_plural_is_none(write: Write, toml: str) -> None:
    catalogue = Catalogue.load(folder=write("texts", **{"nl/a.toml": toml}))

    assert not catalogue.has("a")
    assert catalogue.text("a.one", "nl") == "x"


@pytest.mark.parametrize("zone", ["Europe/Nergens", "../etc", ""])
def test_an_unknown_time_zone_is_refused(zone: str) -> None:
    with pytest.raises(CatalogueError, match="isn't known; correct the name, or install 'tzdata'"):
        Catalogue.load(timezone=zone)


def test_another_time_zone_moves_the_times(write: Write) -> None:
    folder = write("texts", **{"nl/a.toml": 'a = "{{ v | time }}"'})
    catalogue = Catalogue.load(folder=folder, timezone="America/Curacao")

    assert catalogue.text("a", "nl", v=datetime(2026, 11, 24, 13, 30, tzinfo=UTC)) == "09:30"
