"""The timeline as everybody may read it: what happened and when, without a person, and nothing that is private."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from flows.context import Around, Context
from storage.initiatives import EventKind, Initiative, InitiativeEvent, InitiativeStatus, Part
from storage.steps import Step

ALWAYS = (
    EventKind.STARTED,
    EventKind.GREETED,
    EventKind.FRAME_AGREED,
    EventKind.SUPPORTERS,
    EventKind.HELPER_JOINED,
    EventKind.INITIATOR_JOINED,
    EventKind.SLEPT,
    EventKind.WOKE,
    EventKind.LESSON,
)
WITH_PART: Mapping[EventKind, Part] = {
    EventKind.STEP_DONE: Part.STEPS,
    EventKind.AGREEMENT_MADE: Part.AGREEMENTS,
    EventKind.AGREEMENT_KEPT: Part.AGREEMENTS,
    EventKind.AGREEMENT_MOVED: Part.AGREEMENTS,
    EventKind.AGREEMENT_BROKEN: Part.AGREEMENTS,
    EventKind.DECISION_ASKED: Part.AGREEMENTS,
    EventKind.DECIDED: Part.AGREEMENTS,
}
"""What is told only where that part is public. All other kinds are never told: who guides, which partners are in,
that it is stuck, that somebody left, that it was hidden."""
STATUSES = (
    InitiativeStatus.AGREED,
    InitiativeStatus.UNDER_WAY,
    InitiativeStatus.DONE,
    InitiativeStatus.STOPPED,
    InitiativeStatus.MERGED,
    InitiativeStatus.TAKEN_ON,
)
"""Where it came; that the talking began is told by the greeting."""


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One line: `key` is the text, which knows `count`: how often that day. `step`: what a public step is."""

    day: date
    key: str
    count: int
    step: str | None


async def timeline(context: Context, around: Around, initiative: Initiative) -> list[Happening]:
    """The newest first; what happened more than once on a day is one line."""
    query = select(InitiativeEvent).where(InitiativeEvent.initiative_id == initiative.id)
    events = (await context.session.exec(query.order_by(col(InitiativeEvent.id)))).all()
    steps = await _steps(context, initiative)
    lines: dict[tuple[date, str, str | None], Happening] = {}
    for event in events:
        key = _key(event, initiative)
        if key is None:
            continue
        day = event.at.astimezone(around.municipality.zone).date()
        step = steps.get(event.subject_id or 0) if event.kind is EventKind.STEP_DONE else None
        known = lines.get((day, key, step))
        count = _count(event) if known is None or event.kind is EventKind.SUPPORTERS else known.count + 1
        lines[day, key, step] = Happening(day=day, key=key, count=count, step=step)
    return list(reversed(lines.values()))


def _key(event: InitiativeEvent, initiative: Initiative) -> str | None:
    """The text, or None for what isn't told."""
    if event.kind is EventKind.STATUS:
        to = event.details.get("to")
        return f"page.event.status.{to}" if to in STATUSES else None
    part = WITH_PART.get(event.kind)
    if event.kind in ALWAYS or (part is not None and part in initiative.public):
        return f"page.event.{event.kind}"
    return None


def _count(event: InitiativeEvent) -> int:
    count = event.details.get("count", 1)
    return count if isinstance(count, int) else 1


async def _steps(context: Context, initiative: Initiative) -> dict[int, str]:
    if Part.STEPS not in initiative.public:
        return {}
    query = select(Step.id, Step.text).where(Step.initiative_id == initiative.id)
    return {number or 0: text for number, text in (await context.session.exec(query)).all()}
