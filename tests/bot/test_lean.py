"""What is loaded only because it is installed stays out."""

import subprocess
import sys

SAYS = """
import sys, bot.cli, bot.app
print(sorted({'click', 'pygments', 'rich'} & sys.modules.keys()))
import click, rich
"""


def test_nothing_is_loaded_that_is_only_there_and_it_can_be_after_that() -> None:
    said = subprocess.run([sys.executable, "-c", SAYS], capture_output=True, text=True, check=True)

    assert said.stdout == "[]\n"
