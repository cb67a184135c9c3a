"""What the bot says, before any channel has put it in its own form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Button:
    """Something to press: `data` comes back to us (at most 64 bytes), `url` opens a page; exactly one of them."""

    label: str
    """Plain text."""
    data: str | None = None
    url: str | None = None


Rows = tuple[tuple[Button, ...], ...]

QR = "qr:"
"""Begins a picture that is a QR code of what follows; no channel's id has a colon in it."""


def qr(text: str) -> str:
    """The picture of a QR code. Only what it says is kept; the channel draws it when it is sent."""
    return f"{QR}{text}"


@dataclass(frozen=True, kw_only=True)
class Message:
    """A text with what belongs to it. Only one of photo, voice and location is set."""

    text: str
    """HTML with Telegram's tags; at most 4,096 characters, 1,024 with a photo or a voice message."""
    buttons: Rows = ()
    photo: str | None = None
    """The channel's id of a picture it has seen before, or a picture that is still to be drawn: see `qr`."""
    voice: str | None = None
    """The channel's id of a voice message it has seen before."""
    location: tuple[float, float] | None = None
    """Latitude and longitude in degrees; sent as a map before the text."""
    replies_to: int | None = None
    """The number of the card whose message it answers."""

    def to_json(self) -> dict[str, Any]:
        """As the outbox keeps it."""
        kept: dict[str, Any] = {"text": self.text}
        if self.buttons:
            kept["buttons"] = [
                [{"label": b.label} | ({"url": b.url} if b.url else {"data": b.data}) for b in row]
                for row in self.buttons
            ]
        for name in ("photo", "voice", "replies_to"):
            if (value := getattr(self, name)) is not None:
                kept[name] = value
        if self.location is not None:
            kept["location"] = list(self.location)
        return kept

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Message:
        """The other way round."""
        location = kept.get("location")
        return cls(
            text=kept["text"],
            buttons=tuple(tuple(Button(**button) for button in row) for row in kept.get("buttons", ())),
            photo=kept.get("photo"),
            voice=kept.get("voice"),
            replies_to=kept.get("replies_to"),
            location=(location[0], location[1]) if location else None,
        )
