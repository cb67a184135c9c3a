"""Files of tab-separated values, as spreadsheets write them: UTF-8, a line of column names, then a line each.

Other columns and empty lines are passed over; a field may stand in double quotes.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from flows.errors import TableError

LARGEST = 20_000_000
"""Bytes."""


class Row(NamedTuple):
    """The number of its line, and its fields in the order in which the columns were asked for."""

    line: int
    fields: tuple[str, ...]


def read_table(file: Path, *columns: str, optional: Sequence[str] = ()) -> list[Row]:
    """The rows of a file, at least one; `optional` columns follow, empty where they aren't there.

    Raises TableError with the file, the line and the remedy.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except OSError as exc:
        reason = (exc.strerror or type(exc).__name__).lower()
        raise TableError(f"{file} can't be read ({reason}); check its name and rights") from exc
    if len(content) > LARGEST:
        raise TableError(f"{file} is larger than {LARGEST // 1_000_000} MB; take fewer lines")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise TableError(f"{file} isn't UTF-8; save it as UTF-8, parted by tabs") from exc
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    names = [_unquoted(name).casefold() for name in lines[0].split("\t")]
    missing = [column for column in columns if column not in names]
    if missing:
        raise TableError(f"{file}, line 1: no column {missing[0]!r}; name there {', '.join(columns)}, parted by tabs")
    places = [names.index(column) for column in columns]
    others = [names.index(column) if column in names else None for column in optional]
    rows = []
    for number, line in enumerate(lines[1:], 2):
        fields = [_unquoted(field) for field in line.split("\t")]
        if not line.strip():
            continue
        if not max(places) < len(fields) <= len(names):
            raise TableError(
                f"{file}, line {number}: {len(fields)} fields and not {len(names)}; "
                "put a tab between them, and no tab or line break in one"
            )
        rest = ["" if place is None or place >= len(fields) else fields[place] for place in others]
        row = Row(number, (*(fields[place] for place in places), *rest))
        if not all(row.fields[: len(columns)]):
            raise TableError(f"{file}, line {number}: {' or '.join(columns)} is empty; fill it in or remove the line")
        rows.append(row)
    if not rows:
        raise TableError(f"{file} has nothing below the names of its columns; add at least one line")
    return rows


def _unquoted(field: str) -> str:
    """Without the quotes that a spreadsheet puts around a text with quotes in it."""
    field = field.strip()
    return field[1:-1].replace('""', '"').strip() if len(field) > 1 and field[0] == field[-1] == '"' else field
