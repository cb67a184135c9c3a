"""The words of a question as people type it, and which of them say what it is about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from flows.words.analysis import LONGEST, stem

WORD = re.compile(r"[^\W_]+")
APOSTROPHES = re.compile("['’‘`]")
"""Within a word they part nothing: zo'n, foto's."""
ACCENTS = re.compile("[\u0300-\u036f]")

_STOP = """
aan al alle allemaal alleen als alsjeblieft altijd alvast ander andere anders aub ben bent bij bijvoorbeeld daar
daarna daarom daarvoor dan dat de deze die dit doe doen doet door dus echt een eens eigenlijk en er erg even ga gaan
gaat gedaan geen gewoon ging graag had hadden hallo heb hebben hebt heeft heel hele hem hen het hier hierna hiervoor
hij hoe hoi hun iemand iets ik in indien is ja je jij jou jouw jullie kan kom komen komt kon krijg krijgen krijgt kun
kunnen kunt laten maak maakt maken maar me mee meer men met mij mijn mn moest moet moeten mag mogen na naar nee niet
niets niks nodig nog nou nu of om omdat onder ons onze ook op over per soms steeds te ten ter toch toe tot tussen uit
uw van vanaf veel via vind voor vraag waar waarmee waarom waarop waarvan wanneer want waren was wat we weer wel welke
werd wie wij wil willen wilt word worden wordt zal ze zeker zelf zich zij zijn zit zo zoals zon zonder zou zouden
zullen
"""
STOP_WORDS = frozenset(_STOP.split())
"""Not looked for by themselves; within a phrase they count, as in "niet eens". Fewer than the stop words of
initiatives: what is said of every plan may be the heart of a question."""

_LIGHT = """
allemaal bestaan bezig brengen ding dingen eerste eigen gebruiken gebruikt geef gehad gekregen gemeente geven goed
halen helpen hou houden huidige hulp iemand jaar keer lang leven meteen mensen nederland nederlandse nemen nieuw nieuwe
nodig ontvangen organisatie organisaties overheid plek plekken regel regelen sta staan staat stellen sturen stuur
terecht volgende vragen werken weten weet willen zaken zeggen zelf zetten zien zitten zoeken soort soorten
"""
LIGHT_STEMS = frozenset(stem(word) for word in _LIGHT.split())
"""Said in so many questions that they tell little."""

_KINDS = {
    "waar": "place",
    "waarom": "reason",
    "waarvoor": "reason",
    "wrm": "reason",
    "wanneer": "time",
    "wnr": "time",
    "hoelang": "time",
    "wie": "person",
    "mag": "allowed",
    "mogen": "allowed",
    "moet": "duty",
    "kost": "price",
    "duur": "price",
    "hoeveel": "price",
    "welke": "which",
    "verschil": "difference",
}


def words(text: str) -> list[str]:
    """All words in their order, in small letters without accents."""
    flat = APOSTROPHES.sub("", text.casefold())
    if not flat.isascii():
        flat = ACCENTS.sub("", unicodedata.normalize("NFKD", flat))
    return [word[:LONGEST] for word in WORD.findall(flat)]


def says_something(word: str) -> bool:
    """Whether it is looked for by itself. A single figure is: "een nul of een o", "2 paspoorten"."""
    return word not in STOP_WORDS and (len(word) > 1 or word.isdigit())


def telling(said: Iterable[str]) -> list[str]:
    """The stems of the words that say something, in their order."""
    return [stem(word) for word in said if says_something(word)]


def kinds(said: Collection[str]) -> frozenset[str]:
    """What is asked for with these words: a place, a time, a price …; several, or none."""
    long = {"time"} if "hoe" in said and "lang" in said else set()
    return frozenset({_KINDS[word] for word in said if word in _KINDS} | long)
