"""How a question looks to the team that answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale
from markupsafe import Markup
from sqlmodel import col, select

from flows.cards import reconcile
from flows.context import Around, Context
from flows.people.names import first_name_of, name_of
from flows.people.teams import members, watchers_of
from flows.permissions import Relation
from flows.questions.along import along_with
from flows.questions.clock.moments import is_over
from flows.questions.desk import buttons
from flows.questions.desk.delivery import Arrival, delivery
from flows.questions.desk.thinking import thinkers
from flows.questions.groups import topics
from flows.questions.relations import last_answer, relations_to
from flows.talk.message import Message
from storage.cards import Subject
from storage.people import Person
from storage.questions import (
    DONE,
    OVER,
    AnswerDraft,
    MessageKind,
    Question,
    QuestionMessage,
    QuestionStatus,
    ThemeBy,
)

SHOWN = 3000
"""Characters of the talk so far on a card; what came last is shown."""


async def refresh(context: Context, question: Question, *, changed: bool = True) -> None:
    """Bring the cards of a question up to date. Its pictures and sounds go to who sees it for the first time."""
    people = await watching(context, question)
    seen = await look_at(context, question)

    def render(person: Person, watching: bool) -> Message:
        around = context.around_for(person)
        return Message(text=card_text(around, seen), buttons=buttons.of(around, seen, person) if watching else ())

    for person in await reconcile(context, (Subject.QUESTION, question.id or 0), people, render, changed=changed):
        await send_media(context, person, question, seen.talk)

    def in_group(around: Around) -> Message:
        # Everybody there sees the buttons of who has it; who may not press them is told so.
        return Message(text=card_text(around, seen), buttons=buttons.of(around, seen, seen.assignee or Person()))

    new_in = await topics.show(context, question, in_group, changed=changed)
    if new_in is not None:
        around = await topics.around_in(context, new_in)
        for message in seen.talk:
            if (media := media_of(around, question, message)) is not None:
                await topics.send(context, new_in.chat_id, question, media)


async def watching(context: Context, question: Question) -> list[Person]:
    """Who has a card: who looks after its team, who has it, who thinks along.

    Of what is done, or goes along with another, only who had one.
    """
    found = {person.id: person for person in await in_private(context, question)}
    if question.assignee_id is not None and question.assignee_id not in found:
        found[question.assignee_id] = await context.session.get_one(Person, question.assignee_id)
    for person in await thinkers(context, question):
        found.setdefault(person.id, person)
    if question.status in OVER:
        # Nothing is asked of anybody new.
        have = {card.person_id for card in await context.cards(Subject.QUESTION, question.id or 0)}
        return [person for person in found.values() if person.id in have]
    return list(found.values())


async def in_private(context: Context, question: Question) -> list[Person]:
    """Who looks after it and doesn't see it in the team's group; when nobody of the team is here, others do."""
    people = await watchers_of(context, question)
    if await topics.group_of(context, question.team_code) is None:
        return people
    in_group = {one.id for one in await members(context.session, question.team_code) if one.telegram_id is not None}
    return [one for one in people if one.id not in in_group]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A question with all that its card says, read once for everybody who has it."""

    question: Question
    talk: list[QuestionMessage]
    asker: Person
    authors: dict[int, Person]
    """Who said it, by their number."""
    assignee: Person | None
    handed_by: Person | None
    thinking: frozenset[int]
    """Who only thinks along, by their number."""
    draft: bool
    """A colleague is reading the answer."""
    along: dict[int, str]
    """References of the questions that go along with it, by their number."""
    linked: str | None
    """The question it came from."""
    delivery: Arrival | None
    answer: QuestionMessage | None
    """The last one."""
    answerer: int | None
    """Who gave it, when they are still of the team."""


async def look_at(context: Context, question: Question) -> Seen:
    """Read all that a card says."""
    session = context.session
    talk = await messages_of(context, question)
    along = await along_with(context, question)
    for other in along:  # what was asked in them is answered here
        talk += [one for one in await messages_of(context, other) if one.kind != MessageKind.MERGE]
    if question.status != QuestionStatus.MERGED:  # what was taken apart again isn't said to be together
        with_it = {one.reference for one in along}
        talk = [one for one in talk if one.kind != MessageKind.MERGE or one.text in with_it]
    talk.sort(key=lambda one: one.id or 0)
    ids = {one.author_id for one in talk}
    authors = {one.id or 0: one for one in (await session.exec(select(Person).where(col(Person.id).in_(ids)))).all()}
    linked = await session.get(Question, question.linked_id) if question.linked_id else None
    done = question.status in (*DONE, QuestionStatus.WAITING)
    answer = await last_answer(context, question)
    author = authors[answer.author_id] if answer is not None else None
    return Seen(
        question=question,
        talk=talk,
        asker=await session.get_one(Person, question.asker_id),
        authors=authors,
        assignee=await session.get(Person, question.assignee_id) if question.assignee_id else None,
        handed_by=await session.get(Person, question.handed_by_id) if question.handed_by_id else None,
        thinking=await _only_thinking(context, question),
        draft=await session.get(AnswerDraft, question.id) is not None,
        along={one.id or 0: one.reference for one in along},
        linked=linked.reference if linked else None,
        delivery=await delivery(context, question) if done else None,
        answer=answer,
        answerer=author.id if author and Relation.ANSWERER in await relations_to(context, author, question) else None,
    )


async def _only_thinking(context: Context, question: Question) -> frozenset[int]:
    found = {one.id or 0 for one in await thinkers(context, question)}
    return frozenset(found and found - {one.id or 0 for one in await watchers_of(context, question)})


async def messages_of(context: Context, question: Question) -> list[QuestionMessage]:
    """All that was said, in order."""
    query = select(QuestionMessage).where(QuestionMessage.question_id == question.id)
    return list((await context.session.exec(query.order_by(col(QuestionMessage.id)))).all())


def card_text(around: Around, seen: Seen) -> str:
    """The card as HTML."""
    question = seen.question
    head = around.text(
        "question.card.head",
        reference=question.reference,
        theme=around.theme(question.theme_code),
        guessed=question.theme_by == ThemeBy.GUESS,
        district=around.district(question.district_code),
        team=around.team(question.team_code),
        asker=asker_name(around, seen.asker),
        due=question.due_at if question.status in (QuestionStatus.OPEN, QuestionStatus.CLAIMED) else None,
        reads=_other_language(around, seen.asker),
        late=is_over(question, around.now),
        reopened=question.reopened,
        postponed=question.postponed,
        along=list(seen.along.values()),
        linked=seen.linked,
    )
    said = [quoted(around, message, label_of(around, message, seen)) for message in seen.talk]
    return "\n\n".join([head, what_came_last(said), status_line(around, seen)])


def what_came_last(said: Sequence[str]) -> str:
    """A talk as HTML, without its beginning where it is too long to show."""
    lines = list(said)
    body = "\n\n".join(lines)
    while len(body) > SHOWN and len(lines) > 1:
        lines.pop(0)
        body = "\n\n".join(["…", *lines])
    return body


def status_line(around: Around, seen: Seen) -> str:
    """Its one true status in a line."""
    question = seen.question
    word: str = question.status
    if question.accept_by is not None:
        word = "handed"
    elif seen.draft:
        word = "read_along"
    elif question.snoozed_until is not None:
        word = "snoozed"
    elif question.raised_at is not None:
        word = "raised"
    line = around.text(
        f"question.card.status.{word}",
        name=name_of(seen.assignee) if seen.assignee else around.plain("common.team"),
        by=question.accept_by,
        until=question.waits_until if question.status == QuestionStatus.WAITING else question.snoozed_until,
        who=name_of(seen.handed_by) if seen.handed_by else around.plain("common.team"),
        assigned=seen.assignee is not None,
    )
    ended_well = question.status == QuestionStatus.CLOSED and seen.delivery in (Arrival.UNDERWAY, Arrival.ARRIVED)
    if seen.delivery is None or ended_well:
        return line
    return f"{line}\n{around.text(f'question.card.delivery.{seen.delivery}')}"


def asker_name(around: Around, asker: Person) -> str:
    """How who works here sees a resident."""
    return first_name_of(asker) or around.plain("common.a_resident")


def _other_language(around: Around, asker: Person) -> str | None:
    """What the resident reads, where the team reads something else; in the team's language."""
    language = around.house.language_of(asker)
    return None if language == around.language else Locale(language).get_display_name(around.language)


def quoted(around: Around, message: QuestionMessage, label: str) -> str:
    """What somebody said as HTML, below what sort of thing it is."""
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
    return f"{label}\n{Markup('<blockquote>{}</blockquote>').format(said)}" if said else label


def label_of(around: Around, message: QuestionMessage, seen: Seen) -> str:
    """What sort of thing was said, and in which question, where that goes along with this one."""
    label = around.text(
        f"question.card.kind.{message.kind}",
        name=name_of(seen.authors[message.author_id]),
        corrected=message.corrected_at,
    )
    reference = seen.along.get(message.question_id)
    return label if reference is None else f"{label} · {reference}"


async def send_media(context: Context, person: Person, question: Question, talk: list[QuestionMessage]) -> None:
    """The pictures, sounds and places of a question, each as a message of its own."""
    for message in talk:
        if (media := media_of(context.around_for(person), question, message)) is not None:
            await context.send(person, media, about=(Subject.QUESTION, question.id or 0))


def media_of(around: Around, question: Question, message: QuestionMessage) -> Message | None:
    """The picture, sound or place in what was said, as a message of its own."""
    if not (message.photo or message.voice or message.latitude is not None):
        return None
    place = (
        (message.latitude, message.longitude)
        if message.latitude is not None and message.longitude is not None
        else None
    )
    caption = around.text("question.media", reference=question.reference)
    return Message(text=caption, photo=message.photo, voice=message.voice, location=place)
