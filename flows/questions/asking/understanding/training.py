"""Training in a process of its own: `python -m flows.questions.asking.understanding.training`.

It reads what to learn, and writes what was learned.

Training leaves ten megabytes of holes in the memory of the process that does it, and holds up everybody for half a
second. What was learned is a megabyte, and a seventh of one until somebody asks something.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from flows.questions.asking.understanding.classifier import Classifier, Example

PATIENCE = 60.0
"""Seconds; on a slow machine that is busy it takes a few."""


class TrainingError(Exception):
    """The process that trains didn't give what it learned."""


@dataclass(frozen=True)
class Learned:
    """A classifier that nobody has asked anything yet."""

    compressed: bytes

    @classmethod
    def of(cls, classifier: Classifier) -> Learned:
        """Packed, and small."""
        return cls(zlib.compress(pickle.dumps(classifier.packed())))

    def open(self) -> Classifier:
        """The classifier; only from our own process."""
        learned = pickle.loads(zlib.decompress(self.compressed))
        assert isinstance(learned, Classifier)
        return learned


def train_aside(examples: Sequence[Example], themes: Mapping[str, str]) -> Learned:
    """As `Classifier.train`, in another process; blocks until it is done. Raises TrainingError."""
    command = [sys.executable, "-m", __name__]
    asked = pickle.dumps((list(examples), dict(themes)))
    try:
        done = subprocess.run(
            command,
            input=asked,
            stdout=subprocess.PIPE,
            timeout=PATIENCE,
            check=True,
            start_new_session=True,  # Ctrl-C is for us; it ends by itself in half a second
        )
    except (OSError, subprocess.SubprocessError) as exc:
        raise TrainingError(f"training in another process failed ({type(exc).__name__})") from exc
    return Learned(done.stdout)


@lru_cache(maxsize=1)
def train_here(examples: tuple[Example, ...], themes: tuple[tuple[str, str], ...]) -> Classifier:
    """In this process, once for the same examples."""
    return Classifier.train(examples, dict(themes))


def main() -> None:
    """Learn what comes in. When whoever asked is gone meanwhile, it ends without a word."""
    try:
        given, codes = pickle.load(sys.stdin.buffer)
    except (EOFError, pickle.UnpicklingError):
        sys.exit(1)
    learned = Learned.of(Classifier.train(given, codes)).compressed
    try:
        sys.stdout.buffer.write(learned)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os._exit(1)  # on its way out Python would try to write the rest, and complain


if __name__ == "__main__":
    main()
