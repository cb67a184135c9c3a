"""What `check` finds: each mistake a text can hold, and nothing in a text that is good."""

from __future__ import annotations

import pytest

from locales.catalogue import Catalogue
from locales.checks import (
    BUTTON,
    CAPTION,
    COMMAND,
    DESCRIPTION,
    MESSAGE,
    SHORT_DESCRIPTION,
    TOAST,
    Kind,
    check,
    kind_of,
)
from tests.locales.conftest import Load, Write

GOOD = """
[start]
text = '''
Hoi <b>{{ name }}</b>, wat <i>leuk</i>!

{% if items %}Dit heb je:
{% for item in items %}• {{ item.title }}, op {{ item.due | date }} ({{ loop.index }})
{% endfor %}{% elif kind == "new" %}Je bent nieuw.{% else %}Je hebt nog niets.{% endif %}'''
button = "Begin met {{ name }}"
[start.people]
one = "Eén mens doet mee."
other = "{{ count | number }} mensen doen mee: {{ names | listing }}."
"""


FREE = """
a = "{{ s | join(', ') }} {{ s | length }} {{ s | upper | truncate(20) }} {{ s | default('x') }} {{ s ~ 'x' }}"
b = "{{ n | round }} {{ n | int + 1 }} {{ n + 1 }} {{ 2 * n }} {{ n % 2 }} {{ '%d' % n }} {{ n | float }}"
c = "{{ o.a.b }} {{ o['a'][0] }} {{ o.items() | length }} {{ 'x' if o else 'y' }} {{ 'x' if 'y' in o else 'z' }}"
d = "{% set x = o.a %}{% if x is defined and x > 3 %}{{ x }}{% endif %} {{ o.first or 'niemand' }}"
"""


def findings(catalogue: Catalogue) -> list[str]:
    return [str(finding) for finding in check(catalogue)]


@pytest.mark.parametrize("toml", [GOOD, FREE])
def test_nothing_is_found_in_good_texts(load: Load, toml: str) -> None:
    assert findings(load(nl=toml)) == []


@pytest.mark.parametrize(
    ("dutch", "english", "says"),
    [
        ('a = "x"\nb = "y"', 'a = "x"', ["error: en: b: is missing; translate it from nl/texts.toml"]),
        ('a = "x"', 'a = "x"\nb = "y"', ["error: en: b: isn't in nl; remove it from en/texts.toml"]),
        (
            'a = "{{ name }}"',
            'a = "{{ nmae }}"',
            ["error: en: a: uses {{ nmae }}, which nl doesn't", "error: en: a: lacks {{ name }}, which nl has"],
        ),
        ('a = "{% if x %}y{% endif %}z"', 'a = "z"', ["error: en: a: lacks {{ x }}, which nl has"]),
        (
            'a = {one = "{{ x }}", other = "{{ x }} {{ count }}"}',
            'a = {one = "1 {{ x }}", other = "{{ count }} {{ y }}"}',
            [
                "error: en: a: uses {{ y }} in the form 'other', which nl doesn't",
                "error: en: a: lacks {{ x }} in the form 'other', which nl has",
            ],
        ),
        ('a = {one = "1", other = "{{ count }}"}', 'a = {one = "{{ count }}", other = "some"}', []),
        ('a = {one = "1", other = "{{ count }}"}', 'a = "{{ count }}"', []),
        ('a = {one = "1", other = "{{ count }}"}', 'a = "{{ x }}"', ["error: en: a: uses {{ x }}, which nl doesn't"]),
        (
            'a = "x"',
            'a = {one = "x", other = "y"}',
            ["error: en: a: has plural forms, but nl has no count; make it one text"],
        ),
        ('a = "x"', 'a = "{{ count }} x"', ["error: en: a: uses {{ count }}, which nl doesn't"]),
        ('a = "{{ count }} x"', 'a = {one = "1 x", other = "{{ count }} x"}', []),
        ('a = "{{ x"', 'a = "x"', ["error: nl: a: correct the template: unexpected end of template"]),
    ],
)
def test_languages_are_compared_with_the_source(load: Load, dutch: str, english: str, says: list[str]) -> None:
    found = findings(load(nl=dutch, en=english))

    assert len(found) == len(says)
    assert all(any(line.startswith(said) for line in found) for said in says), found


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ('a = ""', "says nothing"),
        ('a = "<b> </b>"', "says nothing"),
        ('a = "<b>x"', "<b> is never closed"),
        ('a = "{% if x %}goed{% else %}<b>x{% endif %}"', "<b> is never closed"),
        ("""a = "{% if x == 'y' %}goed{% elif x == 'z' %}<b>x{% endif %}" """, "<b> is never closed"),
        ('a = "{% if count == 0 %}<b>x{% else %}{{ count }}{% endif %}"', "<b> is never closed"),
        ('a = "{% if count > 2 %}x{% else %}<b>{{ count }}{% endif %}"', "<b> is never closed"),
        ('a = "{% for x in y %}<i>{{ x }}{% endfor %}"', "<i> is never closed"),
        ('a = "{% for x in y %}{{ x }}{% else %}<i>{% endfor %}"', "<i> is never closed"),
        ('a = {one = "<b>x</b>", other = "<b>x"}', "<b> is never closed"),
        ('a = {one = "<b>x", other = "<b>x</b>"}', "<b> is never closed"),
        ('a = {other = "x {{ count }}"}', "lacks the plural form 'one', which nl needs"),
        ('a = {one = "x", few = "y", other = "z"}', "has the plural form 'few', which nl never uses"),
        ('a = "{{ x | groot }}"', "correct the template: No filter named 'groot'"),
        ("a = \"{{ x | int + 'y' }}\"", "can't be rendered with sample values"),
        ('a.button = "<b>Ja</b>"', "has tags, which a button doesn't show"),
    ],
)
def test_a_wrong_text_is_found(load: Load, toml: str, says: str) -> None:
    found = findings(load(nl=toml))

    assert len(found) == 1
    assert found[0].startswith("error: nl: a")
    assert says in found[0]


def test_a_text_that_is_empty_only_in_one_case_is_fine(load: Load) -> None:
    assert findings(load(nl='a = "{% if x %}Hoi{% endif %}"')) == []


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("a.b", MESSAGE),
        ("a.photo.caption", CAPTION),
        ("a.photo_caption", CAPTION),
        ("a.caption.b", MESSAGE),
        ("a.button", BUTTON),
        ("a.buttons.yes", BUTTON),
        ("a.options.garden", BUTTON),
        ("a.buttonhole", MESSAGE),
        ("a.toast", TOAST),
        ("commands.start", COMMAND),
        ("a.commands.start", MESSAGE),
        ("bot.description", DESCRIPTION),
        ("bot.short_description", SHORT_DESCRIPTION),
        ("bot.name", MESSAGE),
    ],
)
def test_the_key_says_what_a_text_is_shown_as(key: str, kind: Kind) -> None:
    assert kind_of(key) == kind


@pytest.mark.parametrize(
    ("key", "limit"),
    [
        ("a", 4096),
        ("a.caption", 1024),
        ("a.button", 35),
        ("a.toast", 200),
        ("commands.a", 256),
        ("bot.description", 512),
        ("bot.short_description", 120),
    ],
)
def test_a_text_is_too_long_from_one_character_past_the_limit(load: Load, key: str, limit: int) -> None:
    def errors(text: str) -> list[str]:
        return [found.message for found in check(load(nl=f'{key} = "{text}"')) if found.severity == "error"]

    assert errors("a" * limit) == []
    assert len(errors("a" * (limit + 1))) == 1
    assert errors("&amp;" * limit) == []
    assert len(errors("😀" * (limit // 2 + 1))) == 1


def test_a_button_that_phones_may_cut_off_is_a_hint(load: Load) -> None:
    assert findings(load(nl=f'a.button = "{"a" * 30}"')) == []
    assert findings(load(nl=f'a.button = "{"a" * 31}"')) == [
        "hint: nl: a.button: is 31 long; a button has 30 characters at most"
    ]


def test_a_value_takes_room_too(load: Load) -> None:
    fixed = "a" * 28

    assert [found.severity for found in check(load(nl=f'a.button = "{fixed}{{{{ x }}}}"'))] == ["error"]
    assert [found.severity for found in check(load(nl=f'a = "{"a" * 4000}{{{{ x }}}}"'))] == ["error"]


def test_each_plural_form_is_measured_with_a_number_of_its_own(load: Load) -> None:
    one, other = "a" * 31, "a" * 27
    toml = f'a.button = {{one = "{one}{{{{ count }}}}", other = "{other}{{{{ count }}}}"}}'

    assert [found.message.split(";")[0] for found in check(load(nl=toml))] == ["is 32 long", "is 31 long"]


RULES = """
[sentences]
longest = 6
average = 4
severity = "SEVERITY"
[avoid]
indien = "als"
[allow]
"a.b" = ["Indien"]
"""


@pytest.mark.parametrize("severity", ["error", "hint"])
def test_long_sentences_and_hard_words_are_found(write: Write, severity: str) -> None:
    texts = """
a.b = "Indien het mag. Dit is kort."
a.c = "Indien het mag."
a.d = "Dit is een zin van {{ x | datetime }} woorden: {{ n }}."
a.e = "Dit is een zin van {{ x }}. Ja."
a.f = "Dit is een zin van {{ x }}."
a.g = "Dit is vier woorden."
"""
    files = {"nl/a.toml": texts, "nl/_readability.toml": RULES.replace("SEVERITY", severity)}

    assert findings(Catalogue.load(folder=write("texts", **files))) == [
        "error: nl: a.c: says “indien”; say: als",
        f"{severity}: nl: a.d: a sentence of 8 words; 6 at most: “Dit is een zin van Woord …”",
        "hint: nl: a.d: sentences of 8 words on average; aim at 4 or fewer",
        "hint: nl: a.f: sentences of 6 words on average; aim at 4 or fewer",
    ]


def test_an_exception_for_a_text_that_is_gone_is_found(write: Write) -> None:
    files = {"nl/a.toml": 'a.c = "x"', "nl/_readability.toml": RULES.replace("SEVERITY", "hint")}

    assert findings(Catalogue.load(folder=write("texts", **files))) == [
        "error: nl: a.b: has no text; remove it from [allow] in nl/_readability.toml"
    ]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_municipality_may_say_less_than_we_do(write: Write, language: str) -> None:
    ours = write("texts", **{"nl/a.toml": 'a = "Hoi {{ name }}"', "en/a.toml": 'a = "Hi {{ name }}"'})
    own = write("own", **{f"{language}/a.toml": 'a = "Moin"'})

    assert findings(Catalogue.load(folder=ours, override=own)) == []


def test_a_municipality_is_checked_as_well(write: Write) -> None:
    ours = write("texts", **{"nl/a.toml": 'a = "Hoi"'})
    own = write("own", **{"nl/a.toml": 'a = "<b>Moin"'})

    assert findings(Catalogue.load(folder=ours, override=own)) == ["error: nl: a: <b> is never closed"]
