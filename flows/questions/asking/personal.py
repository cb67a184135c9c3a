"""A reply about a question holds something personal: it is pointed out before anything of it is kept."""

from __future__ import annotations

from typing import Any

from flows.context import Context
from flows.questions.desk.presses import about
from flows.talk import dialogue
from flows.talk.incoming import Content, Photo, Text, Voice
from flows.talk.personal import without_personal
from storage.questions import Question


async def pointed_out(context: Context, question: Question, piece: dict[str, Any]) -> bool:
    """Whether the asker is asked what to do with it, in a conversation; else there is nothing to point out.

    Where that conversation waits for the message once more, a reply is that message.
    """
    marked = without_personal(piece, context.around)
    if marked == piece or question.asker_id != context.me.id:
        return False
    if (journal := await dialogue.on_screen(context, "question.ask_on", about(question))) is not None:
        await dialogue.receive(context, journal, _as_sent(piece))
    else:
        await dialogue.start(context, "question.ask_on", about(question), drafts={"words": [marked]})
    return True


def _as_sent(piece: dict[str, Any]) -> Content:
    if photo := piece.get("photo"):
        return Photo(photo=photo, caption=piece["text"])
    if voice := piece.get("voice"):
        return Voice(voice=voice, caption=piece["text"])
    return Text(text=piece["text"])
