"""What the desk says to the resident: the answer, a question back, a new date, why it is closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from flows.commands import Outcome, Refused, carries
from flows.context import Context
from flows.doors import act
from flows.initiatives.events import turn_to
from flows.people.names import name_of
from flows.questions.along import along_with
from flows.questions.desk import cards
from flows.questions.keeping import accept, add_message, done_or_taken, give, save, take_apart, taken, tell_asker
from flows.questions.verbs import (
    AnswerQuestion,
    AskBack,
    CloseQuestion,
    GiveNewDate,
)
from flows.questions.words import first_words
from flows.talk.message import Message, Rows
from storage.initiatives import Side
from storage.people import Person
from storage.questions import AnswerDraft, MessageKind, Question, QuestionStatus

LONGEST_WAIT = timedelta(days=366)
"""A new date is within a year."""


@carries(AnswerQuestion)
async def carry_answer(context: Context, command: AnswerQuestion) -> Outcome:
    """The resident gets the answer, with the name of who gave it, and can say whether it helps."""
    question = await context.session.get_one(Question, command.question_id)
    if (refused := await taken(context, question, text=command.text)) is not None:
        return refused
    asker = await send_answer(context, question, command.text, context.me)
    outcome = await save(context, question)
    key = "question.answer_kept" if asker.blocked_at else "question.answer_sent"
    await context.say(key, reference=question.reference, asker=cards.asker_name(context.around, asker))
    return outcome


async def send_answer(context: Context, question: Question, text: str, author: Person) -> Person:
    """To who asked, and to those whose questions go along with it. Gives who asked."""
    await drop_draft(context, question)
    asker = await _answer_one(context, question, text, author)
    for other in await along_with(context, question, lock=True):
        other.team_code = question.team_code
        await _answer_one(context, other, text, author)
        await cards.refresh(context, other)
    return asker


async def _answer_one(context: Context, question: Question, text: str, author: Person) -> Person:
    accept(question)
    await give(context, question, author)
    question.status = QuestionStatus.ANSWERED
    question.answered_at = context.now
    question.helped = None
    message = await add_message(context, question, MessageKind.ANSWER, text, author=author)
    await turn_to(context, question.initiative_id, Side.RESIDENTS)
    asker = await context.session.get_one(Person, question.asker_id)
    shown = await answer_message(context, question, asker, text, author)
    await tell_asker(context, question, shown.text, shown.buttons, message=message)
    context.session.add(question)
    await context.session.flush()
    return asker


async def answer_message(
    context: Context, question: Question, asker: Person, text: str, author: Person, *, corrected: bool = False
) -> Message:
    """An answer as the resident sees it."""
    around, number = context.around_for(asker), question.id or 0
    shown = around.text(
        "question.answer_for_you",
        reference=question.reference,
        text=text,
        name=name_of(author),
        team=around.team(question.team_code),
        asked=await first_words(context, question),
        corrected=context.now if corrected else None,
    )
    return Message(text=shown, buttons=helped_buttons(around.plain, number))


def helped_buttons(plain: Callable[[str], str], number: int) -> Rows:
    """Did it help?"""
    return (
        (
            act(plain("question.buttons.thanks"), "q-thanks", number),
            act(plain("question.buttons.partly"), "q-partly", number),
        ),
        (
            act(plain("question.buttons.reopen"), "q-reopen", number),
            act(plain("question.buttons.ask_on"), "q-ask_on", number),
        ),
    )


@carries(AskBack)
async def carry_ask_back(context: Context, command: AskBack) -> Outcome:
    """The clock stands still until the resident answers, or until the end of the wait."""
    question = await context.session.get_one(Question, command.question_id)
    if (refused := await done_or_taken(context, question, text=command.text)) is not None:
        return refused
    accept(question)
    await give(context, question, context.me)
    rules = context.house.municipality.questions
    question.status = QuestionStatus.WAITING
    question.paused_at = context.now
    question.waits_until = context.now + timedelta(days=rules.wait_days)
    message = await add_message(context, question, MessageKind.ASK_BACK, command.text)
    await turn_to(context, question.initiative_id, Side.RESIDENTS)
    asker = await context.session.get_one(Person, question.asker_id)
    around = context.around_for(asker)
    text = around.text(
        "desk.asked_back_for_you",
        reference=question.reference,
        text=command.text,
        name=name_of(context.me),
        until=question.waits_until,
    )
    button = act(around.plain("desk.buttons.reply"), "q-ask_on", question.id or 0)
    await tell_asker(context, question, text, ((button,),), message=message)
    outcome = await save(context, question)
    await context.say("desk.asked_back", reference=question.reference, until=question.waits_until)
    return outcome


@carries(CloseQuestion)
async def carry_close(context: Context, command: CloseQuestion) -> Outcome:
    """It ends without an answer; the resident reads why and can come back to it."""
    question = await context.session.get_one(Question, command.question_id)
    if (refused := await taken(context, question, text=command.reason)) is not None:
        return refused
    await drop_draft(context, question)
    accept(question)
    await give(context, question, context.me)
    question.status = QuestionStatus.CLOSED
    question.answered_at = context.now
    message = await add_message(context, question, MessageKind.CLOSE, command.reason)
    await turn_to(context, question.initiative_id, Side.RESIDENTS)
    asker = await context.session.get_one(Person, question.asker_id)
    around = context.around_for(asker)
    text = around.text(
        "question.closed_for_you", reference=question.reference, reason=command.reason, name=name_of(context.me)
    )
    again = act(around.plain("question.buttons.reopen"), "q-reopen", question.id or 0)
    await tell_asker(context, question, text, ((again,),), message=message)
    for other in await along_with(context, question, lock=True):
        # The reason was for one resident: the others' questions stand on their own again.
        await take_apart(context, other, question.team_code)
        await save(context, other)
    outcome = await save(context, question)
    await context.say("question.closed", reference=question.reference)
    return outcome


@carries(GiveNewDate)
async def carry_new_date(context: Context, command: GiveNewDate) -> Outcome:
    """A later working day, with the reason; the resident hears it from us first."""
    question = await context.session.get_one(Question, command.question_id)
    if (refused := await done_or_taken(context, question, text=command.reason)) is not None:
        return refused
    due = term_on(context, question, command.until)
    if due is None:
        return Refused(key="desk.refused.new_date", values={"due": question.due_at}, ask_again="until")
    accept(question)
    if question.status != QuestionStatus.WAITING or question.assignee_id != context.me.id:
        await give(context, question, context.me)
    question.due_at, question.active_at = due, context.now
    if question.paused_at is not None:
        question.paused_at = context.now  # the new date counts from now, not from when the wait began
    question.warned_at = question.escalated_at = None
    question.postponed += 1
    message = await add_message(context, question, MessageKind.NEW_DATE, command.reason)
    asker = await context.session.get_one(Person, question.asker_id)
    text = context.around_for(asker).text(
        "desk.new_date_for_you",
        reference=question.reference,
        due=due,
        reason=command.reason,
        name=name_of(context.me),
    )
    await tell_asker(context, question, text, message=message)
    outcome = await save(context, question, until=command.until.isoformat())
    await context.say("desk.new_date", reference=question.reference, due=due)
    return outcome


def term_on(context: Context, question: Question, day: date) -> datetime | None:
    """The end of office hours on that day, as its new term; None: that isn't later than the term it has, or too far."""
    municipality = context.house.municipality
    begin = datetime.combine(day, time(), municipality.zone).astimezone(UTC)
    due = municipality.due(begin, 0)
    return due if max(context.now, question.due_at) < due < context.now + LONGEST_WAIT else None


async def drop_draft(context: Context, question: Question) -> None:
    """Nobody needs to read it any more."""
    if (draft := await context.session.get(AnswerDraft, question.id)) is not None:
        await context.session.delete(draft)
        await context.session.flush()
