"""What a test needs besides Python: without it the test is skipped, and says how to get it."""

import os
from typing import NoReturn

import pytest


def missing(reason: str) -> NoReturn:
    """Skip; or fail where everything has to run (STUUR_TESTS_REQUIRE=all, as CI sets it)."""
    if os.environ.get("STUUR_TESTS_REQUIRE") == "all":
        pytest.fail(f"{reason} (STUUR_TESTS_REQUIRE=all allows no skips)", pytrace=False)
    pytest.skip(reason)
