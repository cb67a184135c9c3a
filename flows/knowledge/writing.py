"""Writing an article, also from an answer that was given; changing one, and taking one away."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import partial
from typing import TypedDict

from sqlmodel import col, select

from flows.context import Context
from flows.doors import action, id_in
from flows.knowledge.desk_verbs import ChangeArticle, RetireArticle, WriteArticle
from flows.knowledge.keeping import ANSWER, QUESTION, teams_of
from flows.knowledge.missing import readable
from flows.people.teams import coordinates, looks_after
from flows.questions.desk.talks import NEVER_OURS
from flows.questions.pressed import in_button
from flows.talk import dialogue
from flows.talk.answers import Skippable
from flows.talk.ask import Ask
from flows.talk.checked_text import CheckedText
from flows.talk.choices import Choice, OneOf, YesNo
from flows.talk.places import ThemeAnswer
from flows.talk.replay import conversation
from flows.words.personal import stripped
from storage.knowledge import Article, ArticleSearch
from storage.people import Person
from storage.questions import MessageKind, Question, QuestionMessage

ASKED = CheckedText(max_length=QUESTION, min_length=8, kinds=NEVER_OURS)
SAID = CheckedText(max_length=ANSWER, min_length=10, kinds=NEVER_OURS)
GREETING = re.compile(r"^(?:beste|hallo|hoi|dag|geachte|dear|hello|hi)\s*…?\s*[,!.]?\s*", re.IGNORECASE)


class Review(StrEnum):
    """After how many months somebody looks whether it is still right."""

    THREE = "three"
    SIX = "six"
    YEAR = "year"


MONTHS = {Review.THREE: 3, Review.SIX: 6, Review.YEAR: 12}


class Begun(TypedDict):
    """What an article is made of; all of it is shown and can be changed before residents see it."""

    question: str | None
    answer: str | None
    theme: str | None
    teams: dict[str, str]
    team: str | None


@conversation("article.write", for_work=True)
async def write(ask: Ask) -> WriteArticle:
    """What is asked, what is the answer, about what, whose, and when somebody looks again."""
    number = ask.given("from", int) if ask.has("from") else None
    search = ask.given("search", int) if ask.has("search") else None
    begun = await ask.once("begun", partial(begin, question_id=number, search_id=search))
    if search is None:
        question = await ask("question", ASKED, default=begun["question"])
    else:  # a search is one resident's line: somebody makes a question of it first
        question = await ask("question", ASKED, draft=begun["question"])
    answer = await ask("answer", SAID, default=begun["answer"])
    theme = await ask("theme", Skippable(ThemeAnswer()), default=begun["theme"])
    team = await ask("team", OneOf(begun["teams"]), default=begun["team"])
    review = await ask("months", Choice(Review), default=Review.SIX.value)
    await ask.review()
    return WriteArticle(
        question=question, answer=answer, theme=theme, team=team, months=MONTHS[review], question_id=number
    )


@conversation("article.change", for_work=True)
async def change(ask: Ask) -> ChangeArticle:
    """Everything it says, to change."""
    number = ask.given("article", int)
    was = await ask.once("was", partial(_was, article_id=number))
    question = await ask("question", ASKED, default=was["question"])
    answer = await ask("answer", SAID, default=was["answer"])
    theme = await ask("theme", Skippable(ThemeAnswer()), default=was["theme"])
    await ask.review()
    return ChangeArticle(article_id=number, question=question, answer=answer, theme=theme)


@conversation("article.retire", for_work=True, back_to="artikelen")
async def retire(ask: Ask) -> RetireArticle | None:
    """Are you sure?"""
    number = ask.given("article", int)
    was = await ask.once("was", partial(_was, article_id=number))
    sure = await ask("sure", YesNo(), values={"question": was["question"]})
    return RetireArticle(article_id=number) if sure else None


async def begin(context: Context, *, question_id: int | None, search_id: int | None) -> Begun:
    """What is known already. Of an answer all that is somebody's own is taken out."""
    teams = await teams_of(context)
    begun = Begun(question=None, answer=None, theme=None, teams=teams, team=next(iter(teams), None))
    search = None if search_id is None else await context.session.get(ArticleSearch, search_id)
    if search is not None and await readable(context, [search]):
        begun["question"] = search.asked[:QUESTION]
        begun["theme"] = search.theme_code
    question = None if question_id is None else await context.session.get(Question, question_id)
    if question is None or not await may_use(context, question):
        return begun
    asker = await context.session.get_one(Person, question.asker_id)
    query = select(QuestionMessage).where(QuestionMessage.question_id == question.id, QuestionMessage.text != "")
    messages = (await context.session.exec(query.order_by(col(QuestionMessage.id)))).all()
    asked = [one.text for one in messages if one.kind == MessageKind.QUESTION]
    answers = [one.text for one in messages if one.kind == MessageKind.ANSWER]
    begun["question"] = impersonal("\n".join(asked), asker.first_name)[:QUESTION].strip() or None
    begun["answer"] = impersonal(answers[-1], asker.first_name)[:ANSWER].strip() or None if answers else None
    begun["theme"] = question.theme_code
    begun["team"] = question.team_code if question.team_code in teams else begun["team"]
    return begun


def impersonal(text: str, name: str) -> str:
    """Without numbers and addresses of people, the name of who asked, and a greeting at its beginning."""
    text = stripped(text, lambda _: "…")
    names = {name.strip(), *name.split()[:1], *(part for part in name.split() if part[:1].isupper())}
    for part in sorted(names - {""}, key=len, reverse=True):  # the whole first; "van" and "de" are words too
        text = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", "…", text, flags=re.IGNORECASE)
    rest = GREETING.sub("", text.strip())
    return rest[:1].upper() + rest[1:]


async def may_use(context: Context, question: Question) -> bool:
    """Whether the actor may read it: who has it, who looks after its team, a coordinator."""
    return (
        question.assignee_id == context.me.id
        or await looks_after(context, context.me, question.team_code)
        or await coordinates(context)
    )


async def may_change(context: Context, article: Article) -> bool:
    """Whether to show its buttons to the actor; carrying out checks again."""
    everywhere = await coordinates(context)
    return everywhere or await looks_after(context, context.me, article.team_code)


@action("k-from")
async def press_from(context: Context, argument: str) -> None:
    """Make an article of an answer."""
    question = await in_button(context, argument)
    if question is None:
        return
    if await may_use(context, question):
        await dialogue.start(context, "article.write", {"from": question.id})
    else:
        context.note("common.not_allowed", alert=True)


@action("k-new")
async def press_new(context: Context, argument: str) -> None:
    """Write one; the argument is the number of a search that found nothing."""
    if not await teams_of(context):
        context.note("common.not_allowed", alert=True)
        return
    number = id_in(argument)
    await dialogue.start(context, "article.write", {} if number is None else {"search": number})


@action("k-change")
async def press_change(context: Context, argument: str) -> None:
    """Change it."""
    await _begin(context, argument, "article.change")


@action("k-retire")
async def press_retire(context: Context, argument: str) -> None:
    """Take it away."""
    await _begin(context, argument, "article.retire")


async def _begin(context: Context, argument: str, name: str) -> None:
    number = id_in(argument)
    article = None if number is None else await context.session.get(Article, number)
    if article is None:
        context.note("common.gone", alert=True)
    elif not await may_change(context, article):
        context.note("common.not_allowed", alert=True)
    else:
        await dialogue.start(context, name, {"article": article.id})


class Was(TypedDict):
    """What an article says now."""

    question: str
    answer: str
    theme: str | None


async def _was(context: Context, *, article_id: int) -> Was:
    article = await context.session.get_one(Article, article_id)
    return Was(question=article.question, answer=article.answer, theme=article.theme_code)
