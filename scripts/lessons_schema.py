"""Write the published schema of lessons anew: `python -m scripts.lessons_schema`, after a change of its classes."""

from __future__ import annotations

import json
from pathlib import Path

from flows.initiatives.lessons import file as lesson_file

FILE = Path(lesson_file.__file__).with_name(lesson_file.SCHEMA)


def written() -> str:
    """The file's content, as the classes say it should be."""
    return json.dumps(lesson_file.schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(), "utf-8")
