"""One friendly question about a conversation that lies."""

from __future__ import annotations

from flows.context import Context
from flows.talk.dialogue import REMIND_AFTER
from flows.talk.message import Message
from flows.talk.replay import find
from flows.talk.screen import go_on_or_not, title_of
from flows.timers import Again, on_time
from storage.conversations import Conversation as Journal
from storage.conversations import ConversationStatus
from storage.people import Person
from storage.timers import TimerKind


@on_time(TimerKind.DRAFT_REMINDER)
async def remind(context: Context, journal_id: int) -> Again:
    """One friendly question about a conversation that lies; never a second."""
    journal = await context.session.get(Journal, journal_id, with_for_update=True)
    if journal is None or journal.reminded or journal.status == ConversationStatus.BROKEN:
        return None
    at = journal.updated_at + REMIND_AFTER
    if at > context.now:
        return at - context.now
    person = await context.session.get_one(Person, journal.person_id)
    if person.blocked_at is not None or find(journal.name) is None:
        return None
    journal.reminded = True
    context.session.add(journal)
    around = context.around_for(person)
    text = around.text("talk.reminder", title=title_of(journal.name, around))
    await context.send(person, Message(text=text, buttons=go_on_or_not(journal_id, around)))
    return None
