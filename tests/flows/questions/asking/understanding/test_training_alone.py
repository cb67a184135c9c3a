"""The process that trains, when whoever asked is gone."""

import pickle
import subprocess
import sys

import pytest

from flows.municipality import Municipality
from flows.questions.asking.understanding.examples import example_questions

COMMAND = [sys.executable, "-m", "flows.questions.asking.understanding.training"]
THEMES = {theme.code: theme.name_in("nl") for theme in Municipality.load(None).themes}
ASKED = pickle.dumps((example_questions(), THEMES))


@pytest.mark.parametrize("came", [b"", ASKED[:20]], ids=["nothing", "half"])
def test_half_a_question_ends_without_a_word(came: bytes) -> None:
    done = subprocess.run(COMMAND, input=came, capture_output=True, timeout=30, check=False)

    assert (done.returncode, done.stderr) == (1, b"")


def test_nobody_who_listens_ends_without_a_word() -> None:
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write(ASKED)
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 1
