"""A team with Anna, who has no Telegram, and a question of a resident; with pages and a mail server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlmodel import select

from bot.mail.postman import Postman
from flows import features
from flows.commands import Done, Outcome, carry
from flows.context import Context
from flows.municipality import Municipality
from flows.municipality.rest import QuietHours
from flows.questions.clock.digest import next_digest, tell_all
from flows.questions.verbs import AskQuestion
from flows.talk.own_words import Words
from flows.verbs import AddByEmail, Command
from storage.columns import now
from storage.database import Database
from storage.mail import ConsoleSession, LoginLink, MailNotice
from storage.people import Person, Role
from storage.questions import Question
from tests.bot.console.site import Site, site_on
from tests.bot.mail.post_office import PostOffice, post_office

features.load()

TEAM, ADDRESS = "buitenruimte", "anna@elzermeer.example"
WORDS = "Wanneer wordt het gras bij de molen gemaaid?"
ASKER = 1
"""Fatima."""


@dataclass
class Room:
    """Everything a story by e-mail needs."""

    site: Site
    office: PostOffice
    postman: Postman
    anna: int

    async def carry(self, command: Command, actor: int | None) -> Outcome:
        """Do something as somebody, or as the command line."""
        async with self.site.database.transaction() as session:
            person = await session.get_one(Person, actor) if actor is not None else None
            return await carry(Context(house=self.site.house, session=session, now=now(), actor=person), command)

    async def asks(self, text: str = WORDS, **more: Any) -> str:
        """Fatima asks something; gives the reference."""
        words = Words(text=text, **more)
        outcome = await self.carry(AskQuestion(words=(words,), theme="groen", district="WK999904"), ASKER)
        assert isinstance(outcome, Done)
        assert outcome.subject_id is not None
        async with self.site.database.transaction() as session:
            return (await session.get_one(Question, outcome.subject_id)).reference

    async def post(self) -> None:
        """Everything that waits goes."""
        while await self.postman.send_one():
            continue

    async def wakes(self) -> None:
        """The next working day begins, and what it begins with goes."""
        async with self.site.database.transaction() as session:
            at = next_digest(self.site.house.municipality, now())
            await tell_all(Context(house=self.site.house, session=session, now=at, actor=None), 0)
        await self.post()

    async def link(self) -> str:
        """The path of the link in the newest letter, once all have gone."""
        await self.post()
        return self.office.links()[-1].removeprefix(self.site.url)

    async def rows(self, table: type[Any]) -> list[Any]:
        """All rows of a table."""
        async with self.site.database.transaction() as session:
            return list((await session.exec(select(table).order_by(*table.__table__.primary_key))).all())

    async def passes(self, time: timedelta) -> None:
        """Let so much time pass for the post and for sessions."""
        moved: dict[type[Any], tuple[str, ...]] = {
            LoginLink: ("created_at", "expires_at", "used_at"),
            ConsoleSession: ("created_at", "expires_at"),
            MailNotice: ("created_at", "not_before", "sent_at"),
        }
        async with self.site.database.transaction() as session:
            for table, names in moved.items():
                for row in (await session.exec(select(table))).all():
                    for name in names:
                        if (at := getattr(row, name)) is not None:
                            setattr(row, name, at - time)
                    session.add(row)


def quiet(municipality: Municipality, begin: str, end: str) -> Municipality:
    """The same, with quiet hours between these times."""
    return municipality.model_copy(update={"quiet_hours": QuietHours.model_validate({"begin": begin, "end": end})})


@asynccontextmanager
async def room_on(database: Database) -> AsyncIterator[Room]:
    """The room, with nothing asked yet."""
    awake = quiet(Municipality.load(None), "00:00", "00:00")  # at whatever hour the tests run
    async with (
        site_on(database, public_url="http://127.0.0.1", mails=True, municipality=awake) as site,
        post_office() as office,
    ):
        house = replace(site.house, public_url=site.url)
        room = Room(site, office, Postman(database, house, office.server, "stuur@elzermeer.example"), 0)
        outcome = await room.carry(AddByEmail(email=ADDRESS, name="Anna", role=Role.CIVIL_SERVANT, team=TEAM), None)
        assert isinstance(outcome, Done)
        room.anna = outcome.details["person"]
        yield room
