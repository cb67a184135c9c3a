"""What Telegram took just before a kill isn't said again."""

from pathlib import Path

import pytest
from telegram import Bot

from bot.sandbox import Account, Sandbox
from bot.telegram.sender import Sender
from bot.telegram.sent_log import SentLog
from storage.database import Database
from storage.outbox import OutboxMessage, OutboxStatus
from tests.bot.telegram.conftest import add, add_broadcast, heard, outbox, render, reply
from tests.bot.telegram.running import running

only_sqlite = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


def left(file: Path) -> dict[int, int | None]:
    """What a process that starts now finds."""
    log = SentLog(file)
    log.open()
    log.close()
    return log.earlier


def test_what_was_noted_is_found_by_the_next_process(tmp_path: Path) -> None:
    log = SentLog(tmp_path / "sent")
    log.open()

    log.note(1, 71)
    log.note(2, None)
    log.close()

    assert left(tmp_path / "sent") == {1: 71, 2: None}


def test_once_all_is_committed_nothing_is_left(tmp_path: Path) -> None:
    log = SentLog(tmp_path / "sent")
    log.open()
    log.note(1, 71)
    log.note(2, 72)

    log.forget(1)
    assert left(tmp_path / "sent") == {1: 71, 2: 72}

    log.forget(2)
    assert left(tmp_path / "sent") == {}
    log.close()


@pytest.mark.parametrize("content", [b"1 71\n2 7", b"1 71\nx y\n\n1\n", b"1 71\n\x00\x00\x00\n"])
def test_a_line_that_was_cut_off_is_no_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "sent").write_bytes(content)

    assert left(tmp_path / "sent") == {1: 71}


def test_a_folder_that_takes_no_file_stops_nobody(tmp_path: Path) -> None:
    log = SentLog(tmp_path / "nowhere" / "sent")

    log.open()
    log.note(1, 71)
    log.forget(1)
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
    file.write_text(f"{first} 71\n{copy} 72\n")

    sender = Sender(database, bot, render)
    async with running(sender):
        await sender.until_idle()

    assert heard(sandbox, fatma) == ["nog niet"]
    assert heard(sandbox, kees) == []
    rows = {row.id: row for row in await outbox(database)}
    assert {row.status for row in rows.values()} == {OutboxStatus.SENT}
    assert (rows[first].message_id, rows[copy].message_id) == (71, 72)
    assert file.read_text() == ""
