"""What a button of a question carries: conversation, question and option, in at most 64 bytes.

`c:<journal>:<question>:<option>`, the journal's number in base 36; where that is too long `t:<journal>:<token>`, a
short hash that is compared with those of the options on the screen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

LIMIT = 64
"""Bytes of callback data: https://core.telegram.org/bots/api#inlinekeyboardbutton"""
LARGEST_ID = 2**31 - 1
"""PostgreSQL refuses to look for a larger one."""


class Control(StrEnum):
    """What can be done at every question."""

    BACK = "!back"
    LATER = "!later"
    STOP = "!stop"
    STOP_SURELY = "!stop-surely"
    RESUME = "!resume"


@dataclass(frozen=True, kw_only=True, slots=True)
class Pressed:
    """A button of a question; nothing in it is to be trusted."""

    journal_id: int
    question: str | None
    """None: only a token is known."""
    option: str | None
    token: str | None = None

    def option_among(self, question: str, options: Iterable[str]) -> str | None:
        """The option of `question` that was pressed; None when the button is of another question, old or forged."""
        if self.token is not None:
            return next((option for option in options if token_of(question, option) == self.token), None)
        return self.option if self.question == question and self.option in set(options) else None


def data_of(journal_id: int, question: str, option: str) -> str:
    """What the button of an option carries."""
    data = f"c:{base36(journal_id)}:{question}:{option}"
    return data if len(data.encode()) <= LIMIT else f"t:{base36(journal_id)}:{token_of(question, option)}"


def read(data: str) -> Pressed | None:
    """The other way round; None for anything that isn't a question's button."""
    match data.split(":", 3):
        case ["c", number, question, option] if (journal_id := _number(number)) is not None:
            return Pressed(journal_id=journal_id, question=question, option=option)
        case ["t", number, token] if (journal_id := _number(number)) is not None:
            return Pressed(journal_id=journal_id, question=None, option=None, token=token)
        case _:
            return None


def token_of(question: str, option: str) -> str:
    """The short name of an option."""
    return blake2b(f"{question}:{option}".encode(), digest_size=8).hexdigest()


def base36(number: int) -> str:
    """A number in digits and small letters."""
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    written = ""
    while number:
        number, rest = divmod(number, 36)
        written = digits[rest] + written
    return written or "0"


def _number(written: str) -> int | None:
    if not (0 < len(written) <= 6 and written.isascii() and written.isalnum()):
        return None
    number = int(written, 36)
    return number if number <= LARGEST_ID else None
