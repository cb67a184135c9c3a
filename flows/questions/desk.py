"""The desk, as those who work there see it: what the buttons of a card do, and what is asked then."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flows.cards import show_anew
from flows.commands import Refused, carry
from flows.context import Context
from flows.doors import action, id_in
from flows.people.teams import looks_after, teams_without_anybody
from flows.questions import cards
from flows.questions.handling import taken
from flows.questions.verbs import AnswerQuestion, ClaimQuestion, CloseQuestion, ReleaseQuestion, TransferQuestion
from flows.questions.words import which
from flows.talk import dialogue, incoming
from flows.talk.answers import Text
from flows.talk.ask import Ask
from flows.talk.incoming import Content
from flows.talk.places import TeamAnswer
from flows.talk.replay import conversation
from flows.verbs import QuestionCommand
from storage.cards import Subject
from storage.questions import Question

ANSWER_LENGTH = 3000
"""Characters; with the frame around it an answer stays below Telegram's 4,096."""


@conversation("question.answer", for_work=True)
async def answer(ask: Ask) -> AnswerQuestion:
    """The answer, seen once more before it goes."""
    question_id = ask.given("question", int)
    question = await ask.once("which", partial(which, question_id=question_id))
    text = await ask("text", Text(max_length=ANSWER_LENGTH), values=question)
    await ask.review(values=question)
    return AnswerQuestion(question_id=question_id, text=text)


@conversation("question.transfer", for_work=True)
async def transfer(ask: Ask) -> TransferQuestion:
    """To whom, and why."""
    question_id = ask.given("question", int)
    question = await ask.once("which", partial(which, question_id=question_id))
    empty = await ask.once("empty", teams_without_anybody)
    team = await ask("team", TeamAnswer(but=ask.given("from", str), empty=empty), values=question)
    reason = await ask("reason", Text(max_length=500))
    await ask.review(values=question)
    return TransferQuestion(question_id=question_id, team=team, reason=reason)


@conversation("question.close", for_work=True)
async def close(ask: Ask) -> CloseQuestion:
    """Why no answer is needed; the resident reads it."""
    question_id = ask.given("question", int)
    question = await ask.once("which", partial(which, question_id=question_id))
    reason = await ask("reason", Text(max_length=500), values=question)
    await ask.review(values=question)
    return CloseQuestion(question_id=question_id, reason=reason)


def about(question: Question) -> dict[str, object]:
    """What a conversation about a question starts with."""
    return {"question": question.id}


async def begin_answer(context: Context, question: Question, content: Content) -> None:
    """A reply to the card: the text is already there, only the last look is left.

    What stands below a picture or a sound is the answer too; the picture or sound itself isn't sent, and that is said.
    """
    given = about(question)
    text, left_out = _words_in(content)
    if 0 < len(text) <= ANSWER_LENGTH:
        if left_out is not None:
            await context.say(left_out)
        await dialogue.start_anew(context, "question.answer", {**given, "text": text}, about="question")
        return
    if text:
        await context.say("talk.refused.long", length=len(text), maximum=ANSWER_LENGTH)
    else:
        await context.say("question.answer_in_words")
    await dialogue.start(context, "question.answer", given)


def _words_in(content: Content) -> tuple[str, str | None]:
    """What was written, and the text that says what is not kept."""
    match content:
        case incoming.Text(text=text):
            return text.strip(), None
        case incoming.Photo(caption=text):
            return text.strip(), "talk.left_out.photo"
        case incoming.Voice(caption=text):
            return text.strip(), "talk.left_out.voice"
        case _:
            return "", None


@action("q-claim")
async def press_claim(context: Context, argument: str) -> None:
    """I take it."""
    await _carry(context, argument, lambda number: ClaimQuestion(question_id=number), "question.claimed")


@action("q-release")
async def press_release(context: Context, argument: str) -> None:
    """I give it back."""
    await _carry(context, argument, lambda number: ReleaseQuestion(question_id=number), "question.released")


@action("q-answer")
async def press_answer(context: Context, argument: str) -> None:
    """I answer."""
    if (question := await _mine_to_do(context, argument)) is not None:
        await dialogue.start(context, "question.answer", about(question))


@action("q-answer_more")
async def press_answer_more(context: Context, argument: str) -> None:
    """I have something to add to my answer."""
    await press_answer(context, argument)


@action("q-transfer")
async def press_transfer(context: Context, argument: str) -> None:
    """It is somebody else's."""
    if (question := await _mine_to_do(context, argument)) is not None:
        await dialogue.start(context, "question.transfer", {**about(question), "from": question.team_code})


@action("q-close")
async def press_close(context: Context, argument: str) -> None:
    """It needs no answer."""
    if (question := await _mine_to_do(context, argument)) is not None:
        await dialogue.start(context, "question.close", about(question))


@action("q-show")
async def press_show(context: Context, argument: str) -> None:
    """Show the card here, anew."""
    question = await _mine_to_do(context, argument)
    if question is None:
        return
    refresh = partial(cards.refresh, context, question, changed=False)
    await show_anew(context, (Subject.QUESTION, question.id or 0), refresh)


async def _mine_to_do(context: Context, argument: str) -> Question | None:
    """The question in a button, when the actor's team looks after it; carrying it out checks again."""
    number = id_in(argument)
    question = None if number is None else await context.session.get(Question, number)
    if question is None:
        context.note("common.gone", alert=True)
        return None
    if question.assignee_id != context.me.id and not await looks_after(context, context.me, question.team_code):
        context.note("common.not_allowed", alert=True)
        return None
    if (refused := await taken(context, question)) is not None:
        await context.refuse(refused)
        return None
    return question


async def _carry(context: Context, argument: str, make: Callable[[int], QuestionCommand], done: str) -> None:
    if (number := id_in(argument)) is None:
        context.note("common.gone", alert=True)
        return
    outcome = await carry(context, make(number))
    if isinstance(outcome, Refused):
        await context.refuse(outcome)
    else:
        context.note(done)
