"""One person's chat, without any channel: what they do goes to the reception, what waits in the outbox is shown."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copytree
from typing import Any

from sqlalchemy import Table, select
from sqlmodel import col
from sqlmodel import select as select_rows

from flows.context import House, Toast
from flows.opening import open_house
from flows.reception import Reception
from flows.talk.incoming import Command, Content, Incoming, Press, Text
from flows.talk.message import Message
from flows.timers import run_due
from locales.catalogue import Catalogue, plain
from storage.cards import Card
from storage.conversations import Conversation as Journal
from storage.database import Database
from storage.outbox import OutboxKind, OutboxMessage, OutboxStatus
from storage.tables import METADATA
from tests.flows.talk.play import NOW, house

Rows = dict[str, list[dict[str, Any]]]
AT_ONCE = timedelta(0)


class Chat:
    """Somebody with a phone. Every thing they do comes a minute after the one before."""

    def __init__(self, database: Database, house: House, *, person: int = 100, language: str = "nl") -> None:
        self.database = database
        self.house = house
        self.person = person
        self.language = language
        self.now: datetime = NOW
        self.screen: dict[int, Message] = {}
        """What stands in the chat, by the number of the message."""
        self.toast: Toast | None = None

    async def writes(self, text: str) -> None:
        """Type something; a slash makes it a command."""
        if text.startswith("/"):
            name, _, argument = text[1:].partition(" ")
            await self.does(Command(name=name, argument=argument))
        else:
            await self.does(Text(text=text))

    async def does(self, content: Content, *, after: timedelta = timedelta(minutes=1)) -> None:
        """Do anything, and see what comes of it."""
        self.now += after
        incoming = Incoming(
            chat_id=self.person,
            telegram_id=self.person,
            first_name="Sanne",
            language_hint=self.language,
            content=content,
        )
        async with self.database.transaction() as session:
            self.toast = await Reception(house=self.house).receive(session, incoming, self.now)
        await self.look()

    async def presses(self, label: str, *, times: int = 1) -> None:
        """Press the lowest button whose label ends with `label`, `times` times so quickly that it is still there."""
        press = self.button(label)
        for time in range(times):
            await self.does(press, after=AT_ONCE if time else timedelta(minutes=1))

    def button(self, label: str) -> Press:
        """Pressing the lowest button whose label ends with `label`."""
        for number, message in sorted(self.screen.items(), reverse=True):
            for button in (button for row in message.buttons for button in row):
                if button.label.endswith(label) and button.data is not None:
                    return Press(data=button.data, message_id=number)
        raise AssertionError(
            f"there is no button {label!r} below the last message, but {self.labels()}:\n{self.seen()}"
        )

    async def wait(self, time: timedelta) -> int:
        """Let time pass; gives how many things happened by themselves."""
        self.now += time
        done = await run_due(self.database, self.house, self.now)
        await self.look()
        return done

    async def look(self) -> None:
        """Take what waits in the outbox to the screen, as a sender does."""
        async with self.database.transaction() as session:
            waiting = select_rows(OutboxMessage).where(
                OutboxMessage.status == OutboxStatus.WAITING, OutboxMessage.chat_id == self.person
            )
            for row in (await session.exec(waiting.order_by(col(OutboxMessage.id)))).all():
                card = await session.get(Card, row.card_id) if row.card_id else None
                if row.kind == OutboxKind.SEND:
                    row.message_id = (row.id or 0) + 1000
                    self.screen[row.message_id] = Message.from_json(row.payload)
                    if card is not None:
                        card.message_id = row.message_id
                        session.add(card)
                elif row.kind == OutboxKind.EDIT:
                    number = int(row.payload.get("message_id") or (card.message_id if card else None) or 0)
                    before = self.screen[number]
                    self.screen[number] = Message.from_json({"text": before.text, **row.payload})
                row.status = OutboxStatus.SENT
                session.add(row)

    @property
    def last(self) -> str:
        """The text of the newest message, plain."""
        return plain(self.screen[max(self.screen)].text)

    def labels(self, number: int | None = None) -> list[str]:
        """The buttons of a message, or of the newest."""
        return [
            button.label
            for row in self.screen[max(self.screen) if number is None else number].buttons
            for button in row
        ]

    def seen(self, since: int = 0) -> str:
        """All that stands in the chat, plain; `since`: below that message."""
        return "\n".join(plain(message.text) for number, message in sorted(self.screen.items()) if number > since)

    async def journals(self) -> list[Journal]:
        """The conversations in the database, oldest first."""
        async with self.database.transaction() as session:
            return list((await session.exec(select_rows(Journal).order_by(col(Journal.id)))).all())

    async def answers(self) -> dict[str, Any]:
        """The answers in the only conversation."""
        (journal,) = await self.journals()
        return {name: entry["value"] for name, entry in journal.answers.items()}

    async def rows(self, *without: str) -> Rows:
        """Everything in the database but what is to be said, and `without` these tables."""
        async with self.database.transaction() as session:
            connection = await session.connection()
            return {
                table.name: [dict(row) for row in (await connection.execute(in_order(table))).mappings()]
                for table in METADATA.sorted_tables
                if table.name not in ("outbox", *without)
            }


def in_order(table: Table) -> Any:
    """All rows of a table, by its key."""
    return select(table).order_by(*table.primary_key.columns)


async def opened(database: Database, house: House) -> None:
    """The municipality's words in the database, as at every start."""
    async with database.transaction() as session:
        await open_house(session, house.municipality, NOW)


def house_with(folder: Path, texts: Mapping[str, str]) -> House:
    """The house with more texts, TOML by language; `folder` is empty."""
    for language in house().catalogue.languages:
        copytree(Path(__file__).parents[3] / "locales" / language, folder / language)
        with suppress(KeyError):
            (folder / language / "more.toml").write_text(texts[language], "utf-8")
    return House(
        municipality=house().municipality,
        catalogue=Catalogue.load(folder=folder),
        bot_username=house().bot_username,
    )
