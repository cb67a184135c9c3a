"""The people around an initiative, and telling them something."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlmodel import col, select

from flows.context import Around, Context
from flows.people.teams import watchers
from flows.talk.message import Message, Rows
from storage.cards import Subject
from storage.initiatives import Initiative
from storage.participation import Participant, Participation
from storage.people import Person


def no_buttons(around: Around) -> Rows:
    """For a text that only tells."""
    return ()


async def initiators(context: Context, initiative: Initiative) -> list[Person]:
    """Who leads it, the first contact first; also who can't be reached at the moment."""
    people = await _taking_part(context, initiative, {Participation.INITIATOR})
    return sorted(people, key=lambda person: person.id != initiative.initiator_id)


async def helpers(context: Context, initiative: Initiative) -> list[Person]:
    """Who helps, and hears what happens: of one that is hidden they don't."""
    return [] if initiative.hidden_at is not None else await _taking_part(context, initiative, {Participation.HELPER})


async def audience(context: Context, initiative: Initiative, kinds: Iterable[Participation]) -> list[Person]:
    """Who takes part in one of these ways and wants to hear about it, without the initiators.

    Nobody, while a coordinator keeps it hidden.
    """
    if initiative.hidden_at is not None:
        return []
    leading = {person.id for person in await initiators(context, initiative)}
    people = await _taking_part(context, initiative, set(kinds), only_hearing=True)
    return [person for person in people if person.id not in leading]


async def guides(context: Context, initiative: Initiative) -> list[Person]:
    """The guide, or the deputy while the guide is away; with neither, everybody who looks after the team."""
    guide_id = initiative.deputy_id or initiative.guide_id
    if guide_id is not None:
        return [await context.session.get_one(Person, guide_id)]
    return await watchers(context, initiative.team_code)


async def tell(
    context: Context,
    initiative: Initiative,
    people: Iterable[Person],
    key: str,
    *,
    buttons: Callable[[Around], Rows] = no_buttons,
    photo: str | None = None,
    **values: object,
) -> None:
    """Say a text about an initiative to people, each in their language; a reply to it is about the initiative.

    The text always knows `title` and `reference`. Who acts isn't told what they did.
    """
    known: dict[str, object] = {"title": initiative.title, "reference": initiative.reference, **values}
    for person in people:
        if context.actor is not None and person.id == context.actor.id:
            continue
        around = context.around_for(person)
        message = Message(text=around.text(key, **known), buttons=buttons(around), photo=photo)
        await context.send(person, message, about=(Subject.INITIATIVE, initiative.id or 0))


async def _taking_part(
    context: Context, initiative: Initiative, kinds: set[Participation], *, only_hearing: bool = False
) -> list[Person]:
    query = (
        select(Person)
        .join(Participant, col(Participant.person_id) == col(Person.id))
        .where(Participant.initiative_id == initiative.id, col(Participant.kind).in_(kinds))
        .order_by(col(Participant.id))
    )
    if only_hearing:
        query = query.where(col(Participant.updates_on))
    found = {person.id: person for person in (await context.session.exec(query)).all()}
    return list(found.values())
