"""What somebody is to a question, for the table of who may (`flows.permissions`)."""

from __future__ import annotations

from sqlmodel import col, select

from flows.context import Context
from flows.people.away import here_instead
from flows.people.teams import coordinators, looks_after, roles_of, watchers_of
from flows.permissions import Relation
from storage.people import Person
from storage.questions import AnswerDraft, MessageKind, Question, QuestionMessage, QuestionStatus, ThinkingAlong

DESK = frozenset({Relation.ASSIGNEE, Relation.TEAM})


async def relations_to(context: Context, person: Person, question: Question) -> set[Relation]:
    """All that `person` is to it."""
    found: set[Relation] = set()
    if question.asker_id == person.id:
        found.add(Relation.ASKER)
    if question.status == QuestionStatus.MERGED and question.merged_into_id is not None:
        main = await context.session.get_one(Question, question.merged_into_id)
        found |= await relations_to(context, person, main) & DESK
        return found
    if not await _may_see(context, person, question):
        return found
    works_here = bool(await roles_of(context.session, person))  # who left neither reads along nor thinks along
    if await _has(context, person, question):
        found.add(Relation.ASSIGNEE)
    if await _looks_after(context, person, question):
        found.add(Relation.TEAM)
        answer = await last_answer(context, question)
        if answer is not None and answer.author_id == person.id:
            found.add(Relation.ANSWERER)
    if works_here and await context.session.get(ThinkingAlong, (question.id, person.id)) is not None:
        found.add(Relation.THINKER)
    draft = await context.session.get(AnswerDraft, question.id)
    if draft is None or draft.author_id == person.id or not works_here:
        return found
    if draft.reader_id == person.id or (draft.reader_id is None and Relation.TEAM in found):
        found.add(Relation.READER)
    return found


async def _may_see(context: Context, person: Person, question: Question) -> bool:
    """Who works here handles their own question only when there is nobody else."""
    if question.asker_id != person.id:
        return True
    return all(one.id == person.id for one in await watchers_of(context, question))


async def _looks_after(context: Context, person: Person, question: Question) -> bool:
    """Whether they get the work of its team, or it came to the coordinators and they are one."""
    if await looks_after(context, person, question.team_code):
        return True
    return question.raised_at is not None and await _coordinates(context, person)


async def _coordinates(context: Context, person: Person) -> bool:
    return any(one.id == person.id for one in await coordinators(context.session))


async def _has(context: Context, person: Person, question: Question) -> bool:
    """Whether they are the assignee, or who is here for an assignee who is away."""
    if question.assignee_id is None:
        return False
    if question.assignee_id == person.id:
        return True
    assignee = await context.session.get_one(Person, question.assignee_id)
    instead = await here_instead(context, assignee)
    return instead is not None and instead.id == person.id


async def may_have(context: Context, person: Person, question: Question) -> bool:
    """Whether it can be theirs: not their own, nor one of a team they have nothing to do with; a coordinator's any."""
    if person.id == question.asker_id:
        return False
    return await _coordinates(context, person) or await looks_after(context, person, question.team_code)


async def last_answer(context: Context, question: Question) -> QuestionMessage | None:
    """The answer that the resident got last."""
    given = select(QuestionMessage).where(
        QuestionMessage.question_id == question.id, QuestionMessage.kind == MessageKind.ANSWER
    )
    return (await context.session.exec(given.order_by(col(QuestionMessage.id).desc()).limit(1))).first()
