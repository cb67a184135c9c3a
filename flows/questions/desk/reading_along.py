"""A colleague reads an answer before it goes."""

from __future__ import annotations

from flows.commands import Outcome, Refused, carries
from flows.context import Context
from flows.doors import act
from flows.people.names import name_of
from flows.questions.desk.answering import drop_draft, send_answer
from flows.questions.desk.reading import ask_to_read, possible_readers
from flows.questions.keeping import accept, give, new_term, save, taken
from flows.questions.verbs import (
    ApproveAnswer,
    AskSecondReader,
    SendBackDraft,
)
from flows.talk.message import Message
from storage.cards import Subject
from storage.people import Person
from storage.questions import DONE, HELD, AnswerDraft, Question


@carries(AskSecondReader)
async def carry_second_reader(context: Context, command: AskSecondReader) -> Outcome:
    """The answer waits; whoever is asked gets it with two buttons."""
    question = await context.session.get_one(Question, command.question_id)
    if (refused := await taken(context, question, text=command.text)) is not None:
        return refused
    people = await possible_readers(context, question)
    if command.reader_id is not None:
        people = [one for one in people if one.id == command.reader_id]
    if not people:
        return Refused(key="desk.refused.no_reader", values={"text": command.text})
    await drop_draft(context, question)
    accept(question)
    if question.status in DONE:
        new_term(context, question)
    if question.assignee_id != context.me.id or question.status not in HELD:
        await give(context, question, context.me)
    question.active_at = context.now
    draft = AnswerDraft(
        question_id=question.id or 0,
        author_id=context.me.id or 0,
        reader_id=command.reader_id,
        text=command.text,
        created_at=context.now,
    )
    context.session.add(draft)
    outcome = await save(context, question, reader=command.reader_id)
    await ask_to_read(context, question, draft, people)
    await context.say("desk.reader_asked", reference=question.reference, people=[name_of(one) for one in people])
    return outcome


@carries(ApproveAnswer)
async def carry_approve(context: Context, command: ApproveAnswer) -> Outcome:
    """It goes, in the name of who wrote it."""
    question = await context.session.get_one(Question, command.question_id)
    draft = await context.session.get(AnswerDraft, question.id)
    if draft is None or question.assignee_id != draft.author_id:
        return Refused(key="desk.refused.no_draft")
    author = await context.session.get_one(Person, draft.author_id)
    await send_answer(context, question, draft.text, author)
    outcome = await save(context, question, author=author.id)
    text = context.around_for(author).text(
        "desk.notice.approved", reference=question.reference, name=name_of(context.me)
    )
    await context.send(author, Message(text=text), about=(Subject.QUESTION, question.id or 0))
    await context.say("desk.approved", reference=question.reference)
    return outcome


@carries(SendBackDraft)
async def carry_send_back(context: Context, command: SendBackDraft) -> Outcome:
    """Who wrote it gets the text and the remark, and can go on from there."""
    question = await context.session.get_one(Question, command.question_id)
    draft = await context.session.get(AnswerDraft, question.id)
    if draft is None:
        return Refused(key="desk.refused.no_draft")
    author, text = await context.session.get_one(Person, draft.author_id), draft.text
    await drop_draft(context, question)
    question.active_at = context.now
    outcome = await save(context, question, author=author.id)
    around, number = context.around_for(author), question.id or 0
    shown = around.text(
        "desk.notice.sent_back",
        reference=question.reference,
        name=name_of(context.me),
        remark=command.remark,
        text=text,
    )
    button = act(around.plain("question.buttons.answer"), "q-answer", number)
    await context.send(author, Message(text=shown, buttons=((button,),)), about=(Subject.QUESTION, number))
    await context.say("desk.sent_back", reference=question.reference, name=name_of(author))
    return outcome
