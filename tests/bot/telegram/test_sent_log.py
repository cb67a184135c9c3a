"""What Telegram took just before a kill isn't said again. On both databases."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select
from telegram import Bot

from bot.sandbox import Account, Sandbox
from bot.telegram.sender import LEASE, LEASE_NAME, Sender
from bot.telegram.sent_log import MOST_LINES, SentLog, name_of, place
from storage.columns import now
from storage.database import Database
from storage.leases import Lease, hold
from storage.outbox import OutboxMessage, OutboxStatus
from tests.bot.telegram.conftest import add, add_broadcast, heard, outbox, render, reply
from tests.bot.telegram.running import running

ONE = name_of(1, datetime(2026, 11, 24, 12, 0, 0, 1, tzinfo=UTC))
TWO = name_of(2, datetime(2026, 11, 24, 12, 0, 0, 2, tzinfo=UTC))

PASSED = name_of(3, datetime(2026, 11, 24, 12, 0, 0, 3, tzinfo=UTC))


def left(file: Path) -> dict[str, int | None]:
    """What a process that starts after a kill at this moment finds."""
    copy = file.with_name("copy")  # the file itself may still be somebody's
    copy.write_bytes(file.read_bytes())
    log = SentLog(copy)
    log.open("next")
    log.close()
    return log.earlier


def place_of(database: Database, folder: Path) -> Path:
    """The file with the notes."""
    file = place(database, folder)
    assert file is not None
    return file


def test_what_was_noted_is_found_by_the_next_process(tmp_path: Path) -> None:
    log = SentLog(tmp_path / "sent")
    log.open("one")

    log.note(ONE, 71)
    log.note(TWO, None)
    log.close()

    assert left(tmp_path / "sent") == {ONE: 71, TWO: None}


def test_once_all_is_committed_nothing_is_left(tmp_path: Path) -> None:
    log = SentLog(tmp_path / "sent")
    log.open("one")
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

    assert log.open("one")
    log.note(ONE, 71)
    log.forget(ONE)
    log.close()

    assert log.earlier == {}


def test_while_one_process_has_it_another_gets_nothing(tmp_path: Path) -> None:
    first, second = SentLog(tmp_path / "sent"), SentLog(tmp_path / "sent")
    assert first.open("first")
    first.note(ONE, 71)

    assert not second.open("second")
    second.note(TWO, 72)
    assert left(tmp_path / "sent") == {ONE: 71}

    first.close()
    assert second.open("second")
    assert (second.earlier, second.earlier_writers) == ({ONE: 71}, ("first",))
    second.close()


def test_what_earlier_processes_left_is_kept_until_it_is_settled(tmp_path: Path) -> None:
    (tmp_path / "sent").write_text(f"by one\n{ONE} 71\n{TWO} 7")
    for writer in ("two", "three", "three"):  # killed before they could do anything
        log = SentLog(tmp_path / "sent")
        log.open(writer)
        log.close()
    log = SentLog(tmp_path / "sent")

    log.open("four")
    assert (log.earlier, log.earlier_writers) == ({ONE: 71}, ("one", "two", "three"))

    log.settle()
    log.close()
    assert (tmp_path / "sent").read_text() == "by four\n"


def test_it_stays_short_however_long_it_is_busy(tmp_path: Path) -> None:
    log = SentLog(tmp_path / "sent")
    log.open("one")
    log.note(ONE, 71)
    log.note(TWO, 72)

    for number in range(3 * MOST_LINES):
        log.note(PASSED, number)
        log.forget(PASSED)

    log.close()
    assert left(tmp_path / "sent") | {PASSED: None} == {ONE: 71, TWO: 72, PASSED: None}
    assert (tmp_path / "sent").read_text().count("\n") <= MOST_LINES + 4


def test_each_database_has_its_own(tmp_path: Path) -> None:
    urls = ["postgresql://a:geheim@host/stuur", "postgresql://a@host/other", "postgresql://a@host2/stuur"]
    places = [place(Database(url), tmp_path) for url in [*urls, f"sqlite:///{tmp_path}/stuur.db"]]

    assert len(set(places)) == 4
    assert {one.parent for one in places if one is not None} == {tmp_path}
    assert place(Database("postgresql://a:anders@host/stuur"), tmp_path) == places[0]
    assert place(Database(urls[0]), None) is None


async def test_the_next_process_does_not_send_it_again(
    database: Database, bot: Bot, sandbox: Sandbox, fatma: Account, kees: Account, tmp_path: Path
) -> None:
    (first,) = await add(database, reply(fatma.id, "al aangekomen"))
    await add(database, reply(fatma.id, "nog niet"))
    (copy,) = await add_broadcast(database, "nieuws", [kees.id])
    async with database.transaction() as session:
        row = await session.get_one(OutboxMessage, copy)
        row.status = OutboxStatus.SENDING
    file = place_of(database, tmp_path)
    made = {row.id: row.created_at for row in await outbox(database)}
    file.write_text(f"{name_of(first, made[first])} 71\n{name_of(copy, made[copy])} 72\n")

    sender = Sender(database, bot, render, folder=tmp_path)
    async with running(sender):
        await sender.until_idle()

    assert heard(sandbox, fatma) == ["nog niet"]
    assert heard(sandbox, kees) == []
    rows = {row.id: row for row in await outbox(database)}
    assert {row.status for row in rows.values()} == {OutboxStatus.SENT}
    assert (rows[first].message_id, rows[copy].message_id) == (71, 72)
    assert left(file) == {}


async def test_notes_beside_another_database_mean_nothing(
    database: Database, bot: Bot, sandbox: Sandbox, fatma: Account, tmp_path: Path
) -> None:
    (row,) = await add(database, reply(fatma.id, "hallo"))
    yesterday = name_of(row, datetime(2026, 11, 23, tzinfo=UTC))
    place_of(database, tmp_path).write_text(f"{yesterday} 71\n")

    sender = Sender(database, bot, render, folder=tmp_path)
    async with running(sender):
        await sender.until_idle()

    assert heard(sandbox, fatma) == ["hallo"]


async def test_of_two_processes_that_were_started_in_one_folder_one_sends_until_it_ends(
    database: Database, bot: Bot, sandbox: Sandbox, fatma: Account, tmp_path: Path
) -> None:
    first, second = (Sender(database, bot, render, folder=tmp_path) for _ in range(2))

    async with running(second):
        async with running(first):
            await add(database, *(reply(fatma.id, f"{n}") for n in range(5)))
            await second.until_idle()
        await add(database, reply(fatma.id, "5"))
        await second.until_idle()

    assert heard(sandbox, fatma) == [f"{n}" for n in range(6)]


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
@pytest.mark.parametrize(("writer", "is_heir"), [("last", True), ("another", False)])
async def test_who_finds_the_notes_of_the_last_sender_need_not_wait_for_its_lease(
    database: Database, bot: Bot, sandbox: Sandbox, fatma: Account, tmp_path: Path, writer: str, is_heir: bool
) -> None:
    async with database.transaction() as session:
        assert await hold(session, LEASE_NAME, "last", now(), LEASE)
    place_of(database, tmp_path).write_text(f"by {writer}\n")
    await add(database, reply(fatma.id, "hallo"))

    async with running(Sender(database, bot, render, folder=tmp_path)):
        await asyncio.sleep(2)
        async with database.transaction() as session:
            holder = (await session.exec(select(Lease.holder))).one()

    assert (holder != "last", heard(sandbox, fatma)) == (is_heir, ["hallo"] if is_heir else [])
