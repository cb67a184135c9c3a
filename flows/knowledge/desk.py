"""`/artikelen`: the articles as those who work here see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import col, func, or_, select

from flows.commands import Done, Outcome, Refused, carries, carry
from flows.context import Around, Context
from flows.doors import For, act, action, bot_command, id_in
from flows.knowledge.desk_verbs import CheckArticle, LookForArticle
from flows.knowledge.keeping import teams_of
from flows.knowledge.missing import missing
from flows.knowledge.offering import cut
from flows.knowledge.writing import may_change
from flows.people.teams import COORDINATORS, WORKERS, roles_of
from flows.talk import dialogue
from flows.talk.answers import Text
from flows.talk.ask import Ask
from flows.talk.message import Button, Message, Rows
from flows.talk.replay import conversation
from storage.knowledge import Article, ArticleStatus

SOON = timedelta(days=14)
FIRST = 5
"""To check, above the list."""
PAGE = 10
FOUND = 8
AGAIN = (3, 12)
"""Months to look again, besides the six."""


@bot_command("artikelen", audience=For.WORKERS)
async def articles(context: Context, argument: str) -> None:
    """Mine to check, the teams, and the ways to look, write and see what is missing."""
    if not await _works_here(context):
        await context.say("work.not_yours")
        return
    around = context.around
    published = Article.status == ArticleStatus.PUBLISHED
    mine = select(Article).where(
        published,
        Article.review_on <= around.today + SOON,
        or_(
            Article.owner_id == context.me.id,
            col(Article.owner_id).is_(None) & col(Article.team_code).in_(await teams_of(context)),
        ),
    )
    to_check = (await context.session.exec(mine.order_by(col(Article.review_on)).limit(FIRST))).all()
    counts = select(Article.team_code, func.count()).where(published).group_by(col(Article.team_code))
    per_team = dict((await context.session.exec(counts)).all())
    rows = [
        *((open_button(one, "🔎 "),) for one in to_check),
        (act(around.plain("article.buttons.write"), "k-new"), act(around.plain("article.buttons.look"), "k-look")),
        *(
            (act(cut(around.plain("article.of_team", team=around.team(code), count=count)), "k-team", f"{code}.0"),)
            for code, count in sorted(per_team.items())
        ),
        (act(around.plain("article.buttons.missing"), "k-missing"),),
    ]
    text = around.text("article.desk", count=sum(per_team.values()), to_check=len(to_check))
    await context.reply(Message(text=text, buttons=tuple(rows)))


def open_button(article: Article, mark: str = "") -> Button:
    """Shows its card."""
    return act(cut(f"{mark}{article.question}"), "k-show", article.id or 0)


@action("k-team")
async def press_team(context: Context, argument: str) -> None:
    """A page of the articles of a team."""
    code, _, number = argument.rpartition(".")
    page = id_in(number)
    if page is None or not await _works_here(context):
        context.note("common.not_allowed", alert=True)
        return
    query = select(Article).where(Article.team_code == code, Article.status == ArticleStatus.PUBLISHED)
    ordered = query.order_by(col(Article.question), col(Article.id)).offset(page * PAGE).limit(PAGE + 1)
    found = (await context.session.exec(ordered)).all()
    if not found:
        context.note("article.none", alert=True)
        return
    around = context.around
    turn = [] if page == 0 else [act(around.plain("talk.buttons.previous"), "k-team", f"{code}.{page - 1}")]
    if len(found) > PAGE:
        turn.append(act(around.plain("talk.buttons.next"), "k-team", f"{code}.{page + 1}"))
    rows: Rows = (*((open_button(one),) for one in found[:PAGE]), *((tuple(turn),) if turn else ()))
    message = Message(text=around.text("article.team", team=around.team(code), page=page + 1), buttons=rows)
    await context.edit_pressed(message)


def card(around: Around, article: Article, *, may: bool, asks: bool = False) -> Message:
    """An article with what can be done with it; `asks`: whether it is still right."""
    number = article.id or 0
    is_retired = article.status == ArticleStatus.RETIRED
    text = around.text(
        "article.card",
        asks=asks,
        question=article.question,
        answer=article.answer,
        source=article.source,
        theme=around.theme(article.theme_code),
        team=around.team(article.team_code),
        checked=article.checked_on,
        review=article.review_on,
        helped=article.helped,
        did_not=article.did_not_help,
        retired=is_retired,
    )
    change = act(around.plain("article.buttons.change"), "k-change", number)
    if not may:
        return Message(text=text)
    if is_retired:
        return Message(text=text, buttons=((change,),))
    right = act(around.plain("article.buttons.right"), "k-check", f"{number}.6")
    months = tuple(
        act(around.plain("article.buttons.right_for", months=one), "k-check", f"{number}.{one}") for one in AGAIN
    )
    return Message(
        text=text,
        buttons=((right,), months, (change, act(around.plain("article.buttons.retire"), "k-retire", number))),
    )


@action("k-show")
async def press_show(context: Context, argument: str) -> None:
    """Its card."""
    number = id_in(argument)
    article = None if number is None else await context.session.get(Article, number)
    if article is None:
        context.note("common.gone", alert=True)
    elif not await _works_here(context):
        context.note("common.not_allowed", alert=True)
    else:
        await context.reply(card(context.around, article, may=await may_change(context, article)))


@action("k-check")
async def press_check(context: Context, argument: str) -> None:
    """It is still right."""
    number, _, months = argument.partition(".")
    article_id, after = id_in(number), id_in(months)
    if article_id is None or after is None:
        context.note("common.gone", alert=True)
        return
    outcome = await carry(context, CheckArticle(article_id=article_id, months=after))
    if isinstance(outcome, Refused):
        await context.refuse(outcome)
    else:
        await context.drop_pressed_buttons()


@conversation("article.look", for_work=True)
async def look(ask: Ask) -> LookForArticle:
    """In what words?"""
    return LookForArticle(words=await ask("words", Text(max_length=300)))


@action("k-look")
async def press_look(context: Context, argument: str) -> None:
    """Look for one."""
    if await _works_here(context):
        await dialogue.start(context, "article.look")
    else:
        context.note("common.not_allowed", alert=True)


@carries(LookForArticle)
async def carry_look(context: Context, command: LookForArticle) -> Outcome:
    """Found as residents find it."""
    found = await context.house.library.find(context.session, command.words, FOUND)
    around = context.around
    rows = [(act(cut(one.article.question), "k-show", one.article.id),) for one in found]
    new = (act(around.plain("article.buttons.write"), "k-new"),)
    await context.reply(Message(text=around.text("article.found", count=len(found)), buttons=(*rows, new)))
    return Done(details={"found": len(found)})


@action("k-missing")
async def press_missing(context: Context, argument: str) -> None:
    """What people looked for and didn't find."""
    if not await _works_here(context):
        context.note("common.not_allowed", alert=True)
        return
    around = context.around
    groups: Sequence[tuple[int, str, int]] = await missing(context)
    rows = [(act(cut(f"✏️ {count}× {asked}"), "k-new", number),) for number, asked, count in groups]
    await context.reply(Message(text=around.text("article.missing", any=bool(groups)), buttons=tuple(rows)))


async def _works_here(context: Context) -> bool:
    return bool(await roles_of(context.session, context.me) & {*WORKERS, *COORDINATORS})
