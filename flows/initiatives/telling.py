"""Telling everybody around an initiative something, each once and in their own language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from flows.context import Around, Context
from flows.initiatives.board import open_button
from flows.initiatives.circle import audience, helpers
from flows.initiatives.relations import involvements
from flows.people.teams import watchers
from flows.talk.message import Message, Rows
from storage.cards import Subject
from storage.initiatives import Initiative
from storage.participation import InvolvementStatus, Participation
from storage.people import Person


@dataclass(frozen=True, kw_only=True)
class Group:
    """People who hear the same: `key` is the text, which knows title, reference and `values`."""

    people: Sequence[Person]
    key: str
    buttons: Callable[[Around], Rows]
    values: Mapping[str, object] = field(default_factory=dict)


async def tell_once(
    context: Context,
    initiative: Initiative,
    groups: Sequence[Group],
    *,
    actor_too: bool = True,
    but: Iterable[Person] = (),
) -> None:
    """Everybody in these groups, `but` these, hears it once, in their language: in the first group they are in."""
    told = {person.id for person in but}
    if context.actor is not None and not actor_too:
        told.add(context.actor.id)
    for group in groups:
        for person in group.people:
            if person.id in told:
                continue
            told.add(person.id)
            around = context.around_for(person)
            text = around.text(group.key, title=initiative.title, reference=initiative.reference, **group.values)
            message = Message(text=text, buttons=group.buttons(around))
            await context.send(person, message, about=(Subject.INITIATIVE, initiative.id or 0))


async def partners(context: Context, initiative: Initiative) -> list[Person]:
    """Who looks after the teams of partners that joined."""
    joined = [one for one in await involvements(context, initiative) if one.status is InvolvementStatus.JOINED]
    return [person for one in joined for person in await watchers(context, one.team_code)]


async def around_it(context: Context, initiative: Initiative) -> list[Person]:
    """Partners, helpers and followers; somebody may be in it twice."""
    return [
        *await partners(context, initiative),
        *await helpers(context, initiative),
        *await audience(context, initiative, {Participation.FOLLOWER}),
    ]


def look_at(initiative: Initiative, around: Around) -> Rows:
    """A button that opens the board."""
    return ((open_button(around.plain("initiative.buttons.open"), initiative),),)
