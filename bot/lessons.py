"""`stuur lessons`: give ours to other municipalities, and take in theirs."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.settings import read
from flows.errors import LessonsError

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from flows.initiatives.lessons.learning import TakenIn
    from flows.municipality import Municipality

T = TypeVar("T")

lessons = typer.Typer(help="What residents learned: for other municipalities, and from them.", no_args_is_help=True)


@lessons.command("export")
def export(
    file: Annotated[Path | None, typer.Argument(help="Where to; without it on the screen.", dir_okay=False)] = None,
) -> None:
    """Write our lessons as JSON. There is nothing about a person in it."""
    public_url = read().public_url

    async def work(session: AsyncSession, municipality: Municipality) -> str:
        from flows.initiatives.lessons.file import SCHEMA
        from flows.initiatives.lessons.learning import document

        found = await document(session, municipality, f"{public_url}/{SCHEMA}" if public_url else SCHEMA)
        return json.dumps(found, ensure_ascii=False, indent=2) + "\n"

    content = asyncio.run(_with_database(work))
    if file is None:
        sys.stdout.write(content)
        return
    try:
        file.write_text(content, "utf-8")
    except OSError as exc:
        raise LessonsError(f"{file}: can't be written ({_reason(exc)}); choose another place") from exc
    typer.echo(f"{_lessons(len(json.loads(content)['lessons']))} in {file}.")


@lessons.command("import")
def import_(file: Annotated[Path, typer.Argument(help="Made by `stuur lessons export`.")]) -> None:
    """Take in the lessons of another municipality: all of them, or when something is wrong with the file none."""

    async def work(session: AsyncSession, municipality: Municipality) -> tuple[str, TakenIn]:
        from flows.initiatives.lessons.file import parse
        from flows.initiatives.lessons.learning import import_file
        from storage.columns import now

        try:
            found = parse(_content(file), now().astimezone(municipality.zone).date())
        except LessonsError as exc:
            raise LessonsError(f"{file} {exc}") from exc
        return found.municipality, await import_file(session, found, f"file:{found.municipality}", now())

    name, taken = asyncio.run(_with_database(work))
    typer.echo(_told(name, taken))


@lessons.command("subscribe")
def subscribe(url: Annotated[str, typer.Argument(help="Such as https://example.org/lessons.json")]) -> None:
    """Read another municipality's lessons every day, beginning now."""
    from bot.feeds import check_address, fetch
    from flows.municipality import Municipality

    address = check_address(url)
    zone = Municipality.load(read().municipality).zone
    fetched = asyncio.run(fetch(address, None, zone))
    assert fetched.file is not None, "without an ETag there is no 304"
    found = fetched.file

    async def work(session: AsyncSession, municipality: Municipality) -> TakenIn:
        from flows.initiatives.lessons.learning import subscribe
        from storage.columns import now

        return await subscribe(session, address, found, fetched.etag, now())

    typer.echo(_told(found.municipality, asyncio.run(_with_database(work))))


@lessons.command("unsubscribe")
def unsubscribe(url: Annotated[str, typer.Argument(help="As it was subscribed to.")]) -> None:
    """Read it no more; its lessons are no longer shown."""

    async def work(session: AsyncSession, municipality: Municipality) -> int:
        from flows.initiatives.lessons.learning import unsubscribe
        from storage.columns import now

        return await unsubscribe(session, url, now())

    gone = asyncio.run(_with_database(work))
    typer.echo(f"{url} isn't read any more; {_lessons(gone)} withdrawn.")


@lessons.command("feeds")
def feeds() -> None:
    """Show what is read every day, and how the last reading went."""

    async def work(session: AsyncSession, municipality: Municipality) -> list[str]:
        from flows.initiatives.lessons.learning import subscriptions

        return [f"{one.url}: {one.error or 'in order'}" for one in await subscriptions(session)]

    for line in asyncio.run(_with_database(work)) or ["Nothing is read; see: stuur lessons subscribe --help"]:
        typer.echo(line)


def _content(file: Path) -> bytes:
    from flows.initiatives.lessons.file import LARGEST

    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as exc:
        raise LessonsError(f"can't be read ({_reason(exc)}); check its name and rights") from exc


def _reason(exc: OSError) -> str:
    return (exc.strerror or type(exc).__name__).lower()


def _told(municipality: str, taken: TakenIn) -> str:
    more = [
        f"{count} {word}"
        for count, word in (
            (taken.changed, "changed"),
            (taken.same, "the same"),
            (taken.refused, "known from elsewhere and left as they are"),
            (taken.withdrawn, "withdrawn"),
        )
        if count
    ]
    return f"{municipality}: {', '.join([f'{taken.new} new', *more])}."


def _lessons(count: int) -> str:
    return "1 lesson" if count == 1 else f"{count} lessons"


async def _with_database(work: Callable[[AsyncSession, Municipality], Awaitable[T]]) -> T:
    """Do it in one transaction: all of it, or nothing."""
    from flows.municipality import Municipality
    from flows.opening import open_house
    from storage.columns import now
    from storage.database import Database
    from storage.migrate import migrate, require_current

    settings = read()
    municipality = Municipality.load(settings.municipality)
    database = Database(settings.database)
    try:
        await (migrate(database) if database.is_sqlite else require_current(database))
        async with database.transaction() as session:
            await open_house(session, municipality, now())
            return await work(session, municipality)
    finally:
        await database.close()
