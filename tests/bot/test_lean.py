"""What is loaded only because it is installed stays out."""

import subprocess
import sys


def test_nothing_is_loaded_that_is_only_there() -> None:
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import bot.cli, bot.app, sys; print(sorted({'click', 'pygments', 'rich'} & sys.modules.keys()))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout == "[]\n"


def test_and_can_be_loaded_after_that() -> None:
    said = subprocess.run(
        [sys.executable, "-c", "import bot.cli, click, rich; print(rich.__name__)"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout == "rich\n"
