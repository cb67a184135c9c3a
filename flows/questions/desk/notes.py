"""Among colleagues: notes on a question, and thinking along without handing it over."""

from __future__ import annotations

from flows.commands import Outcome, Refused, carries
from flows.context import Context
from flows.doors import act
from flows.people.names import name_of
from flows.people.teams import WORKERS, roles_of
from flows.questions.desk.telling import holders
from flows.questions.keeping import add_message, save
from flows.questions.relations import DESK, relations_to
from flows.questions.verbs import AskColleague, WriteNote
from flows.talk.message import Message
from storage.cards import Subject
from storage.people import Person
from storage.questions import HELD, MessageKind, Question, ThinkingAlong


@carries(WriteNote)
async def carry_note(context: Context, command: WriteNote) -> Outcome:
    """Every colleague with the card sees it; who has the question hears it, and who asked the actor to think along."""
    question = await context.session.get_one(Question, command.question_id)
    await add_message(context, question, MessageKind.NOTE, command.text)
    if question.assignee_id == context.me.id:
        question.active_at = context.now
    outcome = await save(context, question)
    people = await holders(context, question) if question.status in HELD else []
    thinking = await context.session.get(ThinkingAlong, (question.id, context.me.id))
    if thinking is not None:
        asked_by = await context.session.get_one(Person, thinking.asked_by_id)
        if await relations_to(context, asked_by, question) & DESK:
            people.append(asked_by)
    for person in {one.id: one for one in people if one.id != context.me.id}.values():
        await _tell(context, question, person, "note", command.text)
    await context.say("desk.noted", reference=question.reference)
    return outcome


@carries(AskColleague)
async def carry_ask_colleague(context: Context, command: AskColleague) -> Outcome:
    """They get the card and can write notes; the question stays where it is."""
    question = await context.session.get_one(Question, command.question_id)
    colleague = await context.session.get(Person, command.person_id)
    works_here = colleague is not None and bool(await roles_of(context.session, colleague) & set(WORKERS))
    if colleague is None or not works_here or colleague.id in (context.me.id, question.asker_id):
        return Refused(key="desk.refused.colleague", ask_again="colleague")
    await add_message(context, question, MessageKind.NOTE, command.text)
    me, number = context.me.id or 0, question.id or 0
    thinking = await context.session.get(ThinkingAlong, (number, colleague.id))
    if thinking is None:
        thinking = ThinkingAlong(
            question_id=number, person_id=colleague.id or 0, asked_by_id=me, created_at=context.now
        )
    thinking.asked_by_id = me
    context.session.add(thinking)
    if question.assignee_id == context.me.id:
        question.active_at = context.now
    outcome = await save(context, question, who=colleague.id)
    await _tell(context, question, colleague, "think_along", command.text)
    await context.say("desk.colleague_asked", reference=question.reference, name=name_of(colleague))
    return outcome


async def _tell(context: Context, question: Question, person: Person, what: str, said: str) -> None:
    around, number = context.around_for(person), question.id or 0
    text = around.text(f"desk.notice.{what}", reference=question.reference, name=name_of(context.me), text=said)
    rows = (
        (act(around.plain("desk.buttons.note"), "q-note", number),),
        (act(around.plain("desk.buttons.show"), "q-show", number),),
    )
    await context.send(person, Message(text=text, buttons=rows), about=(Subject.QUESTION, number))
