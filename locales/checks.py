"""Checks all texts: complete, the same placeholders, HTML that Telegram takes, short enough, easy to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from jinja2 import TemplateError, TemplateSyntaxError

from locales.catalogue import Catalogue, plain
from locales.language import Language
from locales.markup import problems
from locales.readability import Readability
from locales.reading import Text
from locales.samples import renderings

Severity = Literal["error", "hint"]

_SAMPLE = "Fietsenstalling & buurttuin <Zonnehoek> "
_WORD = "Woord"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something to improve in a text; an error may not stay."""

    severity: Severity
    language: str
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.language}: {self.key}: {self.message}"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What a text is shown as. Lengths are in UTF-16 units without tags, as Telegram counts them."""

    name: str
    limit: int
    advised: int
    value: int
    """The length of a value in it that we reckon with."""
    is_plain: bool = False
    """Telegram shows it without markup."""


# https://core.telegram.org/bots/api: sendMessage, sendPhoto, answerCallbackQuery, BotCommand, setMyDescription,
# setMyShortDescription. A button has no limit of its own; a phone cuts off what is longer than about this.
MESSAGE = Kind(name="message", limit=4096, advised=4096, value=200)
CAPTION = Kind(name="caption", limit=1024, advised=1024, value=100)
BUTTON = Kind(name="button", limit=35, advised=30, value=10, is_plain=True)
TOAST = Kind(name="toast", limit=200, advised=200, value=40, is_plain=True)
COMMAND = Kind(name="command description", limit=256, advised=256, value=10, is_plain=True)
DESCRIPTION = Kind(name="bot description", limit=512, advised=512, value=40, is_plain=True)
SHORT_DESCRIPTION = Kind(name="short bot description", limit=120, advised=120, value=20, is_plain=True)


def kind_of(key: str) -> Kind:
    """What a text is shown as, by its key."""
    names = key.split(".")
    if names[0] == "commands":
        return COMMAND
    if names[:2] == ["bot", "description"]:
        return DESCRIPTION
    if names[:2] == ["bot", "short_description"]:
        return SHORT_DESCRIPTION
    if {"button", "buttons", "options"}.intersection(names):
        return BUTTON
    if {"toast", "toasts"}.intersection(names):
        return TOAST
    return CAPTION if names[-1].endswith("caption") else MESSAGE


def check(catalogue: Catalogue) -> list[Finding]:
    """All findings, by language and key; empty if there is nothing to improve."""
    found: list[Finding] = []
    source = catalogue.source
    for name in catalogue.languages:
        language = catalogue.language(name)
        found += _check_keys(language, source)
        rules = Readability(language.readability)
        found += _check_allowed(language, rules)
        for key, text in language.texts.by_key.items():
            # What a municipality changed was compared when it was loaded: it may say less than we do.
            is_own = (name, key) in catalogue.overridden
            original = None if is_own or language is source else catalogue.originals.get(key)
            found += _check_text(language, key, text, original, source, rules)
    order = {name: position for position, name in enumerate(catalogue.languages)}
    return sorted(dict.fromkeys(found), key=lambda finding: (order[finding.language], finding.key))


def _check_keys(language: Language, source: Language) -> Iterator[Finding]:
    ours, theirs = language.texts.by_key.keys(), source.texts.by_key.keys()
    for key in theirs - ours:
        yield _error(language, key, f"is missing; translate it from {source.texts.file_of[key]}")
    for key in ours - theirs:
        yield _error(language, key, f"isn't in {source.name}; remove it from {language.texts.file_of[key]}")


def _check_allowed(language: Language, rules: Readability) -> Iterator[Finding]:
    for key in rules.allowed.keys() - language.texts.by_key.keys():
        yield _error(language, key, f"has no text; remove it from [allow] in {language.name}/_readability.toml")


def _check_text(
    language: Language, key: str, text: Text, original: Text | None, source: Language, rules: Readability
) -> Iterator[Finding]:
    forms = {"": text} if isinstance(text, str) else text
    try:
        needed = {category: language.variables(form) for category, form in forms.items()}
    except TemplateSyntaxError as exc:
        yield _error(language, key, f"correct the template: {exc.message}")
        return
    if original is not None:
        with suppress(TemplateSyntaxError):  # the source's own is found there
            yield from _check_placeholders(language, key, needed, original, source)
    if not isinstance(text, str):
        yield from _check_categories(language, key, text)
    for category, form in forms.items():
        yield from _check_form(language, key, form, _count(language, category), rules)


def _check_placeholders(
    language: Language, key: str, needed: Mapping[str, frozenset[str]], original: Text, source: Language
) -> Iterator[Finding]:
    given = source.needs(original)
    for category, names in needed.items():
        if isinstance(original, str):
            expected = source.variables(original)
        elif category:
            expected = source.variables(original.get(category, original["other"])) - {"count"}
        else:
            expected = given - {"count"}
        where = f" in the form {category!r}" if category else ""
        if category and "count" not in given:
            yield _error(language, key, f"has plural forms, but {source.name} has no count; make it one text")
        # A form may name the count or not: "één dag", "{{ count }} dagen".
        may_say = expected | (given & {"count"})
        must_say = expected - {"count"} if category else expected
        for name in sorted(names - may_say):
            yield _error(language, key, f"uses {{{{ {name} }}}}{where}, which {source.name} doesn't")
        for name in sorted(must_say - names):
            yield _error(language, key, f"lacks {{{{ {name} }}}}{where}, which {source.name} has")


def _check_categories(language: Language, key: str, forms: Mapping[str, str]) -> Iterator[Finding]:
    rule = language.locale.plural_form
    for category in sorted({rule(count) for count in range(201)} - forms.keys()):
        yield _error(language, key, f"lacks the plural form {category!r}, which {language.name} needs")
    for category in sorted(forms.keys() - rule.tags - {"other"}):
        yield _error(language, key, f"has the plural form {category!r}, which {language.name} never uses")


def _check_form(language: Language, key: str, form: str, count: int | float, rules: Readability) -> Iterator[Finding]:
    kind = kind_of(key)
    value = (_SAMPLE * (kind.value // len(_SAMPLE) + 1))[: kind.value]
    try:
        shown = renderings(language, form, shown=value, count=count, one_word=False)
        read = renderings(language, form, shown=_WORD, count=count, one_word=True)
    except (TemplateError, TypeError, ValueError, ArithmeticError, AttributeError) as exc:
        yield _error(language, key, f"can't be rendered with sample values: {exc}")
        return
    if not any(plain(html).strip() for html in shown):
        yield _error(language, key, "says nothing; Telegram refuses an empty text")
    for html in shown:
        yield from _check_shown(language, key, html, kind)
    for html in read:
        yield from _check_read(language, key, html, rules)


def _check_shown(language: Language, key: str, html: str, kind: Kind) -> Iterator[Finding]:
    for problem in problems(html):
        yield _error(language, key, problem)
    if kind.is_plain and "<" in html:
        yield _error(language, key, f"has tags, which a {kind.name} doesn't show")
    length = len(plain(html).encode("utf-16-le")) // 2
    if length > kind.advised:
        severity: Severity = "error" if length > kind.limit else "hint"
        message = f"is {length} long; a {kind.name} has {kind.advised} characters at most"
        yield Finding(severity=severity, language=language.name, key=key, message=message)


def _check_read(language: Language, key: str, html: str, rules: Readability) -> Iterator[Finding]:
    for word, instead in rules.to_avoid(html).items():
        if word not in rules.allowed.get(key, ()):
            yield _error(language, key, f"says “{word}”; say: {instead}")
    if not rules.is_checked:
        return
    sentences = rules.sentences(html)
    for words in sentences:
        if len(words) > rules.longest:
            severity: Severity = "error" if rules.is_strict else "hint"
            message = f"a sentence of {len(words)} words; {rules.longest} at most: “{' '.join(words[:6])} …”"
            yield Finding(severity=severity, language=language.name, key=key, message=message)
    average = sum(map(len, sentences)) / max(len(sentences), 1)
    if average > rules.average:
        message = f"sentences of {average:.0f} words on average; aim at {rules.average} or fewer"
        yield Finding(severity="hint", language=language.name, key=key, message=message)


def _count(language: Language, category: str) -> int | float:
    """A number, rather a long one, that takes this plural form; any for a text that has none."""
    if not category:
        return 1000
    candidates = (*range(1000, -1, -1), 1_000_000, 1.5)
    fitting = (count for count in candidates if language.locale.plural_form(count) == category)
    return next(fitting, 1000)


def _error(language: Language, key: str, message: str) -> Finding:
    return Finding(severity="error", language=language.name, key=key, message=message)
