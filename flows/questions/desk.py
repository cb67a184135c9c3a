"""The desk: take a question, answer it, pass it on, close it."""

from __future__ import annotations

from collections.abc import Callable

from sqlmodel import col, select

from flows.commands import Done, Outcome, Refused, carries, carry
from flows.context import Context
from flows.doors import act, action, id_in
from flows.people.names import name_of
from flows.people.teams import watchers
from flows.questions import cards
from flows.talk import dialogue
from flows.talk.answers import Text
from flows.talk.ask import Ask
from flows.talk.incoming import Content
from flows.talk.incoming import Text as Written
from flows.talk.message import Message
from flows.talk.places import TeamAnswer
from flows.talk.replay import conversation
from flows.verbs import (
    AnswerQuestion,
    ClaimQuestion,
    CloseQuestion,
    QuestionCommand,
    ReleaseQuestion,
    TransferQuestion,
)
from storage.cards import Subject
from storage.people import Person
from storage.questions import MessageKind, Question, QuestionMessage, QuestionStatus

ANSWER_LENGTH = 3000
"""Characters; with the frame around it an answer stays below Telegram's 4,096."""


@conversation("question.answer")
async def answer(ask: Ask) -> AnswerQuestion:
    """The answer, seen once more before it goes."""
    question_id = ask.given("question", int)
    which = {"reference": ask.given("reference", str)}
    text = await ask("text", Text(max_length=ANSWER_LENGTH), values=which)
    await ask.review()
    return AnswerQuestion(question_id=question_id, text=text)


@conversation("question.transfer")
async def transfer(ask: Ask) -> TransferQuestion:
    """To whom, and why."""
    question_id = ask.given("question", int)
    which = {"reference": ask.given("reference", str)}
    team = await ask("team", TeamAnswer(but=ask.given("from", str)), values=which)
    reason = await ask("reason", Text(max_length=500))
    await ask.review()
    return TransferQuestion(question_id=question_id, team=team, reason=reason)


@conversation("question.close")
async def close(ask: Ask) -> CloseQuestion:
    """Why no answer is needed; the resident reads it."""
    question_id = ask.given("question", int)
    which = {"reference": ask.given("reference", str)}
    reason = await ask("reason", Text(max_length=500), values=which)
    await ask.review()
    return CloseQuestion(question_id=question_id, reason=reason)


def about(question: Question) -> dict[str, object]:
    """What a conversation about a question starts with."""
    return {"question": question.id, "reference": question.reference}


async def begin_answer(context: Context, question: Question, content: Content) -> None:
    """A reply to the card: the text is already there, only the last look is left."""
    given = about(question)
    if isinstance(content, Written):
        await dialogue.start_anew(context, "question.answer", {**given, "text": content.text.strip()}, about="question")
    else:
        await context.say("question.answer_in_words")
        await dialogue.start(context, "question.answer", given)


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
    for card in await context.cards(Subject.QUESTION, question.id or 0):
        if card.person_id == context.me.id:
            card.live = False
            context.session.add(card)
    await context.session.flush()
    await cards.refresh(context, question, changed=False)


@carries(ClaimQuestion)
async def carry_claim(context: Context, command: ClaimQuestion) -> Outcome:
    """The first takes it; the others see who."""
    question = await context.session.get_one(Question, command.question_id)
    if (refused := await _taken(context, question)) is not None:
        return refused
    question.assignee_id = context.me.id
    if question.status == QuestionStatus.OPEN:
        question.status = QuestionStatus.CLAIMED
    return await _save(context, question)


@carries(ReleaseQuestion)
async def carry_release(context: Context, command: ReleaseQuestion) -> Outcome:
    """Back to the team."""
    question = await context.session.get_one(Question, command.question_id)
    if question.status != QuestionStatus.CLAIMED:
        return Refused(key="question.refused.not_claimed")
    question.assignee_id = None
    question.status = QuestionStatus.OPEN
    return await _save(context, question)


@carries(AnswerQuestion)
async def carry_answer(context: Context, command: AnswerQuestion) -> Outcome:
    """The resident gets the answer, with the name of who gave it, and can thank, ask on or say it didn't help."""
    question = await context.session.get_one(Question, command.question_id)
    if (refused := await _taken(context, question, text=command.text)) is not None:
        return refused
    if question.status == QuestionStatus.CLOSED:
        return Refused(key="question.refused.closed", values={"text": command.text})
    question.assignee_id = context.me.id
    question.status = QuestionStatus.ANSWERED
    question.answered_at = context.now
    _keep(context, question, MessageKind.ANSWER, command.text)
    asker = await context.session.get_one(Person, question.asker_id)
    around = context.around_for(asker)
    number = question.id or 0
    await context.send(
        asker,
        Message(
            text=around.text(
                "question.answer_for_you",
                reference=question.reference,
                text=command.text,
                name=name_of(context.me),
                team=around.team(question.team_code),
                asked=await first_words(context, question),
            ),
            buttons=(
                (act(around.plain("question.buttons.thanks"), "q-thanks", number),),
                (
                    act(around.plain("question.buttons.ask_on"), "q-ask_on", number),
                    act(around.plain("question.buttons.reopen"), "q-reopen", number),
                ),
            ),
        ),
        about=(Subject.QUESTION, number),
    )
    outcome = await _save(context, question)
    key = "question.answer_kept" if asker.blocked_at else "question.answer_sent"
    await context.say(key, reference=question.reference, asker=asker.first_name)
    return outcome


@carries(TransferQuestion)
async def carry_transfer(context: Context, command: TransferQuestion) -> Outcome:
    """Another team gets it, with the reason; the resident hears where it is now. The term stays."""
    question = await context.session.get_one(Question, command.question_id)
    team = context.house.municipality.team(command.team)
    if team is None or team.code == question.team_code:
        return Refused(key="question.refused.no_team")
    if (refused := await _taken(context, question, text=command.reason)) is not None:
        return refused
    if question.status in (QuestionStatus.ANSWERED, QuestionStatus.CLOSED):
        return Refused(key="question.refused.closed", values={"text": command.reason})
    before = question.team_code
    question.team_code = team.code
    question.assignee_id = None
    question.status = QuestionStatus.OPEN
    _keep(context, question, MessageKind.TRANSFER, command.reason)
    asker = await context.session.get_one(Person, question.asker_id)
    around = context.around_for(asker)
    await context.send(
        asker,
        Message(text=around.text("question.transferred_for_you", reference=question.reference, team=team.name)),
        about=(Subject.QUESTION, question.id or 0),
    )
    await _save(context, question)
    await context.say("question.transferred", reference=question.reference, team=team.name)
    return Done(subject=Subject.QUESTION, subject_id=question.id, details={"from": before, "to": team.code})


@carries(CloseQuestion)
async def carry_close(context: Context, command: CloseQuestion) -> Outcome:
    """It ends without an answer; the resident reads why and can come back to it."""
    question = await context.session.get_one(Question, command.question_id)
    if (refused := await _taken(context, question, text=command.reason)) is not None:
        return refused
    if question.status == QuestionStatus.CLOSED:
        return Refused(key="question.refused.closed", values={"text": command.reason})
    question.assignee_id = context.me.id
    question.status = QuestionStatus.CLOSED
    _keep(context, question, MessageKind.CLOSE, command.reason)
    asker = await context.session.get_one(Person, question.asker_id)
    around = context.around_for(asker)
    await context.send(
        asker,
        Message(
            text=around.text(
                "question.closed_for_you",
                reference=question.reference,
                reason=command.reason,
                name=name_of(context.me),
            ),
            buttons=((act(around.plain("question.buttons.reopen"), "q-reopen", question.id or 0),),),
        ),
        about=(Subject.QUESTION, question.id or 0),
    )
    outcome = await _save(context, question)
    await context.say("question.closed", reference=question.reference)
    return outcome


async def first_words(context: Context, question: Question) -> str:
    """What was asked, short, so that the answer stands by itself."""
    query = select(QuestionMessage).where(QuestionMessage.question_id == question.id)
    message = (await context.session.exec(query.order_by(col(QuestionMessage.id)))).first()
    text = message.text if message else ""
    return text if len(text) <= 200 else text[:199].rstrip() + "…"


async def _mine_to_do(context: Context, argument: str) -> Question | None:
    """The question in a button, when the actor's team looks after it; carrying it out checks again."""
    number = id_in(argument)
    question = None if number is None else await context.session.get(Question, number)
    if question is None:
        context.note("common.gone", alert=True)
        return None
    people = await watchers(context, question.team_code)
    if question.assignee_id != context.me.id and all(one.id != context.me.id for one in people):
        context.note("common.not_allowed", alert=True)
        return None
    if (refused := await _taken(context, question)) is not None:
        context.note(refused.key, alert=True, **refused.values)
        return None
    return question


async def _carry(context: Context, argument: str, make: Callable[[int], QuestionCommand], done: str) -> None:
    if (number := id_in(argument)) is None:
        context.note("common.gone", alert=True)
        return
    outcome = await carry(context, make(number))
    if isinstance(outcome, Refused):
        context.note(outcome.key, alert=True, **outcome.values)
    else:
        context.note(done)


async def _taken(context: Context, question: Question, *, text: str = "") -> Refused | None:
    """Whether somebody else has it. What the actor wrote meanwhile is given back to them."""
    if question.assignee_id in (None, context.me.id) or question.status == QuestionStatus.CLOSED:
        return None
    assignee = await context.session.get_one(Person, question.assignee_id)
    key = "question.refused.claimed_text" if text else "question.refused.claimed"
    return Refused(key=key, values={"name": name_of(assignee), **({"text": text} if text else {})})


def _keep(context: Context, question: Question, kind: MessageKind, text: str) -> None:
    context.session.add(
        QuestionMessage(
            question_id=question.id or 0,
            author_id=context.me.id or 0,
            kind=kind,
            text=text,
            created_at=context.now,
        )
    )


async def _save(context: Context, question: Question) -> Outcome:
    context.session.add(question)
    await context.session.flush()
    await cards.refresh(context, question)
    return Done(subject=Subject.QUESTION, subject_id=question.id)
