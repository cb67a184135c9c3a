"""A question as who asked it sees it again: how it stands, what was said to and by them, and what they can do."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col, select

from flows.context import Around, Context
from flows.doors import act, action
from flows.people.names import name_of
from flows.questions.clock.moments import is_over
from flows.questions.desk import cards
from flows.questions.desk.answering import helped_buttons
from flows.questions.desk.telling import main_of
from flows.questions.pressed import asked_by_me
from flows.talk.message import Message, Rows
from storage.cards import Subject
from storage.people import Person
from storage.questions import AT_THE_DESK, INTERNAL, Question, QuestionMessage, QuestionStatus


@dataclass(frozen=True, kw_only=True)
class Own:
    """A question with all that its asker is shown of it."""

    question: Question
    main: Question
    """Where it is worked on: the question it goes along with, else itself."""
    talk: list[QuestionMessage]
    authors: dict[int, Person]
    linked: Question | None
    """The question it came from."""


@action("q-mine")
async def press_mine(context: Context, argument: str) -> None:
    """Show me my question again."""
    if (question := await asked_by_me(context, argument)) is not None:
        own = await look_at(context, question)
        message = Message(text=own_text(context.around, own), buttons=own_buttons(context.around, own))
        await context.send(context.me, message, about=(Subject.QUESTION, question.id or 0))


async def look_at(context: Context, question: Question) -> Own:
    """Read all that is shown; what colleagues wrote to each other isn't read at all."""
    query = select(QuestionMessage, Person).join(Person, col(Person.id) == col(QuestionMessage.author_id))
    query = query.where(QuestionMessage.question_id == question.id, col(QuestionMessage.kind).not_in(INTERNAL))
    said = (await context.session.exec(query.order_by(col(QuestionMessage.id)))).all()
    return Own(
        question=question,
        main=await main_of(context, question),
        talk=[message for message, _ in said],
        authors={person.id or 0: person for _, person in said},
        linked=await context.session.get(Question, question.linked_id) if question.linked_id else None,
    )


def own_text(around: Around, own: Own) -> str:
    """As HTML."""
    question, main = own.question, own.main
    head = around.text(
        "question.own.head",
        reference=question.reference,
        theme=around.theme(question.theme_code),
        team=around.team(main.team_code),
        status=around.plain(f"question.status.{question.status}"),
        due=main.due_at if main.status in AT_THE_DESK else None,
        late=is_over(main, around.now),
        until=question.waits_until,
        linked=own.linked.reference if own.linked is not None else None,
    )
    said = [_said(around, message, own.authors[message.author_id]) for message in own.talk]
    return "\n\n".join([head, cards.what_came_last(said)])


def _said(around: Around, message: QuestionMessage, author: Person) -> str:
    label = around.text(f"question.own.said.{message.kind}", name=name_of(author), corrected=message.corrected_at)
    return cards.quoted(around, message, label)


def own_buttons(around: Around, own: Own) -> Rows:
    """What fits how it stands; more words are welcome at any time."""
    number = own.question.id or 0

    def one(key: str, name: str) -> Rows:
        return ((act(around.plain(key), name, number),),)

    match own.question.status:
        case QuestionStatus.ANSWERED:
            return helped_buttons(around.plain, number)
        case QuestionStatus.CLOSED:
            return one("question.buttons.reopen", "q-reopen") + one("question.buttons.ask_on", "q-ask_on")
        case QuestionStatus.WAITING:
            return one("desk.buttons.reply", "q-ask_on")
        case QuestionStatus.MERGED if own.main.asker_id == own.question.asker_id:
            there = act(f"💬 {own.main.reference}", "q-mine", own.main.id or 0)
            return ((there,), *one("question.buttons.add", "q-ask_on"))
        case _:
            return one("question.buttons.add", "q-ask_on")
