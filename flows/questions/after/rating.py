"""After the answer: it helped, partly or not; thanks; asking on; and what wasn't over."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from sqlmodel import col, select

from flows.commands import Done, Outcome, Refused, carries, carry
from flows.context import Around, Context
from flows.doors import action, go
from flows.initiatives.events import turn_to
from flows.people.away import here_instead
from flows.people.names import name_of
from flows.people.teams import coordinators, here
from flows.questions.asking.beginning import begin
from flows.questions.desk import cards
from flows.questions.desk.presses import about
from flows.questions.desk.telling import holders, say_more, tell, tell_desk
from flows.questions.keeping import add_message, give, new_term, save, to_coordinators
from flows.questions.pressed import asked_by_me
from flows.questions.relations import may_have
from flows.questions.verbs import AskOn, RateAnswer, ReopenQuestion, ThankForAnswer
from flows.questions.words import which
from flows.talk import dialogue
from flows.talk.ask import Ask
from flows.talk.message import Message
from flows.talk.own_words import OwnWords, Words
from flows.talk.replay import conversation
from storage.cards import Subject
from storage.initiatives import Side
from storage.people import Person
from storage.questions import DONE, Helped, MessageKind, Question, QuestionMessage, QuestionStatus


@conversation("question.ask_on")
async def ask_on(ask: Ask) -> AskOn:
    """What else do you want to know?"""
    question_id = ask.given("question", int)
    question = await ask.once("which", partial(which, question_id=question_id))
    wanted = await ask.once("wanted", partial(asked_back, question_id=question_id))
    words = await ask("words", OwnWords(), values={**question, "wanted": wanted})
    return AskOn(question_id=question_id, words=words)


@conversation("question.reopen")
async def reopen(ask: Ask) -> ReopenQuestion:
    """What is still missing?"""
    question_id = ask.given("question", int)
    question = await ask.once("which", partial(which, question_id=question_id))
    words = await ask("words", OwnWords(), values=question)
    return ReopenQuestion(question_id=question_id, words=words)


async def asked_back(context: Context, *, question_id: int) -> str:
    """What the desk asked and waits for; empty when it asked nothing."""
    question = await context.session.get_one(Question, question_id)
    if question.status != QuestionStatus.WAITING:
        return ""
    last = (
        select(QuestionMessage.text)
        .where(QuestionMessage.question_id == question_id, QuestionMessage.kind == MessageKind.ASK_BACK)
        .order_by(col(QuestionMessage.id).desc())
        .limit(1)
    )
    return (await context.session.exec(last)).first() or ""


@action("q-thanks")
async def press_thanks(context: Context, argument: str) -> None:
    """This helps, thank you."""
    question = await asked_by_me(context, argument)
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
    if (question := await asked_by_me(context, argument)) is not None:
        await dialogue.start(context, "question.ask_on", about(question))


@action("q-reopen")
async def press_reopen(context: Context, argument: str) -> None:
    """It didn't help."""
    await _rate(context, argument, Helped.NO)


@action("q-partly")
async def press_partly(context: Context, argument: str) -> None:
    """It helped a bit."""
    await _rate(context, argument, Helped.PARTLY)


async def _rate(context: Context, argument: str, helped: Helped) -> None:
    """Kept at once, so that it counts even when they leave it at that; then: what is missing?"""
    question = await asked_by_me(context, argument)
    if question is None:
        return
    if question.status in DONE:
        outcome = await carry(context, RateAnswer(question_id=question.id or 0, helped=helped))
        if isinstance(outcome, Refused):
            await context.refuse(outcome)
            return
    await dialogue.start(context, "question.reopen", about(question))


@carries(RateAnswer)
async def carry_rate(context: Context, command: RateAnswer) -> Outcome:
    """What they said last counts."""
    question = await context.session.get_one(Question, command.question_id)
    if question.status not in DONE:
        return Refused(key="question.refused.not_answered")
    question.helped = command.helped
    context.session.add(question)
    return Done(subject=Subject.QUESTION, subject_id=question.id, details={"helped": command.helped})


@carries(AskOn)
async def carry_ask_on(context: Context, command: AskOn) -> Outcome:
    """What they add. Where there was an answer already, that wasn't the end of it: see `_back`."""
    question = await context.session.get_one(Question, command.question_id)
    if question.status in DONE:
        return await _back(context, question, command.words, what="follow_up", told="question.added")
    what = "replied" if question.status == QuestionStatus.WAITING else "follow_up"
    return await _add(context, question, command.words, what=what, told="question.added")


@carries(ReopenQuestion)
async def carry_reopen(context: Context, command: ReopenQuestion) -> Outcome:
    """The answer didn't help; where the question is open again by now, what is missing is added to it."""
    question = await context.session.get_one(Question, command.question_id)
    if question.status not in DONE:
        return await carry_ask_on(context, AskOn(question_id=command.question_id, words=command.words))
    if question.helped in (None, Helped.YES):
        question.helped = Helped.NO
    return await _back(context, question, command.words, what="reopened", told="question.reopened")


async def _back(context: Context, question: Question, words: tuple[Words, ...], *, what: str, told: str) -> Outcome:
    """What was done is work again, with a new term: so often for who answered, then for a coordinator.

    When the answer is long ago it is asked anew, with a link to the old one.
    """
    if _is_long_ago(context, question):
        return await _ask_anew(context, question, words)
    question.reopened += 1
    return await _add(context, question, words, what=what, told=told)


async def _add(context: Context, question: Question, words: tuple[Words, ...], *, what: str, told: str) -> Outcome:
    """Kept, and told to who has it now: `what` sort of thing it is to them. `told`: what the resident reads."""
    messages = [await add_message(context, question, MessageKind.FOLLOW_UP, one) for one in words]
    at_coordinator = await _back_to_work(context, question)
    await context.send(
        context.me,
        Message(
            text=context.text(told, reference=question.reference, due=question.due_at, coordinator=at_coordinator),
            buttons=((go(context.around.plain("menu.buttons.mijn"), "mijn"),),),
        ),
        about=(Subject.QUESTION, question.id or 0),
    )
    outcome = await save(context, question, times=question.reopened)
    for message in messages:
        await say_more(context, question, message, what=what)
    return outcome


@carries(ThankForAnswer)
async def carry_thanks(context: Context, command: ThankForAnswer) -> Outcome:
    """Passed on to who answered; the question is done."""
    question = await context.session.get_one(Question, command.question_id)
    if question.status != QuestionStatus.ANSWERED:
        return Refused(key="question.refused.thanked")
    await add_message(context, question, MessageKind.THANKS, Words())
    question.status, question.helped = QuestionStatus.CLOSED, Helped.YES
    await context.say("question.thanks_passed_on")
    if question.assignee_id is not None:
        assignee = await context.session.get_one(Person, question.assignee_id)
        around = context.around_for(assignee)
        text = around.text(
            "question.thanks_for_you", reference=question.reference, asker=cards.asker_name(around, context.me)
        )
        await context.send(assignee, Message(text=text), about=(Subject.QUESTION, question.id or 0))
    return await save(context, question)


async def _back_to_work(context: Context, question: Question) -> bool:
    """Whose turn it is once the resident said something: the assignee's, or who replaces them, else the team's.

    What was done gets a new term, and comes to a coordinator after some times: gives whether it did. What waited for
    the resident goes on.
    """
    if question.status == QuestionStatus.MERGED:
        main = await context.session.get_one(
            Question, question.merged_into_id, with_for_update=True, populate_existing=True
        )
        if main.asker_id == question.asker_id and main.status == QuestionStatus.WAITING:
            await _back_to_work(context, main)
            await save(context, main)
        return False
    was = question.status
    person = await context.session.get(Person, question.assignee_id) if question.assignee_id is not None else None
    instead = await here_instead(context, person) if person is not None else None
    if instead is not None and not await may_have(context, instead, question):
        instead = None
    if was in DONE:
        new_term(context, question)
    nobody_had_it = was == QuestionStatus.OPEN and instead is None
    stays = was not in (*DONE, QuestionStatus.WAITING) and (nobody_had_it or _is(instead, question.assignee_id))
    too_often = was in DONE and question.reopened > context.house.municipality.questions.reopen_times
    at_coordinator = too_often and await _to_coordinator(context, question)
    if at_coordinator:
        await _tell_why(context, question, instead)
    elif not stays:
        await give(context, question, instead)
    await turn_to(context, question.initiative_id, Side.MUNICIPALITY)
    context.session.add(question)
    await context.session.flush()
    return at_coordinator


def _is(person: Person | None, number: int | None) -> bool:
    return person is not None and person.id == number


async def _to_coordinator(context: Context, question: Question) -> bool:
    """Answers haven't helped so often that somebody else should look: a coordinator, or who replaces them.

    Where none of those is here, all coordinators find it on their return. False: there are none.
    """
    people = [one for one in await coordinators(context.session) if one.id != question.asker_id]
    for person in (*await here(context, people), *people):
        instead = await here_instead(context, person)
        if instead is not None and instead.id != question.asker_id:
            await give(context, question, instead)
            return True
    return await to_coordinators(context, question)


async def _tell_why(context: Context, question: Question, before: Person | None) -> None:
    """Why a coordinator has it now: to them, and to whose it would have been."""
    if before is not None and before.id == question.assignee_id:
        return
    coordinator = await context.session.get(Person, question.assignee_id) if question.assignee_id is not None else None

    def why(around: Around, person: Person) -> Message:
        text = around.text(
            "desk.notice.too_often",
            reference=question.reference,
            times=question.reopened,
            name=name_of(coordinator) if coordinator is not None else None,
            yours=person.id is not None and person.id == question.assignee_id,
        )
        return Message(text=text)

    await tell_desk(context, question, why)
    if before is not None and before.id not in {one.id for one in await holders(context, question)}:
        await tell(context, question, before, why)


def _is_long_ago(context: Context, question: Question) -> bool:
    ended = question.answered_at or question.active_at
    return context.now > ended + timedelta(days=context.house.municipality.questions.reopen_days)


async def _ask_anew(context: Context, old: Question, words: tuple[Words, ...]) -> Outcome:
    """A question of its own, that says which one it follows."""
    question = await begin(
        context,
        context.me,
        words,
        theme=old.theme_code,
        theme_by=old.theme_by,
        district=old.district_code,
        linked_id=old.id,
    )
    outcome = await save(context, question, linked=old.id)
    buttons = ((go(context.around.plain("menu.buttons.mijn"), "mijn"),),)
    text = context.text(
        "question.asked_anew",
        reference=question.reference,
        before=old.reference,
        team=context.around.team(question.team_code),
        due=question.due_at,
    )
    await context.send(context.me, Message(text=text, buttons=buttons), about=(Subject.QUESTION, question.id or 0))
    return outcome
