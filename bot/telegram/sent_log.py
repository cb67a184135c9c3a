"""What Telegram has taken, noted in the moment it says so.

Between Telegram's answer and our commit a kill makes somebody hear the same thing twice, and while many write at once
the commit waits its turn for tens of milliseconds. A line at the end of a file takes a hundredth of one, and survives
the process. After a power failure the last lines may be missing; then a repeat is all that happens.

The file belongs to one process at a time: who has it open holds a lock on it, which ends with the process however that
ends. So who gets the lock knows that those who wrote in it before send no more.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
from datetime import UTC, datetime
from pathlib import Path

import structlog

from storage.database import Database

LINE = re.compile(rb"\d+@\d{8}T\d{6}\.\d{6}")
WRITER = re.compile(rb"^by (\w+)\n", re.MULTILINE)
MOST_LINES = 1000
"""What is committed is thrown out when there are more, for while it is busy there may be no moment without any."""

log = structlog.get_logger()


def place(database: Database, folder: Path | None) -> Path | None:
    """The file for this database: beside a SQLite file; for a server in `folder`, under a name made of the address."""
    if database.file is not None:
        return database.file.with_name(f"{database.file.name}-sent")
    if database.is_sqlite or folder is None:
        return None
    return folder / f"stuur-{hashlib.sha256(database.address.encode()).hexdigest()[:12]}-sent"


class SentLog:
    """A file of lines `<row>@<when it was made> <message id>`: what isn't committed yet; and `by <writer>`.

    `file` None: nothing is noted. The moment is there because a database that is made anew counts its rows from one
    again.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._descriptor: int | None = None
        self._is_usable = file is not None
        self._writer = ""
        self._lines = 0
        self._uncommitted: dict[str, int | None] = {}
        self.earlier: dict[str, int | None] = {}
        """Rows, and the ids of their messages, that an earlier process noted and perhaps couldn't commit."""
        self.earlier_writers: tuple[str, ...] = ()
        """The names of those processes."""

    def open(self, writer: str) -> bool:
        """Read what earlier processes left, and be ready to note, as `writer`; False while the file is another's."""
        if self._file is None or not self._is_usable or self._descriptor is not None:
            return True
        try:
            self._descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            content = self._file.read_bytes()
            self.earlier_writers = tuple(name.decode() for name in WRITER.findall(content))
            if writer not in self.earlier_writers:  # before it may send: killed right after, it is known
                # A line that was cut off makes no sense, and has to stay so.
                ending = b"" if not content or content.endswith(b"\n") else b" ?\n"
                os.write(self._descriptor, ending + f"by {writer}\n".encode())
        except BlockingIOError:
            self.close()
            return False
        except OSError as exc:
            self._give_up(exc)
            return True
        self._writer = writer
        self.earlier = _read(content)
        self._uncommitted = dict(self.earlier)
        return True

    def settle(self) -> None:
        """What earlier processes noted is committed, and what they had is the writer's."""
        for row in self.earlier:
            self._uncommitted.pop(row, None)
        self.earlier, self.earlier_writers = {}, ()
        self._rewrite()

    def note(self, row: str, message_id: int | None) -> None:
        """Telegram has it; `message_id` None where there is none."""
        if self._descriptor is None or not self._is_usable:
            return
        try:
            os.write(self._descriptor, _line(row, message_id))
        except OSError as exc:
            self._give_up(exc)
            return
        self._uncommitted[row] = message_id
        self._lines += 1

    def forget(self, row: str) -> None:
        """It is committed. It goes from the file when nothing else is in it, or when that is long."""
        if row in self._uncommitted:
            del self._uncommitted[row]
            if not self._uncommitted or self._lines > MOST_LINES:
                self._rewrite()

    def close(self) -> None:
        """Let the file go; it can be opened again. One that can't be used is kept: what it says may not be true."""
        if self._descriptor is not None and self._is_usable:
            os.close(self._descriptor)
            self._descriptor = None
            self._uncommitted = {}

    def _rewrite(self) -> None:
        if self._descriptor is None or not self._is_usable:
            return
        self._lines = len(self._uncommitted)
        lines = [_line(row, message_id) for row, message_id in self._uncommitted.items()]
        try:
            os.ftruncate(self._descriptor, 0)
            os.write(self._descriptor, b"".join([f"by {self._writer}\n".encode(), *lines]))
        except OSError as exc:
            self._give_up(exc)

    def _give_up(self, exc: OSError) -> None:
        log.warning(
            "what was sent can't be noted; a kill may repeat a message", file=str(self._file), error=str(exc.errno)
        )
        self._is_usable = False


def name_of(row_id: int, created_at: datetime) -> str:
    """What a row is called in the file."""
    return f"{row_id}@{created_at.astimezone(UTC):%Y%m%dT%H%M%S.%f}"


def id_of(row: str) -> int:
    """The row's number in the outbox."""
    return int(row.partition("@")[0])


def _line(row: str, message_id: int | None) -> bytes:
    return f"{row} {message_id or 0}\n".encode()


def _read(content: bytes) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for line in content.split(b"\n")[:-1]:  # what has no line end was cut off
        match line.split():
            case [row, message_id] if LINE.fullmatch(row) and message_id.isdigit():
                found[row.decode()] = int(message_id) or None
            case _:
                continue
    return found
