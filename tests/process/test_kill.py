"""kill -9 at random moments: nobody's answers are lost or applied twice, and few hear anything twice.

The figures for 300 residents and 20 kills: `python -m benchmarks.kill`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.databases import PostgresServer, SqliteFiles
from tests.needs import size
from tests.process import killing, news

ON = pytest.mark.parametrize("backend", size(["sqlite"], ["sqlite", "postgresql"]), indirect=True)
KILLS = size((5, 1), (45, 6))
"""Residents and kills."""
PACE = size(0.6, 1.5)
"""Seconds a resident thinks at most."""
NEWS = size({"sqlite": (50, 1)}, {"sqlite": (300, 5), "postgresql": (120, 2)})
"""Who gets the broadcast, and kills."""


@ON
@pytest.mark.timeout(240)
async def test_residents_notice_next_to_nothing_of_kills(database_url: str, tmp_path: Path) -> None:
    residents, kills = KILLS

    findings = await killing.run(database_url, tmp_path, residents=residents, kills=kills, pace=PACE)

    assert findings.wrong == []
    assert findings.kills == kills
    # A kill between Telegram's answer and our hearing it repeats what is on its way just then; that can't be prevented.
    assert findings.repeated_messages <= 2 * kills


@ON
@pytest.mark.timeout(180)
async def test_kills_during_a_broadcast_repeat_nothing(
    backend: SqliteFiles | PostgresServer, database_url: str, tmp_path: Path
) -> None:
    people, kills = NEWS["sqlite" if isinstance(backend, SqliteFiles) else "postgresql"]

    findings = await news.run(database_url, tmp_path, people=people, kills=kills, rate=60)

    assert findings.wrong == []
    assert findings.twice == 0
    assert findings.reached + findings.unknown == findings.people
    # What was on its way at a kill may or may not have arrived; it isn't sent again.
    assert findings.unknown <= findings.kills * news.ON_THEIR_WAY
