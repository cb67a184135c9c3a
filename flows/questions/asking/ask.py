"""A resident asks a question in their own words."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from sqlmodel import col, or_, select

from flows.commands import Outcome, Refused, carries, carry
from flows.context import Context
from flows.doors import act, go, replies_to
from flows.knowledge.desk_verbs import FoundAnswer
from flows.knowledge.offering import ArticleAnswer, articles_for, searched, shown_so_far
from flows.menu import send_menu
from flows.permissions import Relation
from flows.questions.asking import signposts
from flows.questions.asking.answers import LikelyTheme, QuestionWords
from flows.questions.asking.beginning import begin
from flows.questions.asking.guessing import find_place, guess_theme, text_of
from flows.questions.asking.personal import pointed_out
from flows.questions.asking.understanding.small_talk import is_small_talk, is_thanks
from flows.questions.desk.presses import begin_answer, begin_note
from flows.questions.keeping import save, taken
from flows.questions.relations import DESK, relations_to
from flows.questions.verbs import AskOn, AskQuestion, ThankForAnswer
from flows.questions.words import first_words
from flows.talk import dialogue
from flows.talk.answers import Refused as NotAnAnswer
from flows.talk.answers import Skippable
from flows.talk.ask import Ask
from flows.talk.incoming import Content, Text
from flows.talk.message import Message
from flows.talk.own_words import piece_of, words_of
from flows.talk.personal import without_personal
from flows.talk.places import DistrictAnswer
from flows.talk.replay import conversation
from storage.cards import Card, Subject
from storage.knowledge import SearchOutcome
from storage.questions import DONE, Question, QuestionStatus, ThemeBy

MINE = 3
"""Questions asked before that new words may belong to, the latest; those an answer reopens, too."""


async def home_district(context: Context) -> str | None:
    """Where the actor lives, if they said so."""
    return context.me.district_code


@conversation("question.ask", command="vraag")
async def ask_question(ask: Ask) -> AskQuestion | AskOn | FoundAnswer:
    """What do you want to know, what is it about, and where. What the words say already isn't asked."""
    mine = ask.given("mine", list) if ask.has("mine") else []
    said = await ask("words", QuestionWords(offered=ask.has("offered"), mine=mine))
    if said.belongs_to is not None:
        return AskOn(question_id=said.belongs_to, words=said.words)
    found = await ask.once("articles", partial(articles_for, words=text_of(said.words)), after=("words",))
    shown: list[int] = await ask.once(
        "shown",
        partial(shown_so_far, earlier=ask.earlier("shown"), now=[one["id"] for one in found]),
        after=("articles",),
    )
    if found:
        article = await ask("helped", ArticleAnswer(found), after=("articles",), shown=False)
        if article is not None:
            return FoundAnswer(article_id=article, found=tuple(shown), words=text_of(said.words))
    guessed = await ask.once("guess", partial(guess_theme, words=said.words), after=("words",))
    theme = await ask("theme", Skippable(LikelyTheme(guessed["likely"])), default=guessed["theme"])
    theme_by = ThemeBy.GUESS if ask.asked[-1].by_default else ThemeBy.ASKER
    home = await ask.once("home", home_district)
    place = await ask.once("place", partial(find_place, words=said.words), after=("words",))
    district = await ask("district", Skippable(DistrictAnswer()), default=place or home)
    await ask.review()
    return AskQuestion(
        words=said.words,
        theme=theme,
        district=district,
        theme_by=None if theme is None else theme_by,
        shown=tuple(shown),
    )


async def offer(context: Context, content: Content) -> None:
    """Somebody wrote outside any conversation: offer to make a question of it, with their words kept.

    It may also belong to a question they asked before.
    """
    piece = piece_of(content)
    if isinstance(piece, NotAnAnswer):
        await context.refuse(piece)
        return
    if isinstance(content, Text) and is_thanks(content.text):
        await send_menu(context, "menu.thanked")
        return
    if isinstance(content, Text) and is_small_talk(content.text) and signposts.find(content.text) is None:
        await send_menu(context, "menu.or_type")
        return
    given: dict[str, Any] = {"offered": True}
    if mine := await may_belong_to(context):
        given["mine"] = mine
    await dialogue.start(context, "question.ask", given, drafts={"words": [without_personal(piece, context.around)]})


async def may_belong_to(context: Context) -> list[dict[str, Any]]:
    """The actor's latest questions that are open, or were answered so lately that more words open them again."""
    lately = context.now - timedelta(days=context.house.municipality.questions.reopen_days)
    query = (
        select(Question)
        .where(
            Question.asker_id == context.me.id,
            or_(col(Question.status).not_in(DONE), col(Question.answered_at) >= lately),
            Question.status != QuestionStatus.CLOSED,
        )
        .order_by(col(Question.id).desc())
        .limit(MINE)
    )
    found = (await context.session.exec(query)).all()
    return [
        {"id": one.id, "reference": one.reference, "asked": await first_words(context, one, length=30)} for one in found
    ]


@carries(AskQuestion)
async def carry_ask(context: Context, command: AskQuestion) -> Outcome:
    """The question gets a reference, a team, a term, and a card for everybody in the team."""
    question = await begin(
        context,
        context.me,
        command.words,
        theme=command.theme,
        theme_by=command.theme_by,
        district=command.district,
    )
    outcome = SearchOutcome.ASKED if command.shown else SearchOutcome.NOTHING
    await searched(context, text_of(command.words), command.shown, outcome, command.theme)
    team = context.around.team(question.team_code)
    await context.send(
        context.me,
        Message(
            text=context.text("question.asked", reference=question.reference, team=team, due=question.due_at),
            buttons=(
                (act(context.around.plain("question.buttons.add"), "q-ask_on", question.id or 0),),
                (go(context.around.plain("menu.buttons.mijn"), "mijn"),),
            ),
        ),
        about=(Subject.QUESTION, question.id or 0),
    )
    return await save(context, question, team=question.team_code)


@replies_to(Subject.QUESTION)
async def reply(context: Context, card: Card, content: Content) -> None:
    """A reply to a message about a question: the desk answers, the asker asks on."""
    question = await context.session.get_one(Question, card.subject_id)
    mine = await relations_to(context, context.me, question)
    if Relation.THINKER in mine and not mine & DESK:
        await begin_note(context, question, content)
        return
    if mine & DESK and (card.live or question.asker_id != context.me.id):
        if (refused := await taken(context, question)) is not None:
            await context.refuse(refused)
        else:
            await begin_answer(context, question, content)
        return
    if isinstance(content, Text) and is_thanks(content.text):
        await _be_thanked(context, question)
        return
    piece = piece_of(content)
    if isinstance(piece, NotAnAnswer):
        await context.refuse(piece)
        return
    if await pointed_out(context, question, piece):
        return
    outcome = await carry(context, AskOn(question_id=card.subject_id, words=words_of([piece])))
    if isinstance(outcome, Refused):
        await context.refuse(outcome)


async def _be_thanked(context: Context, question: Question) -> None:
    """Thanks add nothing to a question; for an answer they are passed on, as with the button."""
    if question.status != QuestionStatus.ANSWERED:
        await context.say("question.welcome")
        return
    outcome = await carry(context, ThankForAnswer(question_id=question.id or 0))
    if isinstance(outcome, Refused):
        await context.refuse(outcome)
