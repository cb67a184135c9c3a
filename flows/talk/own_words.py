"""A question in one's own words: text, a photo, a voice message or a place, and words may be added to each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flows.talk import incoming
from flows.talk.answers import Acceptance, Accepted, AnswerType, Given, Refused, Surroundings, Unfit

MAX_LENGTH = 2500
"""Characters; with the frame of a card around it, it stays below Telegram's 4,096."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """What somebody said, in whatever form."""

    text: str = ""
    photo: str | None = None
    voice: str | None = None
    latitude: float | None = None
    longitude: float | None = None

    @property
    def location(self) -> tuple[float, float] | None:
        """Latitude and longitude, in degrees."""
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)


class OwnWords(AnswerType[Words]):
    """Text, photo, voice message or location."""

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        match given:
            case incoming.Text(text=text) if len(text.strip()) < 2:
                return Refused(key="talk.refused.short")
            case incoming.Text(text=text) if len(text) > MAX_LENGTH:
                return Refused(key="talk.refused.long", values={"length": len(text), "maximum": MAX_LENGTH})
            case incoming.Text(text=text):
                return Accepted(value={"text": text.strip()})
            case incoming.Photo(photo=photo, caption=caption):
                return Accepted(value={"text": caption.strip(), "photo": photo})
            case incoming.Voice(voice=voice, caption=caption):
                return Accepted(value={"text": caption.strip(), "voice": voice})
            case incoming.Location(latitude=latitude, longitude=longitude):
                return Accepted(value={"latitude": latitude, "longitude": longitude})
            case _:
                return Refused(key="talk.refused.own_words")

    def load(self, value: Any) -> Words:
        try:
            return Words(**value)
        except TypeError as exc:
            raise Unfit from exc

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        parts = [around.plain(f"talk.shown.{kind}") for kind in ("photo", "voice") if kind in value]
        if "latitude" in value:
            parts.append(around.plain("talk.shown.location"))
        return " ".join([*parts, value.get("text", "")]).strip()
