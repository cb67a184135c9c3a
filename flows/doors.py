"""The ways in: commands, links, buttons under cards, replies to cards. Features register here what they answer to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import IntEnum

from flows.context import Context
from flows.talk.buttons import LIMIT
from flows.talk.incoming import Content
from flows.talk.message import Button
from storage.cards import Card, Subject

CommandHandler = Callable[[Context, str], Awaitable[None]]
ActionHandler = Callable[[Context, str], Awaitable[None]]
ReplyHandler = Callable[[Context, Card, Content], Awaitable[None]]
StartHandler = Callable[[Context, str], Awaitable[None]]


class For(IntEnum):
    """Whose menu a bot command is in. Who may do what is decided elsewhere (`flows.permissions`)."""

    EVERYBODY = 0
    WORKERS = 1
    COORDINATORS = 2


@dataclass(frozen=True, kw_only=True)
class BotCommand:
    """A command such as /mijn; the text `commands.<name>` says in the menu what it does."""

    name: str
    audience: For
    handle: CommandHandler
    shows_again: bool
    """Whether the question that was on the screen is shown again below what this says."""


BOT_COMMANDS: dict[str, BotCommand] = {}
ACTIONS: dict[str, ActionHandler] = {}
REPLIES: dict[Subject, ReplyHandler] = {}
START_CODES: dict[str, StartHandler] = {}


def bot_command(
    name: str, *, audience: For = For.EVERYBODY, shows_again: bool = True
) -> Callable[[CommandHandler], CommandHandler]:
    """Register what `/name` does; the handler gets what stands behind the command."""

    def register(handle: CommandHandler) -> CommandHandler:
        BOT_COMMANDS[name] = BotCommand(name=name, audience=audience, handle=handle, shows_again=shows_again)
        return handle

    return register


def action(name: str) -> Callable[[ActionHandler], ActionHandler]:
    """Register what a button made by `act(name, …)` does; the handler gets its argument, which may be forged."""

    def register(handle: ActionHandler) -> ActionHandler:
        ACTIONS[name] = handle
        return handle

    return register


def replies_to(subject: Subject) -> Callable[[ReplyHandler], ReplyHandler]:
    """Register what a reply to a card of that subject does; the handler gets the card and what was sent."""

    def register(handle: ReplyHandler) -> ReplyHandler:
        REPLIES[subject] = handle
        return handle

    return register


def start_code(prefix: str) -> Callable[[StartHandler], StartHandler]:
    """Register what a link with `?start=<prefix>…` does; the handler gets what follows, which may be forged.

    Who is new has read the greeting before it, and is asked where they live after it.
    """
    assert not any(prefix.startswith(other) or other.startswith(prefix) for other in START_CODES), prefix

    def register(handle: StartHandler) -> StartHandler:
        START_CODES[prefix] = handle
        return handle

    return register


def starts(argument: str) -> tuple[StartHandler, str] | None:
    """Who handles what stands behind `/start`, and the part that is theirs."""
    for prefix, handle in START_CODES.items():
        if argument.startswith(prefix):
            return handle, argument.removeprefix(prefix)
    return None


def act(label: str, name: str, argument: str | int = "") -> Button:
    """A button that does `name`."""
    data = f"a:{name}:{argument}"
    assert len(data.encode()) <= LIMIT, data
    return Button(label=label, data=data)


def go(label: str, command: str) -> Button:
    """A button that does what `/command` does."""
    return Button(label=label, data=f"m:{command}")


def id_in(argument: str) -> int | None:
    """The number a button carries; None for anything else, as nothing in a button is to be trusted."""
    return int(argument) if argument.isascii() and argument.isdigit() and len(argument) <= 9 else None
