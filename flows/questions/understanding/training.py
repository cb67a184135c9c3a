"""Training in a process of its own: `python -m flows.questions.understanding.training` reads what to learn, and writes
what was learned.

Training leaves ten megabytes of holes in the memory of the process that does it, and holds up everybody for half a
second; what was learned is two megabytes.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache

from flows.questions.understanding.classifier import Classifier, Example

PATIENCE = 60.0
"""Seconds; on a slow machine that is busy it takes a few."""


class TrainingError(Exception):
    """The process that trains didn't give what it learned."""


def train_aside(examples: Sequence[Example], themes: Mapping[str, str]) -> Classifier:
    """As `Classifier.train`, in another process; blocks until it is done. Raises TrainingError."""
    command = [sys.executable, "-m", __name__]
    asked = pickle.dumps((list(examples), dict(themes)))
    try:
        done = subprocess.run(command, input=asked, stdout=subprocess.PIPE, timeout=PATIENCE, check=True)
        learned = pickle.loads(done.stdout)  # of our own process
    except (OSError, subprocess.SubprocessError, pickle.UnpicklingError, EOFError) as exc:
        raise TrainingError(f"training in another process failed ({type(exc).__name__})") from exc
    assert isinstance(learned, Classifier)
    return learned


@lru_cache(maxsize=1)
def train_here(examples: tuple[Example, ...], themes: tuple[tuple[str, str], ...]) -> Classifier:
    """In this process, once for the same examples."""
    return Classifier.train(examples, dict(themes))


if __name__ == "__main__":
    given, codes = pickle.load(sys.stdin.buffer)
    pickle.dump(Classifier.train(given, codes).packed(), sys.stdout.buffer)
