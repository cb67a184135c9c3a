"""What is loaded only because it is installed, or for another database, stays out."""

import subprocess
import sys

SAYS = """
import sys, bot.cli, bot.app
out = {'click', 'httpx', 'pygments', 'rich', 'sqlalchemy.dialects.postgresql', 'bot.mail.postman', 'statistics'}
print(sorted(out & sys.modules.keys()))
import click, httpx, rich
"""


def test_nothing_is_loaded_that_is_only_there_and_it_can_be_after_that() -> None:
    said = subprocess.run([sys.executable, "-c", SAYS], capture_output=True, text=True, check=True)

    assert said.stdout == "[]\n"
