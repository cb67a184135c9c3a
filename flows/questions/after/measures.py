"""How questions go, per theme and per district, and never per person. Pure; see `figures` for the screen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flows.municipality.calendar import OfficeCalendar
from storage.questions import Helped, Question, QuestionStatus

ENOUGH = 5
"""Questions: of fewer only how many is told, as who asked or answered them could be guessed from the rest."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Of one group of questions. Shares are from 0 to 1; None where nothing can be told yet."""

    count: int
    first_response: float | None = None
    """Median of the office hours until the resident heard from a person."""
    solution: float | None = None
    """Median of the working days until the last answer."""
    transfers: float | None = None
    """A question."""
    first_time_right: float | None = None
    """Of those answered: never passed on, not opened again, and nobody said that it didn't help."""
    reopened: float | None = None
    """Of those answered."""

    @property
    def enough(self) -> bool:
        """Whether there are enough questions to tell more than how many."""
        return self.count >= ENOUGH


def measured(questions: Sequence[Question], calendar: OfficeCalendar) -> Figures:
    """The figures of a group; of a small one only the count."""
    if len(questions) < ENOUGH:
        return Figures(count=len(questions))
    answered = [one for one in questions if one.answered_at is not None]
    responses = [
        calendar.working_hours(one.created_at, one.first_reaction_at)
        for one in questions
        if one.first_reaction_at is not None
    ]
    solutions = [
        float(calendar.working_days(one.created_at, one.answered_at)) for one in answered if one.answered_at is not None
    ]
    from statistics import median  # with fractions and decimals; only the overview asks for it

    return Figures(
        count=len(questions),
        first_response=median(responses) if responses else None,
        solution=median(solutions) if solutions else None,
        transfers=sum(one.transfers for one in questions) / len(questions),
        first_time_right=_share(is_right_first_time(one) for one in answered),
        reopened=_share(one.reopened > 0 for one in answered),
    )


def is_right_first_time(question: Question) -> bool:
    """Whether its first answer, of the team that had it first, was the end of it."""
    again = question.status in (QuestionStatus.OPEN, QuestionStatus.CLAIMED, QuestionStatus.WAITING)
    return not again and question.transfers == 0 and question.reopened == 0 and question.helped is not Helped.NO


def grouped(
    questions: Iterable[tuple[str | None, Question]], calendar: OfficeCalendar
) -> list[tuple[str | None, Figures]]:
    """The figures of each theme or district, most questions first; what has none comes last."""
    groups: dict[str | None, list[Question]] = defaultdict(list)
    for code, question in questions:
        groups[code].append(question)
    found = [(code, measured(group, calendar)) for code, group in groups.items()]
    return sorted(found, key=lambda one: (one[0] is None, -one[1].count, one[0] or ""))


def _share(yes: Iterable[bool]) -> float | None:
    told = list(yes)
    return sum(told) / len(told) if told else None
