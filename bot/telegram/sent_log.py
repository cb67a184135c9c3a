"""What Telegram has taken, noted in the moment it says so.

Between Telegram's answer and our commit a kill makes somebody hear the same thing twice, and while many write at once
the commit waits its turn for tens of milliseconds. A line at the end of a file takes a hundredth of one, and survives
the process. Only for SQLite: its one process owns the folder. After a power failure the last lines may be missing;
then a repeat is all that happens.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import structlog

LINE = re.compile(rb"\d+@\d{8}T\d{6}\.\d{6}")

log = structlog.get_logger()


class SentLog:
    """A file of lines `<row>@<when it was made> <message id>`: what isn't committed yet. `file` None: nothing is noted.

    The moment is there because a database that is made anew counts its rows from one again.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._descriptor: int | None = None
        self._uncommitted: set[str] = set()
        self.earlier: dict[str, int | None] = {}
        """Rows, and the ids of their messages, that an earlier process noted and perhaps couldn't commit."""

    def open(self) -> None:
        """Read what an earlier process left, and be ready to note."""
        if self._file is None:
            return
        try:
            self._descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            self.earlier = _read(self._file.read_bytes())
        except OSError as exc:
            self._give_up(exc)
        self._uncommitted = set(self.earlier)

    def note(self, row: str, message_id: int | None) -> None:
        """Telegram has it; `message_id` None where there is none."""
        if self._descriptor is None:
            return
        try:
            os.write(self._descriptor, f"{row} {message_id or 0}\n".encode())
            self._uncommitted.add(row)
        except OSError as exc:
            self._give_up(exc)

    def forget(self, *rows: str) -> None:
        """These are committed. The file is emptied when nothing else is in it."""
        if self._descriptor is None or not self._uncommitted:
            return
        self._uncommitted.difference_update(rows)
        if not self._uncommitted:
            os.ftruncate(self._descriptor, 0)

    def close(self) -> None:
        """Let the file go."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _give_up(self, exc: OSError) -> None:
        log.warning(
            "what was sent can't be noted beside the database; a kill may repeat a message", error=str(exc.errno)
        )
        self.close()


def name_of(row_id: int, created_at: datetime) -> str:
    """What a row is called in the file."""
    return f"{row_id}@{created_at.astimezone(UTC):%Y%m%dT%H%M%S.%f}"


def id_of(row: str) -> int:
    """The row's number in the outbox."""
    return int(row.partition("@")[0])


def _read(content: bytes) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for line in content.split(b"\n")[:-1]:  # what has no line end was cut off
        match line.split():
            case [row, message_id] if LINE.fullmatch(row) and message_id.isdigit():
                found[row.decode()] = int(message_id) or None
            case _:
                continue
    return found
