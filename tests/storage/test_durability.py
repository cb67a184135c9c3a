"""What was acknowledged stays, however the process ends. On both engines."""

import random
import subprocess
import sys
from pathlib import Path

from sqlmodel import select

from storage.database import Database
from storage.updates import SeenUpdate
from tests.needs import size

ROOT = Path(__file__).parents[2]
ROUNDS = size(2, 6)
APART = 1_000_000
"""Each round counts from its own million."""


def commit_until_killed(url: str, first: int, chance: random.Random) -> int:
    """The last number that was acknowledged before a kill -9 at a random moment."""
    command = [sys.executable, "-m", "tests.storage.committer", url, str(first)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            told = [process.stdout.readline() for _ in range(chance.randint(1, 60))]
        finally:
            process.kill()
        return int([*told, *process.stdout][-1])


async def test_a_kill_loses_no_acknowledged_commit(database_url: str) -> None:
    chance = random.Random(9)
    acknowledged = [commit_until_killed(database_url, APART * n, chance) - APART * n for n in range(ROUNDS)]

    database = Database(database_url)
    async with database.transaction() as session:
        kept = sorted((await session.exec(select(SeenUpdate.update_id))).all())
    await database.close()

    for n, last in enumerate(acknowledged):
        numbers = [update - APART * n for update in kept if update // APART == n]
        assert numbers == list(range(len(numbers)))
        assert len(numbers) in {last + 1, last + 2}  # the last one may not have been told any more
