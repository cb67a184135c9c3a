"""Renders a template without the code that uses it: every branch, with values that could be anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from types import CodeType
from typing import Any

from jinja2 import Environment, Template, meta, nodes
from markupsafe import escape

from locales.language import Language

# The longest day and month in most languages; its time is past noon.
MOMENT = datetime(2026, 9, 24, 13, 45, tzinfo=UTC)
NUMBER = 12_345


class Sample:
    """A value that is text, number, list and object at once: true or false, and equal to what is wanted."""

    def __init__(self, shown: str, *, truth: bool = True, equals: object = None) -> None:
        self._shown = shown
        self._truth = truth
        self._equals = equals

    def __str__(self) -> str:
        return self._shown

    def __html__(self) -> str:
        return str(escape(self._shown))

    def __bool__(self) -> bool:
        return self._truth

    def __iter__(self) -> Iterator[Sample]:
        return iter([self] * len(self))

    def __len__(self) -> int:
        return 3 if self._truth else 0

    def __getattr__(self, name: str) -> Sample:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, item: object) -> Sample:
        return self

    def __call__(self, *args: object, **kwargs: object) -> Sample:
        return self

    def __eq__(self, other: object) -> bool:
        return self._truth if self._equals is None else other == self._equals

    def __hash__(self) -> int:
        return hash(self._shown)

    def __int__(self) -> int:
        return NUMBER

    def __float__(self) -> float:
        return float(NUMBER)

    def __round__(self, digits: int | None = None) -> Sample:
        return self

    def _compared(self, other: object) -> bool:
        return self._truth

    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = _compared

    def _computed(self, other: object) -> Sample:
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __floordiv__ = __mod__ = _computed


def renderings(language: Language, template: str, *, shown: str, count: int | float, one_word: bool) -> list[str]:
    """The template's different outcomes, each placeholder shown as `shown`.

    With `one_word`, a date, number or listing is shown as `shown` too. Raises what a template can raise.
    """
    if "{" not in template:
        return [template]
    names, compared, code = _compiled(language.environment, template)
    cases: list[tuple[Sample, object]] = [(Sample(shown), count), (Sample(shown, truth=False), count)]
    for value in compared:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        cases.append((Sample(shown, equals=value), value if is_number else count))
    environment = _environment(language.environment, shown if one_word else None)
    compiled = Template.from_code(environment, code, environment.make_globals(None))
    outcomes = (compiled.render({**dict.fromkeys(names, sample), "count": number}) for sample, number in cases)
    return list(dict.fromkeys(outcomes))


@lru_cache(maxsize=256)  # a text is rendered with long values and with short ones, one right after the other
def _compiled(environment: Environment, template: str) -> tuple[frozenset[str], tuple[Any, ...], CodeType]:
    """The names it needs, the values it compares with, and its code, which takes the filters of where it is run."""
    parsed = environment.parse(template)
    compared = {const.value for node in parsed.find_all(nodes.Compare) for const in node.find_all(nodes.Const)}
    names = frozenset(meta.find_undeclared_variables(parsed))
    return names, tuple(sorted(compared - {None}, key=repr)), environment.compile(parsed)


@lru_cache(maxsize=64)
def _environment(environment: Environment, word: str | None) -> Environment:
    """The language's own, but with filters that take a sample for whatever they need."""

    def taking(real: Callable[..., Any], value: object) -> Callable[..., Any]:
        def filtered(given: object, *args: object, **kwargs: object) -> Any:
            if word is not None:
                return word
            return real(value if isinstance(given, Sample) else given, *args, **kwargs)

        return filtered

    real = environment.filters
    overlay = environment.overlay()
    overlay.filters = {
        **real,
        **{name: taking(real[name], MOMENT) for name in ("date", "datetime", "time")},
        "number": taking(real["number"], NUMBER),
        "listing": taking(real["listing"], ["x"]) if word is not None else real["listing"],
    }
    return overlay
