"""What somebody sent holds something personal: it is taken out before it is kept, and they choose whether it stays out.

Only the text without it is in the draft. So who wants it in sends the message once more, and then it is kept as it is.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flows.talk.answers import Option, OptionRows, Surroundings
from flows.words import personal
from flows.words.personal import Kind

Piece = dict[str, Any]
"""A message as a draft keeps it; see `own_words`."""
REMOVED = "removed"
"""In a piece of a draft: the kinds that were taken out, until somebody chose."""
AGAIN = "again"
"""Beside it: they chose to leave it in, and will send the message once more."""
TAKE_OUT, LEAVE = "remove", "leave"
"""What they choose: to leave it out, or in."""


def without_personal(piece: Piece, around: Surroundings, only: Collection[Kind] = tuple(Kind)) -> Piece:
    """The piece as it may be kept: with marks for what is personal of these kinds, and a note of what that was."""
    text = str(piece.get("text", ""))
    kinds = [kind for kind in personal.kinds(text) if kind in only]
    if not kinds:
        return piece
    marked = personal.stripped(text, lambda kind: around.plain(f"personal.mark.{kind}"), kinds)
    return {**piece, "text": marked, REMOVED: [str(kind) for kind in kinds]}


def removed(pieces: list[Piece]) -> tuple[Kind, ...]:
    """What was taken out of these and isn't decided on yet."""
    there = {kind for piece in pieces for kind in piece.get(REMOVED, ())}
    return tuple(kind for kind in Kind if kind in there)


def waits_for_it(pieces: list[Piece]) -> bool:
    """Whether a message is to come once more."""
    return any(AGAIN in piece for piece in pieces)


def left_out(pieces: list[Piece]) -> list[Piece]:
    """They choose to go on without it."""
    return [{name: kept for name, kept in piece.items() if name not in (REMOVED, AGAIN)} for piece in pieces]


def left_in(pieces: list[Piece]) -> list[Piece]:
    """They choose to send it once more."""
    return [{**piece, AGAIN: True} if REMOVED in piece else piece for piece in pieces]


def place_of(piece: Piece, pieces: list[Piece], around: Surroundings) -> int | None:
    """Which of `pieces` this is, sent once more: one with the same words, else the first they would send again."""
    if not personal.kinds(str(piece.get("text", ""))):
        return None
    waiting = [number for number, one in enumerate(pieces) if AGAIN in one]
    text = without_personal(piece, around)["text"]
    return next((number for number in waiting if pieces[number]["text"] == text), waiting[0] if waiting else None)


def as_chosen(piece: Piece, before: Piece, around: Surroundings, only: Collection[Kind] = tuple(Kind)) -> Piece:
    """`piece` in place of `before`: as it is, unless it holds a kind that they weren't asked about."""
    marked = without_personal(piece, around, only)
    return piece if set(marked.get(REMOVED, ())) <= set(before[REMOVED]) else marked


def told(pieces: list[Piece], words: str, around: Surroundings) -> str:
    """What was taken out of these, as HTML, above what is left, `words`."""
    kinds = removed(pieces)
    key = "personal.send_again" if waits_for_it(pieces) else "personal.taken_out"
    names = [around.plain(f"personal.kind.{kind}") for kind in kinds]
    return around.text(key, words=words, kinds=names, bsn=Kind.BSN in kinds)


def choice(pieces: list[Piece], around: Surroundings) -> OptionRows:
    """Leave it out, or send it once more."""
    rows = [[Option(key=TAKE_OUT, label=around.plain("personal.buttons.remove"))]]
    if not waits_for_it(pieces):
        rows.append([Option(key=LEAVE, label=around.plain("personal.buttons.leave"))])
    return rows
