"""The menus: the one on the screen with what can be done, and the channel's list of commands."""

from __future__ import annotations

from flows.context import Around, Context
from flows.doors import BOT_COMMANDS, For, go
from flows.people.teams import COORDINATORS, WORKERS, roles_of
from flows.talk.message import Message, Rows
from flows.talk.replay import registered
from storage.outbox import OutboxKind, OutboxMessage, Priority
from storage.people import Person

BUTTONS: dict[For, tuple[str, ...]] = {
    For.EVERYBODY: ("initiatief", "vraag", "initiatieven", "mijn", "instellingen"),
    For.WORKERS: ("werk",),
    For.COORDINATORS: ("bericht", "overzicht", "moment", "team"),
}
LIST: tuple[tuple[str, For], ...] = (
    ("initiatief", For.EVERYBODY),
    ("vraag", For.EVERYBODY),
    ("initiatieven", For.EVERYBODY),
    ("lessen", For.EVERYBODY),
    ("mijn", For.EVERYBODY),
    ("werk", For.WORKERS),
    ("artikelen", For.WORKERS),
    ("s", For.WORKERS),
    ("bericht", For.COORDINATORS),
    ("overzicht", For.COORDINATORS),
    ("moment", For.COORDINATORS),
    ("team", For.COORDINATORS),
    ("regels", For.COORDINATORS),
    ("instellingen", For.EVERYBODY),
    ("privacy", For.EVERYBODY),
    ("help", For.EVERYBODY),
    ("annuleer", For.EVERYBODY),
)
"""The channel's list of commands, in its order."""


async def audiences(context: Context, person: Person) -> set[For]:
    """Whose menus somebody sees."""
    roles = await roles_of(context.session, person)
    found = {For.EVERYBODY}
    if roles & {*WORKERS, *COORDINATORS}:
        found.add(For.WORKERS)  # a coordinator gets the work of empty teams
    if roles & set(COORDINATORS):
        found.add(For.COORDINATORS)
    return found


async def send_menu(context: Context, key: str = "menu.what", *, first: Rows = ()) -> None:
    """What can be done, as buttons; `first` goes above them."""
    seen = await audiences(context, context.me)
    around = context.around
    rows = [
        (go(around.plain(f"menu.buttons.{name}"), name),)
        for audience in (For.WORKERS, For.COORDINATORS, For.EVERYBODY)
        if audience in seen
        for name in BUTTONS[audience]
    ]
    await context.reply(Message(text=context.text(key, name=context.me.first_name), buttons=(*first, *rows)))


def command_list(around: Around, seen: set[For]) -> list[tuple[str, str]]:
    """Names and descriptions for the channel's list of commands."""
    known = {*BOT_COMMANDS, *(one.command for one in registered().values())}
    return [(name, around.plain(f"commands.{name}")) for name, audience in LIST if audience in seen and name in known]


async def set_command_list(context: Context, person: Person) -> None:
    """Give a person's chat the list that fits their roles and language."""
    if person.telegram_id is None:
        return
    commands = command_list(context.around_for(person), await audiences(context, person))
    context.session.add(
        OutboxMessage(
            chat_id=person.telegram_id,
            person_id=person.id,
            priority=Priority.NOTICE,
            kind=OutboxKind.MENU,
            payload={"commands": [list(pair) for pair in commands]},
        )
    )
    await context.session.flush()
