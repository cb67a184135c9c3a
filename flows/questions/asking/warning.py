"""Somebody is in danger: the number is said at once, whatever was going on."""

from __future__ import annotations

from flows.context import Context
from flows.people.teams import roles_of
from flows.questions.asking import signposts
from flows.talk import dialogue
from flows.talk.incoming import Content, Photo, Text, Voice
from flows.talk.message import Message
from storage.conversations import Conversation


async def warn(context: Context, content: Content, *, replying: bool) -> None:
    """Say the number before anything is done with what a resident wrote; what was going on goes on below it.

    Where a question begins it stands above their words already. Who works here writes about fires too.
    """
    match content:
        case Text(text=text) | Photo(caption=text) | Voice(caption=text):
            found = signposts.find(text)
        case _:
            return
    if found is None or found.kind is not signposts.Kind.EMERGENCY or await roles_of(context.session, context.me):
        return
    journal = await dialogue.active(context)
    if replying or (journal is not None and not _begins_a_question(journal)):
        await context.reply(Message(text=signposts.told(found, context.around)))


def _begins_a_question(journal: Conversation) -> bool:
    return journal.name == "question.ask" and "words" not in journal.answers
