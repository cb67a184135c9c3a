"""What a test needs: without it the test is skipped, and says how to get it. And how much time it may take.

STUUR_TESTS_REQUIRE=all, as `.ci/run` sets it: nothing is skipped, and the long tests are done at their full length.
"""

import os
from typing import NoReturn, TypeVar

import pytest

T = TypeVar("T")

EVERYTHING = os.environ.get("STUUR_TESTS_REQUIRE") == "all"


def size(short: T, full: T) -> T:
    """How many of something a long test takes: `short` for who waits for it, `full` where everything has to run."""
    return full if EVERYTHING else short


def missing(reason: str) -> NoReturn:
    """Skip; or fail where everything has to run."""
    if EVERYTHING:
        pytest.fail(f"{reason} (STUUR_TESTS_REQUIRE=all allows no skips)", pytrace=False)
    pytest.skip(reason)
