"""Fixtures for all tests. A test that asks for `database` or `database_url` runs on SQLite and on PostgreSQL.

For one engine only: `@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)`.
"""

import gc
import os
from collections.abc import AsyncIterator, Iterator
from zlib import crc32

import pytest

from storage.database import Database
from tests.databases import DidNotStartError, PostgresServer, SqliteFiles, share_statements
from tests.needs import EVERYTHING, missing

LONGEST = ("test_kill.py", "test_stop.py", "tests/browser/", "test_readme.py", "test_wheel.py", "test_random_moves.py")
"""What takes many seconds; the longest first."""
WAITING = ("tests/process/", "tests/bot/telegram/")
"""What waits more than it works."""
STORIES = ("tests/journeys/", "tests/flows/")
"""About what happens, which is the same on both engines; the statements themselves are tested in tests/storage."""
ON_POSTGRESQL = 10
"""In short one in so many stories is told on PostgreSQL; the others on SQLite, which is cheaper."""

JOURNEYS = "tests/journeys/"
LEFT_TO_THE_GATE = (
    "test_consent.py",
    "test_no_rule_is_broken_and_everything_fits",
    "test_each_query_finds_its_initiative_among_very_many",
    "test_the_worked_example_works",
    "test_wheel.py",
    "test_after_a_kill_the_same_messages_are_on_the_page",
    "test_two_demos_do_not_share_a_port",
    "test_check_finds_the_example_in_order",
)
"""Much work, or what another test in short sees too: only where everything is asked for, or when they are named."""
FIRST = 1
"""In short so many journeys of a file are told: a file begins with what matters most."""


def pytest_xdist_auto_num_workers() -> int:
    """Some more workers than cores: the long tests wait more than they work."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(16, 2 * cores if EVERYTHING else cores + cores // 2)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is run, and in which order.

    In short a story runs on one of the two databases, and of a file of journeys only the first are told. Named, the
    whole file is told; a test asked for by its own name runs on both.
    """
    if not EVERYTHING and not any("::" in argument for argument in config.args):
        named = any(argument.endswith(".py") for argument in config.args)
        later = set() if named else later_stories(items)
        left_out = [
            item
            for item in items
            if item in later
            or is_left_to_the_other_engine(item)
            or (not named and any(part in item.nodeid for part in LEFT_TO_THE_GATE))
        ]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]
    items[:] = in_good_order(items)


def in_good_order(items: list[pytest.Item]) -> list[pytest.Item]:
    """The longest first; what waits is spread over the rest, so that others work meanwhile."""

    def place(item: pytest.Item) -> int:
        return next((n for n, part in enumerate(LONGEST) if part in item.nodeid), len(LONGEST))

    longest = sorted((item for item in items if place(item) < len(LONGEST)), key=place)
    others = [item for item in items if place(item) == len(LONGEST)]
    waiting = [item for item in others if item.nodeid.startswith(WAITING)]
    working = [item for item in others if not item.nodeid.startswith(WAITING)]
    spread = [(n / len(part), item) for part in (waiting, working) for n, item in enumerate(part)]
    return [*longest, *(item for _, item in sorted(spread, key=lambda one: one[0]))]


share_statements()


def pytest_collection_finish() -> None:
    """What is there by now stays: the collector needn't look through it in every test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)  # of what a test makes most is gone before that


def later_stories(items: list[pytest.Item]) -> set[pytest.Item]:
    """The journeys of each file after the first."""
    told: dict[str, list[str]] = {}
    later = set()
    for item in items:
        if item.nodeid.startswith(JOURNEYS):
            file, _, name = item.nodeid.partition("::")
            story = name.partition("[")[0]
            stories = told.setdefault(file, [])
            if story not in stories:
                stories.append(story)
            if stories.index(story) >= FIRST:
                later.add(item)
    return later


def is_left_to_the_other_engine(item: pytest.Item) -> bool:
    """Whether a story's test on this engine is left out because the same one runs on the other."""
    name, engines = item.nodeid, ("sqlite", "postgresql")
    found = [engine for engine in engines if engine in name.partition("[")[2]]
    if not found or not name.startswith(STORIES) or not is_on_both(item):
        return False
    story = name.replace(found[0], "")
    return found[0] != engines[crc32(story.encode()) % ON_POSTGRESQL == 0]


def is_on_both(item: pytest.Item) -> bool:
    """Not when the test itself says which engine it wants."""
    return not any(mark.args and mark.args[0] == "backend" for mark in item.iter_markers("parametrize"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what this run was."""
    if not EVERYTHING:
        terminalreporter.write_line(
            "In short: the first journey of each file, long tests in smaller numbers, stories on one database."
        )
        terminalreporter.write_line("All of it: STUUR_TESTS_REQUIRE=all, as .ci/run sets it.")


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    """The SQLite databases of this run."""
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer | str]:
    """The PostgreSQL of this run, started by the first test that asks for it; or why it couldn't be."""
    try:
        with PostgresServer() as server:
            yield server
    except DidNotStartError as exc:
        yield str(exc)


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> SqliteFiles | PostgresServer:
    """Where a test's databases come from."""
    if request.param == "sqlite":
        files: SqliteFiles = request.getfixturevalue("sqlite_files")
        return files
    server: PostgresServer | str = request.getfixturevalue("postgres_server")
    if isinstance(server, str):
        missing(f"no PostgreSQL to test on: {server}")
    return server


@pytest.fixture
def database_url(backend: SqliteFiles | PostgresServer) -> Iterator[str]:
    """The address of a fresh, migrated database, for tests that start a whole process."""
    url = backend.fresh()
    yield url
    backend.drop(url)


@pytest.fixture
def empty_database_url(backend: SqliteFiles | PostgresServer) -> Iterator[str]:
    """The address of a database without tables."""
    url = backend.empty()
    yield url
    backend.drop(url)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A fresh, migrated database."""
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture
async def empty_database(empty_database_url: str) -> AsyncIterator[Database]:
    """A database without tables."""
    database = Database(empty_database_url)
    yield database
    await database.close()
