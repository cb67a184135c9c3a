"""Write the published schema of lessons anew: `python -m scripts.lessons_schema`, after a change of its classes."""

from __future__ import annotations

import json
from pathlib import Path

from flows.initiatives import learning

FILE = Path(learning.__file__).with_name(learning.SCHEMA)


def written() -> str:
    """The file's content, as the classes say it should be."""
    return json.dumps(learning.schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(), "utf-8")
