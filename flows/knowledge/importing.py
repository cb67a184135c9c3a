"""Articles from a file: added, or changed where the question is there already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import select

from flows.commands import Refused, carry
from flows.context import Context
from flows.errors import TableError
from flows.knowledge.desk_verbs import ChangeArticle, WriteArticle
from flows.knowledge.keeping import ANSWER, QUESTION
from flows.municipality import Municipality
from flows.tables import read_table
from storage.knowledge import Article

EXAMPLE = Path(__file__).parents[1] / "municipality" / "example-articles.tsv"
"""Those of the fictional Elzermeer."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """An article in a file."""

    question: str
    answer: str
    theme: str | None
    source: str | None
    checked: date | None


def read(file: Path, municipality: Municipality, today: date) -> list[Line]:
    """Columns question and answer, and where they are there theme, source and checked. Raises TableError."""
    found: list[Line] = []
    seen: dict[str, int] = {}
    optional = ("theme", "source", "checked")
    for line, (question, answer, theme, source, checked) in read_table(file, "question", "answer", optional=optional):
        where = f"{file}, line {line}"
        if len(question) > QUESTION or len(answer) > ANSWER:
            raise TableError(f"{where}: a question has at most {QUESTION} characters, an answer {ANSWER}; shorten it")
        if theme and municipality.theme(theme) is None:
            known = ", ".join(one.code for one in municipality.themes)
            raise TableError(f"{where}: there is no theme {theme[:40]!r}; known are: {known}")
        if source and not source.startswith(("https://", "http://")):
            raise TableError(f"{where}: the source {source[:40]!r} is no web address; begin it with https://")
        if question.casefold() in seen:
            raise TableError(f"{where}: line {seen[question.casefold()]} has the same question; remove one of them")
        seen[question.casefold()] = line
        day = _day(checked, where, today)
        found.append(Line(question=question, answer=answer, theme=theme or None, source=source or None, checked=day))
    return found


def _day(text: str, where: str, today: date) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise TableError(f"{where}: {text[:40]!r} is no date; write it as 2026-11-03") from None
    if day > today:
        raise TableError(f"{where}: {text} hasn't been yet; write the day on which it was last checked")
    return day


async def take_in(context: Context, lines: list[Line], team: str | None) -> tuple[int, int]:
    """Keep them; gives how many are new and how many changed. `team`: None takes the one of each theme."""
    municipality = context.house.municipality
    query = select(Article).order_by(Article.id)  # type: ignore[arg-type]
    there = {one.question.casefold(): one for one in (await context.session.exec(query)).all()}
    new = changed = 0
    for line in lines:
        article = there.get(line.question.casefold())
        if article is None:
            code = team or municipality.route(line.theme, None).code
            outcome = await carry(
                context,
                WriteArticle(
                    question=line.question,
                    answer=line.answer,
                    theme=line.theme,
                    team=code,
                    source=line.source,
                    checked_on=line.checked,
                ),
            )
            new += 1
        elif article.answer != line.answer or (line.theme or article.theme_code) != article.theme_code:
            outcome = await carry(
                context,
                ChangeArticle(
                    article_id=article.id or 0,
                    question=line.question,
                    answer=line.answer,
                    theme=line.theme or article.theme_code,
                    source=line.source,
                    checked_on=line.checked,
                ),
            )
            changed += 1
        else:
            continue
        if isinstance(outcome, Refused):
            raise TableError(f"the article {line.question[:60]!r} wasn't taken in; check its team")
    return new, changed
