"""Commits one row after another, and says each time that it has. Run as a process, to be killed."""

import asyncio
import sys

from storage.database import Database
from storage.updates import SeenUpdate


async def main(url: str, first: int) -> None:
    database = Database(url)
    number = first
    while True:
        async with database.transaction() as session:
            session.add(SeenUpdate(update_id=number))
        print(number, flush=True)  # noqa: T201 - the acknowledgement
        number += 1


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
