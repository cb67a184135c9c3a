"""Believable initiatives, as many as are wanted: what a town might start, in its own words. Nothing of it is real."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from storage.initiatives import Initiative, InitiativeStatus

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DISTRICTS = tuple(f"WK99990{number}" for number in range(1, 10))


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What an initiative may be about."""

    name: str
    theme: str
    doing: tuple[str, ...]
    """What they will do, after "we"."""
    steps: tuple[str, ...]


def _subjects() -> Iterator[Subject]:
    """From lines of a name, a theme, what they do and first steps."""
    for line in Path(__file__).with_name("subjects.txt").read_text("utf-8").splitlines():
        name, theme, doing, steps = line.split(" | ")
        yield Subject(name=name, theme=theme, doing=tuple(doing.split("; ")), steps=tuple(steps.split("; ")))


SUBJECTS = tuple(_subjects())
_FIRST = """
Linde Eiken Beuken Rozen Tulpen Merel Mees Vinken Molen Kerk School Dijk Water Haven Markt Linnen Brink Zand Klei
Kastanje Esdoorn Anjer Zwaluw Spreeuwen Reiger Noorder Zuider Wester Ooster Koning Prinsen Willem Juliana Emma Vondel
Rembrandt Bach Mozart Planeten Sterren
"""
_LAST = "straat laan hof weg kade plantsoen dreef steeg singel erf"
STREETS = tuple(f"{first}{last}" for first in _FIRST.split() for last in _LAST.split())
TITLES = (
    "{subject} {street}",
    "{subject} voor iedereen",
    "Samen aan de {subject}",
    "Onze {subject}",
    "{subject} aan de {street}",
    "De {subject} van de {street}",
    "Een {subject} in de {street}",
    "{subject}: doe je mee?",
    "Wij willen een {subject}",
)
OPENINGS = (
    "Wij wonen aan de {street} en willen {doing}.",
    "Met een paar buren gaan wij {doing}.",
    "Ik wil graag met de buurt {doing}.",
    "Onze vereniging wil {doing}, vlak bij de {street}.",
    "In de {street} is weinig te doen, daarom willen we {doing}.",
    "Het lijkt mij mooi om samen te {doing}.",
)
REASONS = (
    "Zo leren we elkaar beter kennen.",
    "Jong en oud kan meedoen.",
    "Nu is het er saai en grijs.",
    "Veel mensen in onze straat zijn alleen.",
    "We hebben al vijf gezinnen die helpen.",
    "De kinderen vragen er al jaren om.",
    "Het hoeft niet veel te kosten.",
    "Iedereen brengt zelf iets mee.",
    "We beginnen klein en kijken hoe het loopt.",
    "Later doen we ook {other}.",
    "De winkel op de hoek sponsort ons.",
    "Eerst een proef van drie maanden.",
)


def believable(number: int, *, seed: int = 1) -> Iterator[Initiative]:
    """So many initiatives, the same ones for the same seed; of the example municipality, not yet in a database."""
    chance = Random(seed)
    for n in range(number):
        subject, other = chance.choice(SUBJECTS), chance.choice(SUBJECTS)
        filled = {
            "street": chance.choice(STREETS),
            "subject": subject.name,
            "doing": chance.choice(subject.doing),
            "other": chance.choice(other.doing),
        }
        title = chance.choice(TITLES).format(**filled)
        lines = [chance.choice(OPENINGS), *chance.sample(REASONS, chance.randint(1, 3))]
        yield Initiative(
            reference=f"I-2025-{n + 1:05}",
            title=title[0].upper() + title[1:],
            idea=" ".join(lines).format(**filled),
            helpers=["neighbours"],
            district_code=chance.choice(DISTRICTS),
            theme_code=subject.theme,
            first_step=chance.choice(subject.steps),
            status=chance.choice(list(InitiativeStatus)),
            team_code="gebied-stad",
            respond_by=NOW,
            created_at=NOW - timedelta(hours=chance.randint(1, 20_000)),
        )
