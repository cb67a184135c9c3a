"""What is plainly not for the desk: an emergency, something broken outdoors, another authority. Who says so is told
the right number or site at once, and can still ask.

The words are in signposts.toml, with where each number comes from.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from flows.talk.answers import Surroundings
from flows.words.analysis import all_words

BETWEEN = 2
"""Other words that may stand between two words of a phrase."""
NEAR = 6
"""And between a thing and what is wrong with it."""
_ASKING = "wie wat waar waarom waarvoor waarheen wanneer hoe hoeveel hoelang welk welke mag mogen"
_BEGINNING = """
kan kunnen kunt kun is zijn heb heeft hebben hebt krijg krijgen komt komen wordt worden gaat gaan zal moet moeten zou
wil willen wilt doet doen haalt halen bestaat geldt
"""
_ASKS, _ASKS_FIRST = frozenset(_ASKING.split()), frozenset(_BEGINNING.split())
"""Words that make a question of what they are in, or what they begin."""


class Kind(StrEnum):
    """What sort of thing it is."""

    EMERGENCY = "emergency"
    REPORT = "report"
    """For the municipality's own desk for reports."""
    OTHER = "other"
    """For another authority."""


@dataclass(frozen=True, kw_only=True)
class Signpost:
    """Where something belongs."""

    code: str
    kind: Kind
    phone: str | None
    site: str | None
    """An address that begins with https://; None with a report, as each municipality has its own."""
    source: str | None
    """The page of the authority itself that says so."""


@dataclass(frozen=True, kw_only=True)
class _Rule:
    signpost: Signpost
    whole: re.Pattern[str] | None
    inside: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    statement: bool


def find(text: str) -> Signpost | None:
    """The first that fits; None for nearly everything. Pure."""
    sentences = [" ".join(all_words(part)) for part in re.split(r"[.!?\n;:]+", text)]
    sentences = [one for one in sentences if one]
    flat = " ".join(sentences)
    asked = "?" in text or any(_is_question(one) for one in sentences)
    for rule in _rules():
        if (rule.statement and asked) or (rule.unless is not None and rule.unless.search(flat)):
            continue
        if any(_fits(rule, sentence) for sentence in sentences):
            return rule.signpost
    return None


def told(signpost: Signpost, around: Surroundings) -> str:
    """What somebody reads, as HTML."""
    match signpost.kind:
        case Kind.EMERGENCY:
            return around.text(f"signpost.{signpost.code}", phone=signpost.phone, site=signpost.site)
        case Kind.REPORT:
            desk, contact = around.municipality.reports, around.municipality.contact
            name = desk.name.name_in(around.language) if desk and desk.name else None
            phone = desk.phone if desk else contact.phone
            return around.text("signpost.report", name=name, phone=phone, site=(desk or contact).website)
        case Kind.OTHER:
            name = around.plain(f"signpost.name.{signpost.code}")
            return around.text("signpost.other", name=name, phone=signpost.phone, site=signpost.site)


def signposts() -> tuple[Signpost, ...]:
    """All of them, in the order in which they are looked for."""
    return tuple(rule.signpost for rule in _rules())


def _is_question(sentence: str) -> bool:
    written = sentence.split()
    return written[0] in _ASKS_FIRST or not _ASKS.isdisjoint(written)


def _fits(rule: _Rule, sentence: str) -> bool:
    return bool(
        (rule.whole is not None and rule.whole.fullmatch(sentence))
        or (rule.inside is not None and rule.inside.search(sentence))
    )


@cache
def _rules() -> tuple[_Rule, ...]:
    read = tomllib.loads((files("flows.questions.asking") / "signposts.toml").read_text("utf-8"))
    return tuple(_rule(code, table) for code, table in read.items())


def _rule(code: str, table: Mapping[str, Any]) -> _Rule:
    phrases: Sequence[str] = table.get("phrases", ())
    inside = [_phrase(one) for one in phrases if not one.startswith("=")]
    for pair in table.get("pairs", ()):
        things, wrong = _any([_phrase(one) for one in pair["things"]]), _any([_phrase(one) for one in pair["wrong"]])
        between = rf"(?: \w+){{0,{NEAR}}} "
        inside += [f"{things}{between}{wrong}", f"{wrong}{between}{things}"]
    return _Rule(
        signpost=Signpost(
            code=code,
            kind=Kind(table["kind"]),
            phone=table.get("phone"),
            site=table.get("site"),
            source=table.get("source"),
        ),
        whole=_pattern(_phrase(one[1:]) for one in phrases if one.startswith("=")),
        inside=_pattern(inside),
        unless=_pattern(_phrase(one) for one in table.get("unless", ())),
        statement=table.get("statement", False),
    )


def _pattern(phrases: Iterable[str]) -> re.Pattern[str] | None:
    found = list(phrases)
    return re.compile(rf"\b{_any(found)}\b") if found else None


def _any(phrases: Sequence[str]) -> str:
    return f"(?:{'|'.join(phrases)})"


def _phrase(written: str) -> str:
    """One phrase of the file as a pattern for a sentence of small letters."""
    between = rf"(?: \w+){{0,{BETWEEN}}} "
    return between.join(_any([_word(one) for one in word.split("|")]) for word in written.split())


def _word(written: str) -> str:
    return re.escape(written).replace(r"\*", r"\w*").replace(r"\#", r"\d")
