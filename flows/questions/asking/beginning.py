"""A question begins: a number, a team, a term, and what was asked."""

from __future__ import annotations

from flows.context import Context
from flows.questions.keeping import add_message
from flows.questions.routing.route import place
from flows.talk.own_words import Words
from storage.people import Person
from storage.questions import MessageKind, Question, ThemeBy
from storage.references import next_reference


async def begin(
    context: Context,
    asker: Person,
    words: tuple[Words, ...],
    *,
    theme: str | None,
    theme_by: ThemeBy | None = None,
    district: str | None,
    linked_id: int | None = None,
) -> Question:
    """A new question of `asker`, with whoever is in charge; `save` it when everybody has been told."""
    front_desk = context.house.municipality.front_desk
    question = Question(
        reference=await next_reference(context.session, "V", context.house.municipality.today(context.now).year),
        asker_id=asker.id or 0,
        theme_code=theme,
        theme_by=theme_by if theme is not None else None,
        district_code=district,
        team_code=front_desk.code,
        linked_id=linked_id,
        due_at=context.now,
        created_at=context.now,
        active_at=context.now,
    )
    await place(context, question)
    for one in words:
        await add_message(context, question, MessageKind.QUESTION, one, author=asker)
    return question
