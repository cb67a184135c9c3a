"""What everybody may see of the initiatives: the list, and one of them. Nothing else goes to a public page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import case, col, func, select

from flows.context import Around, Context
from flows.initiatives.agreements.turns import days_since
from flows.initiatives.circle import initiators
from flows.initiatives.lessons.lessons import lesson_of
from flows.initiatives.people.supporting import support, threshold
from flows.initiatives.people.taking_part import row_of
from flows.initiatives.public.timeline import Happening, timeline
from flows.words.finding import find
from storage.agreements import Agreement, AgreementStatus
from storage.initiatives import ENDED, Initiative, InitiativeStatus, Part
from storage.participation import Participant, Participation
from storage.search import SearchKind
from storage.steps import Step, StepStatus

ON_A_PAGE = 24
"""Initiatives in the list; the rest is on the next page."""
HELD = (AgreementStatus.AGREED, AgreementStatus.KEPT, AgreementStatus.BROKEN)
"""What both sides confirmed."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """An initiative in the list."""

    reference: str
    title: str
    first_step: str
    district: str | None
    """Its code."""
    theme: str | None
    """Its code."""
    status: str
    """A status, or `asleep`."""
    ended: bool


@dataclass(frozen=True, kw_only=True)
class Found:
    """A page of the list."""

    listed: Sequence[Listed]
    count: int
    """Of all pages."""
    page: int
    """From 1."""
    pages: int


@dataclass(frozen=True, kw_only=True)
class SeenStep:
    """A step that is public."""

    number: int
    """Its id, by which its photo is asked for."""
    text: str
    by: date | None
    done_at: datetime | None
    story: str | None
    has_photo: bool


@dataclass(frozen=True, kw_only=True)
class SeenAgreement:
    """An agreement that is public."""

    text: str
    side: str
    by: date
    state: str
    """`agreed`, `late`, `kept` or `broken`."""


@dataclass(frozen=True, kw_only=True)
class SeenLesson:
    """What the residents learned from it: without anything about a person, as they confirmed it. Each may be empty."""

    worked: str
    did_not: str
    tip: str
    language: str


@dataclass(frozen=True, kw_only=True)
class Seen:
    """An initiative as everybody sees it."""

    listed: Listed
    names: Sequence[str]
    """First names of the initiators who chose that."""
    others: int
    """The other initiators."""
    idea: str | None
    has_photo: bool
    steps: Sequence[SeenStep] | None
    """None: not public."""
    agreements: Sequence[SeenAgreement] | None
    """None: not public."""
    timeline: Sequence[Happening]
    """The newest first."""
    supporters: int
    """And the initiators, and names on paper."""
    needed: int | None
    """How many the route asks for."""
    helpers: int
    turn: str | None
    """The side that is to do something; None: nobody."""
    turn_days: int
    merged_into: Listed | None
    lesson: SeenLesson | None
    """None: nobody shared one, or it was withdrawn."""


async def districts(context: Context) -> dict[str, int]:
    """How many initiatives can be seen in each district that has any, by its code."""
    query = select(Initiative.district_code, func.count()).where(*_in_the_list())
    counts = (await context.session.exec(query.group_by(col(Initiative.district_code)))).all()
    return {code: count for code, count in counts if code is not None}


async def listed(context: Context, *, district: str | None, words: str, page: int) -> Found:
    """The initiatives of a district, or all; with `words` those that have them, best first, else what runs first."""
    conditions = _in_the_list()
    if district is not None:
        conditions.append(col(Initiative.district_code) == district)
    if words:
        return await _with_words(context, words, conditions)
    count = (await context.session.exec(select(func.count()).select_from(Initiative).where(*conditions))).one()
    pages = max(1, -(-count // ON_A_PAGE))
    page = min(max(page, 1), pages)
    over = case((col(Initiative.status).in_(ENDED), 1), else_=0)
    query = select(Initiative).where(*conditions).order_by(over, col(Initiative.id).desc())
    rows = (await context.session.exec(query.offset((page - 1) * ON_A_PAGE).limit(ON_A_PAGE))).all()
    return Found(listed=[_listed(one) for one in rows], count=count, page=page, pages=pages)


async def _with_words(context: Context, words: str, conditions: list[ColumnElement[bool]]) -> Found:
    order = {hit.document_id: n for n, hit in enumerate(await find(context.session, SearchKind.INITIATIVE, words))}
    query = select(Initiative).where(col(Initiative.id).in_(order), *conditions)
    rows = sorted((await context.session.exec(query)).all(), key=lambda one: order[one.id or 0])[:ON_A_PAGE]
    return Found(listed=[_listed(one) for one in rows], count=len(rows), page=1, pages=1)


def _in_the_list() -> list[ColumnElement[bool]]:
    """What went on together with another one is found there."""
    return [col(Initiative.hidden_at).is_(None), col(Initiative.status) != InitiativeStatus.MERGED]


def _listed(initiative: Initiative) -> Listed:
    asleep = initiative.asleep_since is not None and initiative.status not in ENDED
    return Listed(
        reference=initiative.reference,
        title=initiative.title,
        first_step=initiative.first_step,
        district=initiative.district_code,
        theme=initiative.theme_code,
        status="asleep" if asleep else initiative.status.value,
        ended=initiative.status in ENDED,
    )


async def by_reference(context: Context, reference: str) -> Initiative | None:
    """The initiative, hidden or not."""
    query = select(Initiative).where(Initiative.reference == reference.upper())
    return (await context.session.exec(query)).first()


async def seen_by_all(context: Context, around: Around, initiative: Initiative) -> Seen:
    """What may be shown of it now; it must not be hidden."""
    assert initiative.hidden_at is None, "what is hidden isn't shown"
    names, others = await _who(context, initiative)
    steps = await _steps(context, initiative) if Part.STEPS in initiative.public else None
    agreements = await _agreements(context, around, initiative) if Part.AGREEMENTS in initiative.public else None
    waits = initiative.status not in ENDED and initiative.asleep_since is None
    into = await context.session.get(Initiative, initiative.merged_into_id) if initiative.merged_into_id else None
    return Seen(
        listed=_listed(initiative),
        names=names,
        others=others,
        idea=initiative.idea if Part.IDEA in initiative.public else None,
        has_photo=photo_of(initiative) is not None,
        steps=steps,
        agreements=agreements,
        timeline=await timeline(context, around, initiative),
        supporters=(await support(context, initiative)).total,
        needed=threshold(around, initiative) if waits else None,
        helpers=await _helpers(context, initiative),
        turn=initiative.turn.value if waits else None,
        turn_days=days_since(initiative.turn_since, around),
        merged_into=None if into is None or into.hidden_at is not None else _listed(into),
        lesson=await _lesson(context, initiative),
    )


def photo_of(initiative: Initiative) -> str | None:
    """The picture of the plan, if everybody may see it."""
    shown = initiative.hidden_at is None and Part.PHOTO in initiative.public
    return initiative.photo if shown else None


async def photo_of_step(context: Context, initiative: Initiative, step_id: int) -> str | None:
    """The picture of a step, if everybody may see it: only then it is kept."""
    if initiative.hidden_at is not None or Part.STEPS not in initiative.public:
        return None
    step = await context.session.get(Step, step_id)
    shown = step is not None and step.initiative_id == initiative.id and step.status is StepStatus.DONE
    return step.photo if step is not None and shown else None


async def _who(context: Context, initiative: Initiative) -> tuple[list[str], int]:
    """The names that are public, and how many aren't."""
    leading = await initiators(context, initiative)
    rows = [await row_of(context, initiative.id or 0, one.id, Participation.INITIATOR) for one in leading]
    names = [
        one.first_name
        for one, row in zip(leading, rows, strict=True)
        if row is not None and row.name_public and one.first_name
    ]
    return names, len(leading) - len(names)


async def _steps(context: Context, initiative: Initiative) -> list[SeenStep]:
    """What was done, then what is to come, each in the order of their days."""
    query = select(Step).where(Step.initiative_id == initiative.id, Step.status != StepStatus.DROPPED)
    steps = [
        SeenStep(
            number=step.id or 0,
            text=step.text,
            by=step.by,
            done_at=step.done_at,
            story=step.story,
            has_photo=step.photo is not None and step.status is StepStatus.DONE,
        )
        for step in (await context.session.exec(query.order_by(col(Step.id)))).all()
    ]
    done = sorted((one for one in steps if one.done_at is not None), key=lambda one: one.done_at or context.now)
    if initiative.status in ENDED:
        return done
    return [*done, *sorted((one for one in steps if one.done_at is None), key=lambda one: one.by or date.max)]


async def _agreements(context: Context, around: Around, initiative: Initiative) -> list[SeenAgreement]:
    """What both sides confirmed; both are measured alike."""
    query = select(Agreement).where(Agreement.initiative_id == initiative.id, col(Agreement.status).in_(HELD))
    return [
        SeenAgreement(text=one.text, side=one.side.value, by=one.by, state=_state(one, around))
        for one in (await context.session.exec(query.order_by(col(Agreement.by), col(Agreement.id)))).all()
    ]


def _state(agreement: Agreement, around: Around) -> str:
    if agreement.status is AgreementStatus.AGREED and agreement.by < around.today:
        return "late"
    return agreement.status.value


async def _lesson(context: Context, initiative: Initiative) -> SeenLesson | None:
    """Sharing it made it public, whatever else is."""
    lesson = await lesson_of(context, initiative) if initiative.status in ENDED else None
    if lesson is None:
        return None
    return SeenLesson(worked=lesson.worked, did_not=lesson.did_not, tip=lesson.tip, language=lesson.language)


async def _helpers(context: Context, initiative: Initiative) -> int:
    query = select(func.count()).where(
        Participant.initiative_id == initiative.id, Participant.kind == Participation.HELPER
    )
    return (await context.session.exec(query)).one()
