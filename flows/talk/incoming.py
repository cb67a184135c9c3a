"""What somebody did, in words that hold for every channel."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Text:
    """They wrote something."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Command:
    """They gave a command: `/start abc` is name `start`, argument `abc`."""

    name: str
    argument: str = ""


@dataclass(frozen=True, kw_only=True)
class Press:
    """They pressed a button under `message_id`. `data` may be old or forged."""

    data: str
    message_id: int | None
    stray: bool = False
    """The message as it is now has other buttons, or none: an old press, or a forged one."""


@dataclass(frozen=True, kw_only=True)
class Photo:
    """A picture; `photo` is the channel's id of its largest size."""

    photo: str
    caption: str = ""


@dataclass(frozen=True, kw_only=True)
class Voice:
    """A voice message."""

    voice: str
    caption: str = ""


@dataclass(frozen=True, kw_only=True)
class Location:
    """A place, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, kw_only=True)
class Unsupported:
    """Something we can't use: a sticker, a video, a poll, a kind that doesn't exist yet."""


@dataclass(frozen=True, kw_only=True)
class Edited:
    """They changed a message they sent before."""

    message_id: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Blocked:
    """They blocked the bot (`True`) or took that back (`False`)."""

    blocked: bool


@dataclass(frozen=True, kw_only=True)
class BotAdded:
    """They brought us into a group, or changed what we may do there."""

    title: str
    is_forum: bool
    """The group has topics."""
    may_manage_topics: bool


@dataclass(frozen=True, kw_only=True)
class BotRemoved:
    """They threw us out of a group."""


@dataclass(frozen=True, kw_only=True)
class GroupMigrated:
    """The group has another id from now on; nothing that was said before can be changed any more."""

    new_chat_id: int


Content = (
    Text
    | Command
    | Press
    | Photo
    | Voice
    | Location
    | Unsupported
    | Edited
    | Blocked
    | BotAdded
    | BotRemoved
    | GroupMigrated
)


@dataclass(frozen=True, kw_only=True)
class Group:
    """The group in which something was done."""

    chat_id: int
    topic_id: int | None = None
    title: str = ""
    is_forum: bool = False


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """One thing somebody did, in a private chat or a group."""

    chat_id: int
    telegram_id: int
    first_name: str
    language_hint: str | None
    """An IETF language tag."""
    content: Content
    message_id: int | None = None
    reply_to: int | None = None
    """The message they replied to, in the same chat."""
    group: Group | None = None
    """None: it was in the private chat."""
