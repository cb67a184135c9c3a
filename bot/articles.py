"""`stuur articles`: take them in from a file, and measure how well the right one is found."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer

articles = typer.Typer(help="Frequently asked questions and their answers.", no_args_is_help=True)


@articles.callback()
def _group() -> None:
    """Frequently asked questions and their answers."""


@articles.command("evaluate")
def evaluate(
    file: Annotated[Path, typer.Argument(metavar="ARTICLES.tsv", help="With the columns question and answer.")],
    asked: Annotated[
        Path,
        typer.Argument(metavar="QUERIES.tsv", help="With query, and question as it is in the articles."),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print it for a machine.")] = False,
) -> None:
    """Measure how often the right article is found first, or among the three that people see."""
    from flows.knowledge.measuring import measure, read_articles, read_queries

    known = read_articles(file)
    queries = read_queries(asked, known)
    measured = measure(known, queries)
    if as_json:
        typer.echo(json.dumps(measured.as_dict()))
        return
    typer.echo(f"{len(queries)} queries, {len(known)} articles.")
    typer.echo(f"Right one first: {measured.first:.0%}. Among the first three: {measured.top3:.0%}.")
    typer.echo(f"{measured.ms:.1f} ms a query.")


@articles.command("import")
def import_articles(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.tsv", help="With the columns question and answer; theme, source and checked may be there."
        ),
    ],
    team: Annotated[str | None, typer.Option(help="The team that keeps them right; else that of each theme.")] = None,
) -> None:
    """Add articles; a question that is there already gets the new answer."""
    new, changed = asyncio.run(_import(file, team))
    typer.echo(f"{new} new, {changed} changed.")


async def _import(file: Path, team: str | None) -> tuple[int, int]:
    from bot.settings import SettingsError, read
    from flows import features
    from flows.context import Context, House
    from flows.knowledge import importing
    from flows.municipality import Municipality
    from flows.opening import open_house
    from locales.catalogue import Catalogue
    from storage.columns import now
    from storage.database import Database
    from storage.migrate import migrate, require_current

    features.load()
    settings = read()
    municipality = Municipality.load(settings.municipality)
    if team is not None and municipality.team(team) is None:
        known = ", ".join(one.code for one in municipality.teams)
        raise SettingsError(f"there is no team {team!r}; known are: {known}")
    lines = importing.read(file, municipality, municipality.today(now()))
    database = Database(settings.database)
    try:
        await (migrate(database) if database.is_sqlite else require_current(database))
        async with database.transaction() as session:
            await open_house(session, municipality, now())
            house = House(municipality=municipality, catalogue=Catalogue.load(), bot_username="")
            context = Context(house=house, session=session, now=now(), actor=None)
            return await importing.take_in(context, lines, team)
    finally:
        await database.close()
