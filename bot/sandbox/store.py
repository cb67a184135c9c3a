"""Where the sandbox keeps what must survive: one SQLite table of JSON values, written before a call is answered."""

import json
import sqlite3
from pathlib import Path
from typing import Any

Key = tuple[int | str, ...]


class Store:
    """Values by kind and key. Changes gather until flush() writes them in one transaction.

    Safe against the death of the process, not of the machine (synchronous=OFF): that is all a sandbox needs,
    and it keeps a call under a millisecond. Without a path everything stays in memory.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._database = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute(
            "CREATE TABLE IF NOT EXISTS kept (kind TEXT, key TEXT, value, PRIMARY KEY (kind, key)) WITHOUT ROWID"
        )
        self._durable = path is not None
        self._changes: dict[tuple[str, str], str | bytes | None] = {}

    def put(self, kind: str, key: Key, value: Any) -> None:
        """Keep a JSON value from the next flush on."""
        if self._durable:
            self._changes[kind, _key(key)] = json.dumps(value, separators=(",", ":"))

    def remove(self, kind: str, key: Key) -> None:
        """Forget a value from the next flush on."""
        if self._durable:
            self._changes[kind, _key(key)] = None

    def put_bytes(self, key: Key, content: bytes) -> None:
        """Keep a file's content, at once."""
        self._database.execute("INSERT OR REPLACE INTO kept VALUES ('bytes', ?, ?)", (_key(key), content))

    def get_bytes(self, key: Key) -> bytes:
        """A file's content; KeyError when it isn't there."""
        found = self._database.execute("SELECT value FROM kept WHERE kind = 'bytes' AND key = ?", (_key(key),))
        for (content,) in found:
            return bytes(content)
        raise KeyError(key)

    def all(self, kind: str) -> dict[Key, Any]:
        """All values of a kind, in no particular order."""
        found = self._database.execute("SELECT key, value FROM kept WHERE kind = ?", (kind,))
        return {tuple(json.loads(key)): json.loads(value) for key, value in found}

    def flush(self) -> None:
        """Write what changed; after this a kill loses none of it."""
        if not self._changes:
            return
        changes, self._changes = self._changes, {}
        kept = [(kind, key, value) for (kind, key), value in changes.items() if value is not None]
        gone = [name for name, value in changes.items() if value is None]
        self._database.execute("BEGIN IMMEDIATE")
        if kept:
            self._database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", kept)
        if gone:
            self._database.executemany("DELETE FROM kept WHERE kind = ? AND key = ?", gone)
        self._database.execute("COMMIT")

    def close(self) -> None:
        """Flush and let go of the file."""
        self.flush()
        self._database.close()


def _key(key: Key) -> str:
    return json.dumps(key, separators=(",", ":"))
