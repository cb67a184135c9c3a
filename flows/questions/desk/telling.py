"""Who hears that something is up with a question: who has it; else its team, in its group or each in private."""

from __future__ import annotations

from collections.abc import Callable

from flows.context import Around, Context
from flows.people.teams import watchers_of
from flows.questions.desk import buttons, cards
from flows.questions.groups import topics
from flows.talk.message import Message
from storage.cards import Subject
from storage.people import Person
from storage.questions import Question, QuestionMessage, QuestionStatus

Say = Callable[[Around, Person], Message | None]
"""What somebody reads, if anything; a group reads what is for nobody in particular, a `Person()`."""


async def tell_desk(context: Context, question: Question, say: Say, *, besides: Person | None = None) -> None:
    """Tell whose it is at the desk, but not `besides`; a reply to it is a reply to the question."""
    main = await main_of(context, question)
    if main.assignee_id is not None:
        group, people = None, [await context.session.get_one(Person, main.assignee_id)]
    else:
        group, people = await topics.group_of(context, main.team_code), await cards.in_private(context, main)
    if group is not None:
        if all(card.chat_id != group.chat_id for card in await topics.group_cards(context, main)):
            await topics.open_topic(context, main, group)  # what is said goes in it; its card comes after that
        if (message := say(await topics.around_in(context, group), Person())) is not None:
            await topics.send(context, group.chat_id, main, message)
    for person in people:
        if besides is None or person.id != besides.id:
            await tell(context, question, person, say)


async def tell(context: Context, question: Question, person: Person, say: Say) -> None:
    """Tell one of them."""
    if (message := say(context.around_for(person), person)) is not None:
        await context.send(person, message, about=(Subject.QUESTION, question.id or 0))


async def holders(context: Context, question: Question) -> list[Person]:
    """Whose it is at the desk: the assignee's, else who looks after its team, in its group or not."""
    main = await main_of(context, question)
    if main.assignee_id is not None:
        return [await context.session.get_one(Person, main.assignee_id)]
    return await watchers_of(context, main)


async def main_of(context: Context, question: Question) -> Question:
    """The question it goes along with in the end, which may be itself."""
    while question.status == QuestionStatus.MERGED and question.merged_into_id is not None:
        question = await context.session.get_one(Question, question.merged_into_id)
    return question


async def say_more(context: Context, question: Question, message: QuestionMessage, *, what: str = "follow_up") -> None:
    """The resident said something; `what` sort of thing. Its picture, sound or place comes after it."""
    main = await main_of(context, question)
    seen = await cards.look_at(context, main)

    def words(around: Around, person: Person) -> Message:
        text = around.text(
            f"question.more.{what}",
            reference=question.reference,
            asker=cards.asker_name(around, context.me),
            text=message.text,
            yours=person.id is not None and person.id == seen.answerer,
        )
        return Message(text=text, buttons=buttons.of(around, seen, person))

    await tell_desk(context, main, words)
    await tell_desk(context, main, lambda around, _: cards.media_of(around, main, message))
