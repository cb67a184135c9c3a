"""The command line: demo, run, migrate, invite, check, lessons, routing, articles."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Coroutine
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from bot import logs
from bot.articles import articles
from bot.lessons import lessons
from bot.routing import routing
from bot.settings import Settings, SettingsError, read
from bot.telegram.errors import TokenError
from flows.errors import LessonsError, MunicipalityError, TableError
from locales.catalogue import CatalogueError
from storage.errors import DatabaseError
from storage.people import Role

T = TypeVar("T")

BAD_CONFIGURATION = 2
"""The exit code for all that the one who starts it can mend."""

ERRORS = (
    SettingsError,
    MunicipalityError,
    CatalogueError,
    DatabaseError,
    TokenError,
    LessonsError,
    TableError,
)
"""What can be wrong with what was set or given; each message is one line."""

cli = typer.Typer(
    help="Stuur: the assistant between residents and their municipality, in Telegram.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
cli.add_typer(lessons, name="lessons")
cli.add_typer(routing, name="routing")
cli.add_typer(articles, name="articles")


def main() -> None:
    """Run the command line; what is wrong with the configuration becomes one line and exit code 2."""
    try:
        cli()
    except ERRORS as exc:
        print(f"stuur: {' '.join(str(exc).split())}", file=sys.stderr)  # noqa: T201 -- this is the command line
        sys.exit(BAD_CONFIGURATION)


@cli.command()
def run() -> None:
    """Run the bot until SIGTERM or Ctrl-C."""
    settings = read()
    logs.start()

    async def until_stopped() -> None:
        from bot import app

        await app.run(settings, _stop_on_signals())

    _run(until_stopped())


@cli.command()
def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Of the page; 0 takes a free one.")] = 8081,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
    keep: Annotated[Path, typer.Option(help="Folder in which everything is kept.", file_okay=False)] = Path(
        "stuur-demo"
    ),
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin with an empty folder.")] = False,
) -> None:
    """Try everything on one page: no token, no network. Stop it any time; start it again and go on."""
    logs.start(quiet=True)

    async def until_stopped() -> None:
        from bot.demo_folder import begin_migrating, open_folder

        open_folder(keep, fresh=fresh)
        migrating = begin_migrating(keep)
        demo = await asyncio.to_thread(import_module, "bot.demo")  # a second's work, side by side with the migration
        if migrating is not None:
            await migrating
        await demo.play(port=port, open_browser=browser, folder=keep, stop=_stop_on_signals())

    _run(until_stopped())


@cli.command()
def migrate() -> None:
    """Bring the database to what this version needs."""
    settings = read()

    async def run_migration() -> None:
        from storage.database import Database
        from storage.migrate import migrate as upgrade

        database = Database(settings.database)
        try:
            await upgrade(database)
        finally:
            await database.close()

    _run(run_migration())
    typer.echo("The database is up to date.")


@cli.command()
def invite(
    role: Annotated[Role, typer.Argument(help="What the person will be.")],
    team: Annotated[str | None, typer.Option(help="Code of the team; without it the front desk.")] = None,
    email: Annotated[str | None, typer.Option(help="Of somebody without Telegram, who is added at once.")] = None,
    name: Annotated[str, typer.Option(help="With --email: the name residents see under an answer.")] = "",
) -> None:
    """Print a one-time link, and its code, that gives somebody a role; or add who has only e-mail."""
    settings = read()
    if email is not None:
        _run(_add_by_email(settings, role, team, email, name))
        typer.echo(f"{name.strip()} belongs to the team now, and gets an e-mail when there is a question.")
        return
    link, code = _run(_invite(settings, role, team))
    typer.echo(link)
    typer.echo(code)


@cli.command()
def check() -> None:
    """Check settings, municipality file and texts, and say what to mend."""
    settings = read()
    from flows.municipality import Municipality
    from locales.catalogue import Catalogue
    from locales.checks import check as check_texts

    municipality = Municipality.load(settings.municipality)
    findings = check_texts(Catalogue.load(override=settings.texts, timezone=municipality.timezone))
    for finding in findings:
        typer.echo(str(finding))
    if any(finding.severity == "error" for finding in findings):
        raise typer.Exit(1)
    if settings.mail is None:
        typer.echo("STUUR_SMTP_URL is not set: who has no Telegram can't work along (no e-mail is sent).")
    typer.echo(f"{municipality.name}: settings, municipality file and texts are in order.")


async def _invite(settings: Settings, role: Role, team: str | None) -> tuple[str, str]:
    from bot.inviting import invite as make

    return await make(settings, role, team)


async def _add_by_email(settings: Settings, role: Role, team: str | None, email: str, name: str) -> None:
    from bot.inviting import add_by_email

    await add_by_email(settings, role, team, email, name)


def _run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


def _stop_on_signals() -> asyncio.Event:
    """An event that SIGTERM and Ctrl-C set; a second one ends at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def on_signal(number: int) -> None:
        if stop.is_set():
            os._exit(128 + number)  # not sys.exit: that would finish what runs first; and any end is a safe one
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, on_signal, number)
    return stop
