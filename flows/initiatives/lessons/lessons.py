"""Lessons: at the end three short questions, and a card without anything about a person that others learn from."""

from __future__ import annotations

from functools import partial
from typing import TypedDict

from sqlmodel import col, select

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Context
from flows.initiatives.circle import guides, initiators, tell
from flows.initiatives.events import happened
from flows.initiatives.lessons.impersonal import has_words, without_persons
from flows.initiatives.verbs import ShareLesson
from flows.talk.answers import Skippable, Surroundings, Text
from flows.talk.ask import Ask
from flows.talk.message import Message
from flows.talk.replay import conversation
from flows.timers import unplan
from flows.words.analysis import is_weak, nearness, stems
from storage.audit import AuditEntry
from storage.cards import Subject
from storage.initiatives import ENDED, EventKind, Initiative, InitiativeMessage
from storage.lessons import Ending, Lesson
from storage.participation import Participant
from storage.people import Person
from storage.timers import TimerKind

LENGTH = 500
"""Characters of each of the three: a lesson is read in a minute."""
TIPS = 3
SEARCHED = 500
"""The newest lessons, among which similar ones are looked for (measured: 0.05 ms each)."""
NEAR = 0.35
"""From when on a word counts as being there; see `flows.words.analysis.nearness`."""


# What others learned


class Tip(TypedDict):
    """What somebody who did something similar would say."""

    municipality: str
    subject: str
    tip: str


async def learned_before(context: Context, *, theme: str | None, idea: str) -> list[Tip]:
    """At most three tips of initiatives that were alike: by the words of `idea`, then by the theme (its code)."""
    query = select(Lesson).where(col(Lesson.withdrawn_at).is_(None)).order_by(col(Lesson.id).desc()).limit(SEARCHED)
    wanted, names = {one for one in stems(idea) if not is_weak(one)}, _names_of_theme(context, theme)
    language = context.around.language
    found: list[tuple[tuple[float, bool, bool], Lesson]] = []
    for lesson in (await context.session.exec(query)).all():
        there = frozenset(stems(f"{lesson.subject} {lesson.worked} {lesson.tip}"))
        words = sum(near for one in wanted if (near := nearness(one, there)) >= NEAR)
        same_theme = lesson.theme is not None and lesson.theme.casefold() in names
        if (words or same_theme) and (lesson.tip or lesson.worked):
            found.append(((words, same_theme, lesson.language == language), lesson))
    found.sort(key=lambda pair: pair[0], reverse=True)
    return [
        Tip(municipality=lesson.municipality, subject=lesson.subject, tip=lesson.tip or lesson.worked)
        for _, lesson in found[:TIPS]
    ]


def _names_of_theme(context: Context, code: str | None) -> set[str]:
    """Its code here, and what it is called in every language: elsewhere it has another code."""
    theme = context.house.municipality.theme(code) if code else None
    if theme is None:
        return set()
    return {theme.code, *(theme.name_in(language).casefold() for language in context.house.catalogue.languages)}


# Telling what you learned


class LessonCard(TypedDict):
    """A lesson as others will read it."""

    subject: str
    worked: str
    did_not: str
    tip: str
    left_out: bool
    """Whether something about a person was taken out."""


async def card_of(context: Context, *, initiative_id: int, worked: str, did_not: str, tip: str) -> LessonCard:
    """What was said, without anything about a person."""
    initiative = await context.session.get_one(Initiative, initiative_id)
    names = await _names_around(context, initiative)
    said = (worked.strip(), did_not.strip(), tip.strip())
    clean = [without_persons(text, names) for text in said]
    clean = [text if has_words(text) else "" for text in clean]
    return LessonCard(
        subject=without_persons(initiative.title, names),
        worked=clean[0],
        did_not=clean[1],
        tip=clean[2],
        left_out=clean != list(said),
    )


async def _names_around(context: Context, initiative: Initiative) -> set[str]:
    """What everybody who ever had to do with it is called; who left took their row along, but did something once."""
    taking_part = select(Participant.person_id).where(Participant.initiative_id == initiative.id)
    wrote = select(InitiativeMessage.author_id).where(InitiativeMessage.initiative_id == initiative.id)
    acted = select(AuditEntry.actor_id).where(
        AuditEntry.subject == Subject.INITIATIVE, AuditEntry.subject_id == initiative.id
    )
    leading = [one for one in (initiative.initiator_id, initiative.guide_id, initiative.deputy_id) if one is not None]
    query = select(Person).where(
        col(Person.id).in_(taking_part)
        | col(Person.id).in_(wrote)
        | col(Person.id).in_(acted)
        | col(Person.id).in_(leading)
    )
    people = (await context.session.exec(query)).all()
    return {name for person in people for name in (person.first_name, person.display_name) if name}


async def titled(context: Context, *, initiative_id: int) -> str:
    """What the initiative is called."""
    return (await context.session.get_one(Initiative, initiative_id)).title


@conversation("lesson.share")
async def share(ask: Ask) -> ShareLesson:
    """What worked, what didn't, a tip; each may be left out, and without any there is no lesson."""
    initiative_id = ask.given("initiative", int)
    title = await ask.once("title", partial(titled, initiative_id=initiative_id))
    worked = await ask("worked", Skippable(Text(max_length=LENGTH)), values={"title": title}) or ""
    did_not = await ask("did_not", Skippable(Text(max_length=LENGTH))) or ""
    tip = await ask("tip", Skippable(Text(max_length=LENGTH))) or ""
    if worked or did_not or tip:
        look = partial(card_of, initiative_id=initiative_id, worked=worked, did_not=did_not, tip=tip)
        card = await ask.once("card", look, after=("worked", "did_not", "tip"))
        await ask.review(preview=partial(preview, card=card), values={"left_out": card["left_out"]})
    return ShareLesson(initiative_id=initiative_id, worked=worked, did_not=did_not, tip=tip)


def preview(around: Surroundings, *, card: LessonCard) -> Message:
    """The card as others will see it."""
    return Message(text=around.text("lesson.card", municipality=around.municipality.name, **card))


@carries(ShareLesson)
async def carry_share(context: Context, command: ShareLesson) -> Outcome:
    """It is there for everybody, here and in other municipalities, as long as no coordinator takes it away."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    if initiative.status not in ENDED:
        return Refused(key="lesson.refused.running")
    if await lesson_of(context, initiative) is not None:
        return Refused(key="lesson.refused.shared")
    if not any(text.strip() for text in (command.worked, command.did_not, command.tip)):
        await unplan(context.session, TimerKind.LESSON, initiative.id or 0)
        await context.say("lesson.not_shared")
        return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"shared": False})
    card = await card_of(
        context,
        initiative_id=initiative.id or 0,
        worked=command.worked,
        did_not=command.did_not,
        tip=command.tip,
    )
    if not (card["worked"] or card["did_not"] or card["tip"]):
        return Refused(key="lesson.refused.nothing_left", ask_again="worked")
    lesson = Lesson(
        municipality=context.house.municipality.name,
        initiative_id=initiative.id,
        subject=card["subject"],
        theme=initiative.theme_code,
        route=initiative.route,
        ending=Ending(initiative.status.value),
        worked=card["worked"],
        did_not=card["did_not"],
        tip=card["tip"],
        language=context.around.language,
        learned_on=context.around.today,
        created_at=context.now,
    )
    context.session.add(lesson)
    await context.session.flush()
    await unplan(context.session, TimerKind.LESSON, initiative.id or 0)
    await happened(context, initiative, EventKind.LESSON)
    others = [*await initiators(context, initiative), *await guides(context, initiative)]
    unique = {person.id: person for person in others}
    await tell(context, initiative, unique.values(), "lesson.told", tip=lesson.tip or lesson.worked)
    await context.say("lesson.shared")
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"shared": True, "lesson": lesson.id})


async def lesson_of(context: Context, initiative: Initiative) -> Lesson | None:
    """What was learned from it and is not withdrawn."""
    query = select(Lesson).where(Lesson.initiative_id == initiative.id, col(Lesson.withdrawn_at).is_(None))
    return (await context.session.exec(query)).first()
