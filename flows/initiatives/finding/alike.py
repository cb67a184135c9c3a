"""Initiatives that are alike: what is kept to find them by, and who does something like it already."""

from __future__ import annotations

from typing import TypedDict

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from flows.context import Context
from flows.municipality import Municipality
from flows.words.analysis import terms
from flows.words.finding import Hit, find
from storage.initiatives import Initiative, InitiativeStatus, Part
from storage.search import Bags, SearchDocument, SearchKind, keep

SHOWN = 3
"""More would be a list to read."""
ALIKE = 0.5
"""From here on two plans are alike: at least half of the words of one are in the other, or near to them."""
IN_COMMON = 0.7
"""Words they share at least, whatever else speaks for it."""
SAME_DISTRICT = SAME_THEME = 0.1
"""What it adds to how alike they are."""
NO_EXAMPLE = (InitiativeStatus.STOPPED, InitiativeStatus.MERGED)
"""Nobody can join these, and what came of it is told elsewhere."""
TITLE = 3
"""How much a word in the name counts, against one in the first step or the idea."""
BATCH = 500


class Similar(TypedDict):
    """An initiative that is like what somebody has in mind; only what everybody may see of it."""

    id: int
    reference: str
    title: str
    district: str | None
    """Its code."""
    theme: str | None
    """Its code."""
    status: str
    first_step: str


async def look_for_similar(context: Context, *, idea: str, district: str | None, theme: str | None) -> list[Similar]:
    """The initiatives most like `idea`, at most three, most alike first; none when none is really alike.

    What runs, and what is done as an example; not what is hidden or stopped. The same district and theme weigh.
    """
    hits = {hit.document_id: hit for hit in await find(context.session, SearchKind.INITIATIVE, idea, whole=True)}
    query = select(Initiative).where(
        col(Initiative.id).in_(hits),
        col(Initiative.hidden_at).is_(None),
        col(Initiative.status).not_in(NO_EXAMPLE),
    )
    scored = [
        (
            likeness(
                hits[one.id or 0],
                same_district=_same(one.district_code, district),
                same_theme=_same(one.theme_code, theme),
            ),
            one,
        )
        for one in (await context.session.exec(query)).all()
    ]
    alike = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: (-pair[0], -(pair[1].id or 0)))
    return [
        Similar(
            id=one.id or 0,
            reference=one.reference,
            title=one.title,
            district=one.district_code,
            theme=one.theme_code,
            status=one.status.value,
            first_step=one.first_step,
        )
        for _, one in alike[:SHOWN]
    ]


def likeness(hit: Hit, *, same_district: bool, same_theme: bool) -> float:
    """How alike a plan and an initiative are: about 0 to 1. A name that says it all counts as much as many words."""
    if hit.met < IN_COMMON:
        return 0.0
    return max(hit.share, 0.9 * hit.core) + SAME_DISTRICT * same_district + SAME_THEME * same_theme


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and one == other


async def index(context: Context, initiative: Initiative) -> None:
    """Let it be found by what it says now. To be called when it is started and when its words, or their place, change.

    By its name, district and first step everybody finds it; by its idea too once that is public. Until then the idea
    only serves to tell what is alike.
    """
    await keep(
        context.session, SearchKind.INITIATIVE, {initiative.id or 0: _bags(context.house.municipality, initiative)}
    )


async def index_missing(session: AsyncSession, municipality: Municipality) -> None:
    """Index the initiatives that aren't yet: those from before there was an index."""
    indexed = select(SearchDocument.document_id).where(SearchDocument.kind == SearchKind.INITIATIVE)
    missing = select(Initiative).where(col(Initiative.id).not_in(indexed)).order_by(col(Initiative.id)).limit(BATCH)
    while found := (await session.exec(missing)).all():
        await keep(session, SearchKind.INITIATIVE, {one.id or 0: _bags(municipality, one) for one in found})


def _bags(municipality: Municipality, initiative: Initiative) -> Bags:
    district = municipality.district(initiative.district_code) if initiative.district_code else None
    fields = [(initiative.title, TITLE), (initiative.first_step, 1), (district.name if district else "", 1)]
    whole = terms([*fields, (initiative.idea, 1)])
    return Bags(shown=whole if Part.IDEA in initiative.public else terms(fields), whole=whole)
