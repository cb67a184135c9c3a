"""What Telegram took just before a kill isn't said again."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from telegram import Bot

from bot.sandbox import Account, Sandbox
from bot.telegram.sender import Sender
from bot.telegram.sent_log import SentLog, name_of
from storage.database import Database
from storage.outbox import OutboxMessage, OutboxStatus
from tests.bot.telegram.conftest import add, add_broadcast, heard, outbox, render, reply
from tests.bot.telegram.running import running

ONE = name_of(1, datetime(2026, 11, 24, 12, 0, 0, 1, tzinfo=UTC))
TWO = name_of(2, datetime(2026, 11, 24, 12, 0, 0, 2, tzinfo=UTC))

only_sqlite = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


def left(file: Path) -> dict[str, int | None]:
    """What a process that starts now finds."""
    log = SentLog(file)
    log.open()
    log.close()
    return log.earlier


def test_what_was_noted_is_found_by_the_next_process(tmp_path: Path) -> None:
    log = SentLog(tmp_path / "sent")
    log.open()

    log.note(ONE, 71)
    log.note(TWO, None)
    log.close()

    assert left(tmp_path / "sent") == {ONE: 71, TWO: None}


def test_once_all_is_committed_nothing_is_left(tmp_path: Path) -> None:
    log = SentLog(tmp_path / "sent")
    log.open()
    log.note(ONE, 71)
    log.note(TWO, 72)

    log.forget(ONE)
    assert left(tmp_path / "sent") == {ONE: 71, TWO: 72}

    log.forget(TWO)
    assert left(tmp_path / "sent") == {}
    log.close()


@pytest.mark.parametrize("after", [f"{TWO} 7", "x y\n\n1\n", "2 72\n", "\x00\x00\x00\n"])
def test_a_line_that_was_cut_off_is_no_line(tmp_path: Path, after: str) -> None:
    (tmp_path / "sent").write_text(f"{ONE} 71\n{after}")

    assert left(tmp_path / "sent") == {ONE: 71}


def test_a_folder_that_takes_no_file_stops_nobody(tmp_path: Path) -> None:
    log = SentLog(tmp_path / "nowhere" / "sent")

    log.open()
    log.note(ONE, 71)
    log.forget(ONE)
    log.close()

    assert log.earlier == {}


@only_sqlite
async def test_the_next_process_does_not_send_it_again(
    database: Database, bot: Bot, sandbox: Sandbox, fatma: Account, kees: Account
) -> None:
    (first,) = await add(database, reply(fatma.id, "al aangekomen"))
    await add(database, reply(fatma.id, "nog niet"))
    (copy,) = await add_broadcast(database, "nieuws", [kees.id])
    async with database.transaction() as session:
        row = await session.get_one(OutboxMessage, copy)
        row.status = OutboxStatus.SENDING
    assert database.file is not None
    file = database.file.with_name(f"{database.file.name}-sent")
    made = {row.id: row.created_at for row in await outbox(database)}
    file.write_text(f"{name_of(first, made[first])} 71\n{name_of(copy, made[copy])} 72\n")

    sender = Sender(database, bot, render)
    async with running(sender):
        await sender.until_idle()

    assert heard(sandbox, fatma) == ["nog niet"]
    assert heard(sandbox, kees) == []
    rows = {row.id: row for row in await outbox(database)}
    assert {row.status for row in rows.values()} == {OutboxStatus.SENT}
    assert (rows[first].message_id, rows[copy].message_id) == (71, 72)
    assert file.read_text() == ""


@only_sqlite
async def test_notes_beside_another_database_mean_nothing(
    database: Database, bot: Bot, sandbox: Sandbox, fatma: Account
) -> None:
    (row,) = await add(database, reply(fatma.id, "hallo"))
    assert database.file is not None
    yesterday = name_of(row, datetime(2026, 11, 23, tzinfo=UTC))
    database.file.with_name(f"{database.file.name}-sent").write_text(f"{yesterday} 71\n")

    sender = Sender(database, bot, render)
    async with running(sender):
        await sender.until_idle()

    assert heard(sandbox, fatma) == ["hallo"]
