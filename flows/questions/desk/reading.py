"""Reading an answer before it goes: what a second reader gets, and gets again."""

from __future__ import annotations

from collections.abc import Iterable

from flows.context import Context
from flows.doors import act, action
from flows.people.away import away
from flows.people.names import name_of
from flows.people.teams import watchers
from flows.permissions import Relation
from flows.questions.pressed import in_button
from flows.questions.relations import relations_to
from flows.questions.words import first_words
from flows.talk.message import Message
from storage.cards import Subject
from storage.people import Person
from storage.questions import AnswerDraft, Question


async def possible_readers(context: Context, question: Question) -> list[Person]:
    """The others who look after it, are here and have a chat: the page for who has none doesn't show drafts."""
    gone = await away(context)
    return [
        one
        for one in await watchers(context, question.team_code)
        if one.id not in (context.me.id, question.asker_id) and one.id not in gone and one.telegram_id is not None
    ]


async def ask_to_read(context: Context, question: Question, draft: AnswerDraft, people: Iterable[Person]) -> None:
    """The question, the answer, and two buttons: it may go, or it can be better."""
    asked, number = await first_words(context, question), question.id or 0
    author = await context.session.get_one(Person, draft.author_id)
    for person in people:
        around = context.around_for(person)
        text = around.text(
            "desk.notice.read_along",
            reference=question.reference,
            name=name_of(author),
            asked=asked,
            text=draft.text,
        )
        rows = (
            (act(around.plain("desk.buttons.approve"), "q-approve", number),),
            (act(around.plain("desk.buttons.send_back"), "q-send_back", number),),
        )
        await context.send(person, Message(text=text, buttons=rows), about=(Subject.QUESTION, number))


@action("q-read")
async def press_read(context: Context, argument: str) -> None:
    """Show me the answer that I was asked to read."""
    question = await in_button(context, argument)
    if question is None:
        return
    draft = await context.session.get(AnswerDraft, question.id)
    if draft is None:
        context.note("desk.refused.no_draft", alert=True)
    elif Relation.READER not in await relations_to(context, context.me, question):
        context.note("common.not_allowed", alert=True)
    else:
        await ask_to_read(context, question, draft, [context.me])
