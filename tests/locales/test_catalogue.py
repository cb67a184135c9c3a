"""What is asked of the catalogue by those who speak through it."""

from __future__ import annotations

import html
import os
import subprocess
import sys
import time
import zipfile
from datetime import UTC, date, datetime
from datetime import time as clock
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup, escape

import locales
from locales.catalogue import Catalogue, CatalogueError, plain
from tests.locales.conftest import Load
from tests.texts import texts

AFTERNOON = datetime(2026, 11, 24, 13, 30, tzinfo=UTC)


def test_a_key_is_the_path_of_tables(load: Load) -> None:
    catalogue = load(nl='[initiative.start]\nidea = "Wat wil je doen?"')

    assert catalogue.text("initiative.start.idea", "nl") == "Wat wil je doen?"


def test_a_table_with_a_text_answers_for_itself_and_keeps_its_parts(load: Load) -> None:
    catalogue = load(nl='[start.idea]\ntext = "Wat wil je doen?"\nlabel = "Idee"')

    assert catalogue.text("start.idea", "nl") == "Wat wil je doen?"
    assert catalogue.text("start.idea.text", "nl") == "Wat wil je doen?"
    assert catalogue.text("start.idea.label", "nl") == "Idee"
    assert catalogue.has("start.idea")
    assert catalogue.has("start.idea.text")
    assert not catalogue.has("start")


@pytest.mark.parametrize(
    ("toml", "key"),
    [
        ('[people]\none = "{{ count }} mens"\nother = "{{ count }} mensen"', "people"),
        ('people = {text = {one = "{{ count }} mens", other = "{{ count }} mensen"}, label = "x"}', "people"),
    ],
)
@pytest.mark.parametrize(("count", "said"), [(0, "0 mensen"), (1, "1 mens"), (2, "2 mensen"), (21, "21 mensen")])
def test_the_plural_form_follows_count(load: Load, toml: str, key: str, count: int, said: str) -> None:
    assert load(nl=toml).text(key, "nl", count=count) == said


def test_a_language_has_its_own_plural_forms(load: Load) -> None:
    polish = 'day = {one = "dzień", few = "dni", many = "dni!", other = "dnia"}'
    catalogue = load(nl='day = {one = "dag", other = "dagen"}', pl=polish)

    said = [catalogue.text("day", "pl", count=count) for count in (1, 3, 5, 22, 1.5)]

    assert said == ["dzień", "dni", "dni!", "dni", "dnia"]


def test_a_plural_form_that_a_language_lacks_is_said_as_other(load: Load) -> None:
    catalogue = load(nl='day = {one = "dag", other = "dagen"}', pl='day = {one = "dzień", other = "dnia"}')

    assert catalogue.text("day", "pl", count=3) == "dnia"


@pytest.mark.parametrize("values", [{}, {"count": "3"}, {"count": True}])
def test_a_plural_without_a_number_says_what_is_missing(load: Load, values: dict[str, object]) -> None:
    catalogue = load(nl='day = {one = "dag", other = "dagen"}')

    with pytest.raises(CatalogueError, match=r"'day'.*give the value 'count'"):
        catalogue.text("day", "nl", **values)


def test_what_a_language_lacks_is_said_in_the_source_with_its_plural_rules(load: Load) -> None:
    catalogue = load(nl='hi = "Hoi"\nday = {one = "dag", other = "dagen"}', en='hi = "Hi"')

    assert catalogue.text("hi", "en") == "Hi"
    assert catalogue.text("hi", "xx") == "Hoi"
    assert catalogue.text("day", "en", count=1) == "dag"


def test_an_unknown_key_names_those_that_look_like_it(load: Load) -> None:
    catalogue = load(nl='[initiative.start]\nidea = "x"\nhelpers = "y"')

    with pytest.raises(CatalogueError, match=r"'initiative\.start\.idee'.*mean initiative\.start\.idea"):
        catalogue.text("initiative.start.idee", "nl")


def test_a_missing_value_is_named(load: Load) -> None:
    catalogue = load(nl='hi = "Hoi {{ name }}"')

    with pytest.raises(CatalogueError, match=r"'hi' \(nl/texts\.toml\).*'name' is undefined; given: nam\."):
        catalogue.text("hi", "nl", nam="Sanne")


def test_a_broken_template_is_named(load: Load) -> None:
    with pytest.raises(CatalogueError, match=r"'hi' \(nl/texts\.toml\): correct the template"):
        load(nl='hi = "Hoi {{ name "').text("hi", "nl")


def test_values_may_be_called_key_and_language(load: Load) -> None:
    catalogue = load(nl='hi = "{{ key }} {{ language }} {{ self_ }}"')

    assert catalogue.text("hi", "nl", key="a", language="b", self_="c") == "a b c"


def test_values_are_escaped_and_markup_stays(load: Load) -> None:
    catalogue = load(nl='hi = "<b>{{ a }}</b> {{ b }}"')

    said = catalogue.text("hi", "nl", a="<i>&\n'\"", b=Markup("<i>x</i>"))

    assert said == "<b>&lt;i&gt;&amp;\n&#39;&#34;</b> <i>x</i>"
    assert type(said) is str


@pytest.mark.parametrize(
    ("filtered", "language", "said"),
    [
        ("date", "nl", "dinsdag 24 november"),
        ("date(year=true)", "nl", "dinsdag 24 november 2026"),
        ("datetime", "nl", "dinsdag 24 november om 14.30 uur"),
        ("time", "nl", "14.30 uur"),
        ("date", "en", "Tuesday 24 November"),
        ("datetime", "en", "Tuesday 24 November at 14:30"),
        ("time", "en", "14:30"),
    ],
)
def test_times_are_shown_as_the_language_does_in_the_local_zone(filtered: str, language: str, said: str) -> None:
    assert render("{{ v | " + filtered + " }}", language, AFTERNOON) == said


def test_a_date_follows_the_local_day_and_a_bare_date_is_itself() -> None:
    late = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)

    assert render("{{ v | date }}", "nl", late) == "donderdag 2 juli"
    assert render("{{ v | date }}", "nl", date(2026, 7, 1)) == "woensdag 1 juli"


@pytest.mark.parametrize("filtered", ["date", "datetime", "time"])
@pytest.mark.parametrize("value", [AFTERNOON.replace(tzinfo=None), "2026-11-24", None])
def test_what_is_no_moment_is_refused_as_one(load: Load, filtered: str, value: object) -> None:
    catalogue = load(nl='due = "{{ v | ' + filtered + ' }}"')

    with pytest.raises(
        CatalogueError, match=r"'due' \(nl/texts\.toml\) can't .* give an aware datetime, UTC; given: v\."
    ):
        catalogue.text("due", "nl", v=value)


@pytest.mark.parametrize("filtered", ["date", "datetime", "time", "number", "listing"])
def test_a_missing_value_is_named_before_a_filter(load: Load, filtered: str) -> None:
    catalogue = load(nl='due = "{{ v | ' + filtered + ' }}"')

    with pytest.raises(CatalogueError, match="'v' is undefined"):
        catalogue.text("due", "nl")


def test_office_hours_are_shown_as_they_are() -> None:
    assert render("{{ v | time }}", "nl", clock(9, 0)) == "9.00 uur"


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [(1234567, "1.234.567", "1,234,567"), (Decimal("2500.5"), "2.500,5", "2,500.5"), (0, "0", "0")],
)
def test_numbers_are_shown_as_the_language_does(value: object, dutch: str, english: str) -> None:
    assert render("{{ v | number }}", "nl", value) == dutch
    assert render("{{ v | number }}", "en", value) == english


@pytest.mark.parametrize(
    ("values", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a<", Markup("<b>b</b>"), "c"], "a&lt;, <b>b</b> en c")],
)
def test_a_listing_is_a_sentence_and_escapes_its_items(values: list[str], said: str) -> None:
    assert render("{{ v | listing }}", "nl", values) == said


def test_a_listing_may_be_a_choice() -> None:
    assert render("{{ v | listing('or') }}", "nl", ["a", "b", "c"]) == "a, b of c"


def test_a_text_cannot_declare_a_value_safe(load: Load) -> None:
    with pytest.raises(CatalogueError, match="No filter named 'safe'"):
        load(nl='hi = "{{ v | safe }}"').text("hi", "nl", v="<b>")


def test_options_are_the_names_under_a_key_in_the_order_of_the_file(load: Load) -> None:
    catalogue = load(nl='[a.options]\nzoo = "z"\nbar = {text = "b", hint = "h"}\n[a.other]\nx = "x"')

    assert catalogue.options("a.options") == ("zoo", "bar")
    assert catalogue.options("a.nothing") == ()


@pytest.mark.parametrize(
    ("hint", "language"),
    [
        (None, "nl"),
        ("", "nl"),
        ("nl-BE", "nl"),
        ("en-GB", "en"),
        ("EN_us", "en"),
        ("pap", "nl"),
        ("pt", "pt_BR"),
        ("pt-br", "pt_BR"),
        ("zh-hans-cn", "nl"),
        ("-", "nl"),
    ],
)
def test_the_closest_language_to_what_telegram_says(load: Load, hint: str | None, language: str) -> None:
    catalogue = load(nl='hi = "Hoi"', en='hi = "Hi"', pt_BR='hi = "Oi"')

    assert catalogue.languages == ("nl", "en", "pt_BR")
    assert catalogue.closest(hint) == language


@settings(deadline=None)  # the first one reads the texts
@given(hint=st.text())
def test_any_hint_gives_a_language_we_have(hint: str) -> None:
    assert texts().closest(hint) in texts().languages


@given(text=st.text())
def test_plain_gives_back_what_was_escaped(text: str) -> None:
    assert plain(str(escape(text))) == text
    assert plain(f'<b>{escape(text)}</b><a href="{escape(text)}>">x</a>') == f"{text}x"


class _Reader(HTMLParser):
    """Reads HTML as others do: its tags in order, and its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.tags: list[str] = []
        self.read = ""
        self.links: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value for _, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.read += data

    def handle_entityref(self, name: str) -> None:
        self.read += html.unescape(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.read += html.unescape(f"&#{name};")


@settings(deadline=None)  # the first one reads the texts
@given(value=st.text(), items=st.lists(st.text(), min_size=1, max_size=4))
def test_no_value_breaks_the_html(value: str, items: list[str]) -> None:
    said = render('<a href="{{ v }}"><i>{{ v }}</i></a>{{ items | listing }}', "nl", value, items=items)
    reader = _Reader()

    reader.feed(said)
    reader.close()

    assert reader.tags == ["a", "i", "/i", "/a"]
    assert reader.links == [value]
    listed = ", ".join(items[:-1]) + " en " + items[-1] if len(items) > 1 else items[0]
    assert reader.read == value + listed


def test_a_cached_text_costs_microseconds(load: Load) -> None:
    catalogue = load(nl='hi = "Hoi"')
    catalogue.text("hi", "nl")
    rounds = 20_000

    fastest = min(_seconds(catalogue, rounds) for _ in range(5)) / rounds

    assert fastest < 10e-6


def test_the_package_speaks_from_a_zip_as_from_a_folder(tmp_path: Path) -> None:
    """Texts are read as package data: nothing supposes that they are files on a disk."""
    package = Path(locales.__file__).parent
    archive = tmp_path / "package.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for file in sorted(package.rglob("*")):
            if file.suffix in {".py", ".toml"}:
                zipped.write(file, file.relative_to(package.parent))
    script = (
        "import locales.catalogue as c; catalogue = c.Catalogue.load();"
        "print(c.__file__, len(catalogue.source.texts.by_key), *catalogue.languages)"
    )

    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(archive)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.stderr == ""
    where, keys, *languages = ran.stdout.split()
    assert where.startswith(str(archive))
    assert int(keys) == len(texts().source.texts.by_key)
    assert tuple(languages) == texts().languages


def _seconds(catalogue: Catalogue, rounds: int) -> float:
    start = time.perf_counter()
    for _ in range(rounds):
        catalogue.text("hi", "nl")
    return time.perf_counter() - start


def render(template: str, language: str, value: object, **more: object) -> str:
    """A template rendered as a text of the package's own language is."""
    environment = texts().language(language).environment
    return environment.from_string(template).render(v=value, **more)
