"""What is done at the desk, carried out: take a question, give it back, answer it, pass it on, close it."""

from __future__ import annotations

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Context
from flows.doors import act
from flows.initiatives.events import turn_to
from flows.people.names import name_of
from flows.people.teams import members, watchers
from flows.questions import cards
from flows.questions.verbs import AnswerQuestion, ClaimQuestion, CloseQuestion, ReleaseQuestion, TransferQuestion
from flows.questions.words import first_words
from flows.talk.message import Message, Rows
from storage.cards import Subject
from storage.initiatives import Side
from storage.people import Person
from storage.questions import MessageKind, Question, QuestionMessage, QuestionStatus


@carries(ClaimQuestion)
async def carry_claim(context: Context, command: ClaimQuestion) -> Outcome:
    """The first takes it; the others see who."""
    question = await context.session.get_one(Question, command.question_id)
    if (refused := await taken(context, question)) is not None:
        return refused
    if question.status == QuestionStatus.ANSWERED:
        return Refused(key="question.refused.closed")
    question.assignee_id = context.me.id
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
    if (refused := await taken(context, question, text=command.text)) is not None:
        return refused
    question.assignee_id = context.me.id
    question.status = QuestionStatus.ANSWERED
    question.answered_at = context.now
    _keep(context, question, MessageKind.ANSWER, command.text)
    await turn_to(context, question.initiative_id, Side.RESIDENTS)
    asker = await context.session.get_one(Person, question.asker_id)
    around, number = context.around_for(asker), question.id or 0
    await _tell(
        context,
        question,
        asker,
        around.text(
            "question.answer_for_you",
            reference=question.reference,
            text=command.text,
            name=name_of(context.me),
            team=around.team(question.team_code),
            asked=await first_words(context, question),
        ),
        (
            (act(around.plain("question.buttons.thanks"), "q-thanks", number),),
            (
                act(around.plain("question.buttons.ask_on"), "q-ask_on", number),
                act(around.plain("question.buttons.reopen"), "q-reopen", number),
            ),
        ),
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
    if (refused := await taken(context, question, text=command.reason)) is not None:
        return refused
    if question.status == QuestionStatus.ANSWERED:
        return Refused(key="question.refused.closed_text", values={"text": command.reason})
    before = question.team_code
    question.team_code = team.code
    question.assignee_id = None
    question.status = QuestionStatus.OPEN
    _keep(context, question, MessageKind.TRANSFER, command.reason)
    asker = await context.session.get_one(Person, question.asker_id)
    text = context.around_for(asker).text("question.transferred_for_you", reference=question.reference, team=team.name)
    await _tell(context, question, asker, text)
    await _save(context, question)
    if await members(context.session, team.code):
        await context.say("question.transferred", reference=question.reference, team=team.name)
    else:
        instead = [name_of(person) for person in await watchers(context, team.code)]
        await context.say("question.transferred_empty", reference=question.reference, team=team.name, people=instead)
    return Done(subject=Subject.QUESTION, subject_id=question.id, details={"from": before, "to": team.code})


@carries(CloseQuestion)
async def carry_close(context: Context, command: CloseQuestion) -> Outcome:
    """It ends without an answer; the resident reads why and can come back to it."""
    question = await context.session.get_one(Question, command.question_id)
    if (refused := await taken(context, question, text=command.reason)) is not None:
        return refused
    question.assignee_id = context.me.id
    question.status = QuestionStatus.CLOSED
    _keep(context, question, MessageKind.CLOSE, command.reason)
    await turn_to(context, question.initiative_id, Side.RESIDENTS)
    asker = await context.session.get_one(Person, question.asker_id)
    around = context.around_for(asker)
    text = around.text(
        "question.closed_for_you", reference=question.reference, reason=command.reason, name=name_of(context.me)
    )
    again = act(around.plain("question.buttons.reopen"), "q-reopen", question.id or 0)
    await _tell(context, question, asker, text, ((again,),))
    outcome = await _save(context, question)
    await context.say("question.closed", reference=question.reference)
    return outcome


async def taken(context: Context, question: Question, *, text: str = "") -> Refused | None:
    """Why nothing can be done with it: it is done, or somebody else has it. What the actor wrote is given back."""
    written = {"text": text} if text else {}
    if question.status == QuestionStatus.CLOSED:
        return Refused(key="question.refused.closed_text" if text else "question.refused.closed", values=written)
    if question.assignee_id in (None, context.me.id):
        return None
    assignee = await context.session.get_one(Person, question.assignee_id)
    key = "question.refused.claimed_text" if text else "question.refused.claimed"
    return Refused(key=key, values={"name": name_of(assignee), **written})


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


async def _tell(context: Context, question: Question, asker: Person, text: str, buttons: Rows = ()) -> None:
    """Say it to the resident; a reply to it is about this question."""
    await context.send(asker, Message(text=text, buttons=buttons), about=(Subject.QUESTION, question.id or 0))
