"""What runs in short: a choice by rules, so that more tests hardly take more time, and none has to be named.

In short is how the tests run unless STUUR_TESTS_REQUIRE=all asks for everything. Who names a file gets all of it, each
story on one engine; who names a test gets every case of it, on both.

- Of the tests of a file that tell a story, or start a process, the first run: a file begins with what matters most.
- A story runs on one of the two engines, mostly SQLite. The statements themselves are tested in tests/storage, on both.
- Of a test with many cases some run, spread over all, and always at least one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from zlib import crc32

import pytest

FIRST = {
    "tests/journeys/": 1,
    "tests/process/": 2,
    "tests/packaging/": 1,
    "tests/flows/": 2,
    "tests/bot/telegram/": 5,
    "tests/bot/": 3,
    "tests/storage/test_migrate.py": 4,
}
"""Of the tests of a file that have a database or a process so many run, by folder. What is pure always runs."""
CASES = {"tests/process/": 1, "tests/flows/test_permissions.py": 3, "tests/": 3}
"""So many cases of a test run, by the first folder that fits; on each engine, where it runs on both."""
STORIES = ("tests/journeys/", "tests/flows/", "tests/bot/telegram/", "tests/process/")
"""About what happens, which is the same on both engines."""
ENGINES = ("sqlite", "postgresql")
ON_POSTGRESQL = 10
"""One story in so many runs on PostgreSQL; the others on SQLite, which is cheaper."""
STARTS = frozenset({"backend", "sqlite_files", "town", "tmp_path", "settings"})
"""Fixtures of tests that take a database, a town or a process of their own."""
LEFT_TO_THE_GATE = (
    "test_consent.py",
    "test_whole_life.py",
    "test_no_rule_is_broken_and_everything_fits",
    "test_what_is_done_less_is_behind_a_line",
    "test_a_question_comes_by_e_mail",
    "test_each_query_finds_its_initiative_among_very_many",
    "test_the_worked_example_works",
    "test_wheel.py",
    "test_after_a_kill_the_same_messages_are_on_the_page",
    "test_kills_during_a_broadcast",
    "test_two_demos_do_not_share_a_port",
    "test_check_finds_the_example_in_order",
)
"""Much work, or what another test in short sees too."""


def left_out(items: list[pytest.Item], *, named: bool) -> set[pytest.Item]:
    """What of `items` doesn't run in short; `named` when somebody asked for these files."""
    rules = (on_the_other_engine,) if named else (left_to_the_gate, on_the_other_engine, after_the_first, more_cases)
    gone = set[pytest.Item]()
    for rule in rules:
        gone.update(rule([item for item in items if item not in gone]))
    return gone


def left_to_the_gate(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    return (item for item in items if any(part in item.nodeid for part in LEFT_TO_THE_GATE))


def on_the_other_engine(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """The stories on this engine of which the same one runs on the other."""
    for item in items:
        engine = engine_of(item)
        if engine and item.nodeid.startswith(STORIES) and is_on_both(item):
            story = item.nodeid.replace(engine, "")
            if engine != ENGINES[crc32(story.encode()) % ON_POSTGRESQL == 0]:
                yield item


def after_the_first(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """The stories and processes of each file after the first."""
    told = defaultdict[str, list[str]](list)
    for item in items:
        at_most = next((number for folder, number in FIRST.items() if item.nodeid.startswith(folder)), None)
        if at_most is None or not STARTS.intersection(getattr(item, "fixturenames", ())):
            continue
        file, name = item.nodeid.split("::")[0], function_of(item)
        if name not in told[file]:
            told[file].append(name)
        if told[file].index(name) >= at_most:
            yield item


def more_cases(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """The cases of each test beyond the number; which they are is spread over all, and the same every time."""
    taken = Counter[tuple[str, str]]()
    for item in sorted(items, key=lambda item: crc32(item.nodeid.encode())):
        at_most = next((number for folder, number in CASES.items() if item.nodeid.startswith(folder)), None)
        case = function_of(item), engine_of(item)
        taken[case] += 1
        if at_most is not None and taken[case] > at_most:
            yield item


def function_of(item: pytest.Item) -> str:
    return item.nodeid.partition("[")[0]


def engine_of(item: pytest.Item) -> str:
    """The engine a test runs on; empty when it hasn't got a database, or its own."""
    callspec = getattr(item, "callspec", None)
    return str(callspec.params.get("backend", "")) if callspec else ""


def is_on_both(item: pytest.Item) -> bool:
    """Not when the test itself says which engine it wants."""
    return not any(mark.args and mark.args[0] == "backend" for mark in item.iter_markers("parametrize"))
