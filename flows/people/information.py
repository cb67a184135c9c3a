"""What can be read at any moment: help, privacy, what is mine; and stopping."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, select

from flows.context import Around, Context
from flows.doors import act, bot_command, go
from flows.housekeeping import MESSAGES_KEPT
from flows.initiatives.board import open_button, status_text
from flows.initiatives.people.following import follows_of
from flows.menu import audiences, command_list
from flows.questions.words import first_words
from flows.talk import dialogue
from flows.talk.message import Message
from storage.initiatives import Initiative
from storage.participation import Participant, Participation
from storage.questions import AT_THE_DESK, Question

SHOWN = 8
"""Of each kind, the newest; that there is more is said."""
ASKED = 44
"""Characters of a question: with its number they fit on a button."""


@bot_command("help")
async def help_(context: Context, argument: str) -> None:
    """What can be done here, and a phone number for who would rather call."""
    around = context.around
    contact = around.municipality.contact
    seen = await audiences(context, context.me)
    text = around.text(
        "help.text",
        municipality=around.municipality.name,
        phone=contact.phone,
        website=str(contact.website),
        address=contact.front_desk,
        commands="\n".join(f"/{name} – {what}" for name, what in command_list(around, seen)),
    )
    await context.reply(Message(text=text))


@bot_command("privacy")
async def privacy(context: Context, argument: str) -> None:
    """The whole text: what we keep, why, how long, who sees it, what somebody can ask for."""
    around = context.around
    kept = around.municipality.privacy
    await context.say(
        "privacy.text",
        controller=kept.controller,
        email=str(kept.officer_email),
        months=kept.months_kept,
        days=MESSAGES_KEPT.days,
        statement=str(kept.statement) if kept.statement else None,
    )


@bot_command("mijn")
async def mine(context: Context, argument: str) -> None:
    """My initiatives and questions, with how they stand, what I help with or follow, and what I was busy with."""
    session, around = context.session, context.around
    initiatives = (
        await session.exec(
            select(Initiative)
            .join(Participant, col(Participant.initiative_id) == col(Initiative.id))
            .where(Participant.person_id == context.me.id, Participant.kind == Participation.INITIATOR)
            .order_by(col(Initiative.id).desc())
            .limit(SHOWN + 1)
        )
    ).all()
    questions = (
        await session.exec(
            select(Question)
            .where(Question.asker_id == context.me.id)
            .order_by(col(Question.id).desc())
            .limit(SHOWN + 1)
        )
    ).all()
    others = await follows_of(context, limit=SHOWN + 1)
    asked = [await first_words(context, one, length=ASKED) or around.theme(one.theme_code) for one in questions]
    groups = {
        "initiatives": [
            around.text("mine.initiative", reference=one.reference, title=one.title, status=status_text(around, one))
            for one in initiatives
        ],
        "others": [around.text("mine.other", title=one.title, status=status_text(around, one)) for one in others],
        "questions": [
            around.text(
                "mine.question",
                reference=one.reference,
                asked=words,
                status=around.plain(f"question.status.{one.status}"),
                team=around.team(one.team_code),
                due=one.due_at,
                waits=one.status in AT_THE_DESK,
            )
            for one, words in zip(questions, asked, strict=True)
        ],
    }
    parts = [listed(around, word, lines) for word, lines in groups.items() if lines]
    opened = [(open_button(f"🌱 {one.title}"[:60], one),) for one in initiatives[:SHOWN]]
    opened += [(open_button(f"🤝 {one.title}"[:60], one),) for one in others[:SHOWN]]
    opened += [
        (act(f"💬 {one.reference} · {words}"[:60], "q-mine", one.id or 0),)
        for one, words in zip(questions[:SHOWN], asked, strict=False)
    ]
    begin = [(go(around.plain(f"menu.buttons.{name}"), name),) for name in ("initiatief", "vraag")]
    text = "\n\n".join(parts) if parts else around.text("mine.nothing_yet")
    await context.reply(Message(text=text, buttons=(*await dialogue.ways_on(context), *opened, *begin)))


def listed(around: Around, word: str, lines: Sequence[str]) -> str:
    """One kind of what is mine, at most so many, and that there is more."""
    more = [around.text("mine.more", shown=SHOWN)] if len(lines) > SHOWN else []
    return "\n".join([around.text(f"mine.{word}"), *lines[:SHOWN], *more])


@bot_command("annuleer", shows_again=False)
async def cancel(context: Context, argument: str) -> None:
    """Stop what is on the screen."""
    journal = await dialogue.active(context)
    if journal is None:
        await context.say("talk.nothing_to_cancel")
    else:
        await dialogue.stop(context, journal)
