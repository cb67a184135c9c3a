"""Who can guide an initiative, and who does while its guide is away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from sqlmodel import col, select

from flows.context import Context
from flows.doors import act
from flows.initiatives import cards
from flows.initiatives.circle import initiators, tell
from flows.people.away import absence_of, away
from flows.people.names import name_of
from flows.people.teams import coordinators, members
from flows.talk.message import Message
from storage.initiatives import ENDED, Initiative
from storage.people import Absence, Person

SHOWN = 10
"""Initiatives with a button of their own in one message."""


async def candidates(context: Context, initiative: Initiative, *, but: Collection[int | None] = ()) -> list[Person]:
    """Who can guide it: of its team, else of the front desk, else who coordinates.

    Nobody who leads it, who is away, who can't be reached, or who is one of `but`.
    """
    municipality = context.house.municipality
    others = {*but, *(person.id for person in await initiators(context, initiative)), *await away(context)}

    def fit(people: Iterable[Person]) -> list[Person]:
        return [person for person in people if person.id not in others and person.telegram_id is not None]

    for code in dict.fromkeys((initiative.team_code, municipality.front_desk.code)):
        if municipality.team(code) is not None and (found := fit(await members(context.session, code))):
            return found
    return fit(await coordinators(context.session))


async def least_busy(context: Context, people: Sequence[Person]) -> Person | None:
    """Who of them guides the fewest initiatives that run; of those who guide as many, who is here longest."""
    query = select(Initiative.guide_id, Initiative.deputy_id).where(col(Initiative.status).not_in(ENDED))
    load = Counter(one for pair in (await context.session.exec(query)).all() for one in pair if one is not None)
    return min(people, key=lambda person: load[person.id or 0], default=None)


async def stand_in(context: Context, person: Person) -> None:
    """`person` is away: what they guide gets a deputy, and so does what they were to guide for others."""
    absence = await absence_of(context, person.id)
    if absence is None:
        return
    found = _Found()
    for initiative in await _running(context, guide=person):
        await _cover(context, initiative, absence, found)
    await found.tell(context)
    await replace(context, person)


async def replace(context: Context, person: Person) -> None:
    """`person` can't be a deputy any more where they aren't one of those who can: somebody else is."""
    found = _Found()
    for initiative in await _running(context, deputy=person):
        guide = initiative.guide_id
        if any(one.id == person.id for one in await candidates(context, initiative, but=(guide,))):
            continue
        initiative.deputy_id = None
        if (absence := await absence_of(context, guide)) is not None:
            await _cover(context, initiative, absence, found)
        else:
            await _now(context, initiative, None)
    await found.tell(context)


async def look_again(context: Context) -> None:
    """Somebody joined: what waits for a guide who is away, without a deputy, may have one now."""
    found = _Found()
    for absence in (await away(context)).values():
        person = await context.session.get_one(Person, absence.person_id)
        for initiative in await _running(context, guide=person):
            if initiative.deputy_id is None:
                await _cover(context, initiative, absence, found, aloud=False)
    await found.tell(context)


async def come_back(context: Context, person: Person) -> list[Initiative]:
    """The guide is back: the deputy isn't needed any more, and everybody hears that. Gives what they guide."""
    guided = await _running(context, guide=person)
    thanked: dict[int, list[Initiative]] = {}
    for initiative in guided:
        if initiative.deputy_id is not None:
            thanked.setdefault(initiative.deputy_id, []).append(initiative)
            await _now(context, initiative, None)
        await tell(
            context, initiative, await initiators(context, initiative), "absence.back_again", guide=name_of(person)
        )
    for deputy_id, initiatives in thanked.items():
        deputy = await context.session.get_one(Person, deputy_id)
        text = context.around_for(deputy).text(
            "absence.thanks", guide=name_of(person), titles=[one.title for one in initiatives]
        )
        await context.send(deputy, Message(text=text))
    return guided


class _Found:
    """Who became a deputy of what: each hears it in one message."""

    def __init__(self) -> None:
        self._by_deputy: dict[int, list[Initiative]] = {}

    def add(self, deputy: Person, initiative: Initiative) -> None:
        """One more."""
        self._by_deputy.setdefault(deputy.id or 0, []).append(initiative)

    async def tell(self, context: Context) -> None:
        """Say it, with a button for each."""
        for deputy_id, initiatives in self._by_deputy.items():
            deputy = await context.session.get_one(Person, deputy_id)
            around = context.around_for(deputy)
            guides: dict[str, Absence] = {}
            for initiative in initiatives:
                guide = await context.session.get_one(Person, initiative.guide_id)
                if (absence := await absence_of(context, guide.id)) is not None:
                    guides[name_of(guide)] = absence
            lines = [
                around.text("absence.until", who=who, until=absence.until, guide_title=around.guide_title)
                for who, absence in guides.items()
            ]
            lines.append(around.text("absence.for_deputy", titles=[one.title for one in initiatives]))
            rows = tuple(
                (act(f"{one.reference} · {one.title}"[:60], "i-show", one.id or 0),) for one in initiatives[:SHOWN]
            )
            await context.send(deputy, Message(text="\n".join(lines), buttons=rows))


async def _cover(
    context: Context, initiative: Initiative, absence: Absence, found: _Found, *, aloud: bool = True
) -> None:
    """Find a deputy: who was named, who already is, or the least busy. `aloud`: also say that there is nobody."""
    people = await candidates(context, initiative, but=(absence.person_id,))
    wanted = (absence.replacement_id, initiative.deputy_id)
    named = (person for one in wanted for person in people if person.id == one)
    deputy = next(named, None) or await least_busy(context, people)
    before = initiative.deputy_id
    await _now(context, initiative, deputy)
    if deputy is None and not aloud:
        return
    if deputy is not None and deputy.id != before:
        found.add(deputy, initiative)
    guide = await context.session.get_one(Person, absence.person_id)
    await tell(
        context,
        initiative,
        await initiators(context, initiative),
        "absence.away" if deputy else "absence.away_alone",
        guide=name_of(guide),
        until=absence.until,
        deputy=name_of(deputy) if deputy else "",
    )


async def _now(context: Context, initiative: Initiative, deputy: Person | None) -> None:
    initiative.deputy_id = deputy.id if deputy else None
    context.session.add(initiative)
    await context.session.flush()
    await cards.refresh(context, initiative)


async def _running(context: Context, *, guide: Person | None = None, deputy: Person | None = None) -> list[Initiative]:
    """The initiatives that run and that somebody guides, or is to guide for another; locked, oldest first."""
    query = select(Initiative).where(col(Initiative.status).not_in(ENDED))
    if guide is not None:
        query = query.where(Initiative.guide_id == guide.id)
    if deputy is not None:
        query = query.where(Initiative.deputy_id == deputy.id)
    return list((await context.session.exec(query.order_by(col(Initiative.id)).with_for_update())).all())
