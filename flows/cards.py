"""Keeping the cards of a subject true: everybody who looks after it has one, and what it says is so."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from flows.context import Context
from flows.talk.message import Message
from storage.cards import Subject
from storage.people import Person


async def reconcile(
    context: Context,
    about: tuple[Subject, int],
    watchers: Sequence[Person],
    render: Callable[[Person, bool], Message],
    *,
    changed: bool,
) -> list[Person]:
    """Give every watcher a card and take the buttons of who no longer watches.

    `render(person, watching)` makes the card. `changed`: those who have one see it anew. Gives who got a new one.
    """
    cards = await context.cards(*about)
    watching = {person.id for person in watchers}
    have = {card.person_id for card in cards}
    for card in cards:
        person = await context.session.get_one(Person, card.person_id)
        if card.person_id not in watching:
            card.live = False
            context.session.add(card)
            if person.blocked_at is None:
                await context.edit_card(card, render(person, False))
        elif changed:
            await context.edit_card(card, render(person, True))
    new = [person for person in watchers if person.id not in have]
    for person in new:
        await context.send(person, render(person, True), about=about, live=True)
    return new


async def show_anew(context: Context, about: tuple[Subject, int], refresh: Callable[[], Awaitable[None]]) -> None:
    """Give the actor a new card, below, where they are looking; the one they had loses its buttons."""
    own = [card for card in await context.cards(*about) if card.person_id == context.me.id]
    for card in own:
        card.live = False
        context.session.add(card)
    await context.session.flush()
    await refresh()
    for card in own:
        await context.retire_card(card)
