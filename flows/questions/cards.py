"""How a question looks to the team that answers it."""

from __future__ import annotations

from babel import Locale
from markupsafe import Markup
from sqlmodel import col, select

from flows.cards import reconcile
from flows.context import Around, Context
from flows.doors import act
from flows.people.names import name_of
from flows.people.teams import watchers
from flows.talk.message import Message, Rows
from storage.cards import Subject
from storage.people import Person
from storage.questions import Question, QuestionMessage, QuestionStatus

SHOWN = 3000
"""Characters of the talk so far on a card; what came last is shown."""


async def refresh(context: Context, question: Question, *, changed: bool = True) -> None:
    """Bring the cards of a question up to date. Its pictures and sounds go to who sees it for the first time."""
    people = await watchers(context, question.team_code)
    people = [person for person in people if person.id != question.asker_id] or people  # not to oneself
    if question.assignee_id is not None and all(one.id != question.assignee_id for one in people):
        people.append(await context.session.get_one(Person, question.assignee_id))
    if question.status in (QuestionStatus.ANSWERED, QuestionStatus.CLOSED):
        # Nothing is asked of anybody new.
        have = {card.person_id for card in await context.cards(Subject.QUESTION, question.id or 0)}
        people = [person for person in people if person.id in have]
    talk = await messages_of(context, question)
    asker = await context.session.get_one(Person, question.asker_id)
    assignee = await context.session.get(Person, question.assignee_id) if question.assignee_id else None

    def render(person: Person, watching: bool) -> Message:
        around = context.around_for(person)
        text = card_text(around, question, talk, asker, assignee)
        return Message(text=text, buttons=_buttons(around, question, person) if watching else ())

    for person in await reconcile(context, (Subject.QUESTION, question.id or 0), people, render, changed=changed):
        await send_media(context, person, question, talk)


async def messages_of(context: Context, question: Question) -> list[QuestionMessage]:
    """All that was said, in order."""
    query = select(QuestionMessage).where(QuestionMessage.question_id == question.id)
    return list((await context.session.exec(query.order_by(col(QuestionMessage.id)))).all())


def card_text(
    around: Around, question: Question, talk: list[QuestionMessage], asker: Person, assignee: Person | None
) -> str:
    """The card as HTML."""
    head = around.text(
        "question.card.head",
        reference=question.reference,
        theme=around.theme(question.theme_code),
        district=around.district(question.district_code),
        team=around.team(question.team_code),
        asker=asker.first_name,
        due=question.due_at,
        reads=_other_language(around, asker),
    )
    lines = [_line(around, message) for message in talk]
    body = "\n\n".join(lines)
    while len(body) > SHOWN and len(lines) > 1:
        lines.pop(0)
        body = "\n\n".join(["…", *lines])
    status = around.text(
        f"question.card.status.{question.status}", name=name_of(assignee) if assignee else around.plain("common.team")
    )
    return "\n\n".join([head, body, status])


def _other_language(around: Around, asker: Person) -> str | None:
    """What the resident reads, where the team reads something else; in the team's language."""
    language = around.house.language_of(asker)
    return None if language == around.language else Locale(language).get_display_name(around.language)


def _line(around: Around, message: QuestionMessage) -> str:
    media = [
        around.plain(f"talk.shown.{kind}")
        for kind, there in (
            ("photo", message.photo),
            ("voice", message.voice),
            ("location", message.latitude is not None),
        )
        if there
    ]
    said = " ".join([*media, message.text]).strip()
    label = around.text(f"question.card.kind.{message.kind}")
    return f"{label}\n{Markup('<blockquote>{}</blockquote>').format(said)}" if said else label


def _buttons(around: Around, question: Question, viewer: Person) -> Rows:
    number = question.id or 0

    def button(word: str) -> tuple[str, str]:
        return around.plain(f"question.buttons.{word}"), f"q-{word}"

    words: tuple[tuple[str, ...], ...]
    match question.status:
        case QuestionStatus.OPEN:
            words = (("claim",), ("answer",), ("transfer", "close"))
        case QuestionStatus.CLAIMED if question.assignee_id == viewer.id:
            words = (("answer",), ("transfer", "close"), ("release",))
        case QuestionStatus.ANSWERED if question.assignee_id == viewer.id:
            words = (("answer_more",),)
        case _:
            words = ()
    return tuple(tuple(act(*button(word), number) for word in row) for row in words)


async def send_media(context: Context, person: Person, question: Question, talk: list[QuestionMessage]) -> None:
    """The pictures, sounds and places of a question, each as a message of its own."""
    for message in talk:
        if message.photo or message.voice or message.latitude is not None:
            await send_one_media(context, person, question, message)


async def send_one_media(context: Context, person: Person, question: Question, message: QuestionMessage) -> None:
    """One picture, sound or place."""
    place = (
        (message.latitude, message.longitude)
        if message.latitude is not None and message.longitude is not None
        else None
    )
    caption = context.around_for(person).text("question.media", reference=question.reference)
    await context.send(
        person,
        Message(text=caption, photo=message.photo, voice=message.voice, location=place),
        about=(Subject.QUESTION, question.id or 0),
    )


async def say_more(context: Context, question: Question, message: QuestionMessage) -> None:
    """Tell who has the question (else the team) that the resident said something, with sound."""
    people = (
        [await context.session.get_one(Person, question.assignee_id)]
        if question.assignee_id
        else await watchers(context, question.team_code)
    )
    asker = await context.session.get_one(Person, question.asker_id)
    for person in people:
        around = context.around_for(person)
        await context.send(
            person,
            Message(
                text=around.text(
                    f"question.more.{message.kind}",
                    reference=question.reference,
                    asker=asker.first_name,
                    text=message.text,
                ),
                buttons=_buttons(around, question, person),
            ),
            about=(Subject.QUESTION, question.id or 0),
        )
        if message.photo or message.voice or message.latitude is not None:
            await send_one_media(context, person, question, message)
