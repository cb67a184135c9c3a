"""`stuur articles`: how well the right article is found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from flows.errors import ArticlesError

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

    try:
        known = read_articles(_content(file))
    except ArticlesError as exc:
        raise ArticlesError(f"{file}: {exc}") from exc
    try:
        queries = read_queries(_content(asked), known)
    except ArticlesError as exc:
        raise ArticlesError(f"{asked}: {exc}") from exc
    measured = measure(known, queries)
    if as_json:
        typer.echo(json.dumps(measured.as_dict()))
        return
    typer.echo(f"{len(queries)} queries, {len(known)} articles.")
    typer.echo(f"Right one first: {measured.first:.0%}. Among the first three: {measured.top3:.0%}.")
    typer.echo(f"{measured.ms:.1f} ms a query.")


def _content(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except OSError as exc:
        reason = (exc.strerror or type(exc).__name__).lower()
        raise ArticlesError(f"can't be read ({reason}); check its name and rights") from exc
    except UnicodeDecodeError as exc:
        raise ArticlesError("isn't UTF-8; save it as UTF-8, parted by tabs") from exc
