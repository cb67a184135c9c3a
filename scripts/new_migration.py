"""Writes a migration: what the tables in `storage/` have and the last migration doesn't.

    python scripts/new_migration.py "Keep the resident's postcode"
    python scripts/new_migration.py --first      before the first release: write 0001 anew

Read storage/migrations/README.md first: what it writes is a draft.
"""

import argparse
import asyncio
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import Connection

from storage.database import Database
from storage.migrate import FOLDER, config, migrate
from storage.tables import METADATA

VERSIONS = FOLDER / "versions"


async def write(message: str) -> Path:
    """Compare the tables with a fresh database at head, and write the difference as the next step."""
    number = f"{len(list(VERSIONS.glob('[0-9]*.py'))) + 1:04d}"
    slug = "_".join(re.findall(r"[a-z0-9]+", message.lower()))[:40].strip("_")
    file = VERSIONS / f"{number}_{slug}.py"

    def compare(connection: Connection) -> None:
        settings = config(connection)
        settings.set_main_option("file_template", f"%%(rev)s_{slug}")
        assert METADATA.tables  # loaded: they are what is compared with
        command.revision(settings, message=message, autogenerate=True, rev_id=number)

    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{folder}/fresh.db")
        try:
            await migrate(database)
            async with database.engine.connect() as connection:
                await connection.run_sync(compare)
        finally:
            await database.close()
    return file


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("message", nargs="?", help="what changes, in a few words")
    parser.add_argument("--first", action="store_true", help="write the first migration anew")
    asked = parser.parse_args()
    if asked.first == bool(asked.message):
        parser.error("give either a message or --first")
    if asked.first:
        kept = list(VERSIONS.glob("[0-9]*.py"))
        if len(kept) > 1:
            parser.error("--first is for before the first release, when there is no second migration yet")
        for old in kept:
            old.unlink()
    file = asyncio.run(write("First" if asked.first else asked.message))
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith("    # ### ")))  # Alembic's own remarks
    for step in (["format"], ["check", "--fix"], ["format"]):
        subprocess.run([sys.executable, "-m", "ruff", *step, "--quiet", file], check=True)
    print(f"{file}: a draft, read it")  # noqa: T201 - this is a command


if __name__ == "__main__":
    main()
