"""What Telegram has taken, noted in the moment it says so.

Between Telegram's answer and our commit a kill makes somebody hear the same thing twice, and while many write at once
the commit waits its turn for tens of milliseconds. A line at the end of a file takes a hundredth of one, and survives
the process. Only for SQLite: its one process owns the folder. After a power failure the last lines may be missing;
then a repeat is all that happens.
"""

from __future__ import annotations

import os
from pathlib import Path

import structlog

log = structlog.get_logger()


class SentLog:
    """A file of lines `<row> <message id>` that holds what isn't committed yet. `file` None: nothing is noted."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._descriptor: int | None = None
        self._uncommitted: set[int] = set()
        self.earlier: dict[int, int | None] = {}
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

    def note(self, row_id: int, message_id: int | None) -> None:
        """Telegram has it; `message_id` None where there is none."""
        if self._descriptor is None:
            return
        try:
            os.write(self._descriptor, f"{row_id} {message_id or 0}\n".encode())
            self._uncommitted.add(row_id)
        except OSError as exc:
            self._give_up(exc)

    def forget(self, *row_ids: int) -> None:
        """These are committed. The file is emptied when nothing else is in it."""
        if self._descriptor is None or not self._uncommitted:
            return
        self._uncommitted.difference_update(row_ids)
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


def _read(content: bytes) -> dict[int, int | None]:
    found: dict[int, int | None] = {}
    for line in content.split(b"\n")[:-1]:  # what has no line end was cut off
        match line.split():
            case [row_id, message_id] if row_id.isdigit() and message_id.isdigit():
                found[int(row_id)] = int(message_id) or None
            case _:
                continue
    return found
