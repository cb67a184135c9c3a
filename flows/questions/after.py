"""After the answer: thanks, asking on, or it didn't help."""

from __future__ import annotations

from functools import partial

from flows.commands import Done, Outcome, Refused, carries, carry
from flows.context import Context
from flows.doors import action, id_in
from flows.initiatives.events import turn_to
from flows.people.teams import watchers
from flows.questions import cards
from flows.questions.ask import add_message
from flows.questions.desk import about
from flows.questions.verbs import AskOn, ReopenQuestion, ThankForAnswer
from flows.questions.words import which
from flows.talk import dialogue
from flows.talk.ask import Ask
from flows.talk.message import Message
from flows.talk.own_words import OwnWords, Words
from flows.talk.replay import conversation
from storage.cards import Subject
from storage.initiatives import Side
from storage.people import Person
from storage.questions import MessageKind, Question, QuestionStatus


@conversation("question.ask_on")
async def ask_on(ask: Ask) -> AskOn:
    """What else do you want to know?"""
    question_id = ask.given("question", int)
    question = await ask.once("which", partial(which, question_id=question_id))
    words = await ask("words", OwnWords(), values=question)
    return AskOn(question_id=question_id, words=words)


@conversation("question.reopen")
async def reopen(ask: Ask) -> ReopenQuestion:
    """What is still missing?"""
    question_id = ask.given("question", int)
    question = await ask.once("which", partial(which, question_id=question_id))
    words = await ask("words", OwnWords(), values=question)
    return ReopenQuestion(question_id=question_id, words=words)


@action("q-thanks")
async def press_thanks(context: Context, argument: str) -> None:
    """Thank you."""
    question = await _mine(context, argument)
    if question is None:
        return
    outcome = await carry(context, ThankForAnswer(question_id=question.id or 0))
    if isinstance(outcome, Refused):
        await context.refuse(outcome)
    else:
        context.note("question.thanked")


@action("q-ask_on")
async def press_ask_on(context: Context, argument: str) -> None:
    """One more thing."""
    if (question := await _mine(context, argument)) is not None:
        await dialogue.start(context, "question.ask_on", about(question))


@action("q-reopen")
async def press_reopen(context: Context, argument: str) -> None:
    """It didn't help."""
    if (question := await _mine(context, argument)) is not None:
        await dialogue.start(context, "question.reopen", about(question))


@carries(AskOn)
async def carry_ask_on(context: Context, command: AskOn) -> Outcome:
    """Who had it gets it again; else the team."""
    question = await context.session.get_one(Question, command.question_id)
    messages = [await add_message(context, question, MessageKind.FOLLOW_UP, words) for words in command.words]
    await _back_to_work(context, question)
    await context.send(
        context.me,
        Message(text=context.text("question.added", reference=question.reference)),
        about=(Subject.QUESTION, question.id or 0),
    )
    await cards.refresh(context, question)
    for message in messages:
        await cards.say_more(context, question, message)
    return Done(subject=Subject.QUESTION, subject_id=question.id)


@carries(ReopenQuestion)
async def carry_reopen(context: Context, command: ReopenQuestion) -> Outcome:
    """The question is open again, with a new term."""
    question = await context.session.get_one(Question, command.question_id)
    if question.status not in (QuestionStatus.ANSWERED, QuestionStatus.CLOSED):
        return await carry_ask_on(context, AskOn(question_id=command.question_id, words=command.words))
    question.reopened += 1
    messages = [await add_message(context, question, MessageKind.FOLLOW_UP, words) for words in command.words]
    await _back_to_work(context, question)
    await context.send(
        context.me,
        Message(text=context.text("question.reopened", reference=question.reference, due=question.due_at)),
        about=(Subject.QUESTION, question.id or 0),
    )
    await cards.refresh(context, question)
    for message in messages:
        await cards.say_more(context, question, message)
    return Done(subject=Subject.QUESTION, subject_id=question.id, details={"times": question.reopened})


@carries(ThankForAnswer)
async def carry_thanks(context: Context, command: ThankForAnswer) -> Outcome:
    """Passed on to who answered; the question is done."""
    question = await context.session.get_one(Question, command.question_id)
    if question.status != QuestionStatus.ANSWERED:
        return Refused(key="question.refused.thanked")
    await add_message(context, question, MessageKind.THANKS, Words())
    question.status = QuestionStatus.CLOSED
    context.session.add(question)
    await context.session.flush()
    await context.say("question.thanks_passed_on")
    if question.assignee_id is not None:
        assignee = await context.session.get_one(Person, question.assignee_id)
        text = context.around_for(assignee).text(
            "question.thanks_for_you", reference=question.reference, asker=context.me.first_name
        )
        await context.send(assignee, Message(text=text), about=(Subject.QUESTION, question.id or 0))
    await cards.refresh(context, question)
    return Done(subject=Subject.QUESTION, subject_id=question.id)


async def _back_to_work(context: Context, question: Question) -> None:
    """Whose turn it is once the resident said something: the assignee's, if they still look after it.

    What was done gets a new term.
    """
    people = await watchers(context, question.team_code)
    if all(person.id != question.assignee_id for person in people):
        question.assignee_id = None
    if question.status in (QuestionStatus.ANSWERED, QuestionStatus.CLOSED):
        municipality = context.house.municipality
        question.due_at = municipality.due(context.now, municipality.answer_days_for(question.theme_code))
    await turn_to(context, question.initiative_id, Side.MUNICIPALITY)
    question.status = QuestionStatus.OPEN if question.assignee_id is None else QuestionStatus.CLAIMED
    context.session.add(question)
    await context.session.flush()


async def _mine(context: Context, argument: str) -> Question | None:
    number = id_in(argument)
    question = None if number is None else await context.session.get(Question, number)
    if question is None or question.asker_id != context.me.id:
        context.note("common.gone", alert=True)
        return None
    return question
