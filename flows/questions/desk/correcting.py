"""An answer that was sent is put right where the resident has it."""

from __future__ import annotations

from sqlmodel import col, select

from flows.commands import Outcome, Refused, carries
from flows.context import Context
from flows.people.names import name_of
from flows.questions.desk.answering import answer_message
from flows.questions.keeping import save, tell_asker
from flows.questions.verbs import (
    CorrectAnswer,
)
from flows.talk.message import Message
from storage.cards import Card
from storage.outbox import OutboxKind, OutboxMessage, OutboxStatus
from storage.people import Person
from storage.questions import MessageKind, Question, QuestionMessage, QuestionStatus


@carries(CorrectAnswer)
async def carry_correct(context: Context, command: CorrectAnswer) -> Outcome:
    """Edited where the resident has it, and marked there and on the card; the old text is not kept."""
    question = await context.session.get_one(Question, command.question_id)
    message = await context.session.get(QuestionMessage, command.message_id)
    if message is None or message.question_id != question.id or message.kind != MessageKind.ANSWER:
        return Refused(key="common.gone")
    if message.author_id != context.me.id:
        return Refused(key="common.not_allowed")
    if message.card_id is None:
        return Refused(key="desk.refused.correct", values={"text": command.text})
    old = message.text
    await _correct_one(context, question, message, command.text)
    for other, same in await _with_the_same_answer(context, question, old):
        await _correct_one(context, other, same, command.text)
    outcome = await save(context, question, message=message.id)
    await context.say("desk.corrected", reference=question.reference)
    return outcome


async def _correct_one(context: Context, question: Question, message: QuestionMessage, text: str) -> None:
    """Where the resident has it; one that is still on its way goes as it should be."""
    message.text, message.corrected_at = text, context.now
    context.session.add(message)
    asker = await context.session.get_one(Person, question.asker_id)
    shown = await answer_message(context, question, asker, text, context.me, corrected=True)
    if question.status != QuestionStatus.ANSWERED:
        shown = Message(text=shown.text)
    sent = select(OutboxMessage).where(
        OutboxMessage.card_id == message.card_id,
        OutboxMessage.kind == OutboxKind.SEND,
        col(OutboxMessage.status).in_((OutboxStatus.WAITING, OutboxStatus.FAILED)),
    )
    if (unsent := (await context.session.exec(sent.with_for_update())).first()) is not None:
        unsent.payload = shown.to_json()
        context.session.add(unsent)
        return
    card = await context.session.get(Card, message.card_id)
    if card is None:
        return
    await context.edit_card(card, shown)
    around = context.around_for(asker)
    told = around.text("desk.corrected_for_you", reference=question.reference, name=name_of(context.me))
    await tell_asker(context, question, told)


async def _with_the_same_answer(
    context: Context, question: Question, text: str
) -> list[tuple[Question, QuestionMessage]]:
    """The questions that went along with it, and the answer they got with it."""
    query = (
        select(Question, QuestionMessage)
        .join(QuestionMessage, col(QuestionMessage.question_id) == col(Question.id))
        .where(
            Question.merged_into_id == question.id,
            QuestionMessage.kind == MessageKind.ANSWER,
            QuestionMessage.author_id == context.me.id,
            QuestionMessage.text == text,
        )
    )
    return list((await context.session.exec(query.order_by(col(QuestionMessage.id)))).all())
