"""The words of a question as people type it, and which of them say what it is about."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from flows.words.analysis import all_words, stem

APOSTROPHES = re.compile("['’‘`]")
"""Within a word they part nothing: zo'n, foto's."""

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
achter af allemaal avond bedoel bestaan beste bezig bijna bijzonder bijzondere binnen blijft blijven brengen buiten
dag denk ding dingen eerste eigen elke ergens gauw gebeuren gebeurt gebouw gebruiken gebruikt geef gehad gekregen
gelden geldt gemeente geval gevallen geven gisteren goed gratis groot grote halen helpen hoge hoger hoog hoor hou
houden houdt huidige hulp idee iedereen iemand jaar keer kijk kijken klein kleine komst laat laatste lang langer
later leggen legt leuk leuke leven liggen ligt lijkt loopt lopen manier meestal mensen meteen misschien mooi mooie
morgen nacht nederland nederlandse neemt nemen nergens niemand nieuw nieuwe nodig nooit ochtend ontvangen
organisatie organisaties overal overheid overzicht plaats plek plekken precies reden regel regelen rond samen snel
soort soorten speciaal sta staan staat stand stellen sturen stuur stuurt tegen terecht terug thuis vaak vandaag
verzoek vindt volgende vorige vragen week weer weet werken weten willen zaken zeggen zelf zetten zien zitten zoeken
zomaar zoveel
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
    return all_words(APOSTROPHES.sub("", text))


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
