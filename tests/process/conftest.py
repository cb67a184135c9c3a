"""A Telegram for the process, with somebody in it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.sandbox import Account, Sandbox
from tests.process.running import FORKING, TOKEN


@pytest.fixture(scope="session", autouse=True)
def no_process_stays_behind() -> Iterator[None]:
    yield
    FORKING.stop()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(token=TOKEN)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
def fatma(sandbox: Sandbox) -> Account:
    return sandbox.add_account(5_000_000_001, "Fatma")


@pytest.fixture
def settings(sandbox: Sandbox, tmp_path: Path) -> dict[str, str]:
    """Good ones."""
    return {
        "token": TOKEN,
        "api_url": sandbox.url,
        "database": f"sqlite+aiosqlite:///{tmp_path / 'stuur.db'}",
        "port": "0",
    }
