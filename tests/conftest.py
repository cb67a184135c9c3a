"""Fixtures for all tests. A test that asks for `database` or `database_url` runs on SQLite and on PostgreSQL.

For one engine only: `@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)`.
"""

import gc
import os
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

from storage.database import Database
from tests.databases import DidNotStartError, PostgresServer, SqliteFiles, share_statements
from tests.needs import EVERYTHING, missing
from tests.short import left_out

LONGEST = ("test_kill.py", "test_stop.py", "tests/browser/", "test_readme.py", "test_wheel.py", "test_random_moves.py")
"""What takes many seconds; the longest first."""
WAITING = ("tests/process/", "tests/bot/telegram/")
"""What waits more than it works."""
TOGETHER = ("tests/packaging/test_wheel.py",)
"""Files for one worker: the wheel is built and installed once."""


class TogetherScheduling(LoadScopeScheduling):  # type: ignore[misc]  # xdist is not typed
    """A test at a time, but tests that share what is dear to make are for one worker.

    xdist's own groups wouldn't do: it writes them in a part of a test's name that pytest 9.2 doesn't read.
    """

    def _split_scope(self, nodeid: str) -> str:
        """Tests with the same answer go to the same worker."""
        return next((file for file in TOGETHER if nodeid.startswith(file)), nodeid)


def pytest_xdist_auto_num_workers() -> int:
    """Some more workers than cores: the long tests wait more than they work."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(16, 2 * cores if EVERYTHING else cores + cores // 2)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> TogetherScheduling:
    """Who runs what."""
    return TogetherScheduling(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is run, by whom, and in which order."""
    if not EVERYTHING and not any("::" in argument for argument in config.args):
        gone = left_out(items, named=any(argument.endswith(".py") for argument in config.args))
        config.hook.pytest_deselected(items=[item for item in items if item in gone])
        items[:] = [item for item in items if item not in gone]
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

settings.register_profile("short", max_examples=30)
if not EVERYTHING:
    settings.load_profile("short")


def pytest_collection_finish() -> None:
    """What is there by now stays: the collector needn't look through it in every test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)  # of what a test makes most is gone before that


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what this run was."""
    if not EVERYTHING:
        terminalreporter.write_line(
            "In short: of each file of stories the first, on one database; of many cases some; long tests smaller."
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
