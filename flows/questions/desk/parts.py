"""One question that is two, and two that are one."""

from __future__ import annotations

from flows.commands import Outcome, Refused, carries
from flows.context import Around, Context
from flows.doors import act
from flows.people.names import name_of
from flows.questions.along import along_with
from flows.questions.asking.beginning import begin
from flows.questions.clock.moments import wind
from flows.questions.desk import cards
from flows.questions.desk.telling import tell_desk
from flows.questions.keeping import accept, add_message, done_or_taken, let_go, save, take_apart, tell_asker
from flows.questions.relations import DESK, relations_to
from flows.questions.verbs import MergeQuestion, SplitQuestion, UnmergeQuestion
from flows.questions.words import first_words
from flows.talk.message import Message
from flows.talk.own_words import Words
from storage.people import Person
from storage.questions import OVER, MessageKind, Question, QuestionStatus, ThemeBy


@carries(SplitQuestion)
async def carry_split(context: Context, command: SplitQuestion) -> Outcome:
    """The part goes to whoever is in charge of it, with a term of its own; the resident hears both numbers."""
    question = await context.session.get_one(Question, command.question_id)
    if (refused := await done_or_taken(context, question, text=command.text)) is not None:
        return refused
    asker = await context.session.get_one(Person, question.asker_id)
    part = await begin(
        context,
        asker,
        (Words(text=command.text),),
        theme=command.theme,
        theme_by=ThemeBy.DESK,
        district=question.district_code,
        linked_id=question.id,
    )
    await add_message(context, question, MessageKind.SPLIT, f"{part.reference}: {command.text}")
    question.active_at = context.now
    await save(context, part)
    outcome = await save(context, question, part=part.id)
    text = context.around_for(asker).text(
        "desk.split_for_you",
        reference=question.reference,
        part=part.reference,
        text=command.text,
        team=context.around_for(asker).team(part.team_code),
        due=part.due_at,
    )
    await tell_asker(context, part, text)
    await context.say(
        "desk.split", reference=question.reference, part=part.reference, team=context.around.team(part.team_code)
    )
    return outcome


@carries(MergeQuestion)
async def carry_merge(context: Context, command: MergeQuestion) -> Outcome:
    """It goes along with the other: the earlier term of both counts, and both askers get the one answer."""
    question = await context.session.get_one(Question, command.question_id)
    if (refused := await done_or_taken(context, question)) is not None:
        return refused
    into = await context.session.get(Question, command.into_id)
    if into is None or into.id == question.id or into.status in OVER:
        return Refused(key="desk.refused.merge", ask_again="into")
    if not await _is_at_my_desk(context, into):
        return Refused(key="desk.refused.merge", ask_again="into")
    for other in await along_with(context, question, lock=True):
        other.merged_into_id = into.id
        context.session.add(other)
    accept(question)
    let_go(context, question)
    question.status, question.merged_into_id = QuestionStatus.MERGED, into.id
    if question.due_at > context.now:  # who was late is late, but who asked the other isn't told so for it
        into.due_at = min(into.due_at, question.due_at)
    await add_message(context, question, MessageKind.MERGE, into.reference)
    await add_message(context, into, MessageKind.MERGE, question.reference)
    asker = await context.session.get_one(Person, question.asker_id)
    key = "desk.merged_for_you_own" if into.asker_id == question.asker_id else "desk.merged_for_you"
    await tell_asker(
        context, question, context.around_for(asker).text(key, reference=question.reference, into=into.reference)
    )
    await wind(context, into)
    outcome = await save(context, question, into=into.id)
    if into.assignee_id is not None:  # else nobody is at work on it, and it says so on its card
        await _tell_of_more(context, question, into)
    await context.say("desk.merged", reference=question.reference, into=into.reference)
    return outcome


async def _tell_of_more(context: Context, question: Question, into: Question) -> None:
    """Who has the other hears, unless they did it, that their answer goes to one more."""
    asked = await first_words(context, question, length=100)

    def more(around: Around, _person: Person) -> Message:
        text = around.text(
            "desk.notice.merged",
            name=name_of(context.me),
            reference=question.reference,
            into=into.reference,
            asked=asked,
        )
        return Message(text=text, buttons=((act(around.plain("desk.buttons.show"), "q-show", into.id or 0),),))

    await tell_desk(context, into, more, besides=context.me)


@carries(UnmergeQuestion)
async def carry_unmerge(context: Context, command: UnmergeQuestion) -> Outcome:
    """On its own again, for the team of the question it went along with."""
    question = await context.session.get_one(Question, command.question_id)
    if question.status != QuestionStatus.MERGED:
        return Refused(key="desk.refused.not_merged")
    into = await context.session.get_one(Question, question.merged_into_id)
    await take_apart(context, question, into.team_code)
    outcome = await save(context, question)
    await cards.refresh(context, into)
    return outcome


async def _is_at_my_desk(context: Context, question: Question) -> bool:
    """Merging touches two questions: the actor may do it with the other too."""
    return bool(await relations_to(context, context.me, question) & DESK)
