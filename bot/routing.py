"""`stuur routing`: how well questions find their theme, measurable by anyone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

routing = typer.Typer(help="Which theme a question is about.", no_args_is_help=True)


@routing.callback()
def _group() -> None:
    """Without it Typer would take away the name of an only command."""


@routing.command("evaluate")
def evaluate(
    train: Annotated[Path, typer.Argument(help="Tab-separated, with the columns question and theme.")],
    test: Annotated[Path, typer.Argument(help="The same; these questions are only judged.")],
    as_json: Annotated[bool, typer.Option("--json", help="For a machine; shares are from 0 to 1.")] = False,
) -> None:
    """Learn from the questions of one file, and say how well those of another are routed."""
    from flows.questions.asking.understanding.evaluation import evaluate
    from flows.questions.asking.understanding.examples import read_examples

    found = evaluate(read_examples(train), read_examples(test))
    if as_json:
        typer.echo(json.dumps(found.as_json()))
        return
    typer.echo(f"The likeliest theme is right   {found.top1:6.1%}")
    typer.echo(f"Right among the likeliest three {found.top3:5.1%}")
    typer.echo(f"Milliseconds a question        {found.ms:6.2f}")
    typer.echo(f"Routed without asking          {found.coverage:6.1%}, of which right {found.accuracy:.1%}")
    typer.echo("Coverage  Accuracy")
    for coverage, accuracy in found.curve:
        typer.echo(f"{coverage:8.1%}{accuracy:10.1%}")
