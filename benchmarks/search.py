"""How quickly initiatives are found among 10,000, and whether they are the right ones. Run: python -m benchmarks.search

On SQLite and on a PostgreSQL of our own, for the written list of queries (tests/flows/initiatives/pairs.py) and for
the whole stories of people who start an initiative.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ParamSpec

from sqlalchemy import text
from sqlmodel import select

from flows.context import Context
from flows.initiatives.finding.alike import index_missing, look_for_similar
from flows.opening import open_house
from flows.words.finding import find
from storage.database import Database
from storage.initiatives import Initiative
from storage.search import SearchKind
from tests.databases import PostgresServer, SqliteFiles
from tests.flows.initiatives.believable import NOW, believable
from tests.flows.initiatives.pairs import PAIRS
from tests.flows.talk.play import house

P = ParamSpec("P")
TARGET = 50.0
"""Milliseconds."""
HITS = 10
"""Among so many first hits the right one must be."""


async def fill(database: Database, number: int) -> float:
    """Write down so many initiatives and those of the list; gives the seconds that indexing them took."""
    async with database.transaction() as session:
        await open_house(session, house().municipality, NOW)
        session.add_all([*believable(number), *(pair.initiative(n) for n, pair in enumerate(PAIRS, 1))])
    began = time.monotonic()
    async with database.transaction() as session:
        await index_missing(session, house().municipality)
    took = time.monotonic() - began
    if not database.is_sqlite:
        async with database.transaction() as session:  # as autovacuum does by itself, within a minute
            await (await session.connection()).execute(text("ANALYZE"))
    return took


async def measured(run: Callable[P, Awaitable[object]], *args: P.args, **kwargs: P.kwargs) -> float:
    """Milliseconds it takes, the quickest of three."""
    times = []
    for _ in range(3):
        began = time.perf_counter()
        await run(*args, **kwargs)
        times.append(1000 * (time.perf_counter() - began))
    return min(times)


async def measure(url: str, number: int) -> tuple[list[str], list[str]]:
    """A line of the table, and the queries that miss their initiative."""
    database = Database(url)
    try:
        indexing = await fill(database, number)
        async with database.transaction() as session:
            context = Context(house=house(), session=session, now=NOW, actor=None)
            titles = {one.id: one.title for one in (await session.exec(select(Initiative))).all()}
            missed = []
            for pair in PAIRS:
                hits = await find(session, SearchKind.INITIATIVE, pair.query)
                if pair.title not in [titles[hit.document_id] for hit in hits[:HITS]]:
                    missed.append(pair.query)
            typed = [await measured(find, session, SearchKind.INITIATIVE, pair.query) for pair in PAIRS]
            told = [
                await measured(
                    look_for_similar, context, idea=one.idea, district=one.district_code, theme=one.theme_code
                )
                for one in believable(100, seed=2)
            ]
    finally:
        await database.close()
    figures = [f"{indexing:.1f}", *(f"{one:.1f}" for times in (typed, told) for one in (middle(times), max(times)))]
    return [database.url.get_backend_name(), *figures, f"{len(PAIRS) - len(missed)}/{len(PAIRS)}"], missed


def middle(times: Sequence[float]) -> float:
    """The median."""
    return sorted(times)[len(times) // 2]


@contextmanager
def databases(engines: Sequence[str]) -> Iterator[list[str]]:
    """Addresses of migrated databases, removed after."""
    with TemporaryDirectory() as folder:
        urls = [SqliteFiles(Path(folder)).fresh()] if "sqlite" in engines else []
        if "postgresql" not in engines:
            yield urls
            return
        with PostgresServer() as server:
            yield [*urls, server.fresh()]


def main() -> int:
    """Print the table. Exit code 1 when a similar one takes too long, or the right one is not among the first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--initiatives", type=int, default=10_000)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), action="append", help="only this one")
    asked = parser.parse_args()
    print(f"{'':<12}{'indexing s':>12}{'words ms':>10}{'slowest':>10}{'idea ms':>10}{'slowest':>10}{'found':>8}")  # noqa: T201
    wrong = False
    with databases(asked.engine or ("sqlite", "postgresql")) as urls:
        for url in urls:
            line, missed = asyncio.run(measure(url, asked.initiatives))
            name, indexing, *figures, found = line
            print(f"{name:<12}{indexing:>12}" + "".join(f"{one:>10}" for one in figures) + f"{found:>8}")  # noqa: T201
            for query in missed:
                print(f"  not found: {query}")  # noqa: T201
            wrong = wrong or bool(missed) or max(float(one) for one in figures) > TARGET
    print(f"{'target':<12}{'':>12}{'':>10}{TARGET:>10.1f}{'':>10}{TARGET:>10.1f}{'all':>8}")  # noqa: T201
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
