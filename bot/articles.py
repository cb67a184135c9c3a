"""`stuur articles`: how well the right article is found."""

from __future__ import annotations

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
