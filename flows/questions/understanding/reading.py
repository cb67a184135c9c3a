"""Questions with their themes in a file of tab-separated values, columns `question` and `theme`."""

from __future__ import annotations

from pathlib import Path

from flows.errors import QuestionsError
from flows.questions.understanding.classifier import Example

COLUMNS = ("question", "theme")
LARGEST = 20_000_000
"""Bytes."""


def read_examples(file: Path) -> list[Example]:
    """Of a file in UTF-8 whose first line names the columns; other columns and empty lines are passed over.

    Raises QuestionsError with the file, the line and the remedy.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except OSError as exc:
        reason = (exc.strerror or type(exc).__name__).lower()
        raise QuestionsError(f"{file} can't be read ({reason}); check its name and rights") from exc
    if len(content) > LARGEST:
        raise QuestionsError(f"{file} is larger than {LARGEST // 1_000_000} MB; take fewer questions")
    try:
        return parse_examples(content.decode("utf-8-sig"))
    except UnicodeDecodeError as exc:
        raise QuestionsError(f"{file} isn't UTF-8; save it as such") from exc
    except QuestionsError as exc:
        raise QuestionsError(f"{file}{exc}") from exc


def parse_examples(text: str) -> list[Example]:
    """As `read_examples`; an error begins with the number of the line."""
    lines = text.split("\n")
    names = [name.strip().casefold() for name in lines[0].split("\t")]
    missing = [column for column in COLUMNS if column not in names]
    if missing:
        raise QuestionsError(f":1: no column {missing[0]!r}; the first line must name {', '.join(COLUMNS)} (with tabs)")
    question_at, theme_at = (names.index(column) for column in COLUMNS)
    examples = []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) <= max(question_at, theme_at):
            raise QuestionsError(f":{number}: fewer columns than the first line has; put a tab between them")
        if not cells[question_at] or not cells[theme_at]:
            raise QuestionsError(f":{number}: the question or the theme is empty; fill it in or remove the line")
        examples.append(Example(_unquoted(cells[question_at]), _unquoted(cells[theme_at])))
    if not examples:
        raise QuestionsError(": there is no question in it; add lines below the first")
    return examples


def _unquoted(cell: str) -> str:
    """As a spreadsheet writes a text that has quotes in it."""
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell
