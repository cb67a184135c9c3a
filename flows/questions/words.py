"""A question in a few words, so that people recognise it."""

from __future__ import annotations

from typing import TypedDict

from sqlmodel import col, select

from flows.context import Context
from flows.people.names import first_name_of
from storage.people import Person
from storage.questions import MessageKind, Question, QuestionMessage


class Which(TypedDict):
    """Which question it is, for who answers it."""

    reference: str
    asker: str
    """First name, or more if they share that."""
    asked: str
    """The first words; empty when it began with a picture, a voice message or a place."""


async def first_words(context: Context, question: Question, *, length: int = 200) -> str:
    """What was asked, at most `length` characters."""
    query = select(QuestionMessage.text).where(
        QuestionMessage.question_id == question.id,
        col(QuestionMessage.kind).in_((MessageKind.QUESTION, MessageKind.FOLLOW_UP)),  # never what colleagues wrote
        QuestionMessage.text != "",
    )
    text = (await context.session.exec(query.order_by(col(QuestionMessage.id)))).first() or ""
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


async def which(context: Context, *, question_id: int) -> Which:
    """The question a conversation is about."""
    question = await context.session.get_one(Question, question_id)
    asker = await context.session.get_one(Person, question.asker_id)
    return Which(
        reference=question.reference,
        asker=first_name_of(asker) or context.around.plain("common.a_resident"),
        asked=await first_words(context, question, length=100),
    )
