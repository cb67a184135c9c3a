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


Content = Text | Command | Press | Photo | Voice | Location | Unsupported | Edited | Blocked


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """One thing somebody did, in a private chat."""

    chat_id: int
    telegram_id: int
    first_name: str
    language_hint: str | None
    """An IETF language tag."""
    content: Content
    message_id: int | None = None
    reply_to: int | None = None
    """The message they replied to, in the same chat."""
