"""Write the golden journals of this release: what people's unfinished conversations look like in its databases.

    python -m scripts.golden_journals

Run it once for every release, after `version` in pyproject.toml has changed, and commit what it writes in
`tests/flows/talk/golden/<version>/`. The tests replay the journals of all releases on today's code: a conversation that
somebody began last month must go on. So the folder of a release that is out never changes; until then, remove it
to write it again.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from tests.flows.talk.scripted import SCRIPTED, Scripted

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "flows" / "talk" / "golden"


def release() -> str:
    """The first two numbers of the version in pyproject.toml."""
    version: str = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    return ".".join(version.split(".")[:2])


async def journal(scripted: Scripted) -> dict[str, Any]:
    """A conversation at its end, with its answers in the order in which they were given, as the database keeps them."""
    playing = scripted.begin()
    await scripted.until(playing, None)
    return {"name": scripted.name, "given": list(scripted.given), "answers": playing.answers}


def main() -> None:
    """Write one file for every way through every conversation."""
    folder = GOLDEN / release()
    if folder.exists():
        sys.exit(f"{folder.relative_to(ROOT)} is there already; remove it first, unless that release is out")
    folder.mkdir(parents=True)
    for scripted in SCRIPTED:
        written = json.dumps(asyncio.run(journal(scripted)), ensure_ascii=False, indent=2)
        (folder / f"{scripted}.json").write_text(written + "\n", "utf-8")


if __name__ == "__main__":
    main()
