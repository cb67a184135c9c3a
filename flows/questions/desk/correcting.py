"""An answer that was sent is put right where the resident has it."""

from __future__ import annotations

from sqlmodel import col, select

from flows.commands import Outcome, Refused, carries
from flows.context import Context
from flows.people.names import name_of
from flows.questions.clock.moments import wind
from flows.questions.desk.answering import answer_message
from flows.questions.desk.delivery import send_again
from flows.questions.keeping import save, tell_asker
from flows.questions.relations import last_answer
from flows.questions.verbs import CorrectAnswer
from flows.talk.message import Message
from storage.cards import Card
from storage.outbox import OutboxKind, OutboxMessage, OutboxStatus
from storage.people import Person
from storage.questions import DONE, Question, QuestionMessage


@carries(CorrectAnswer)
async def carry_correct(context: Context, command: CorrectAnswer) -> Outcome:
    """Edited where the resident has it, and marked there and on the card; the old text is not kept.

    Only the last answer: what came before it, the resident has read another answer after.
    """
    question = await context.session.get_one(Question, command.question_id)
    message = await last_answer(context, question)
    if message is None or message.id != command.message_id or message.card_id is None:
        return Refused(key="desk.refused.correct", values={"text": command.text})
    went_along = await _with_the_same_answer(context, question, message)
    await _correct_one(context, question, message, command.text)
    for other, same in went_along:
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
    if question.status not in DONE:  # it is being worked on again
        shown = Message(text=shown.text)
    sent = select(OutboxMessage).where(
        OutboxMessage.card_id == message.card_id,
        OutboxMessage.kind == OutboxKind.SEND,
        col(OutboxMessage.status).in_((OutboxStatus.WAITING, OutboxStatus.FAILED, OutboxStatus.UNKNOWN)),
    )
    card = await context.session.get_one(Card, message.card_id)
    if (unsent := (await context.session.exec(sent.with_for_update())).first()) is not None:
        unsent.payload = shown.to_json()
        context.session.add(unsent)
        if unsent.status != OutboxStatus.WAITING and asker.blocked_at is None:
            # They have nothing, or what we can't edit: it goes as it should be.
            send_again(context, question, card, unsent)
            await wind(context, question)
        return
    await context.edit_card(card, shown)
    around = context.around_for(asker)
    told = around.text("desk.corrected_for_you", reference=question.reference, name=name_of(context.me))
    await tell_asker(context, question, told, replies_to=card.id)


async def _with_the_same_answer(
    context: Context, question: Question, answer: QuestionMessage
) -> list[tuple[Question, QuestionMessage]]:
    """The questions that went along with it, and the answer they got with it; not where another came after it."""
    went_along = select(Question).where(Question.merged_into_id == question.id).order_by(col(Question.id))
    found = []
    for other in (await context.session.exec(went_along.with_for_update())).all():
        last = await last_answer(context, other)
        if last is not None and last.card_id is not None and _is_same(last, answer):
            found.append((other, last))
    return found


def _is_same(one: QuestionMessage, other: QuestionMessage) -> bool:
    return (one.author_id, one.text) == (other.author_id, other.text)
