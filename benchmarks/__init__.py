"""Measured as people run it: every process is started anew, which the short tests save themselves."""

import os

os.environ["STUUR_TESTS_REQUIRE"] = "all"
