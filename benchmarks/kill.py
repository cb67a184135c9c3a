"""Kills `stuur run` while residents tell their story, and prints what they noticed. Run: python -m benchmarks.kill"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.databases import PostgresServer
from tests.process.killing import Findings, run


def main() -> int:
    """Exit code 1 when something was lost, applied twice, or heard twice by more than 5 %."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--residents", type=int, default=300)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--pace", type=float, default=1.5, help="seconds a resident thinks at most")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--engine", choices=("sqlite", "postgresql"), default="sqlite", help="one of our own, removed after"
    )
    parser.add_argument("--database", help="address of an empty database to use instead")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder, _database(asked.engine, asked.database, Path(folder)) as url:
        play = run(url, Path(folder), residents=asked.residents, kills=asked.kills, pace=asked.pace, seed=asked.seed)
        findings = asyncio.run(play)
    show(findings)
    return 1 if findings.wrong or findings.share_heard_twice > 0.05 else 0


@contextmanager
def _database(engine: str, address: str | None, folder: Path) -> Iterator[str]:
    """The address of a database that is ready for use."""
    if address is not None or engine == "sqlite":
        yield address or f"sqlite+aiosqlite:///{folder}/stuur.db"
        return
    with PostgresServer() as server:
        yield server.fresh()


def show(findings: Findings) -> None:
    """The figures, one a line."""
    rows = [
        ("residents", f"{findings.residents}"),
        ("kills", f"{findings.kills}"),
        ("seconds", f"{findings.seconds:.0f}"),
        ("things done by residents", f"{findings.updates}"),
        ("messages of the bot", f"{findings.messages}"),
        ("of which said before", f"{findings.repeated_messages}"),
        ("residents who heard something twice", f"{findings.heard_twice} ({findings.share_heard_twice:.1%})"),
        ("pressed or said again", f"{findings.pressed_again}"),
        ("wrong", f"{len(findings.wrong)}"),
    ]
    for label, value in rows:
        print(f"{label:<38}{value:>12}")  # noqa: T201 -- figures are what it is for
    for problem in findings.wrong[:20]:
        print(f"  {problem}")  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
