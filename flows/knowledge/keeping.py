"""The articles as commands keep them: written, changed, checked, taken away."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date

from sqlmodel import col, select

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Context
from flows.doors import act
from flows.knowledge.desk_verbs import ChangeArticle, CheckArticle, RetireArticle, WriteArticle
from flows.people.teams import coordinates, looks_after, own_first
from flows.talk.message import Message, Rows
from storage.knowledge import Article, ArticleStatus

QUESTION, ANSWER = 300, 2500
"""Characters; with the frame around it an article stays below Telegram's 4,096."""
MONTHS = range(1, 25)


async def teams_of(context: Context) -> dict[str, str]:
    """The teams for which the actor may write: code and name, their own first."""
    everywhere = await coordinates(context)
    codes = [
        team.code
        for team in context.house.municipality.teams
        if everywhere or await looks_after(context, context.me, team.code)
    ]
    return {code: context.around.team(code) for code in await own_first(context, context.me, codes)}


@carries(WriteArticle)
async def carry_write(context: Context, command: WriteArticle) -> Outcome:
    """Residents find it at once; its owner is who wrote it."""
    if command.months not in MONTHS:
        return Refused(key="article.refused.months")
    allowed: Sequence[str] = [team.code for team in context.house.municipality.teams]
    if context.actor is not None:
        allowed = list(await teams_of(context))
    if command.team not in allowed:
        return Refused(key="article.refused.team")
    checked = command.checked_on or context.house.municipality.today(context.now)
    article = Article(
        question=command.question,
        answer=command.answer,
        theme_code=command.theme,
        team_code=command.team,
        owner_id=None if context.actor is None else context.actor.id,
        source=command.source,
        question_id=command.question_id,
        checked_on=checked,
        review_on=later(checked, command.months),
        created_at=context.now,
        updated_at=context.now,
    )
    context.session.add(article)
    await context.session.flush()
    await _say(context, "article.written", article)
    return Done(details={"article": article.id, "team": command.team})


@carries(ChangeArticle)
async def carry_change(context: Context, command: ChangeArticle) -> Outcome:
    """It counts as checked; one that was taken away is found again."""
    article = await locked(context, command.article_id)
    article.question, article.answer, article.theme_code = command.question, command.answer, command.theme
    article.source = command.source or article.source
    article.status = ArticleStatus.PUBLISHED
    _checked(context, article, 6, command.checked_on)
    await context.session.flush()
    await _say(context, "article.changed", article)
    return Done(details={"article": article.id})


@carries(CheckArticle)
async def carry_check(context: Context, command: CheckArticle) -> Outcome:
    """The date that residents see is today's."""
    if command.months not in MONTHS:
        return Refused(key="article.refused.months")
    article = await locked(context, command.article_id)
    if article.status == ArticleStatus.RETIRED:
        return Refused(key="article.refused.retired")
    _checked(context, article, command.months, None)
    await context.session.flush()
    await _say(context, "article.checked", article)
    return Done(details={"article": article.id, "months": command.months})


@carries(RetireArticle)
async def carry_retire(context: Context, command: RetireArticle) -> Outcome:
    """It stays, so that a change brings it back."""
    article = await locked(context, command.article_id)
    if article.status == ArticleStatus.RETIRED:
        return Refused(key="article.refused.retired")
    article.status, article.updated_at = ArticleStatus.RETIRED, context.now
    context.session.add(article)
    await context.session.flush()
    await _say(context, "article.retired", article)
    return Done(details={"article": article.id})


async def locked(context: Context, number: int) -> Article:
    """The article, which nobody else changes meanwhile."""
    query = select(Article).where(col(Article.id) == number).with_for_update()
    return (await context.session.exec(query)).one()


def _checked(context: Context, article: Article, months: int, on: date | None) -> None:
    article.checked_on = on or context.house.municipality.today(context.now)
    article.review_on = later(article.checked_on, months)
    article.updated_at = context.now
    if context.actor is not None:
        article.owner_id = context.actor.id
    context.session.add(article)


async def _say(context: Context, key: str, article: Article) -> None:
    if context.actor is None:
        return
    text = context.text(key, question=article.question, review=article.review_on)
    label = context.around.plain("article.buttons.open")
    buttons: Rows = ((act(label, "k-show", article.id or 0),),)
    await context.reply(Message(text=text, buttons=buttons))


def later(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
