"""A question in one's own words: text, photos, voice messages or places, in as many messages as people like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from flows.talk import incoming, personal
from flows.talk.answers import (
    Acceptance,
    Accepted,
    AnswerType,
    Chosen,
    Declined,
    Drafted,
    Given,
    Option,
    OptionRows,
    Refused,
    Surroundings,
    Unfit,
    chosen,
)

MAX_LENGTH = 2500
"""Characters of all text together; with the frame of a card around it, it stays below Telegram's 4,096."""
MIN_LENGTH = 2
MAX_PIECES = 10
_KINDS: dict[str, type | tuple[type, ...]] = {
    "text": str,
    "photo": str,
    "voice": str,
    "latitude": (int, float),
    "longitude": (int, float),
}


@dataclass(frozen=True, kw_only=True)
class Words:
    """One thing somebody said, in whatever form."""

    text: str = ""
    photo: str | None = None
    voice: str | None = None
    latitude: float | None = None
    longitude: float | None = None

    @property
    def location(self) -> tuple[float, float] | None:
        """Latitude and longitude, in degrees."""
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)

    @property
    def is_text(self) -> bool:
        """Nothing but text."""
        return self == Words(text=self.text)


def piece_of(content: incoming.Content) -> dict[str, Any] | Refused:
    """What came as it is kept, or why it can't be."""
    match content:
        case incoming.Text(text=text) if len(text.strip()) < MIN_LENGTH:
            return Refused(key="talk.refused.short")
        case incoming.Text(text=text) if len(text) > MAX_LENGTH:
            return Refused(key="talk.refused.long", values={"length": len(text), "maximum": MAX_LENGTH})
        case incoming.Text(text=text):
            return {"text": text.strip()}
        case incoming.Photo(photo=photo, caption=caption):
            return {"text": caption.strip(), "photo": photo}
        case incoming.Voice(voice=voice, caption=caption):
            return {"text": caption.strip(), "voice": voice}
        case incoming.Location(latitude=latitude, longitude=longitude):
            return {"latitude": latitude, "longitude": longitude}
        case _:
            return Refused(key="talk.refused.own_words")


def words_of(pieces: list[dict[str, Any]]) -> tuple[Words, ...]:
    """Pieces as they are kept, or as a draft has them; texts that follow each other are one."""
    found: list[Words] = []
    for words in (Words(**piece) for piece in personal.left_out(pieces)):
        if found and found[-1].is_text and words.is_text:
            found[-1] = Words(text=f"{found[-1].text}\n{words.text}")
        else:
            found.append(words)
    return tuple(found)


def _is_piece(kept: Any) -> bool:
    """Whether it is what `piece_of` gives, so that it says something."""
    return (
        isinstance(kept, dict)
        and kept.keys() <= _KINDS.keys()
        and all(isinstance(value, _KINDS[name]) for name, value in kept.items())
        and any(value != "" for value in kept.values())
    )


class OwnWords(AnswerType[tuple[Words, ...]]):
    """People write as they do: some short messages, a photo after them. All of it is the answer, until they say so.

    The texts are `<question>` before anything came, and `<question>.so_far` (or `.offered`, where they wrote before
    being asked) after. What looks personal never reaches the draft unasked: see `flows.talk.personal`.
    """

    DONE = "done"
    ANEW = "anew"
    echoed = False

    def __init__(self, *, offered: bool = False) -> None:
        self.offered = offered

    def text(self, question: str, around: Surroundings, draft: Any) -> str | None:
        if not draft:
            return None
        words = Markup("\n").join(self._lines(draft, around))
        if personal.removed(draft):
            return personal.told(draft, words, around)
        key = f"{question}.offered" if self.offered else f"{question}.so_far|talk.so_far"
        return around.text(key, words=words)

    def options(self, question: str, around: Surroundings, draft: Any) -> OptionRows:
        if not draft:
            return []
        if personal.removed(draft):
            return personal.choice(draft, around)
        return self._ways_on(around)

    def _ways_on(self, around: Surroundings) -> OptionRows:
        label = around.plain(f"talk.buttons.{'ask_it' if self.offered else 'enough'}")
        done = [Option(key=self.DONE, label=label)]
        return [done] if self.offered else [done, [self._anew(around)]]

    def _anew(self, around: Surroundings) -> Option:
        return Option(key=self.ANEW, label=around.plain("talk.buttons.anew"))

    def is_begun(self, draft: Any) -> bool:
        return len(draft or ()) > (1 if self.offered else 0)  # what is only offered is declined with one tap

    def draft_of(self, value: Any) -> Any:
        return value

    def words(self, value: Any, question: str, around: Surroundings) -> str:
        return self.show(value, question, around)

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        pieces = list(draft or ())
        if pieces and not self.offered and chosen(given, [[self._anew(around)]], in_full=True):
            return Drafted(value=[])
        if undecided := personal.removed(pieces):
            match chosen(given, personal.choice(pieces, around), in_full=True):
                case personal.TAKE_OUT:
                    return Drafted(value=personal.left_out(pieces))
                case personal.LEAVE:
                    return Drafted(value=personal.left_in(pieces))
        if pieces and chosen(given, self._ways_on(around)[:1]) is not None:
            return Accepted(value=personal.left_out(pieces))
        if pieces and chosen(given, [[Option(key="no", label=around.plain("talk.buttons.no"))]]) is not None:
            if undecided:
                return Refused(key="talk.refused.choice")
            return Declined() if self.offered else Accepted(value=pieces)
        piece = Refused(key="talk.refused.own_words") if isinstance(given, Chosen) else piece_of(given)
        if isinstance(piece, Refused):
            return piece
        if (place := personal.place_of(piece, pieces, around)) is not None:
            kept = personal.as_chosen(piece, pieces[place], around)
            before, after = pieces[:place], pieces[place + 1 :]
        else:
            kept, before, after = personal.without_personal(piece, around), pieces, []
        if len(before) + len(after) >= MAX_PIECES:
            return Refused(key="talk.refused.many", values={"maximum": MAX_PIECES})
        length = sum(len(one.get("text", "")) for one in [*before, piece, *after])
        if length > MAX_LENGTH:
            return Refused(key="talk.refused.long", values={"length": length, "maximum": MAX_LENGTH})
        return Drafted(value=[*before, kept, *after])

    def load(self, value: Any) -> tuple[Words, ...]:
        if not isinstance(value, list) or not value or not all(_is_piece(one) for one in value):
            raise Unfit
        return words_of(value)

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        return "\n".join(self._lines(value, around))

    def _lines(self, pieces: list[dict[str, Any]], around: Surroundings) -> list[str]:
        lines = []
        for piece in pieces:
            media = [around.plain(f"talk.shown.{kind}") for kind in ("photo", "voice") if piece.get(kind)]
            if "latitude" in piece:
                media.append(around.plain("talk.shown.location"))
            lines.append(" ".join([*media, piece.get("text", "")]).strip())
        return lines
