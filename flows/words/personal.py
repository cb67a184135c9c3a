"""What in a text looks like a number or an address that is somebody's own: BSN, bank account, telephone, e-mail.

It looks at form and check digits alone, so it can be wrong both ways: a number with a good check digit need not be a
BSN. Whoever tells people about it says "looks like".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What was found."""

    BSN = "bsn"
    """Looks like a burgerservicenummer; of all nine-digit numbers, one in eleven does."""
    IBAN = "iban"
    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True, kw_only=True)
class Found:
    """It stands at `text[start:end]`."""

    kind: Kind
    start: int
    end: int


def find(text: str) -> tuple[Found, ...]:
    """All that looks personal, in the order of the text; nothing is found twice."""
    found: list[Found] = []
    links = [Found(kind=Kind.EMAIL, start=one.start(), end=one.end()) for one in _LINK.finditer(text)]
    for kind, spans in ((Kind.EMAIL, _emails), (Kind.IBAN, _ibans), (Kind.PHONE, _phones), (Kind.BSN, _bsns)):
        known = found if kind in (Kind.EMAIL, Kind.IBAN) else [*found, *links]  # a link's numbers are its own
        found += [
            Found(kind=kind, start=start, end=end)
            for start, end in spans(text)
            if not any(start < other.end and other.start < end for other in known)
        ]
    return tuple(sorted(found, key=lambda one: one.start))


def kinds(text: str) -> tuple[Kind, ...]:
    """What kinds of it are in the text, each once, in the order of `Kind`."""
    there = {one.kind for one in find(text)}
    return tuple(kind for kind in Kind if kind in there)


def stripped(text: str, name: Callable[[Kind], str], only: Collection[Kind] = tuple(Kind)) -> str:
    """The text with a mark in place of everything of these kinds that `find` finds; `name` gives the mark."""
    for one in (found for found in reversed(find(text)) if found.kind in only):
        text = text[: one.start] + name(one.kind) + text[one.end :]
    return text


def passes_elfproef(digits: str) -> bool:
    """Whether nine digits pass the test for a BSN: times 9, 8, …, 2 and -1, the sum is a multiple of eleven.

    Source: Logisch Ontwerp BSN (Rijksdienst voor Identiteitsgegevens), "elfproef". A BSN has eight or nine digits that
    count, so numbers below ten million are none.
    """
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    return total % 11 == 0 and int(digits) >= 10_000_000 and len(set(digits)) > 1


def is_iban(letters: str) -> bool:
    """Whether it is a bank account by its country's length and its check digits; without spaces, in capitals.

    Source: ISO 13616 (lengths as in SWIFT's IBAN registry) and ISO 7064, MOD 97-10.
    """
    country = letters[:2]
    if len(letters) != _IBAN_LENGTHS.get(country, len(letters)):
        return False
    return int("".join(str(int(one, 36)) for one in letters[4:] + letters[:4])) % 97 == 1


_SPACE = " \u00a0\u202f"
_BETWEEN = rf"[{_SPACE}.\-\u2011/]"
"""What people write between groups of digits."""
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)

# An address as people write it, not all that RFC 5322 allows. Looking back keeps long texts quick.
_EMAIL = re.compile(r"(?<![\w.%+'-])[\w%+'-](?:[\w.%+'-]{0,63})@(?:[^\W_](?:[\w-]{0,62})\.)+[^\W\d_]{2,24}(?!\w)")

_IBAN_LENGTHS = {
    code: int(length)
    for length, codes in {
        "15": "NO",
        "16": "BE",
        "18": "DK FI FK FO GL NL SD",
        "19": "MK SI",
        "20": "AT BA EE KZ LT LU MN XK",
        "21": "CH HR LI LV",
        "22": "BG BH CR DE GB GE IE ME RS VA",
        "23": "AE GI IL IQ OM SO TL",
        "24": "AD CZ ES MD PK RO SA SE SK TN VG",
        "25": "LY PT ST",
        "26": "IS TR",
        "27": "BI DJ FR GR IT MC MR SM",
        "28": "AL AZ BY CY DO GT HN HU LB NI PL SV",
        "29": "BR EG PS QA UA",
        "30": "JO KW MU YE",
        "31": "MT SC",
        "32": "LC",
        "33": "RU",
    }.items()
    for code in codes.split()
}
_SHORTEST, _LONGEST = 15, 34
_IBAN_START = re.compile(rf"(?<![^\W_])[A-Z]{{2}}[{_SPACE}]?[0-9]{{2}}", re.IGNORECASE)
_IBAN_SIGN = re.compile(rf"[{_SPACE}.\-]?([A-Z0-9])", re.IGNORECASE)

# Source: Nummerplan telefoon- en ISDN-diensten (the ministry's, carried out by ACM): ten digits with the area code.
# What is never a person's isn't in it: 112, 14 0xx, 088, 0800, 0900, 0906, 0909.
_SHORT_AREAS = "10|13|15|20|23|24|26|30|33|35|36|38|40|43|45|46|50|53|55|58|7[0-9]|8[457]"
_LONG_AREAS = (
    "11[134578]|16[124-8]|17[24]|18[0-4678]|22[2346-9]|25[125]|29[479]|31[3-8]|32[01]|34[1-8]|41[12368]|47[58]|"
    "48[15-8]|49[23579]|51[1-9]|52[1-5789]|54[1-8]|56[126]|57[0-8]|59[1-9]"
)
_MOBILE = rf"6{_BETWEEN}{{0,3}}[1-58](?:{_BETWEEN}?[0-9]){{7}}"
_LANDLINE = (
    rf"(?:(?:{_SHORT_AREAS})\)?{_BETWEEN}{{0,3}}[0-9](?:{_BETWEEN}?[0-9]){{6}}"
    rf"|(?:{_LONG_AREAS})\)?{_BETWEEN}{{0,3}}[0-9](?:{_BETWEEN}?[0-9]){{5}})"
)
_COUNTRY = rf"(?:\+|00)[{_SPACE}]?31{_BETWEEN}?(?:\(0\)|0)?{_BETWEEN}{{0,2}}"
_PHONES = tuple(
    re.compile(pattern + "(?![0-9])")
    for pattern in (
        rf"(?:{_COUNTRY}|\(?0)(?:{_MOBILE}|{_LANDLINE})",
        rf"(?<![0-9])31{_BETWEEN}?{_MOBILE}",  # as Telegram shows it
        rf"\+(?!31)[1-9](?:{_BETWEEN}?(?:\(0\))?[0-9]){{7,14}}",  # of another country, by E.164
    )
)
_IN_A_ROW = re.compile(r"(?:[^\W_]|[0-9][,.:/\-+]|[^\W\d_]-)$")
"""What stands before digits that are part of something longer: a reference, a date, an amount."""
_CALLED = re.compile(r"(?:bsn|sofi|nummer|nr|tel|telefoon|mobiel|mob|bel|app)-?$", re.IGNORECASE)
"""Words that people write such digits against."""
_A_DATE = re.compile(
    rf"(?<![0-9])(?:0?[1-9]|[12][0-9]|3[01])({_BETWEEN})(?:0?[1-9]|1[0-2])\1(?:19|20)[0-9]{{2}}(?![0-9])"
)

_BSN_GROUPS = ("9", "3 3 3", "4 2 3", "2 4 3", "2 3 4", "3 2 4", "3 4 2", "4 3 2", "8", "3 2 3", "2 3 3")
"""How people write nine digits, or eight without the zero in front. Eight in other groups are a date or the like."""
_BSN_IN_FOURS = ("2 2 2 3", "3 2 2 2", "2 3 2 2", "2 2 3 2")
"""The same; not with dots, as computers have such addresses."""


def _in_groups(groups: str, between: str, name: str) -> str:
    first, *rest = groups.split()
    following = [f"(?P={name})[0-9]{{{size}}}" for size in rest[1:]]
    second = f"(?P<{name}>{between})[0-9]{{{rest[0]}}}" if rest else ""
    return "".join([f"[0-9]{{{first}}}", second, *following])


_BSN = re.compile(
    "(?<![0-9+])(?:"
    + "|".join(
        _in_groups(groups, between, f"between_{number}")
        for number, (groups, between) in enumerate(
            [
                *((groups, rf"[{_SPACE}.\-\u2011]") for groups in _BSN_GROUPS),
                *((groups, rf"[{_SPACE}\-\u2011]") for groups in _BSN_IN_FOURS),
            ]
        )
    )
    + ")(?![0-9])"
)
_MONEY_BEFORE = re.compile(r"(?:€|\beuro?)\s{0,2}$", re.IGNORECASE)
_MONEY_AFTER = re.compile(r"\s{0,2}(?:€|euro\b|eur\b)|,[0-9-]|[.:/\-+]?[0-9]|-?[^\W_]", re.IGNORECASE)
_LABELLED = re.compile(
    r"(?<![^\W_])(?:zaak|dossier|kenmerk|order|bestelling|bestel|factuur|klant|melding|meldings|referentie|kvk|k\.v\.k\.|meter|track|"
    r"case|invoice|reference|customer)[-\s]?(?:nummer|nr|number|no)?[.:#]{0,2}\s{0,2}(?:is\s|=\s?)?$",
    re.IGNORECASE,
)
"""What says of a number that it is something else."""
_LOOK_BACK = 40
"""Characters before a number that tell what it is."""


def _emails(text: str) -> Iterator[tuple[int, int]]:
    for one in _EMAIL.finditer(text):
        yield one.span()


def _ibans(text: str) -> Iterator[tuple[int, int]]:
    for begin in _IBAN_START.finditer(text):
        letters = "".join(char for char in begin.group().upper() if char not in _SPACE)
        wanted = _IBAN_LENGTHS.get(letters[:2])
        end = begin.end()
        while len(letters) < (wanted or _LONGEST) and (sign := _IBAN_SIGN.match(text, end)):
            if wanted is None and len(sign.group()) > 1:
                break  # of a country we don't know only what stands in one piece
            letters += sign.group(1).upper()
            end = sign.end()
        goes_on = text[end : end + 1].isalnum()
        if len(letters) >= _SHORTEST and letters.isascii() and not goes_on and is_iban(letters):
            yield begin.start(), end


def _phones(text: str) -> Iterator[tuple[int, int]]:
    end = 0
    for start, stop in sorted(one.span() for pattern in _PHONES for one in pattern.finditer(text)):
        day = _A_DATE.search(text, max(0, start - len("31 ")), stop + 1)
        if start >= end and not _goes_before(text, start) and (day is None or day.start() >= stop):
            yield start, stop
            end = stop


def _bsns(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    while (one := _BSN.search(text, begin)) is not None:
        begin = one.start() + 1
        digits = "".join(char for char in one.group() if char.isdigit())
        if passes_elfproef(digits.zfill(9)) and not _is_day(one.group()) and _stands_alone(text, *one.span()):
            yield one.span()
            begin = one.end()


def _goes_before(text: str, start: int) -> bool:
    """Whether the digits from `start` on are the end of something longer."""
    before = text[max(0, start - _LOOK_BACK) : start]
    return _IN_A_ROW.search(before) is not None and _CALLED.search(before) is None


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether nothing around a number says that it is something else: an amount, a reference, a part."""
    before = text[max(0, start - _LOOK_BACK) : start]
    is_named = _LABELLED.search(before) or _MONEY_BEFORE.search(before)
    return not (_goes_before(text, start) or is_named or _MONEY_AFTER.match(text, end))


def _is_day(digits: str) -> bool:
    """Whether it is a day of these times in eight digits: 25112026, or 20261125."""
    if not digits.isdigit() or len(digits) != 8:
        return False
    for day, month, year in ((digits[:2], digits[2:4], digits[4:]), (digits[6:], digits[4:6], digits[:4])):
        try:
            if 1900 <= date(int(year), int(month), int(day)).year <= 2099:
                return True
        except ValueError:
            pass
    return False
