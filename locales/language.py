"""One language: its texts, its rules, and a text that is ready to be said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from functools import lru_cache
from importlib.resources.abc import Traversable
from typing import Any

from babel import Locale
from jinja2 import Environment, StrictUndefined, Template, TemplateError, TemplateSyntaxError, meta

from locales import formats
from locales.errors import CatalogueError
from locales.reading import Text, Texts, read_toml


@dataclass(frozen=True, kw_only=True)
class Language:
    """One language's texts, and the rules by which they are rendered."""

    name: str
    locale: Locale
    texts: Texts
    environment: Environment
    readability: Mapping[str, Any]

    def variables(self, template: str) -> frozenset[str]:
        """The values that a template needs; raises TemplateSyntaxError, for an unknown filter too."""
        return _variables(self.environment, template) if "{" in template else frozenset()

    def needs(self, text: Text) -> frozenset[str]:
        """The values that a text needs, over all its plural forms; raises TemplateSyntaxError."""
        if isinstance(text, str):
            return self.variables(text)
        return frozenset({"count"}).union(*(self.variables(form) for form in text.values()))


@lru_cache(maxsize=4096)  # the checks ask for those of the source again and again
def _variables(environment: Environment, template: str) -> frozenset[str]:
    return frozenset(meta.find_undeclared_variables(environment.parse(template)))


class Rendering:
    """A text that is ready to be said: forms by plural category, each a finished string or a template."""

    def __init__(self, language: Language, key: str, text: Text) -> None:
        self.language = language
        self.key = key
        self.is_plural = not isinstance(text, str)
        forms = {"other": text} if isinstance(text, str) else text
        try:
            self.forms = {category: self._compile(form) for category, form in forms.items()}
        except TemplateSyntaxError as exc:
            raise CatalogueError(f"{self}: correct the template: {exc.message}.") from exc

    def __str__(self) -> str:
        return f"Text {self.key!r} ({self.language.texts.file_of[self.key]})"

    def _compile(self, form: str) -> str | Template:
        return self.language.environment.from_string(form) if "{" in form else form

    def render(self, values: Mapping[str, object]) -> str:
        form = self.forms[self._category(values)] if self.is_plural else self.forms["other"]
        if isinstance(form, str):
            return form
        try:
            return form.render(values)
        except (TemplateError, TypeError, ValueError, ArithmeticError, AttributeError) as exc:
            given = ", ".join(sorted(values)) or "nothing"
            raise CatalogueError(f"{self} can't be rendered: {exc}; given: {given}.") from exc

    def _category(self, values: Mapping[str, object]) -> str:
        count = values.get("count")
        if isinstance(count, bool) or not isinstance(count, int | float):
            raise CatalogueError(f"{self} has plural forms: give the value 'count', a number.")
        category = self.language.locale.plural_form(count)
        return category if category in self.forms else "other"


def build_language(name: str, folder: Traversable | None, texts: Texts, zone: tzinfo) -> Language:
    """A language with the data of its folder, if it has one; `zone` is where its times are shown."""
    patterns = _data(folder, name, "_formats.toml")
    locale = formats.locale_of(patterns.pop("locale", name), otherwise="nl")
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    del environment.filters["safe"]  # only code may say that a value is HTML, by giving Markup
    environment.filters.update(formats.filters(locale, zone, patterns))
    return Language(
        name=name,
        locale=locale,
        texts=texts,
        environment=environment,
        readability=_data(folder, name, "_readability.toml"),
    )


def _data(folder: Traversable | None, language: str, name: str) -> dict[str, Any]:
    file = folder.joinpath(name) if folder is not None else None
    return read_toml(file, f"{language}/{name}") if file is not None and file.is_file() else {}
