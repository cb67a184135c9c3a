"""The folder in which a demo keeps everything. Light, so that a first start can begin here."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

from bot.settings import SettingsError
from storage.aside import migrate_in_a_process


def database_in(folder: Path) -> str:
    """The address of the demo's database."""
    return f"sqlite+aiosqlite:///{(folder / 'stuur.db').resolve()}"


def open_folder(folder: Path, *, fresh: bool) -> None:
    """Make it, or with `fresh` begin anew in it. Raises SettingsError when that can't be."""
    if fresh and folder.exists():
        _empty(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise SettingsError(f"the folder {folder} can't be made; choose another with --keep") from exc


def begin_migrating(folder: Path) -> asyncio.Task[tuple[int, str]] | None:
    """Have a new database made while the rest is still loading; what goes wrong is told when it is opened."""
    if (folder / "stuur.db").exists():
        return None
    return asyncio.create_task(migrate_in_a_process(database_in(folder)))


def _empty(folder: Path) -> None:
    """Only what we made ourselves: a mistyped --keep must not cost anybody a folder."""
    strange = [one.name for one in folder.iterdir() if not one.name.startswith(("telegram.db", "stuur.db"))]
    if strange:
        raise SettingsError(f"{folder} holds other things than a demo ({strange[0]}); choose another folder")
    shutil.rmtree(folder)
