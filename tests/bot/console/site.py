"""The public pages in front of a real database and a Telegram of our own, with an initiative that has everything."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import aiohttp
from aiohttp import web

from bot.console.site import open_site
from bot.sandbox import Sandbox, Upload
from bot.telegram.request import Transport, make_bot
from flows.context import House
from flows.initiatives.finding.alike import index_missing
from flows.municipality import Municipality
from flows.opening import open_house
from storage.agreements import Agreement, AgreementStatus, Frame, Say
from storage.columns import now
from storage.database import Database
from storage.initiatives import (
    EventKind,
    Hearing,
    Initiative,
    InitiativeEvent,
    InitiativeMessage,
    InitiativeStatus,
    Part,
    Route,
    Side,
)
from storage.lessons import Ending, Lesson
from storage.moderation import Report
from storage.moments import Moment
from storage.participation import Participant, Participation
from storage.people import Person
from storage.steps import Step, StepStatus
from tests.bot.sandbox.pictures import png
from tests.texts import texts

TOKEN = "123456:console"
PUBLIC = "https://samen.elzermeer.example"
HERE = "I-2026-0001"
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
EVERYTHING = [part.value for part in Part if part is not Part.FIRST_NAME]
PICTURE = png(640, 400)
NEVER = (
    *("Bram", "Kees", "Jan", "VRAAG-AAN-DE-GEMEENTE", "WAT-EEN-HELPER-ZEI", "WAT-DE-BEGELEIDER-SCHREEF"),
    *("WAT-VAST-STAAT", "WAT-NIET-AFGESPROKEN-IS", "WAAROM-HET-LATER-WERD", "EEN-STAP-DIE-NIET-HOEFT", "DE-MELDING"),
    *("https://api.telegram.org", TOKEN),
)
"""What no page ever shows, whatever is public."""


@dataclass
class Site:
    """The pages, and what stands behind them."""

    url: str
    database: Database
    house: House
    sandbox: Sandbox
    session: aiohttp.ClientSession

    async def get(self, path: str, *, method: str = "GET", **headers: str) -> tuple[int, str, Any]:
        """Ask for a page: its status, text and headers; no redirect is followed."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.session.request(method, self.url + path, headers=named, allow_redirects=False) as response:
            return response.status, (await response.read()).decode("utf-8", "replace"), response.headers

    async def page(self, path: str, **headers: str) -> str:
        """The text of a page that is there."""
        status, text, _ = await self.get(path, **headers)
        assert status == 200, (path, status)
        return text

    async def change(self, table: type[Any] = Initiative, number: int = 1, **values: object) -> None:
        """Set columns of a row."""
        async with self.database.transaction() as session:
            row = await session.get_one(table, number)
            for name, value in values.items():
                setattr(row, name, value)
            session.add(row)

    def has_sent(self, picture: bytes) -> str:
        """Somebody sent the bot a picture; gives its id."""
        message = self.sandbox.client.send_file(5, "photo", Upload(picture, "foto.png", "image/png"))
        return str(message["photo"][-1]["file_id"])


@asynccontextmanager
async def site_on(
    database: Database,
    *,
    public_url: str | None = PUBLIC,
    mails: bool = False,
    municipality: Municipality | None = None,
) -> AsyncIterator[Site]:
    """The pages of the example municipality, with one initiative of which nothing was made public yet."""
    house = House(
        municipality=municipality or Municipality.load(None),
        catalogue=texts(),
        bot_username="StuurBot",
        public_url=public_url,
        mails=mails,
    )
    sandbox, transport = Sandbox(token=TOKEN), Transport()
    await sandbox.start()
    sandbox.add_account(5, "Fatima")
    bot = make_bot(TOKEN, sandbox.url, transport)
    await bot.initialize()
    application = web.Application()
    open_site(application, database, house, bot)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    try:
        async with aiohttp.ClientSession() as session:
            site = Site(f"http://{host}:{port}", database, house, sandbox, session)
            await fill(site)
            yield site
    finally:
        await runner.cleanup()
        await bot.shutdown()
        await sandbox.stop()


async def fill(site: Site) -> None:
    """An initiative of Fatima and Bram with all there can be, and people who may not be named."""
    photo, step_photo = site.has_sent(PICTURE), site.has_sent(PICTURE)
    async with site.database.transaction() as session:
        await open_house(session, site.house.municipality, NOW)
        people = [
            Person(telegram_id=100 + number, first_name=name, created_at=NOW)
            for number, name in enumerate(("Fatima", "Bram", "Kees", "Jan"))
        ]
        session.add_all(people)
        await session.flush()
        fatima, bram, kees, jan = (person.id or 0 for person in people)
        initiative = Initiative(
            reference=HERE,
            initiator_id=fatima,
            guide_id=jan,
            title="Bloembakken bij <de> molen",
            idea="Met de buren bakken timmeren.\nDaar komen bloemen in.",
            helpers=["neighbours"],
            district_code="WK999904",
            theme_code="groen",
            first_step="Koffie drinken met vijf buren",
            needs="VRAAG-AAN-DE-GEMEENTE",
            amount=200,
            photo=photo,
            route=Route.RESIDENT_INITIATIVE,
            status=InitiativeStatus.UNDER_WAY,
            team_code="buitenruimte",
            turn=Side.MUNICIPALITY,
            turn_since=NOW,
            respond_by=NOW,
        )
        session.add(initiative)
        await session.flush()
        one = initiative.id or 0
        agreed: dict[str, Any] = {
            "initiative_id": one,
            "proposed_by": fatima,
            "by": date(2026, 4, 1),
            "created_at": NOW,
        }
        session.add_all(
            [
                Participant(initiative_id=one, person_id=fatima, kind=Participation.INITIATOR),
                Participant(initiative_id=one, person_id=bram, kind=Participation.INITIATOR),
                Participant(
                    initiative_id=one, person_id=kees, kind=Participation.HELPER, offer_text="WAT-EEN-HELPER-ZEI"
                ),
                Step(
                    initiative_id=one,
                    owner_id=kees,
                    text="Hout halen",
                    status=StepStatus.DONE,
                    done_at=NOW,
                    story="Het paste in één bakfiets.",
                    photo=step_photo,
                ),
                Step(initiative_id=one, owner_id=bram, text="Bakken timmeren", by=date(2026, 4, 10)),
                Step(initiative_id=one, text="EEN-STAP-DIE-NIET-HOEFT", status=StepStatus.DROPPED),
                Agreement(
                    text="De gemeente zet een kraan neer",
                    side=Side.MUNICIPALITY,
                    owner_id=jan,
                    status=AgreementStatus.AGREED,
                    remark="WAAROM-HET-LATER-WERD",
                    **agreed,
                ),
                Agreement(
                    text="WAT-NIET-AFGESPROKEN-IS", side=Side.RESIDENTS, status=AgreementStatus.PROPOSED, **agreed
                ),
                Frame(
                    initiative_id=one,
                    fixed="WAT-VAST-STAAT",
                    yours="De planten",
                    together="Het water",
                    say=Say.CO_DECIDE,
                    written_by=jan,
                ),
                InitiativeMessage(
                    initiative_id=one, author_id=jan, hearing=Hearing.INITIATORS, text="WAT-DE-BEGELEIDER-SCHREEF"
                ),
                Report(initiative_id=one, reporter_id=kees, text="DE-MELDING"),
            ]
        )
        await session.flush()
        for days, kind in enumerate(EventKind):
            session.add(
                InitiativeEvent(
                    initiative_id=one,
                    kind=kind,
                    at=NOW + timedelta(days=days),
                    subject_id=1 if kind is EventKind.STEP_DONE else None,
                    details={"to": "under_way", "count": 12} if kind is EventKind.STATUS else {},
                )
            )
        await session.flush()
        await index_missing(session, site.house.municipality)


async def make_public(site: Site) -> None:
    """Everything, and Fatima's name."""
    await site.change(public=list(EVERYTHING))
    await site.change(Participant, 1, name_public=True)


async def end_with_lesson(site: Site) -> None:
    """It is done, and its initiators shared what they learned; there was nothing that didn't work."""
    await site.change(status=InitiativeStatus.DONE)
    async with site.database.transaction() as session:
        session.add(
            Lesson(
                municipality=site.house.municipality.name,
                initiative_id=1,
                subject="Bloembakken bij <de> molen",
                ending=Ending.DONE,
                worked="Samen <veel> koffie drinken",
                did_not="",
                tip="Vraag eerst waar de kabels liggen",
                learned_on=date(2026, 4, 20),
            )
        )


async def plan_moments(site: Site) -> None:
    """One in Molenwijk, one elsewhere, one everywhere; and some that nobody can come to any more."""
    places = (("Koffie <op> de stoep", "WK999904"), ("Soep bij de haven", "WK999901"), ("Open huis", None))
    async with site.database.transaction() as session:
        for days, (title, district) in enumerate(places):
            session.add(moment(title, district, now() + timedelta(days=days + 1)))
        session.add(moment("Gisteren", None, now() - timedelta(days=1)))
        session.add(moment("Afgelast", None, now() + timedelta(days=1), cancelled_at=now()))


def moment(title: str, district: str | None, at: datetime, **values: Any) -> Moment:
    """Planned by who guides."""
    return Moment(
        code=f"c{title[:4]}",
        title=title,
        place="Bij de bieb",
        district_code=district,
        starts_at=at,
        planned_by=4,
        **values,
    )
