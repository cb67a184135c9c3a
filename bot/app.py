"""The composition root: builds everything, runs until stopped, drains."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog
from aiohttp import web
from telegram import Bot

from bot.clock import Clockwork
from bot.console.site import open_site
from bot.feeds import Feeds
from bot.learning import Learning
from bot.lessons_page import lesson_pages
from bot.settings import Settings, SettingsError
from bot.telegram import webhook
from bot.telegram.intake import Intake
from bot.telegram.introduction import introduce
from bot.telegram.pace import PER_CHAT
from bot.telegram.polling import Polling
from bot.telegram.request import Transport, make_bot
from bot.telegram.sender import Sender
from bot.telegram.setup import present
from bot.web import pages
from flows.broadcasts.delivery import render_copy
from flows.context import Context, House
from flows.doors import For
from flows.initiatives.steps.steps import take_along
from flows.menu import command_list
from flows.municipality import Municipality
from flows.opening import open_house
from flows.people.by_email import by_mail_only
from flows.questions.asking.understanding.service import Understanding
from flows.questions.routing.rerouting import reroute
from flows.reception import Reception
from flows.sound import is_silent
from locales.catalogue import Catalogue, plain
from storage.columns import now
from storage.database import Database
from storage.migrate import migrate_aside, require_current

log = structlog.get_logger()

DRAIN = 8.0
"""Seconds that what runs gets to finish on a stop; with closing everything it stays under ten."""


@dataclass(frozen=True, kw_only=True)
class App:
    """The running house; the tests hold on to it."""

    house: House
    database: Database
    bot: Bot
    intake: Intake
    sender: Sender
    clockwork: Clockwork
    feeds: Feeds
    url: str
    """Where our own pages are, such as http://127.0.0.1:8080."""


async def run(settings: Settings, stop: asyncio.Event) -> None:
    """Run until `stop` is set, then finish what runs. Raises the errors of bad configuration before that."""
    async with started(settings, stop, folder=Path.cwd()):
        await stop.wait()
        log.info("stopping: what runs is finished first")


@asynccontextmanager
async def started(
    settings: Settings,
    stop: asyncio.Event,
    *,
    per_chat: float = PER_CHAT,
    catalogue: Catalogue | None = None,
    understanding: Understanding | None = None,
    folder: Path | None = None,
) -> AsyncIterator[App]:
    """Everything built and running; on leaving intake stops, what runs is finished, and all is closed.

    `per_chat`: seconds between two notices in one chat; a Telegram of our own has no need of them. `catalogue`: the
    texts, where they have been read already; otherwise those of the settings. `understanding`: what has been learned
    already; otherwise it learns. `folder`: the sender's, for its notes.
    """
    token = settings.need_token()
    municipality = Municipality.load(settings.municipality)
    if catalogue is None:
        catalogue = Catalogue.load(override=settings.texts, timezone=municipality.timezone)
    database = Database(settings.database)
    transport = Transport()
    bot = make_bot(token, settings.api_url, transport)
    try:
        await _prepare(database, municipality)
        username = await introduce(bot, settings.api_url)
        house = House(
            municipality=municipality,
            catalogue=catalogue,
            bot_username=username,
            public_url=settings.public_url,
            mails=settings.mail is not None,
            understanding=understanding or Understanding(),
        )
        async with database.transaction() as session:
            if not house.mails and (without := await by_mail_only(session)):
                log.warning("nobody reaches who works without Telegram; set STUUR_SMTP_URL", people=without)
            nobody = Context(house=house, session=session, now=now(), actor=None)
            await take_along(nobody)
            await reroute(nobody)  # the municipality's file may say otherwise since
        sender = Sender(
            database,
            bot,
            lambda session, row: render_copy(house, session, row),
            is_silent=lambda session, row, at: is_silent(house, session, row, at),
            broadcast_rate=settings.broadcast_rate,
            per_chat=per_chat,
            folder=folder,
        )
        intake = Intake(database, bot, Reception(house=house), wake=sender.wake)
        clockwork = Clockwork(database, house, wake=sender.wake)
        feeds = Feeds(database, municipality.zone)
        learning = Learning(database, house) if understanding is None else None
        async with (
            _pages(settings, token, intake, database, house, bot) as url,
            _running(settings, bot, transport, house, database, intake, sender, clockwork, feeds, learning, stop),
        ):
            log.info("open", bot=username, pages=url, municipality=municipality.name)
            yield App(
                house=house,
                database=database,
                bot=bot,
                intake=intake,
                sender=sender,
                clockwork=clockwork,
                feeds=feeds,
                url=url,
            )
    finally:
        await transport.shutdown()
        await database.close()


async def _prepare(database: Database, municipality: Municipality) -> None:
    """SQLite belongs to this process, so it is migrated by itself; a server's database is its admin's to migrate."""
    if database.is_sqlite:
        await migrate_aside(database)
    else:
        await require_current(database)
    async with database.transaction() as session:
        await open_house(session, municipality, now())


@asynccontextmanager
async def _pages(
    settings: Settings, token: str, intake: Intake, database: Database, house: House, bot: Bot
) -> AsyncIterator[str]:
    """Our own pages and, with a webhook, the door for updates; gives their base address."""
    application = web.Application()
    pages(application, database)
    open_site(application, database, house, bot)
    lesson_pages(application, database, house.municipality, settings.public_url)
    if settings.webhook_url:
        application.router.add_post(webhook.path(token), webhook.handler(intake, token))
    runner = web.AppRunner(application, access_log=None, handle_signals=False, shutdown_timeout=1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.host, settings.port)
        try:
            await site.start()
        except OSError as exc:
            raise SettingsError(
                f"port {settings.port} on {settings.host} can't be used (is Stuur running already?); "
                "stop what uses it or set STUUR_PORT"
            ) from exc
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def _running(
    settings: Settings,
    bot: Bot,
    transport: Transport,
    house: House,
    database: Database,
    intake: Intake,
    sender: Sender,
    clockwork: Clockwork,
    feeds: Feeds,
    learning: Learning | None,
    stop: asyncio.Event,
) -> AsyncIterator[None]:
    """Intake, sender, clock, feeds and post side by side. One that fails stops the house; its error is raised here."""
    stop_intake = asyncio.Event()
    sending = asyncio.create_task(sender.run())
    taking_in = [asyncio.create_task(clockwork.run(stop_intake)), asyncio.create_task(feeds.run(stop_intake))]
    if settings.mail is not None:
        from bot.mail.postman import Postman  # most have no use for it, and it takes memory

        taking_in.append(asyncio.create_task(Postman(database, house, *settings.mail).run(stop_intake)))
    if learning is not None:
        taking_in.append(asyncio.create_task(learning.run(stop_intake)))
    if settings.webhook_url:
        await webhook.set_webhook(bot, settings.webhook_url)
    else:
        taking_in.append(asyncio.create_task(Polling(intake, bot, transport).run(stop_intake)))
    tasks = [*taking_in, sending]
    presenting = asyncio.create_task(_present(bot, house))

    def on_end(task: asyncio.Task[None]) -> None:
        if not task.cancelled() and task.exception() is not None:
            stop.set()

    for task in tasks:
        task.add_done_callback(on_end)
    try:
        yield
    finally:
        presenting.cancel()
        stop_intake.set()
        deadline = asyncio.get_running_loop().time() + DRAIN

        def left() -> float:
            return max(0.1, deadline - asyncio.get_running_loop().time())

        await asyncio.wait(taking_in, timeout=left())
        await intake.drain(left())
        await sender.drain(left())  # last, so that the replies to what was taken in still go
        await asyncio.wait(tasks, timeout=left())
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, presenting, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            raise result


async def _present(bot: Bot, house: House) -> None:
    """Commands and description in every language."""
    arounds = {code: house.around(code, now()) for code in house.catalogue.languages}
    name = house.municipality.name
    await present(
        bot,
        commands={code: command_list(around, {For.EVERYBODY}) for code, around in arounds.items()},
        descriptions={
            code: plain(around.text("bot.description", municipality=name)) for code, around in arounds.items()
        },
        short_descriptions={
            code: plain(around.text("bot.short_description", municipality=name)) for code, around in arounds.items()
        },
    )
